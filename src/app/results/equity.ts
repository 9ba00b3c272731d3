/** Daily net P&L as the series of the chart. */
import { dayNumber, SECONDS_PER_DAY } from "../../core/time.ts";
import type { VariantSummary } from "../../core/results/types.ts";

/** All arrays have one entry per day run, in date order; amounts in rupees. */
export interface EquitySeries {
  /** Seconds since 1970 of midnight: what the chart's time axis takes. */
  readonly x: Float64Array;
  readonly net: Float64Array;
  readonly cumulative: Float64Array;
  /** Cumulative minus its peak so far, the start counted as a peak of 0; never positive. */
  readonly drawdown: Float64Array;
}

export function equitySeries(daily: VariantSummary["daily"]): EquitySeries {
  const { length } = daily.dates;
  const series = { x: new Float64Array(length), net: new Float64Array(length), cumulative: new Float64Array(length), drawdown: new Float64Array(length) };
  let total = 0;
  let peak = 0;
  for (let i = 0; i < length; i++) {
    total += daily.net[i];
    peak = Math.max(peak, total);
    series.x[i] = dayNumber(daily.dates[i]) * SECONDS_PER_DAY;
    series.net[i] = daily.net[i] / 100;
    series.cumulative[i] = total / 100;
    series.drawdown[i] = (total - peak) / 100;
  }
  return series;
}

/** The chart as a file: one line per day, rupees. */
export function equityCsv(daily: VariantSummary["daily"], series: EquitySeries): string {
  const lines = daily.dates.map((date, i) => `${date},${series.net[i].toFixed(2)},${series.cumulative[i].toFixed(2)},${series.drawdown[i].toFixed(2)}\n`);
  return ["date,net_pnl,cumulative_net_pnl,drawdown\n", ...lines].join("");
}
