/** Spot of a date that is only looked at, and the facts of it. */
import { EARLIER_DATES, type DatedFacts } from "../facts/day-facts.ts";
import { ownFacts } from "../facts/own-facts.ts";
import type { Kernels } from "../kernels.ts";
import type { MarketRules } from "../market/types.ts";
import type { SpotSource } from "../results/types.ts";
import type { Strategy } from "../strategy/types.ts";
import type { DayNumber } from "../time.ts";
import { DayGrids, emptyGrid } from "./day-grids.ts";
import { lookAt, type LookedAt } from "./looked-at.ts";
import type { DayData } from "./ports.ts";
import { chooseSpot, type Spot } from "./spot.ts";

/** Undefined where it would be made of options and there are none. `options` are looked at only where spot has no rows of its own. */
export async function spotOf(universe: Strategy["universe"], data: DayData, grids: DayGrids, options: () => Promise<LookedAt | undefined>): Promise<Spot | undefined> {
  const choice = await chooseSpot(universe.spot, data);
  if (choice.source === "synthetic") return (await options())?.spot;
  const { source, slice } = choice;
  return { source, grid: slice ? grids.of(slice, "row") : emptyGrid(grids.kernels, grids.stride), barSpan: slice?.barSpan };
}

/** Null where spot has no value in the session. */
export function factsOfSpot(date: DayNumber, { source, grid }: Pick<Spot, "source" | "grid">, seconds: number): DatedFacts | null {
  const own = ownFacts(grid.prices(seconds));
  return own.close === null ? null : { date, source, ...own };
}

export interface LookBack {
  readonly universe: Strategy["universe"];
  readonly data: DayData;
  readonly rules: MarketRules;
  readonly kernels: Kernels;
  /** Spot of another source is another series. */
  readonly source: SpotSource;
}

/** What the facts of a date are recalled by: all that they depend on beside the date's rows and the rules. */
export function factsName({ spot, expiry }: Pick<Strategy["universe"], "spot" | "expiry">): string {
  return JSON.stringify(["facts", spot, expiry]);
}

/** The facts of dates before one, the latest first: of as many as can play a part. */
export async function earlierFacts({ universe, data, rules, kernels, source }: LookBack, most = EARLIER_DATES): Promise<DatedFacts[]> {
  const found: DatedFacts[] = [];
  const name = factsName(universe);
  for (let day = data.previous(); day && found.length < most; day = day.previous()) {
    const looked = day;
    const facts = await looked.recall(name, () => factsOf(universe, looked, rules, kernels));
    if (facts?.source === source) found.push(facts);
  }
  return found;
}

async function factsOf(universe: Strategy["universe"], data: DayData, rules: MarketRules, kernels: Kernels): Promise<DatedFacts | null> {
  const session = rules.session(data.date);
  if (session === undefined || session === "closed") return null;
  const grids = new DayGrids(kernels, session);
  try {
    const spot = await spotOf(universe, data, grids, () => lookAt(universe, data, rules, grids));
    return spot ? factsOfSpot(data.date, spot, session.close - session.open) : null;
  } finally {
    grids.release();
  }
}
