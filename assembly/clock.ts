// Clock columns: any unit and zone to nanoseconds of the IST wall clock, order, and days.

/** No usable clock in this row. */
export const BAD: i64 = i64.MIN_VALUE;
const YEAR_2000: i64 = 946684800 * 1000000000;
export const NS_PER_SECOND: i64 = 1000000000;
export const NS_PER_DAY: i64 = 86400 * NS_PER_SECOND;

// @ts-ignore: decorator
@inline function wall(raw: i64, unit: i64, shift: i64): i64 {
  if (raw == BAD) return BAD;
  const limit = i64.MAX_VALUE / unit - 86400 * NS_PER_SECOND / unit - 1;
  if (raw > limit || raw < -limit) return BAD;
  const ns = raw * unit + shift;
  return ns < YEAR_2000 ? BAD : ns;
}

/** Floor division for times, which are never negative once they are after 2000. */
// @ts-ignore: decorator
@inline export function dayOf(ns: i64): i32 {
  return <i32>(ns / NS_PER_DAY);
}

// @ts-ignore: decorator
@inline export function secondOf(ns: i64): i32 {
  return <i32>((ns % NS_PER_DAY) / NS_PER_SECOND);
}

/**
 * Semantics §1.1: the clock of each row, from `source` or, where that is missing or before 2000, from `fallback`
 * (0: there is none). `unit` and `shift` are nanoseconds. Returns how many rows have neither.
 */
export function clocks(source: usize, unit: i64, shift: i64, fallback: usize, fallbackUnit: i64, fallbackShift: i64, rows: i32, out: usize): i32 {
  let bad = 0;
  for (let i = 0; i < rows; i++) {
    const at = <usize>i << 3;
    let ns = source == 0 ? BAD : wall(load<i64>(source + at), unit, shift);
    if (ns == BAD && fallback != 0) ns = wall(load<i64>(fallback + at), fallbackUnit, fallbackShift);
    if (ns == BAD) bad++;
    store<i64>(out + at, ns);
  }
  return bad;
}

/** Marks (1) each row whose clock is behind the row before it that has one, and returns how many there are. */
export function backwards(clock: usize, rows: i32, marks: usize): i32 {
  let count = 0;
  let last = BAD;
  for (let i = 0; i < rows; i++) {
    const ns = load<i64>(clock + (<usize>i << 3));
    let behind: u8 = 0;
    if (ns != BAD) {
      if (ns < last) {
        behind = 1;
        count++;
      }
      last = ns;
    }
    store<u8>(marks + <usize>i, behind);
  }
  return count;
}

/**
 * Fills `order` with the row numbers in clock order, ties in row order, rows without a clock left out; returns how many.
 * `scratch` has room for as many numbers as `order`.
 */
export function sortByClock(clock: usize, rows: i32, order: usize, scratch: usize): i32 {
  let count = 0;
  let sorted = true;
  let last = BAD;
  for (let i = 0; i < rows; i++) {
    const ns = load<i64>(clock + (<usize>i << 3));
    if (ns == BAD) continue;
    if (ns < last) sorted = false;
    last = ns;
    store<i32>(order + (<usize>count << 2), i);
    count++;
  }
  if (sorted) return count;

  // Bottom-up merge sort: stable, and nearly sorted input costs one comparison a run.
  let from = order;
  let to = scratch;
  for (let width = 1; width < count; width <<= 1) {
    for (let left = 0; left < count; left += width << 1) {
      const middle = min(left + width, count);
      const right = min(left + (width << 1), count);
      let a = left;
      let b = middle;
      for (let k = left; k < right; k++) {
        let takeLeft = a < middle;
        if (takeLeft && b < right) {
          takeLeft = load<i64>(clock + (<usize>load<i32>(from + (<usize>a << 2)) << 3)) <= load<i64>(clock + (<usize>load<i32>(from + (<usize>b << 2)) << 3));
        }
        store<i32>(to + (<usize>k << 2), load<i32>(from + (<usize>(takeLeft ? a++ : b++) << 2)));
      }
    }
    const swap = from;
    from = to;
    to = swap;
  }
  if (from != order) memory.copy(order, from, <usize>count << 2);
  return count;
}

/**
 * Splits rows in clock order into runs of one date. Writes pairs (date as days since 1970, first place in `order`)
 * and returns how many runs there are; at most `capacity` are written.
 */
export function dayRuns(clock: usize, order: usize, count: i32, out: usize, capacity: i32): i32 {
  let runs = 0;
  let day = i32.MIN_VALUE;
  for (let i = 0; i < count; i++) {
    const d = dayOf(load<i64>(clock + (<usize>load<i32>(order + (<usize>i << 2)) << 3)));
    if (d == day) continue;
    day = d;
    if (runs < capacity) {
      store<i32>(out + (<usize>runs << 3), d);
      store<i32>(out + (<usize>runs << 3) + 4, i);
    }
    runs++;
  }
  return runs;
}

/** How many of the rows [start, end) in clock order lie in seconds [open, close) of their day. */
export function sessionDays(clock: usize, order: usize, start: i32, end: i32, open: i32, close: i32): i32 {
  let inside = 0;
  for (let i = start; i < end; i++) {
    const second = secondOf(load<i64>(clock + (<usize>load<i32>(order + (<usize>i << 2)) << 3)));
    if (second >= open && second < close) inside++;
  }
  return inside;
}
