import type { Slice } from "../core/grid/slice.ts";
import type { Second } from "../core/time.ts";
import type { CountedDay } from "./day-data.ts";

/**
 * A date as somebody sees it who lives at a second of it: later rows are there but hold no value. Two things are known ahead
 * (semantics §2) and stay: which contracts are listed, and which series has a price at all and so is the source of spot.
 */
export function hiddenAfter(day: CountedDay, second: Second): CountedDay {
  const made = new WeakMap<Slice, Slice>();
  const once = (slice: Slice | undefined, hide: (slice: Slice) => Slice): Slice | undefined => {
    if (!slice) return undefined;
    const hidden = made.get(slice) ?? hide(slice);
    made.set(slice, hidden);
    return hidden;
  };
  const contract = (slice: Slice): Slice => blank(slice, firstAfter(slice, second));
  const series = (slice: Slice): Slice => {
    const from = firstAfter(slice, second);
    const hidden = blank(slice, from);
    const last = slice.price.findLastIndex((price) => price > 0);
    if (last >= from && !hidden.price.some((price) => price > 0)) hidden.price[last] = slice.price[last];
    return hidden;
  };
  return {
    ...day,
    load: async (contracts) => (await day.load(contracts)).map((slice) => once(slice, contract)),
    spot: async () => once(await day.spot(), series),
    future: async () => once(await day.future(), series),
    vix: async () => once(await day.vix(), series),
  };
}

function firstAfter({ second: seconds, length }: Slice, second: Second): number {
  const first = seconds.findIndex((one) => one > second);
  return first < 0 ? length : first;
}

function blank(slice: Slice, from: number): Slice {
  const cut = (values: Int32Array): Int32Array => values.slice().fill(0, from);
  return { ...slice, price: cut(slice.price), bid: cut(slice.bid), ask: cut(slice.ask), fields: new Map([...slice.fields].map(([name, values]) => [name, values.slice().fill(Number.NaN, from)])) };
}
