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
  let s = from;
  if (!trailing) {
    // Without a trail nothing is carried from second to second: eight at a time until one of them fires.
    const least = i64x2.splat(lowest);
    const most = i64x2.splat(target);
    for (; s + 8 <= to; s += 8) {
      const at = path + (<usize>s << 3);
      const a = v128.load(at);
      const b = v128.load(at, 16);
      const c = v128.load(at, 32);
      const d = v128.load(at, 48);
      const low = v128.or(v128.or(i64x2.le_s(a, least), i64x2.le_s(b, least)), v128.or(i64x2.le_s(c, least), i64x2.le_s(d, least)));
      const high = v128.or(v128.or(i64x2.ge_s(a, most), i64x2.ge_s(b, most)), v128.or(i64x2.ge_s(c, most), i64x2.ge_s(d, most)));
      if (v128.any_true(v128.or(low, high))) break;
    }
  }
  for (; s < to; s++) {
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
