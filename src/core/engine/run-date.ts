/** One pass over a date: all strategies one after another, over the same rows and grids. */
import type { Kernels } from "../kernels.ts";
import type { MarketRules, SymbolName } from "../market/types.ts";
import type { DayOutcome } from "../results/types.ts";
import type { DayNumber } from "../time.ts";
import { DayGrids } from "./day-grids.ts";
import type { KeptGrids } from "./kept-grids.ts";
import type { DayData } from "./ports.ts";
import { runDay, type DayJob } from "./run-day.ts";

export interface DatePass {
  readonly date: DayNumber;
  readonly strategies: readonly Pick<DayJob, "strategy" | "recordSample" | "record">[];
  /** Asked once per strategy, by its place, and symbol, so that each counts what it has read itself; undefined when the data has no such rows. */
  readonly open: (symbol: SymbolName, place: number) => DayData | undefined;
  readonly rules: MarketRules;
  readonly kernels: Kernels;
  /** Grids of earlier runs, and of this one for later ones. */
  readonly kept?: KeptGrids;
}

/** The outcomes in the order of the strategies: each is what it would be alone. */
export async function runDate({ date, strategies, open, rules, kernels, kept }: DatePass): Promise<DayOutcome[]> {
  const session = rules.session(date);
  if (session === undefined || session === "closed") throw new Error(`Day ${date} has no session by the market rules, so it was not to be run.`);
  const grids = new DayGrids(kernels, session, kept);
  try {
    const outcomes: DayOutcome[] = [];
    for (const [place, own] of strategies.entries()) outcomes.push(await runDay({ ...own, date, data: (symbol) => open(symbol, place), rules, grids }));
    return outcomes;
  } finally {
    grids.release();
  }
}
