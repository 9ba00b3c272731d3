// Semantics §5: completed bars from the open. Bar j spans seconds [j·bar, (j + 1)·bar) and is known at the last of them.
// Within a bar a missing second holds the value before it; bars before the first value are NaN.
import { UNKNOWN } from "./conditions";
import { fillMissing, missing } from "./operand";

/** The value at the end of each completed bar. Returns how many bars there are. */
export function barCloses(series: usize, bar: i32, seconds: i32, out: usize): i32 {
  const bars = seconds / bar;
  let close = NaN;
  for (let j = 0; j < bars; j++) {
    let s = (j + 1) * bar - 1;
    while (s > j * bar && missing(load<f64>(series + (<usize>s << 3)))) s--;
    const last = load<f64>(series + (<usize>s << 3));
    if (!missing(last)) close = last;
    store<f64>(out + (<usize>j << 3), close);
  }
  return bars;
}

/** Highest and lowest value of each completed bar; of a bar without a value, the close that it carries. */
export function barRanges(series: usize, bar: i32, seconds: i32, high: usize, low: usize): i32 {
  const bars = seconds / bar;
  let close = NaN;
  for (let j = 0; j < bars; j++) {
    const end = (j + 1) * bar;
    let highest = -Infinity;
    let lowest = Infinity;
    for (let s = j * bar; s < end; s++) {
      const value = load<f64>(series + (<usize>s << 3));
      if (missing(value)) continue;
      if (value > highest) highest = value;
      if (value < lowest) lowest = value;
      close = value;
    }
    const empty = highest < lowest;
    store<f64>(high + (<usize>j << 3), empty ? close : highest);
    store<f64>(low + (<usize>j << 3), empty ? close : lowest);
  }
  return bars;
}

/** Sum of each completed bar, for volume; a missing second counts 0, bars before the first value are NaN. */
export function barSums(series: usize, bar: i32, seconds: i32, out: usize): i32 {
  const bars = seconds / bar;
  let started = false;
  for (let j = 0; j < bars; j++) {
    const end = (j + 1) * bar;
    let sum: f64 = 0;
    for (let s = j * bar; s < end; s++) {
      const value = load<f64>(series + (<usize>s << 3));
      if (missing(value)) continue;
      started = true;
      sum += value;
    }
    store<f64>(out + (<usize>j << 3), started ? sum : NaN);
  }
  return bars;
}

/** One value per completed bar to a series by second: known at the last second of the bar, held until the next. */
export function holdBars(values: usize, bar: i32, seconds: i32, out: usize): void {
  fillMissing(out, 0, min(bar - 1, seconds));
  const bars = seconds / bar;
  for (let j = 0; j < bars; j++) {
    const value = load<f64>(values + (<usize>j << 3));
    const from = (j + 1) * bar - 1;
    const to = min(from + bar, seconds);
    const held = f64x2.splat(value);
    let s = from;
    for (; s + 2 <= to; s += 2) v128.store(out + (<usize>s << 3), held);
    if (s < to) store<f64>(out + (<usize>s << 3), value);
  }
}

/** The same of truths (see conditions.ts), one byte each. */
export function holdTruths(values: usize, bar: i32, seconds: i32, out: usize): void {
  memory.fill(out, UNKNOWN, <usize>min(bar - 1, seconds));
  const bars = seconds / bar;
  for (let j = 0; j < bars; j++) {
    const value = load<u8>(values + <usize>j);
    const from = (j + 1) * bar - 1;
    const to = min(from + bar, seconds);
    const held = i8x16.splat(value);
    let s = from;
    // What is written beyond the bar the next one writes over.
    for (; s < to && s + 16 <= seconds; s += 16) v128.store(out + <usize>s, held);
    for (; s < to; s++) store<u8>(out + <usize>s, value);
  }
}
