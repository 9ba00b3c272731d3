/** Which dates a strategy runs on: pure, before any row is read, so that it can be shown before anything happens. */
import type { MarketRules } from "../market/types.ts";
import type { DayNotRun } from "../results/types.ts";
import { compileStrategy } from "../strategy/compile.ts";
import type { ParsedStrategy } from "../strategy/types.ts";
import { dayNumber, isoDate, weekdayName, type DayNumber } from "../time.ts";
import { holdsWindow } from "./windows.ts";

export interface DatePlan {
  readonly dates: readonly DayNumber[];
  /** Dates of the data that the rules alone rule out. Dates that the filters leave out are in neither list. */
  readonly notRun: readonly DayNotRun[];
}

/** `candidates` are the dates on which the data may have rows, ascending. */
export function planDates(parsed: ParsedStrategy, rules: MarketRules, candidates: readonly DayNumber[]): DatePlan {
  const { time } = parsed.variants[0].strategy;
  const windows = parsed.variants.flatMap(({ strategy }) => compileStrategy(strategy).windows);
  const from = time.from === null ? -Infinity : dayNumber(time.from);
  const to = time.to === null ? Infinity : dayNumber(time.to);
  const dates: DayNumber[] = [];
  const notRun: DayNotRun[] = [];
  for (const date of candidates) {
    if (date < from || date > to || (time.days && !time.days.includes(weekdayName(date)))) continue;
    if (time.include?.includes(isoDate(date)) === false || time.exclude?.includes(isoDate(date))) continue;
    const session = rules.session(date);
    if (session === undefined) notRun.push({ date, reason: "no_rule", detail: `the market rules' calendar does not reach ${isoDate(date)}` });
    else if (session === "closed") notRun.push({ date, reason: "session", detail: `${isoDate(date)} is no trading day by the market rules` });
    else if (!windows.some((window) => holdsWindow(session, window))) notRun.push({ date, reason: "session", detail: `the session of ${isoDate(date)} holds none of the windows` });
    else dates.push(date);
  }
  return { dates, notRun };
}
