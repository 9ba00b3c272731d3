// `exit.lock`: a floor under the P&L, which may rise with its peak.

/**
 * First second in [from, to) in which the P&L (paise, f64 a second) is at or below the floor, or −1. Once the peak has
 * reached `reach`, the floor is `keep`, and `by` more for each whole `every` beyond it (`every` 0: never more).
 * `state` holds the peak up to from − 1 (f64), which moves on to the last second looked at.
 */
export function firstLocked(path: usize, from: i32, to: i32, reach: f64, keep: f64, every: f64, by: f64, state: usize): i32 {
  let peak = load<f64>(state);
  let floor = floorOf(peak, reach, keep, every, by);
  for (let s = from; s < to; s++) {
    const pnl = load<f64>(path + (<usize>s << 3));
    if (pnl > peak) {
      peak = pnl;
      floor = floorOf(peak, reach, keep, every, by);
    }
    if (peak >= reach && pnl <= floor) {
      store<f64>(state, peak);
      return s;
    }
  }
  store<f64>(state, peak);
  return -1;
}

@inline function floorOf(peak: f64, reach: f64, keep: f64, every: f64, by: f64): f64 {
  return peak < reach || every == 0 ? keep : keep + Math.floor((peak - reach) / every) * by;
}
