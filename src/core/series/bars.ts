/** Completed bars from the open; each is known at the last second of its span (semantics §5). */
import { HeldSeries, wholeVectors, type Bars, type Series, type SeriesDay } from "./series-day.ts";

/** High, low and close per completed bar. */
export interface RangeBars extends Bars {
  readonly high: number;
  readonly low: number;
}

function newBars(day: SeriesDay, seconds: number): Bars {
  const bar = day.span(seconds);
  const count = Math.floor(day.seconds / bar);
  return { bar, count, values: day.kernels.run.alloc(count * 8) };
}

/** The value at the end of each bar, carried where the series has none there. */
export function closes(day: SeriesDay, series: Series, seconds: number): Bars {
  const bars = newBars(day, seconds);
  day.kernels.run.barCloses(series.pointer, bars.bar, day.seconds, bars.values);
  return bars;
}

/** The sum over each bar: what a bar of volume is. */
export function sums(day: SeriesDay, series: Series, seconds: number): Bars {
  const bars = newBars(day, seconds);
  day.kernels.run.barSums(series.pointer, bars.bar, day.seconds, bars.values);
  return bars;
}

export function ranges(day: SeriesDay, series: Series, seconds: number): RangeBars {
  const bars = closes(day, series, seconds);
  const [high, low] = [day.kernels.run.alloc(bars.count * 8), day.kernels.run.alloc(bars.count * 8)];
  day.kernels.run.barRanges(series.pointer, bars.bar, day.seconds, high, low);
  return { ...bars, high, low };
}

/** A series from numbers per bar, each held from the last second of its bar. `fill` writes them to the address it is given. */
export function heldSeries(day: SeriesDay, { bar, count }: Bars, fill: (values: number) => void): HeldSeries {
  const { kernels } = day;
  const { pointer } = day.newSeries();
  const values = kernels.run.alloc(wholeVectors(count) * 8);
  kernels.scoped(() => fill(values));
  return new HeldSeries(pointer, day, { bar, count, values });
}
