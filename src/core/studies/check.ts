/** What a study asks of the market rules and of the data set, checked before anything runs. */
import { passesFilters, sessionVerdict } from "../engine/plan.ts";
import type { MarketRules, SymbolName } from "../market/types.ts";
import { heldNowhere, symbolProblems } from "../strategy/check.ts";
import { problem } from "../strategy/problems.ts";
import { parseWindow } from "../strategy/schema-parts.ts";
import type { StrategyProblem } from "../strategy/types.ts";
import type { DayNumber } from "../time.ts";
import type { PlacedStudy } from "./parse.ts";
import type { Study } from "./schema.ts";

/** @param held symbols of the data folder, where it is known */
export function checkStudy(placed: PlacedStudy, rules: MarketRules, held?: readonly SymbolName[]): StrategyProblem[] {
  const { universe, windows } = placed.study;
  return [...symbolProblems(universe.symbol, placed, rules, held), ...windows.flatMap((text, i) => heldNowhere(text, rules).map((message) => problem(["windows", i], placed, message)))];
}

/** Whether a date is one of the study, as far as filters and rules tell; `left_out` by its own filters. */
export function studyVerdict({ time, windows }: Study, rules: MarketRules, date: DayNumber): ReturnType<typeof sessionVerdict> | "left_out" {
  return passesFilters(time, date) ? sessionVerdict(rules, date, () => windows.map((text) => parseWindow(text)!)) : "left_out";
}
