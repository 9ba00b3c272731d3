/** What has been worked out once for a thing. */
const memory = new WeakMap<object, Map<string, unknown>>();

export function remembered<T>(thing: object, key: string, work: () => T): T {
  const ofThing = memory.get(thing) ?? new Map<string, unknown>();
  memory.set(thing, ofThing);
  if (!ofThing.has(key)) ofThing.set(key, work());
  return ofThing.get(key) as T;
}

/** The same for every second. */
export function bySecond<T>(thing: object, key: string, work: (second: number) => T): (second: number) => T {
  const known = remembered(thing, key, () => new Map<number, T>());
  return (second) => {
    const before = known.get(second);
    if (before !== undefined) return before;
    const value = work(second);
    known.set(second, value);
    return value;
  };
}
