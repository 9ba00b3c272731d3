/** Figures per variant, by the formulas of semantics §6. docs/results.md explains each to the user. */
import { isoDate, weekdayName, WEEKDAY_NAMES, type DayNumber } from "../time.ts";
import type { ParsedStrategy } from "../strategy/types.ts";
import { collectPositions, selectPositions, type Positions } from "./positions.ts";
import { maxDrawdown, mean, median, sampleDeviation, sharpe, sortino, sum } from "./statistics.ts";
import { variantRanges } from "./trade-order.ts";
import type { SummaryFigures, TradeColumns, VariantSummary } from "./types.ts";

/**
 * One summary per variant, in order.
 * @param trades in the order of semantics §6, with run-wide position ids
 * @param daysRun dates run for a variant, ascending
 */
export function summarize(strategy: ParsedStrategy, trades: TradeColumns, daysRun: (variant: number) => readonly DayNumber[]): VariantSummary[] {
  const ranges = variantRanges(trades, strategy.variants.length);
  return strategy.variants.map((_, index) => summarizeRange(strategy, trades, index, ranges[index], daysRun(index)));
}

/** The same of one variant alone. */
export function summarizeVariant(strategy: ParsedStrategy, trades: TradeColumns, variant: number, days: readonly DayNumber[]): VariantSummary {
  return summarizeRange(strategy, trades, variant, variantRanges(trades, strategy.variants.length)[variant], days);
}

function summarizeRange({ variants }: ParsedStrategy, trades: TradeColumns, variant: number, range: readonly [start: number, end: number], days: readonly DayNumber[]): VariantSummary {
  const { name, swept } = variants[variant];
  return { variant: name, params: swept, ...summarizePositions(collectPositions(trades, ...range), days) };
}

/** The figures of every variant as a whole, in order: what a sweep of thousands is compared by. */
export function variantFigures(trades: TradeColumns, variants: number, daysRun: (variant: number) => readonly DayNumber[]): SummaryFigures[] {
  return variantRanges(trades, variants).map((range, variant) => {
    const positions = collectPositions(trades, ...range);
    return figures(positions, dailyNet(positions, daysRun(variant)));
  });
}

/**
 * Figures of the positions of one variant, and of their parts.
 * @param days dates that count, ascending; a day without a position counts as 0
 */
export function summarizePositions(positions: Positions, days: readonly DayNumber[]): Omit<VariantSummary, "variant" | "params"> {
  const net = dailyNet(positions, days);
  const ofDays = (key: (date: DayNumber) => string, order?: readonly string[]) => {
    const keys = new Map(days.map((day) => [day, key(day)]));
    const keyOf = (date: DayNumber) => keys.get(date) ?? key(date);
    const daysOf = groupBy(days, (_, day) => keyOf(day));
    const positionsOf = groupBy(positions.date, (_, date) => keyOf(date));
    return (order ?? [...daysOf.keys()]).filter((name) => daysOf.has(name)).map((name) => {
      const indexes = daysOf.get(name) ?? [];
      return { key: name, ...figures(selectPositions(positions, positionsOf.get(name) ?? []), indexes.map((i) => net[i])) };
    });
  };
  const ofPositions = (column: ArrayLike<number>, days: (chosen: Positions) => readonly DayNumber[]) =>
    [...groupBy(column, (_, value) => value)].sort(([a], [b]) => a - b).map(([value, indexes]) => {
      const chosen = selectPositions(positions, indexes);
      return { key: String(value), ...figures(chosen, dailyNet(chosen, days(chosen))) };
    });
  return {
    ...figures(positions, net),
    by: {
      weekday: ofDays(weekdayName, WEEKDAY_NAMES),
      month: ofDays((date) => isoDate(date).slice(0, 7)),
      year: ofDays((date) => isoDate(date).slice(0, 4)),
      // A day without a trade has no DTE of its own, so only the days with such a position count.
      dte: ofPositions(positions.dte, (chosen) => [...new Set(chosen.date)]),
      window: ofPositions(positions.window, () => days),
    },
    daily: { dates: days.map(isoDate), net },
  };
}

/** @param daily net P&L of every day of the sample, in date order, days without a trade included */
export function figures(positions: Positions, daily: readonly number[]): SummaryFigures {
  const { net } = positions;
  const count = net.length;
  const { won, lost, wins, best, worst } = outcomes(net);
  const drawdown = maxDrawdown(daily);
  const turnover = sum(positions.absoluteNet);
  return {
    days: daily.length,
    trades: sum(positions.trades),
    positions: count,
    winRate: count === 0 ? null : wins / count,
    total: sum(net),
    average: mean(net),
    median: median(net),
    standardDeviation: sampleDeviation(net),
    best,
    worst,
    profitFactor: lost === 0 ? null : won / lost,
    // Win rate × average win − loss rate × average loss, where the numbers of wins and losses cancel out.
    expectancy: count === 0 ? null : (won - lost) / count,
    sharpe: sharpe(daily),
    sortino: sortino(daily),
    maxDrawdown: drawdown.depth,
    maxDrawdownDays: drawdown.days,
    medianHoldingSeconds: median(positions.holding),
    fees: sum(positions.fees),
    slippage: sum(positions.slippage),
    staleExits: sum(positions.staleExits),
    staleExitShare: turnover === 0 ? null : sum(positions.staleAbsoluteNet) / turnover,
  };
}

/** Sums and extremes of the winners and losers; `lost` ≥ 0. */
function outcomes(net: Float64Array): { won: number; lost: number; wins: number; best: number | null; worst: number | null } {
  let won = 0;
  let lost = 0;
  let wins = 0;
  let best = -Infinity;
  let worst = Infinity;
  for (let i = 0; i < net.length; i++) {
    const value = net[i];
    if (value > 0) {
      won += value;
      wins++;
    } else {
      lost -= value;
    }
    if (value > best) best = value;
    if (value < worst) worst = value;
  }
  return { won, lost, wins, best: net.length === 0 ? null : best, worst: net.length === 0 ? null : worst };
}

/** Net P&L of each day, 0 where the positions have none. */
export function dailyNet(positions: Positions, days: readonly DayNumber[]): number[] {
  const net = new Map<DayNumber, number>();
  positions.date.forEach((date, i) => net.set(date, (net.get(date) ?? 0) + positions.net[i]));
  return days.map((date) => net.get(date) ?? 0);
}

/** Indexes of the values by key, keys in the order in which they first occur. */
function groupBy<K>(values: ArrayLike<number>, key: (index: number, value: number) => K): Map<K, number[]> {
  const groups = new Map<K, number[]>();
  for (let i = 0; i < values.length; i++) {
    const name = key(i, values[i]);
    const group = groups.get(name);
    if (group) group.push(i);
    else groups.set(name, [i]);
  }
  return groups;
}
