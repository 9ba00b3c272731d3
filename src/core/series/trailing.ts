/** Values of a trailing span, and of the day so far (semantics §5). Spans are in seconds. */
import type { Series, SeriesDay } from "./series-day.ts";

/** The metric, `seconds` earlier. */
export function lag(day: SeriesDay, series: Series, seconds: number): Series {
  const out = day.newSeries();
  day.kernels.run.lag(series.pointer, day.span(seconds, 0), day.seconds, out.pointer);
  return out;
}

/** `VOL`: the sum over the span that ends at s, missing seconds counting 0; missing until s ≥ span − 1. */
export function trailingSum(day: SeriesDay, series: Series, span: number): Series {
  const out = day.newSeries();
  day.kernels.run.trailingSum(series.pointer, day.span(span), day.seconds, out.pointer);
  return out;
}

/** In the order of the codes in assembly/trailing.ts. */
const SO_FAR = ["open", "high", "low"] as const;

/** `OPEN_DAY`, `HIGH_DAY`, `LOW_DAY`: the first, highest and lowest value of the session up to s. */
export function soFar(day: SeriesDay, series: Series, which: (typeof SO_FAR)[number]): Series {
  const out = day.newSeries();
  day.kernels.run.running(series.pointer, SO_FAR.indexOf(which), day.seconds, out.pointer);
  return out;
}

/** `ORB_HIGH`, `ORB_LOW`: of the first `span` seconds, known from the last of them. */
export function openingRange(day: SeriesDay, series: Series, which: "high" | "low", span: number): Series {
  const out = day.newSeries();
  day.kernels.run.openingRange(series.pointer, which === "high", day.span(span), day.seconds, out.pointer);
  return out;
}

/** `VWAP` of a price and the volume of each second since the open; missing while nothing has traded. */
export function vwap(day: SeriesDay, price: Series, volume: Series): Series {
  const out = day.newSeries();
  day.kernels.run.vwap(price.pointer, volume.pointer, day.seconds, out.pointer);
  return out;
}

/** `RV`: realised volatility of the span in percent, not annualised; missing until s ≥ span. */
export function realisedVolatility(day: SeriesDay, series: Series, span: number): Series {
  const { kernels } = day;
  const out = day.newSeries();
  const length = day.span(span);
  kernels.scoped(() => kernels.run.realised(series.pointer, length, day.seconds, kernels.run.alloc(length * 8), out.pointer));
  return out;
}
