/** The formulas of the summary (semantics §6). What a sample cannot give is null, never infinite and never 0. */

/** Trading days of a year, for annualising. */
const DAYS_PER_YEAR = 252;

export function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}

export function mean(values: ArrayLike<number>): number | null {
  return values.length === 0 ? null : sum(values) / values.length;
}

/** The middle value, or the mean of the two middle ones. */
export function median(values: ArrayLike<number>): number | null {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return null;
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** With divisor n − 1; null below two values. */
export function sampleDeviation(values: ArrayLike<number>): number | null {
  const centre = mean(values);
  if (centre === null || values.length < 2) return null;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - centre) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}

/** Mean ÷ sample standard deviation × √252; null below two days or without deviation. */
export function sharpe(daily: readonly number[]): number | null {
  return annualised(daily, sampleDeviation(daily));
}

/**
 * Mean ÷ downside deviation × √252, where the downside deviation is √(Σ min(0, day)² ÷ days) over all days;
 * null below two days or without a losing day.
 */
export function sortino(daily: readonly number[]): number | null {
  let squares = 0;
  for (const value of daily) squares += Math.min(0, value) ** 2;
  return annualised(daily, Math.sqrt(squares / daily.length));
}

function annualised(daily: readonly number[], deviation: number | null): number | null {
  const centre = mean(daily);
  if (centre === null || daily.length < 2 || deviation === null || deviation === 0) return null;
  return (centre / deviation) * Math.sqrt(DAYS_PER_YEAR);
}

export interface Drawdown {
  /** The largest fall of the running total below its highest point so far, which is at least 0; ≥ 0. */
  readonly depth: number;
  /** Days from that highest point to the first day that reaches it again, or to the last day. */
  readonly days: number;
}

/** Of the running total of daily amounts, which starts at 0 before the first day. The earliest of equally deep ones. */
export function maxDrawdown(daily: readonly number[]): Drawdown {
  let total = 0;
  let peak = 0;
  let peakDay = -1;
  let depth = 0;
  let days = 0;
  let deepestIsOpen = false;
  for (let day = 0; day < daily.length; day++) {
    total += daily[day];
    if (total >= peak) {
      if (deepestIsOpen) days = day - peakDay;
      deepestIsOpen = false;
      peak = total;
      peakDay = day;
    } else if (peak - total > depth) {
      depth = peak - total;
      deepestIsOpen = true;
    }
  }
  if (deepestIsOpen) days = daily.length - 1 - peakDay;
  return { depth, days };
}
