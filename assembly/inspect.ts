// Data health (docs/data-health.md): what can be said against each row of an instrument, and the seconds of its session.
import { BAD, NS_PER_DAY, secondSince } from "./clock";

// The bits of src/core/quality/row-quality.ts.
const CLOCK_FROM_TS: u16 = 2;
const OUT_OF_SESSION: u16 = 4;
const OUT_OF_ORDER: u16 = 8;
const CROSSED: u16 = 32;
const LOCKED: u16 = 64;
const ONE_SIDED: u16 = 128;
const ZERO_PRICE: u16 = 256;
const BAD_PRICE: u16 = 512;
const OFF_TICK: u16 = 1024;
const VOLUME_FALLS: u16 = 2048;
/** What a row outside the session never has. */
const IN_SESSION_ONLY: u16 = CROSSED | LOCKED | ONE_SIDED | ZERO_PRICE | BAD_PRICE | OFF_TICK;

/**
 * What is wrong with a row whatever its date, in bits (u16 at `flags`), and ask − bid of a valid quote in paise (i32 at `spread`, else 0).
 * `rupees` is the last price as it was read, `price`, `bid` and `ask` are paise; 0 where the source has no prices, or no quotes. `off` holds 1 where a price is off the tick grid (0: ticks do not matter), `backwards` 1 where the clock
 * runs backwards. `ownClock` is the clock without the help of `ts` (0: `ts` never helped), `clock` the one with it.
 */
export function rowFlags(rupees: usize, price: usize, bid: usize, ask: usize, off: usize, backwards: usize, ownClock: usize, clock: usize, rows: i32, flags: usize, spread: usize): void {
  for (let i = 0; i < rows; i++) {
    const row = <usize>i;
    let bits: u16 = 0;
    let width = 0;
    if (rupees != 0 && load<i32>(price + (row << 2)) == 0) bits = load<f64>(rupees + (row << 3)) == 0 ? ZERO_PRICE : BAD_PRICE;
    if (bid != 0) {
      const bidPaise = load<i32>(bid + (row << 2));
      const askPaise = load<i32>(ask + (row << 2));
      if (bidPaise == 0 || askPaise == 0) bits |= ONE_SIDED;
      else if (bidPaise < askPaise) width = askPaise - bidPaise;
      else bits |= bidPaise > askPaise ? CROSSED : LOCKED;
    }
    if (off != 0 && load<u8>(off + row) != 0) bits |= OFF_TICK;
    if (load<u8>(backwards + row) != 0) bits |= OUT_OF_ORDER;
    if (ownClock != 0 && load<i64>(ownClock + (row << 3)) == BAD && load<i64>(clock + (row << 3)) != BAD) bits |= CLOCK_FROM_TS;
    store<u16>(flags + (row << 1), bits);
    store<i32>(spread + (row << 2), width);
  }
}

/** `breaks` holds `breakCount` pairs of seconds [from, to). */
@inline function isInside(second: i32, open: i32, close: i32, breaks: usize, breakCount: i32): bool {
  if (second < open || second >= close) return false;
  for (let b = 0; b < breakCount; b++) {
    const pair = breaks + (<usize>b << 3);
    if (second >= load<i32>(pair) && second < load<i32>(pair + 4)) return false;
  }
  return true;
}

/**
 * The rows `order[start … end)`, all of date `day`, in that order: second of the day (i32), bits (u16) with those that the session and the
 * rows before give, spread (i32), and 1 at `outSame` (u8) where the clock, sub-second digits included, is that of the row before. `open` =
 * `close`: no session. `flags` and `spread` are those of `rowFlags`, `volume` is cumulative (f64; 0: the source has none).
 */
export function inspectDay(
  clock: usize, order: usize, start: i32, end: i32, day: i32,
  open: i32, close: i32, breaks: usize, breakCount: i32,
  flags: usize, spread: usize, volume: usize,
  outSecond: usize, outFlags: usize, outSpread: usize, outSame: usize,
): void {
  const midnight = <i64>day * NS_PER_DAY;
  let last = BAD;
  let lastVolume: f64 = -1;
  for (let i = start; i < end; i++) {
    const row = <usize>load<i32>(order + (<usize>i << 2));
    const at = <usize>(i - start);
    const ns = load<i64>(clock + (row << 3));
    const second = secondSince(midnight, ns);
    let bits = load<u16>(flags + (row << 1));
    if (!isInside(second, open, close, breaks, breakCount)) bits = (bits & ~IN_SESSION_ONLY) | OUT_OF_SESSION;
    if (volume != 0) {
      const traded = load<f64>(volume + (row << 3));
      if (traded >= 0 && traded < Infinity) {
        if (traded < lastVolume) bits |= VOLUME_FALLS;
        lastVolume = traded;
      }
    }
    store<i32>(outSecond + (at << 2), second);
    store<u16>(outFlags + (at << 1), bits);
    store<i32>(outSpread + (at << 2), load<i32>(spread + (row << 2)));
    store<u8>(outSame + at, ns == last ? 1 : 0);
    last = ns;
  }
}

const ROW: u8 = 1;
const QUOTE: u8 = 2;
const CLOSED: u8 = 4;

/** So many bits does a row have. */
const FLAGS = 12;

/**
 * Counts the rows of one date as `inspectDay` wrote them: at `counts` (i32) how many have each bit, in the order of the bits, and how many
 * lie inside the session; at `spreads` (i32 a step) is added each of those with a quote, by its spread in ticks of `tick` paise, rounded
 * up. `steps` (u8) gives the step of every number up to `most`, that of `most` holds for all above.
 */
export function countRows(flags: usize, spread: usize, rows: i32, tick: i32, steps: usize, most: i32, counts: usize, spreads: usize): void {
  memory.fill(counts, 0, (FLAGS + 1) << 2);
  let inside = 0;
  for (let i = 0; i < rows; i++) {
    const row = <usize>i;
    const bits = load<u16>(flags + (row << 1));
    for (let left: u32 = bits; left != 0; left &= left - 1) add(counts, ctz(left));
    if ((bits & OUT_OF_SESSION) != 0) continue;
    inside++;
    const width = load<i32>(spread + (row << 2));
    if (width > 0) add(spreads, load<u8>(steps + <usize>min((width + tick - 1) / tick, most)));
  }
  store<i32>(counts + (FLAGS << 2), inside);
}

@inline function add(counts: usize, step: u32): void {
  const at = counts + (<usize>step << 2);
  store<i32>(at, load<i32>(at) + 1);
}

/**
 * Second by second through the session of one date. `second`, `flags` and `spread` are rows of it as `inspectDay` wrote them, `marks` has room
 * for a byte per second. A break belongs to no stretch and ends the one before it; the age of a quote grows across it. Stretches without a
 * row of `shortestGap` seconds and more are gaps. `steps` (u8) gives the histogram step of every age up to `oldest`, that of `oldest` holds
 * for all above. Adds to `ages` (i32 a step); writes to `out` (i32): seconds of the session, seconds without a row, gaps, seconds in gaps, longest
 * stretch, seconds with a quote older than `stale`, seconds before the first quote.
 */
export function sessionSeconds(
  second: usize, flags: usize, spread: usize, rows: i32,
  open: i32, close: i32, breaks: usize, breakCount: i32, marks: usize,
  shortestGap: i32, stale: i32, steps: usize, oldest: i32, ages: usize, out: usize,
): void {
  const length = close - open;
  memory.fill(marks, 0, <usize>length);
  for (let b = 0; b < breakCount; b++) {
    const pair = breaks + (<usize>b << 3);
    const from = load<i32>(pair) - open;
    memory.fill(marks + <usize>from, CLOSED, <usize>(load<i32>(pair + 4) - open - from));
  }
  for (let i = 0; i < rows; i++) {
    const row = <usize>i;
    if ((load<u16>(flags + (row << 1)) & OUT_OF_SESSION) != 0) continue;
    const mark = marks + <usize>(load<i32>(second + (row << 2)) - open);
    store<u8>(mark, load<u8>(mark) | (load<i32>(spread + (row << 2)) > 0 ? ROW | QUOTE : ROW));
  }
  let inSession = 0;
  let missing = 0;
  let gaps = 0;
  let gapSeconds = 0;
  let longest = 0;
  let staleSeconds = 0;
  let unquoted = 0;
  let stretch = 0;
  let age = -1;
  for (let at = 0; at <= length; at++) {
    const mark = at < length ? load<u8>(marks + <usize>at) : CLOSED;
    if (age >= 0) age++;
    if (mark == 0) {
      stretch++;
      missing++;
    } else if (stretch > 0) {
      if (stretch > longest) longest = stretch;
      if (stretch >= shortestGap) {
        gaps++;
        gapSeconds += stretch;
      }
      stretch = 0;
    }
    if ((mark & CLOSED) != 0) continue;
    inSession++;
    if ((mark & QUOTE) != 0) age = 0;
    if (age < 0) {
      unquoted++;
      continue;
    }
    add(ages, load<u8>(steps + <usize>min(age, oldest)));
    if (age > stale) staleSeconds++;
  }
  store<i32>(out, inSession);
  store<i32>(out, missing, 4);
  store<i32>(out, gaps, 8);
  store<i32>(out, gapSeconds, 12);
  store<i32>(out, longest, 16);
  store<i32>(out, staleSeconds, 20);
  store<i32>(out, unquoted, 24);
}
