/** What the views of the results draw of a selection: figures, days, spread, and every variant beside them. */
import type { Paise } from "../money.ts";
import type { DayNumber } from "../time.ts";
import { histogram, type Histogram } from "./histogram.ts";
import { collectPositions, type Positions } from "./positions.ts";
import { inUnit, type ResultUnit } from "./result-unit.ts";
import { selectedDays, selectedPositions, type Selection } from "./selection.ts";
import { dailyNet, figures, summarizePositions } from "./summary.ts";
import { variantRanges } from "./trade-order.ts";
import type { SummaryFigures, TradeColumns, VariantSummary } from "./types.ts";

export interface AnalysisRequest {
  readonly selection: Selection;
  readonly unit: ResultUnit;
  readonly capitalPerLot: Paise;
}

/** Amounts in hundredths of the request's unit. */
export interface Analysis {
  readonly request: AnalysisRequest;
  readonly summary: Omit<VariantSummary, "variant" | "params">;
  /** Positions of each day of `summary.daily`. */
  readonly dayPositions: Uint32Array;
  /** Of the net P&L of positions; undefined without any. */
  readonly distribution: Histogram | undefined;
  readonly excursions: Excursions;
  /** The same days, weekday, DTE and window of every variant, in order; empty where the run has one. */
  readonly variants: readonly SummaryFigures[];
}

/** Of positions evenly taken from all of them: the lowest and highest P&L while each was held, before fees, and its net P&L. */
export interface Excursions {
  readonly mae: Float64Array;
  readonly mfe: Float64Array;
  readonly net: Float64Array;
}

const BINS = 36;
/** More points than these are no more to see. */
const MOST_POINTS = 4_000;

/**
 * @param trades in the order of semantics §6, with run-wide position ids
 * @param daysRun dates run of a variant, ascending
 */
export function analyse(trades: TradeColumns, variants: number, daysRun: (variant: number) => readonly DayNumber[], request: AnalysisRequest): Analysis {
  const ranges = variantRanges(trades, variants);
  const chosen = Math.min(request.selection.variant, variants - 1);
  const of = (variant: number) => part(collectPositions(trades, ...ranges[variant]), daysRun(variant), request);
  const { positions, days } = of(chosen);
  const summary = summarizePositions(positions, days);
  return {
    request,
    summary,
    dayPositions: countByDay(positions.date, days),
    distribution: histogram(positions.net, BINS),
    excursions: excursionsOf(positions),
    variants: variants < 2 ? [] : ranges.map((_, variant) => (variant === chosen ? summary : figuresOf(of(variant)))),
  };
}

function excursionsOf({ mae, mfe, net }: Positions): Excursions {
  const points = Math.min(net.length, MOST_POINTS);
  const evenly = (values: Float64Array) => Float64Array.from({ length: points }, (_, i) => values[Math.floor((i * net.length) / points)]);
  return { mae: evenly(mae), mfe: evenly(mfe), net: evenly(net) };
}

function part(all: Positions, daysRun: readonly DayNumber[], { selection, unit, capitalPerLot }: AnalysisRequest) {
  const positions = selectedPositions(all, selection);
  return { positions: inUnit(positions, unit, capitalPerLot), days: selectedDays(selection, daysRun, positions) };
}

function figuresOf({ positions, days }: ReturnType<typeof part>): SummaryFigures {
  return figures(positions, dailyNet(positions, days));
}

function countByDay(dates: Float64Array, days: readonly DayNumber[]): Uint32Array {
  const place = new Map(days.map((date, i) => [date, i]));
  const counts = new Uint32Array(days.length);
  for (const date of dates) counts[place.get(date) ?? 0]++;
  return counts;
}
