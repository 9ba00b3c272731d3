/** Takes the days that the user's thresholds put into quarantine out of a plan. */
import { quarantineReasons, thresholdsJson, type Thresholds } from "../core/health/thresholds.ts";
import type { DayHealth } from "../core/health/day-health.ts";
import type { LedgerQuarantine } from "../core/results/ledger.ts";
import type { SymbolName } from "../core/market/types.ts";
import type { DayNotRun } from "../core/results/types.ts";
import { partsOf } from "../core/strategy/parts.ts";
import type { ParsedStrategy } from "../core/strategy/types.ts";
import { isoDate, type DayNumber } from "../core/time.ts";
import type { RunPlan, StrategyPlan } from "./protocol.ts";

/** A day that the thresholds keep from being run, or would if the user had not overruled them. */
export interface JudgedDay {
  readonly symbol: SymbolName;
  readonly date: DayNumber;
  readonly reasons: readonly string[];
}

export interface Quarantine {
  readonly thresholds: Thresholds;
  readonly days: readonly JudgedDay[];
  /** In quarantine by the thresholds, and run all the same. */
  readonly overruled: readonly JudgedDay[];
}

/** @param overrules dates that run whatever the thresholds say */
export function judge(health: readonly DayHealth[], thresholds: Thresholds, overrules: ReadonlySet<DayNumber>): Quarantine {
  const judged = health
    .map((day): JudgedDay => ({ symbol: day.symbol, date: day.date, reasons: quarantineReasons(day, thresholds) }))
    .filter(({ reasons }) => reasons.length > 0)
    .sort((a, b) => a.date - b.date || (a.symbol < b.symbol ? -1 : 1));
  return { thresholds, days: judged.filter(({ date }) => !overrules.has(date)), overruled: judged.filter(({ date }) => overrules.has(date)) };
}

/** The symbols and dates of a plan whose health has to be known. */
export function judgedDates(plan: RunPlan, strategies: readonly ParsedStrategy[]): { readonly symbols: readonly SymbolName[]; readonly dates: readonly DayNumber[] } {
  return { symbols: [...new Set(strategies.flatMap(symbolsOf))], dates: plan.dates };
}

/** A strategy does not run on a date on which one of its symbols is in quarantine. */
export function withoutQuarantined(plan: RunPlan, strategies: readonly ParsedStrategy[], { days }: Quarantine): RunPlan {
  if (days.length === 0) return plan;
  const planned = plan.strategies.map((one, place) => (one.kind === "planned" ? withoutDays(one, strategies[place], days) : one));
  const dates = new Set(planned.flatMap((one) => (one.kind === "planned" ? one.dates : [])));
  const portions = plan.portions.map((portion) => ({ ...portion, dates: portion.dates.filter((date) => dates.has(date)) }));
  return { ...plan, strategies: planned, dates: plan.dates.filter((date) => dates.has(date)), portions: portions.filter((portion) => portion.dates.length > 0) };
}

function withoutDays(plan: Extract<StrategyPlan, { kind: "planned" }>, strategy: ParsedStrategy, days: readonly JudgedDay[]): StrategyPlan {
  const symbols = new Set(symbolsOf(strategy));
  const own = new Set(plan.dates);
  const kept = new Map<DayNumber, string[]>();
  for (const { symbol, date, reasons } of days) if (symbols.has(symbol) && own.has(date)) kept.set(date, [...(kept.get(date) ?? []), ...reasons.map((reason) => `${symbol}: ${reason}`)]);
  const notRun = [...kept].map(([date, reasons]): DayNotRun => ({ date, reason: "quarantined", detail: reasons.join("; ") }));
  return { ...plan, dates: plan.dates.filter((date) => !kept.has(date)), notRun: [...plan.notRun, ...notRun].sort((a, b) => a.date - b.date) };
}

function symbolsOf(strategy: ParsedStrategy): SymbolName[] {
  return partsOf(strategy).map(({ universe }) => universe.symbol);
}

/** What the ledger of a run says of the thresholds that it was run under. */
export function ledgerQuarantine({ thresholds, overruled }: Quarantine): LedgerQuarantine {
  return { thresholds: thresholdsJson(thresholds), overruled: overruled.map(({ symbol, date, reasons }) => ({ symbol, date: isoDate(date), reasons })) };
}
