// Semantics §4, rules 2–4 of the order within a second: position stop-loss, then target, then trail.

/** No such rule. */
const NONE: i64 = i64.MAX_VALUE;
const STOP: i32 = 1;
const TARGET: i32 = 2;
const TRAIL: i32 = 3;

/**
 * First second in [from, to) in which a rule fires, or −1. `path` is the P&L in paise (i64) by second. A loss ≥ `stop`,
 * a profit ≥ `target`; once the peak has reached `activate`, a fall of `step` from it. i64 max means: no such rule.
 * `state` holds the peak up to from − 1 (i64), which moves on to the last second looked at, and receives the rule's
 * code (i32 at + 8).
 */
export function firstCrossing(path: usize, from: i32, to: i32, stop: i64, target: i64, activate: i64, step: i64, state: usize): i32 {
  const lowest = stop == NONE ? i64.MIN_VALUE : -stop;
  const trailing = step != NONE;
  let peak = load<i64>(state);
  const most = i64x2.splat(target);
  let s = from;
  while (s < to) {
    // Eight seconds at a time, as long as none of them fires or makes a new peak.
    const trailAt = trailing && peak >= activate ? peak - step : i64.MIN_VALUE;
    const least = i64x2.splat(trailAt > lowest ? trailAt : lowest);
    const best = i64x2.splat(trailing ? peak : i64.MAX_VALUE);
    for (; s + 8 <= to; s += 8) {
      const at = path + (<usize>s << 3);
      if (v128.any_true(v128.or(v128.or(notable(at, least, most, best), notable(at + 16, least, most, best)), v128.or(notable(at + 32, least, most, best), notable(at + 48, least, most, best))))) break;
    }
    for (let end = min(s + 8, to); s < end; s++) {
      const pnl = load<i64>(path + (<usize>s << 3));
      if (pnl > peak) peak = pnl;
      const fired = pnl <= lowest ? STOP : pnl >= target ? TARGET : trailing && peak >= activate && pnl <= peak - step ? TRAIL : 0;
      if (fired != 0) {
        store<i32>(state + 8, fired);
        return s;
      }
    }
  }
  store<i64>(state, peak);
  return -1;
}

/** Lanes of two seconds that may fire, or make a new peak. */
// @ts-ignore: decorator
@inline function notable(at: usize, least: v128, most: v128, best: v128): v128 {
  const pnl = v128.load(at);
  return v128.or(v128.or(i64x2.le_s(pnl, least), i64x2.ge_s(pnl, most)), i64x2.gt_s(pnl, best));
}
