/** Semantics §5, series: which instruments stand behind a name at a second. */
import type { Series } from "../../src/core/strategy/series.ts";
import type { Grid, Slot } from "./grid.ts";
import { bySecond, remembered } from "./memory.ts";
import type { Spot } from "./spot.ts";
import { atmOf, strikeOf, type Listed } from "./strikes.ts";
import type { Bug } from "./bugs.ts";

/** One thing with rows of its own. Spot may have none: a synthetic one is computed. */
export interface Instrument {
  readonly key: string;
  readonly grid: Grid | null;
  /** Rupees. */
  price(second: number): number | null;
  /** Of an option. */
  readonly option?: { readonly strike: number; readonly cp: "CE" | "PE"; readonly expiry: string };
}

export function gridInstrument(key: string, grid: Grid, option?: Instrument["option"]): Instrument {
  return { key, grid, option, price: (second) => rupees(grid.at(second).price) };
}

export function spotInstrument(spot: Spot, grid: Grid | null): Instrument {
  return { key: "spot", grid, price: (second) => rupees(spot.at(second)?.value ?? null) };
}

export function rupees(paise: number | null): number | null {
  return paise === null ? null : paise / 100;
}

/** What an instrument has at a second; null where it has nothing. */
export type Quantity = (instrument: Instrument, second: number) => number | null;

export function slotOf(instrument: Instrument, second: number): Slot | null {
  return instrument.grid?.at(second) ?? null;
}

/** The instruments of one date. */
export interface Instruments {
  readonly listed: Listed;
  readonly step: number;
  readonly open: number;
  readonly spot: Spot;
  readonly spotItself: Instrument;
  readonly future: Instrument | null;
  readonly vix: Instrument | null;
  /** A listed one. */
  contract(strike: number, cp: "CE" | "PE"): Instrument;
}

/** Chosen as for a leg `{atm: steps}`, by the carried spot of the second. */
function contractAt(day: Instruments, cp: "CE" | "PE", steps: number, second: number, bug?: Bug): Instrument | null {
  const ofSide = remembered(day, cp, () => new Map<number, (second: number) => Instrument | null>());
  const chosen = ofSide.get(steps) ?? bySecond(day, `${cp} ${steps}`, (s) => chooseContract(day, cp, steps, s, bug));
  ofSide.set(steps, chosen);
  return chosen(second);
}

function chooseContract(day: Instruments, cp: "CE" | "PE", steps: number, second: number, bug?: Bug): Instrument | null {
  const spot = second < day.open || day.listed.strikes.length === 0 ? null : (day.spot.at(second)?.value ?? null);
  if (spot === null) return null;
  const strike = strikeOf({ cp, strike: { atm: steps } }, { listed: day.listed, step: day.step, spot, atm: atmOf(day.listed, spot, bug), twiceMid: () => null, delta: () => null, theta: () => null }, bug);
  return typeof strike === "string" ? null : day.contract(strike, cp);
}

/** The contracts of the open position's legs; none without one. */
export type Legs = readonly Instrument[];

/** The one instrument, or call and put of a straddle; null for one that there is not. */
export function membersAt(day: Instruments, series: Series, second: number, legs: Legs, bug?: Bug): readonly (Instrument | null)[] {
  switch (series.kind) {
    case "spot":
      return [day.spotItself];
    case "future":
      return [day.future];
    case "vix":
      return [day.vix];
    case "leg":
      return [legs[series.leg - 1] ?? null];
    case "contract":
      return [contractAt(day, series.cp === 0 ? "CE" : "PE", series.atm, second, bug)];
    case "straddle":
      return [contractAt(day, "CE", 0, second, bug), contractAt(day, "PE", 0, second, bug)];
  }
}

/** The second whose ATM the series follows at `u`, seen from `now`: spliced series change, those with `@now` do not. */
export function chosenAt(series: Series, now: number, u: number, bug?: Bug): number {
  const follows = "now" in series && series.now;
  return follows !== (bug === "splices_mixed_up" && "now" in series) ? now : u;
}

/** Sum over the members, missing if one is. */
export function valueAt(day: Instruments, series: Series, now: number, u: number, quantity: Quantity, legs: Legs, bug?: Bug): number | null {
  let sum = 0;
  for (const member of membersAt(day, series, chosenAt(series, now, u, bug), legs, bug)) {
    const value = member && quantity(member, u);
    if (value === null) return null;
    sum += value;
  }
  return sum;
}
