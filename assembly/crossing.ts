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
  for (let s = from; s < to; s++) {
    const pnl = load<i64>(path + (<usize>s << 3));
    if (pnl > peak) peak = pnl;
    const fired = pnl <= lowest ? STOP : pnl >= target ? TARGET : trailing && peak >= activate && pnl <= peak - step ? TRAIL : 0;
    if (fired != 0) {
      store<i32>(state + 8, fired);
      return s;
    }
  }
  store<i64>(state, peak);
  return -1;
}
