// Clock columns: any unit and zone to nanoseconds of the IST wall clock, order, and days.

/** No usable clock in this row. */
export const BAD: i64 = i64.MIN_VALUE;
const YEAR_2000: i64 = 946684800 * 1000000000;
export const NS_PER_SECOND: i64 = 1000000000;
export const NS_PER_DAY: i64 = 86400 * NS_PER_SECOND;

/** The largest stored value that is still a wall clock when it has become nanoseconds. */
function largest(unit: i64): i64 {
  return (i64.MAX_VALUE - NS_PER_DAY) / unit - 1;
}

@inline function wall(raw: i64, unit: i64, shift: i64, most: i64): i64 {
  if (raw > most || raw < -most) return BAD;
  const ns = raw * unit + shift;
  return ns < YEAR_2000 ? BAD : ns;
}

/** Floor division for times, which are never negative once they are after 2000. */
@inline export function dayOf(ns: i64): i32 {
  return <i32>(ns / NS_PER_DAY);
}

/** Second of the day that began at `midnight`, for a moment of that day. Exact: nanoseconds of a day are whole numbers of an f64. */
@inline export function secondSince(midnight: i64, ns: i64): i32 {
  return <i32>(<f64>(ns - midnight) / <f64>NS_PER_SECOND);
}

/**
 * Semantics §1.1: the clock of each row, from `source` or, where that is missing or before 2000, from `fallback`
 * (0: there is none). `unit` and `shift` are nanoseconds. Returns how many rows have neither.
 */
export function clocks(source: usize, unit: i64, shift: i64, fallback: usize, fallbackUnit: i64, fallbackShift: i64, rows: i32, out: usize): i32 {
  const most = largest(unit);
  const fallbackMost = largest(fallbackUnit);
  let bad = 0;
  for (let i = 0; i < rows; i++) {
    const at = <usize>i << 3;
    let ns = source == 0 ? BAD : wall(load<i64>(source + at), unit, shift, most);
    if (ns == BAD && fallback != 0) ns = wall(load<i64>(fallback + at), fallbackUnit, fallbackShift, fallbackMost);
    if (ns == BAD) bad++;
    store<i64>(out + at, ns);
  }
  return bad;
}

/** Marks (1) each row whose clock is behind the row before it that has one. */
export function backwards(clock: usize, rows: i32, marks: usize): void {
  let last = BAD;
  for (let i = 0; i < rows; i++) {
    const ns = load<i64>(clock + (<usize>i << 3));
    let behind: u8 = 0;
    if (ns != BAD) {
      if (ns < last) behind = 1;
      last = ns;
    }
    store<u8>(marks + <usize>i, behind);
  }
}

@inline function rowAt(list: usize, place: i32): i32 {
  return load<i32>(list + (<usize>place << 2));
}

@inline function put(list: usize, place: i32, row: i32): void {
  store<i32>(list + (<usize>place << 2), row);
}

/** Whether one row comes after another: by clock, of the same clock by its place in the file. */
@inline function isAfter(clock: usize, row: i32, other: i32): bool {
  const ns = load<i64>(clock + (<usize>row << 3));
  const otherNs = load<i64>(clock + (<usize>other << 3));
  return ns > otherNs || (ns == otherNs && row > other);
}

/**
 * Fills `order` with the row numbers in clock order, ties in row order, rows without a clock left out; returns how many.
 * `scratch` has room for as many numbers as `order`.
 */
export function sortByClock(clock: usize, rows: i32, order: usize, scratch: usize): i32 {
  // Files are in order but for a few rows: these are set aside, sorted alone and merged in.
  let kept = 0;
  let aside = 0;
  let last = BAD;
  for (let i = 0; i < rows; i++) {
    const ns = load<i64>(clock + (<usize>i << 3));
    if (ns == BAD) continue;
    if (ns < last) {
      const early = kept > 1 ? load<i64>(clock + (<usize>rowAt(order, kept - 2) << 3)) : BAD;
      if (ns < early) {
        put(scratch, aside++, i);
        continue;
      }
      // The row before was ahead of its time, not this one behind.
      put(scratch, aside++, rowAt(order, --kept));
    }
    put(order, kept++, i);
    last = ns;
  }
  if (aside > 0) {
    sortRows(clock, scratch, aside, order + (<usize>kept << 2));
    let to = kept + aside;
    let a = kept - 1;
    for (let b = aside - 1; b >= 0; ) put(order, --to, a >= 0 && isAfter(clock, rowAt(order, a), rowAt(scratch, b)) ? rowAt(order, a--) : rowAt(scratch, b--));
  }
  return kept + aside;
}

/** Bottom-up merge sort of a list of rows; `spare` has room for as many. */
function sortRows(clock: usize, list: usize, count: i32, spare: usize): void {
  let from = list;
  let to = spare;
  for (let width = 1; width < count; width <<= 1) {
    for (let left = 0; left < count; left += width << 1) {
      const middle = min(left + width, count);
      const right = min(left + (width << 1), count);
      let a = left;
      let b = middle;
      for (let k = left; k < right; k++) put(to, k, a < middle && (b == right || !isAfter(clock, rowAt(from, a), rowAt(from, b))) ? rowAt(from, a++) : rowAt(from, b++));
    }
    const swap = from;
    from = to;
    to = swap;
  }
  if (from != list) memory.copy(list, from, <usize>count << 2);
}

/**
 * Splits rows in clock order into runs of one date. Writes pairs (date as days since 1970, first place in `order`)
 * and returns how many runs there are; at most `capacity` are written.
 */
export function dayRuns(clock: usize, order: usize, count: i32, out: usize, capacity: i32): i32 {
  let runs = 0;
  let midnight = i64.MIN_VALUE;
  for (let i = 0; i < count; i++) {
    const ns = load<i64>(clock + (<usize>rowAt(order, i) << 3));
    if (ns < midnight) continue;
    const day = dayOf(ns);
    midnight = <i64>(day + 1) * NS_PER_DAY;
    if (runs < capacity) {
      store<i32>(out + (<usize>runs << 3), day);
      store<i32>(out + (<usize>runs << 3) + 4, i);
    }
    runs++;
  }
  return runs;
}

/** How many of the rows [start, end) in clock order, all of date `day`, lie in seconds [open, close). */
export function sessionDays(clock: usize, order: usize, start: i32, end: i32, day: i32, open: i32, close: i32): i32 {
  const midnight = <i64>day * NS_PER_DAY;
  let inside = 0;
  for (let i = start; i < end; i++) {
    const second = secondSince(midnight, load<i64>(clock + (<usize>rowAt(order, i) << 3)));
    if (second >= open && second < close) inside++;
  }
  return inside;
}

/** How many of the rows [start, end) in clock order have a mark. */
export function markedRows(marks: usize, order: usize, start: i32, end: i32): i32 {
  let count = 0;
  for (let i = start; i < end; i++) count += load<u8>(marks + <usize>rowAt(order, i));
  return count;
}
