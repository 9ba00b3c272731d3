/** What a leg trades, and how it is chosen (semantics §2). */
import type { Leg, StrikeSelector } from "../../src/core/strategy/types.ts";
import type { Bug } from "./bugs.ts";
import type { Chain } from "./chain.ts";
import type { TradedFuture } from "./day-series.ts";
import type { Grid } from "./grid.ts";
import { greekAt, type MetricDay } from "./metrics.ts";
import type { Instrument } from "./series.ts";
import { atmOf, strikeOf } from "./strikes.ts";

export interface Contract {
  readonly cp: "CE" | "PE" | "FUT";
  /** Rupees; null of a future. */
  readonly strike: number | null;
  readonly expiry: string;
  readonly lot: number;
  readonly grid: Grid;
  /** Seconds of a bar; 0 for snapshots. */
  readonly barSpan: number;
  readonly instrument: Instrument;
}

export interface DayMarket extends MetricDay {
  /** Seconds after which a spot value is too old to choose a strike. */
  readonly spotMaxAge: number;
  /** Of the expiry that the word or date of a leg means; by default that of the universe. */
  chainOf(expiry: string | null): Chain;
  /** Of the contract's expiry. */
  lotOf(expiry: string): number;
  /** Between strikes of the expiry, rupees. */
  stepOf(expiry: string): number;
  readonly tradedFuture: TradedFuture | null;
}

export type NoContract = "no_spot" | "no_contract";

/** Spot that may choose a strike, paise. */
export function freshSpot(market: DayMarket, second: number, bug?: Bug): number | null {
  const spot = market.spot.at(second);
  if (spot === null) return null;
  const age = second - spot.second;
  return age < market.spotMaxAge || (age === market.spotMaxAge && bug !== "spot_age_exclusive") ? spot.value : null;
}

export function atmAt(market: DayMarket, second: number, bug?: Bug): number | null {
  const spot = freshSpot(market, second, bug);
  return spot === null ? null : atmOf(market.listed, spot, bug);
}

/** The contract that a leg's selector (or another in its place) gives at a second. */
export function chooseContract(market: DayMarket, leg: Leg, second: number, bug?: Bug, selector: StrikeSelector | null = leg.strike): Contract | NoContract {
  if (leg.cp === "FUT") return futureContract(market);
  const { cp } = leg;
  const chain = market.chainOf(bug === "leg_expiry_of_the_universe" ? null : leg.expiry);
  const spot = freshSpot(market, second, bug);
  const atm = spot === null ? null : atmOf(bug === "atm_of_the_leg_expiry" ? chain.listed : market.listed, spot, bug);
  const strike = strikeOf({ cp, strike: selector ?? { atm: 0 } }, {
    listed: chain.listed, step: market.stepOf(chain.expiry), spot, atm,
    twiceMid: (k, side) => {
      const { bid, ask } = chain.contract(k, side).grid!.at(second);
      return bid === null ? null : bid + ask!;
    },
    delta: (k, side) => greekAt(market, chain.contract(k, side), second, 0, "delta"),
    theta: (k, side) => greekAt(market, chain.contract(k, side), second, 0, "theta"),
  }, bug);
  if (typeof strike === "string") return strike;
  const instrument = chain.contract(strike, cp);
  return { cp, strike, expiry: chain.expiry, lot: market.lotOf(chain.expiry), grid: instrument.grid!, barSpan: chain.barSpan, instrument };
}

function futureContract({ tradedFuture, lotOf }: DayMarket): Contract | "no_contract" {
  if (tradedFuture === null) return "no_contract";
  const { instrument, expiry, span } = tradedFuture;
  return { cp: "FUT", strike: null, expiry, lot: lotOf(expiry), grid: instrument.grid!, barSpan: span, instrument };
}
