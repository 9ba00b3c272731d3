import type { Random } from "../core/sample/random.ts";

/** `most` of some items, in their own order. */
export function drawn<T>(items: readonly T[], most: number, random: Random): T[] {
  const left = items.map((_, place) => place);
  const places: number[] = [];
  while (places.length < most && left.length > 0) places.push(...left.splice(random.integer(0, left.length - 1), 1));
  return places.sort((a, b) => a - b).map((place) => items[place]);
}
