/** What a universe chooses on a date before anything is simulated: the source of spot, and the expiry. */
import type { MarketRules } from "../market/types.ts";
import type { Strategy } from "../strategy/types.ts";
import { chooseExpiry, type ExpiryChoice } from "./expiry.ts";
import type { DayData } from "./ports.ts";
import { chooseSpot, type SpotChoice } from "./spot.ts";

export interface DayChoice {
  readonly spot: SpotChoice;
  /** Undefined when no contract of the wanted expiry has rows. */
  readonly expiry: ExpiryChoice | undefined;
  /** A spot value of the date in paise, where it has one: listed contracts are looked for around it. */
  readonly hint: number | undefined;
}

export async function chooseDay(universe: Strategy["universe"], data: DayData, rules: MarketRules): Promise<DayChoice> {
  const spot = await chooseSpot(universe.spot, data);
  const hint = spot.source === "synthetic" ? undefined : spot.slice?.price.find((price) => price > 0);
  return { spot, hint, expiry: await chooseExpiry(universe, data, rules, hint) };
}
