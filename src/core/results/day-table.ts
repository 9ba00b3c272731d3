/** One row per variant and date, as columns. */
import type { DayNumber } from "../time.ts";
import type { AnalysisRequest } from "./analysis.ts";
import { collectPositions, selectPositions, type Positions } from "./positions.ts";
import { inUnit } from "./result-unit.ts";
import { selectedPositions } from "./selection.ts";
import { maxDrawdown, mean, median, sampleDeviation, sum } from "./statistics.ts";
import { variantRanges } from "./trade-order.ts";
import type { TradeColumns } from "./types.ts";

/**
 * Amounts in hundredths of the unit, NaN where the sample cannot give a figure. `sharpe`: mean ÷ standard deviation of
 * the day's positions, not annualised. `drawdown`: of their running total, ≥ 0. `holding`: median, seconds.
 */
export const DAY_FIELDS = ["variant", "date", "trades", "positions", "net", "average", "median", "winRate", "sharpe", "drawdown", "holding"] as const;
export type DayField = (typeof DAY_FIELDS)[number];
export type DayColumns = Readonly<Record<DayField, Float64Array<ArrayBuffer>>>;

export interface DayTableRequest extends AnalysisRequest {
  /** Every variant, or the one of the selection. */
  readonly allVariants: boolean;
  readonly outcome: "all" | "gains" | "losses";
  readonly sort: DayField;
  readonly descending: boolean;
}

/** Days on which a variant had positions, sorted; equal ones stay by variant and date. */
export function dayTable(trades: TradeColumns, variants: number, request: DayTableRequest): DayColumns {
  const rows: Readonly<Record<DayField, number[]>> = { variant: [], date: [], trades: [], positions: [], net: [], average: [], median: [], winRate: [], sharpe: [], drawdown: [], holding: [] };
  variantRanges(trades, variants).forEach(([start, end], variant) => {
    if (!request.allVariants && variant !== request.selection.variant) return;
    const positions = inUnit(selectedPositions(collectPositions(trades, start, end), request.selection), request.unit, request.capitalPerLot);
    for (const day of daysOf(positions)) {
      const net = sum(day.net);
      if ((request.outcome === "gains" && net <= 0) || (request.outcome === "losses" && net >= 0)) continue;
      const figures = dayFigures(variant, day, net);
      for (const name of DAY_FIELDS) rows[name].push(figures[name] ?? Number.NaN);
    }
  });
  const order = sortedBy(rows[request.sort], request.descending);
  return Object.fromEntries(DAY_FIELDS.map((name) => [name, Float64Array.from(order, (row) => rows[name][row])])) as DayColumns;
}

function dayFigures(variant: number, day: Positions, net: number): Record<DayField, number | null> {
  const deviation = sampleDeviation(day.net);
  const average = mean(day.net);
  return {
    variant,
    date: day.date[0],
    trades: sum(day.trades),
    positions: day.net.length,
    net,
    average,
    median: median(day.net),
    winRate: day.net.reduce((wins, value) => wins + (value > 0 ? 1 : 0), 0) / day.net.length,
    sharpe: average === null || deviation === null || deviation === 0 ? null : average / deviation,
    drawdown: maxDrawdown([...day.net]).depth,
    holding: median(day.holding),
  };
}

/** Positions of one variant, date by date. */
function* daysOf(positions: Positions): Generator<Positions> {
  const dates = positions.date;
  for (let start = 0, end = 0; start < dates.length; start = end) {
    const date: DayNumber = dates[start];
    while (end < dates.length && dates[end] === date) end++;
    yield selectPositions(positions, Array.from({ length: end - start }, (_, i) => start + i));
  }
}

/** Places of the values in order; missing ones last. */
function sortedBy(values: readonly number[], descending: boolean): Uint32Array {
  const order = Uint32Array.from(values, (_, i) => i);
  const sign = descending ? -1 : 1;
  return order.sort((a, b) => {
    const [left, right] = [values[a], values[b]];
    if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(left)) - Number(Number.isNaN(right)) || a - b;
    return sign * (left - right) || a - b;
  });
}
