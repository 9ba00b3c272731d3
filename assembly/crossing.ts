// Semantics §4, rules 2–4 of the order within a second: position stop-loss, then target, then trail.
import { BLOCK_BITS, blockEnd } from "./pnl";
import { know, known, secondsOf, soFarOf, summaryOf, writeSeconds } from "./path";

const STOP: i32 = 1;
const TARGET: i32 = 2;
const TRAIL: i32 = 3;

/**
 * First second in [from, to) in which a rule fires, or −1. `path` is one of path.ts. A loss ≥ `stop`, a profit ≥ `target`;
 * once the peak has reached `activate`, a fall of `step` from it. Infinity means: no such rule.
 * `state` holds the peak up to from − 1 (f64), which moves on to the last second looked at, and receives the rule's
 * code (i32 at + 8).
 */
export function firstCrossing(path: usize, from: i32, to: i32, stop: f64, target: f64, activate: f64, step: f64, state: usize): i32 {
  const lowest = -stop;
  let peak = load<f64>(state);
  let s = from;
  if (step == Infinity) {
    // Without a trail a block in which nothing has fired so far is one in which nothing fires.
    s = quietUntil(path, from, to, lowest, target);
    if (s > from) {
      peak = max(peak, load<f64>(soFarOf(path, s - 1), 8));
      store<f64>(state, peak);
    }
  }
  while (s < to) {
    const end = blockEnd(s, to);
    know(path, end);
    // What fires anywhere in the block is at or below its lowest, or at or above its highest.
    const summary = summaryOf(path, s);
    const least = load<f64>(summary);
    const most = load<f64>(summary, 8);
    const best = max(most, peak);
    if (least <= lowest || most >= target || (best >= activate && least <= best - step) || (most > peak && end != blockEnd(s, i32.MAX_VALUE))) {
      writeSeconds(path, s);
      const found = crossingIn(secondsOf(path), s, end, stop, target, activate, step, state);
      if (found >= 0) return found;
      peak = load<f64>(state);
    } else if (most > peak) {
      peak = most;
      store<f64>(state, peak);
    }
    s = end;
  }
  return -1;
}

/** The end of the whole blocks from `from` on, of those that are known, up to which no P&L was as low as `lowest` or as high as `target`; `from` for none. */
function quietUntil(path: usize, from: i32, to: i32, lowest: f64, target: f64): i32 {
  let low = from >> BLOCK_BITS;
  let high = min(to, known(path)) >> BLOCK_BITS;
  while (low < high) {
    const middle = (low + high) >> 1;
    const soFar = soFarOf(path, middle << BLOCK_BITS);
    if (load<f64>(soFar) <= lowest || load<f64>(soFar, 8) >= target) high = middle;
    else low = middle + 1;
  }
  return max(from, low << BLOCK_BITS);
}

/**
 * The same for `count` sets of rules at once, (stop, target, activate, step) f64 each, over plain seconds where `plain`, else over a
 * path of path.ts. `answers`, i32 each, holds −1 and receives second · 4 + code where a rule fires; sets with
 * another answer before the call are left as they are. `state` moves on to the peak of those in which nothing fires,
 * whose number is returned.
 */
export function crossings(plain: bool, path: usize, from: i32, to: i32, rules: usize, count: i32, state: usize, answers: usize): i32 {
  const before = load<f64>(state);
  let peak = before;
  // What the sets share that stand together: the first crossing but for the stop; and the last stop, where it fires and at which P&L.
  let shared: usize = 0;
  let other: i32 = -1;
  let otherCode: i32 = 0;
  let lastStop: f64 = Infinity;
  let last: i32 = from;
  let reached: f64 = Infinity;
  let open = 0;
  for (let i = 0; i < count; i++, rules += 32, answers += 4) {
    if (load<i32>(answers) != -1) continue;
    if (shared == 0 || !sameButStop(shared, rules)) {
      shared = rules;
      lastStop = Infinity;
      store<f64>(state, before);
      other = search(plain, path, from, to, Infinity, load<f64>(rules, 8), load<f64>(rules, 16), load<f64>(rules, 24), state);
      otherCode = load<i32>(state, 8);
      if (other < 0) peak = load<f64>(state);
    }
    const stop = load<f64>(rules);
    const end = other < 0 ? to : other + 1;
    if (stop < lastStop || lastStop == Infinity) {
      last = from;
      reached = Infinity;
    }
    // A wider stop does not fire before a narrower one.
    if (last < end && reached > -stop) {
      last = stop == Infinity ? end : plain ? firstLossIn(path, last, end, stop) : firstLoss(path, last, end, stop);
      if (last < end) reached = load<f64>((plain ? path : secondsOf(path)) + (<usize>last << 3));
    }
    lastStop = stop;
    if (last < end) store<i32>(answers, (last << 2) | STOP);
    else if (other >= 0) store<i32>(answers, (other << 2) | otherCode);
    else open++;
  }
  store<f64>(state, peak);
  return open;
}

@inline function sameButStop(a: usize, b: usize): bool {
  return load<f64>(a, 8) == load<f64>(b, 8) && load<f64>(a, 16) == load<f64>(b, 16) && load<f64>(a, 24) == load<f64>(b, 24);
}

/** First second in [from, to) of a path with a loss ≥ `stop`; `to` for none. */
function firstLoss(path: usize, from: i32, to: i32, stop: f64): i32 {
  for (let s = from; s < to; ) {
    const end = blockEnd(s, to);
    know(path, end);
    if (load<f64>(summaryOf(path, s)) <= -stop) {
      writeSeconds(path, s);
      const found = firstLossIn(secondsOf(path), s, end, stop);
      if (found < end) return found;
    }
    s = quietUntil(path, end, to, -stop, Infinity);
  }
  return to;
}

/** The same of P&L by second (f64). */
function firstLossIn(path: usize, from: i32, to: i32, stop: f64): i32 {
  const lowest = f64x2.splat(-stop);
  let s = from;
  for (; s + 8 <= to; s += 8) {
    const at = path + (<usize>s << 3);
    const early = v128.or(f64x2.le(v128.load(at), lowest), f64x2.le(v128.load(at, 16), lowest));
    const late = v128.or(f64x2.le(v128.load(at, 32), lowest), f64x2.le(v128.load(at, 48), lowest));
    if (v128.any_true(v128.or(early, late))) break;
  }
  while (s < to && load<f64>(path + (<usize>s << 3)) > -stop) s++;
  return s;
}

@inline function search(plain: bool, path: usize, from: i32, to: i32, stop: f64, target: f64, activate: f64, step: f64, state: usize): i32 {
  return plain ? crossingIn(path, from, to, stop, target, activate, step, state) : firstCrossing(path, from, to, stop, target, activate, step, state);
}

/** The same of P&L by second (f64): one look at each. */
export function crossingIn(path: usize, from: i32, to: i32, stop: f64, target: f64, activate: f64, step: f64, state: usize): i32 {
  const lowest = -stop;
  const trailing = step != Infinity;
  const most = f64x2.splat(target);
  let peak = load<f64>(state);
  let s = from;
  while (s < to) {
    // Eight seconds at a time, as long as none of them fires or makes a new peak.
    const trailAt = trailing && peak >= activate ? peak - step : -Infinity;
    const least = f64x2.splat(max(trailAt, lowest));
    const best = f64x2.splat(peak);
    for (; s + 8 <= to; s += 8) {
      const at = path + (<usize>s << 3);
      if (v128.any_true(v128.or(v128.or(notable(at, least, most, best), notable(at + 16, least, most, best)), v128.or(notable(at + 32, least, most, best), notable(at + 48, least, most, best))))) break;
    }
    for (let end = min(s + 8, to); s < end; s++) {
      const pnl = load<f64>(path + (<usize>s << 3));
      if (pnl > peak) peak = pnl;
      const fired = pnl <= lowest ? STOP : pnl >= target ? TARGET : trailing && peak >= activate && pnl <= peak - step ? TRAIL : 0;
      if (fired != 0) {
        store<f64>(state, peak);
        store<i32>(state + 8, fired);
        return s;
      }
    }
  }
  store<f64>(state, peak);
  return -1;
}

/** Lanes of two seconds that may fire, or make a new peak. */
@inline function notable(at: usize, least: v128, most: v128, best: v128): v128 {
  const pnl = v128.load(at);
  return v128.or(v128.or(f64x2.le(pnl, least), f64x2.ge(pnl, most)), f64x2.gt(pnl, best));
}
