import { planDates } from "../core/engine/plan.ts";
import type { MarketRules } from "../core/market/types.ts";
import type { ParsedStrategy } from "../core/strategy/types.ts";
import { dayNumber } from "../core/time.ts";
import type { Catalogue } from "../data/catalogue/catalogue.ts";
import type { Progress } from "../data/catalogue/types.ts";
import type { RunPlan } from "./protocol.ts";

/** What keeps a strategy from running on this data, in words. */
export class PlanError extends Error {
  override readonly name = "PlanError";
}

/** The days of a run and how they are handed out. Throws PlanError, and ChoiceNeeded where the data leaves something open. */
export async function planRun(catalogue: Catalogue, strategy: ParsedStrategy, rules: MarketRules, progress?: (progress: Progress) => void): Promise<RunPlan> {
  const [{ strategy: first }, ...others] = strategy.variants;
  for (const variant of others) {
    for (const part of ["universe", "time"] as const) {
      if (JSON.stringify(variant.strategy[part]) !== JSON.stringify(first[part])) {
        throw new PlanError(`${strategy.variants[0].name} and ${variant.name} differ in "${part}"; variants of one run share it. Sweep something else, or run once per value with --set.`);
      }
    }
  }
  const { symbol } = first.universe;
  const found = catalogue.summary().symbols.map((one) => one.symbol);
  if (found.length === 0) throw new PlanError("No file of the folder could be recognised as market data. The problems of the catalogue say what was found in each.");
  if (!found.includes(symbol)) throw new PlanError(`The strategy trades ${symbol}, but the folder holds ${found.join(", ")}. Change universe.symbol or open the folder that holds ${symbol}.`);
  const { from, to } = first.time;
  const candidates = await catalogue.candidateDates(symbol, { ...(from !== null && { from: dayNumber(from) }), ...(to !== null && { to: dayNumber(to) }) }, progress);
  const { dates, notRun } = planDates(strategy, rules, candidates);
  return { symbols: [symbol], dates, notRun, chunks: await catalogue.chunks(symbol, dates, progress) };
}
