import { planDates } from "../core/engine/plan.ts";
import type { MarketRules } from "../core/market/types.ts";
import { checkStrategy } from "../core/strategy/check.ts";
import type { ParsedStrategy, StrategyProblem } from "../core/strategy/types.ts";
import { dayNumber } from "../core/time.ts";
import type { Catalogue } from "../data/catalogue/catalogue.ts";
import type { Progress } from "../data/catalogue/types.ts";
import type { DayPlan } from "./packed-plan.ts";

/** What keeps a strategy from running on this data, in words. */
export class PlanError extends Error {
  override readonly name = "PlanError";
}

/** The days of a run and how they are handed out. Throws PlanError, and ChoiceNeeded where the data leaves something open. */
export async function planRun(catalogue: Catalogue, strategy: ParsedStrategy, rules: MarketRules, progress?: (progress: Progress) => void): Promise<DayPlan> {
  const { strategy: first } = strategy.variants[0];
  const { symbol } = first.universe;
  const symbols = catalogue.summary().symbols.map((one) => one.symbol);
  if (symbols.length === 0) throw new PlanError("No file of the folder could be recognised as market data. The problems of the catalogue say what was found in each.");
  refuse(checkStrategy(strategy, rules, { symbols, bars: false }));
  const { from, to } = first.time;
  const candidates = await catalogue.candidateDates(symbol, { ...(from !== null && { from: dayNumber(from) }), ...(to !== null && { to: dayNumber(to) }) }, progress);
  const { dates, notRun } = planDates(strategy, rules, candidates);
  const chunks = await catalogue.chunks(symbol, dates, progress);
  const bars = chunks.some(({ files, kinds }) => files.some(({ kind, layout }) => kind === "option" && kinds[layout] === "bar"));
  const absent = (["future", "vix"] as const).filter((kind) => !chunks.some(({ files }) => files.some((file) => file.kind === kind)));
  refuse(checkStrategy(strategy, rules, { symbols, bars, ...(chunks.length > 0 && { absent }) }));
  return { symbols: [symbol], dates, notRun, chunks };
}

function refuse(problems: readonly StrategyProblem[]): void {
  if (problems.length > 0) throw new PlanError(problems.map(({ path, message }) => `${path}: ${message}`).join("\n"));
}
