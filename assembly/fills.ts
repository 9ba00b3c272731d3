// Semantics §4 "Tradeable": the model's prices exist and are young enough.

/** Codes of the fill models, shared with src/core/engine/fill.ts. `depth` (3) goes by the quote as touch does; whether its levels hold enough is looked at there. */
export const TOUCH: i32 = 0;
export const MID: i32 = 1;
export const LTP: i32 = 2;

/** A quote has both prices or none: `side`, 0 or `array`, says whether it is known by its bid or by its ask. */
@inline function tradeable(grid: usize, array: usize, side: usize, s: i32, model: i32, ttl: i32, maxSpread: i32): bool {
  const slot = <usize>s << 2;
  const quoteFresh = load<i32>(grid + side + slot) > 0 && s - load<i32>(grid + (array << 1) + slot) <= ttl;
  if (model == LTP) {
    if (load<i32>(grid + array * 3 + slot) == 0 || s - load<i32>(grid + (array << 2) + slot) > ttl) return false;
  } else if (!quoteFresh) return false;
  return maxSpread == 0 || (quoteFresh && load<i32>(grid + array + slot) - load<i32>(grid + slot) <= maxSpread);
}

/** First second in [from, to] in which the contract is tradeable, or −1. `maxSpread` is in paise, 0 for no gate. */
export function firstTradeable(grid: usize, stride: i32, from: i32, to: i32, model: i32, ttl: i32, maxSpread: i32): i32 {
  const array = <usize>stride << 2;
  for (let s = from; s <= to; s++) if (tradeable(grid, array, 0, s, model, ttl, maxSpread)) return s;
  return -1;
}

/** First second in [from, to] in which all `count` contracts are tradeable, or −1. `grids` holds their addresses (i32). */
export function firstAllTradeable(grids: usize, count: i32, stride: i32, from: i32, to: i32, model: i32, ttl: i32, maxSpread: i32): i32 {
  const array = <usize>stride << 2;
  for (let s = from; s <= to; s++) {
    let leg = 0;
    while (leg < count && tradeable(<usize>load<i32>(grids + (<usize>leg << 2)), array, 0, s, model, ttl, maxSpread)) leg++;
    if (leg == count) return s;
  }
  return -1;
}

/**
 * `firstTradeable` from `latency` after each of `count` seconds (i32 each) on, without a gate; the answers go to `out` (i32
 * each). A position is marked at the prices that its exit takes: looking at no others saves most of the time.
 */
export function firstTradeableAfter(grid: usize, stride: i32, buys: bool, seconds: usize, count: i32, latency: i32, to: i32, model: i32, ttl: i32, out: usize): void {
  const array = <usize>stride << 2;
  const side = buys ? array : 0;
  for (const end = seconds + (<usize>count << 2); seconds < end; seconds += 4) {
    let s = load<i32>(seconds) + latency;
    while (s <= to && !tradeable(grid, array, side, s, model, ttl, 0)) s++;
    store<i32>(out, s <= to ? s : -1);
    out += 4;
  }
}
