/** Which dates a strategy runs on: pure, before any row is read, so that it can be shown before anything happens. */
import type { MarketRules, SymbolName } from "../market/types.ts";
import { daysNotRun, type PartNotRun } from "../results/not-run.ts";
import type { DayNotRun, DayReason } from "../results/types.ts";
import { compileStrategy } from "../strategy/compile.ts";
import { partsOf, type Part } from "../strategy/parts.ts";
import type { ParsedStrategy } from "../strategy/types.ts";
import { dayNumber, isoDate, weekdayName, type DayNumber } from "../time.ts";
import { holdsWindow } from "./windows.ts";

export interface DatePlan {
  readonly dates: readonly DayNumber[];
  /** The dates by symbol: parts of a strategy may want different symbols. */
  readonly bySymbol: ReadonlyMap<SymbolName, readonly DayNumber[]>;
  /** Dates of the data that the rules alone rule out. Dates that the filters leave out are in no list. */
  readonly notRun: readonly DayNotRun[];
}

/** `candidates` are the dates on which the data may have rows of a symbol, ascending. */
export function planDates(strategy: ParsedStrategy, rules: MarketRules, candidates: (symbol: SymbolName) => readonly DayNumber[]): DatePlan {
  const parts = partsOf(strategy);
  const bySymbol = new Map<SymbolName, Set<DayNumber>>();
  const missed = new Map<DayNumber, PartNotRun[]>();
  parts.forEach((part, index) => {
    const { symbol } = part.universe;
    const dates = bySymbol.get(symbol) ?? new Set();
    bySymbol.set(symbol, dates);
    for (const date of candidates(symbol)) {
      const verdict = verdictOf(strategy, part, rules, date);
      if (verdict === "run") dates.add(date);
      else if (verdict !== "left_out") missed.set(date, [...(missed.get(date) ?? []), { part: index, ...verdict }]);
    }
  });
  const ascending = (dates: Iterable<DayNumber>) => [...new Set(dates)].sort((a, b) => a - b);
  return {
    dates: ascending([...bySymbol.values()].flatMap((dates) => [...dates])),
    bySymbol: new Map([...bySymbol].map(([symbol, dates]) => [symbol, ascending(dates)])),
    notRun: ascending(missed.keys()).flatMap((date) => daysNotRun(date, parts, missed.get(date)!)),
  };
}

/** Whether a date lies in `from` to `to`, on one of the days, and is not left out by name. */
export function passesFilters({ from, to, days, include, exclude }: Omit<Part["time"], "window">, date: DayNumber): boolean {
  if (include?.includes(isoDate(date)) === false || exclude?.includes(isoDate(date))) return false;
  return (from === null || date >= dayNumber(from)) && (to === null || date <= dayNumber(to)) && (days === null || days.includes(weekdayName(date)));
}

/** Whether a part of the strategy runs on a date, as far as filters and rules tell; `left_out` by its own filters. */
export function verdictOf(strategy: ParsedStrategy, { time, variants }: Part, rules: MarketRules, date: DayNumber): "run" | "left_out" | { readonly reason: DayReason; readonly detail: string } {
  if (!passesFilters(time, date)) return "left_out";
  return sessionVerdict(rules, date, () => compileStrategy(strategy.variants[variants[0]].strategy).windows);
}

/** Whether there is a session on a date, and it holds one of the windows. */
export function sessionVerdict(rules: MarketRules, date: DayNumber, windows: () => readonly Parameters<typeof holdsWindow>[1][]): "run" | { readonly reason: DayReason; readonly detail: string } {
  const session = rules.session(date);
  if (session === undefined) return { reason: "no_rule", detail: `the market rules' calendar does not reach ${isoDate(date)}` };
  if (session === "closed") return { reason: "session", detail: `${isoDate(date)} is no trading day by the market rules` };
  if (!windows().some((window) => holdsWindow(session, window))) return { reason: "session", detail: `the session of ${isoDate(date)} holds none of the windows` };
  return "run";
}
