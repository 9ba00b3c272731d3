/** The listed contracts of one expiry on one date. */
import type { Bug } from "./bugs.ts";
import { daysBetween } from "./dates.ts";
import { gridOn, type FileInstrument } from "./file-instruments.ts";
import { remembered } from "./memory.ts";
import { sessionOf, type SessionHours } from "./rules.ts";
import { gridInstrument, type Instrument } from "./series.ts";
import { syntheticSpot, type Spot } from "./spot.ts";
import type { Listed } from "./strikes.ts";

export interface Chain {
  readonly expiry: string;
  readonly listed: Listed;
  /** A listed one. */
  contract(strike: number, cp: "CE" | "PE"): Instrument;
  /** F of the expiry. */
  readonly synthetic: Spot;
  /** Seconds of a bar; 0 for snapshots. */
  readonly barSpan: number;
  /** Seconds from a second of the date to the close of the expiry day. */
  secondsLeft(second: number): number;
}

/** `contracts` are those of the expiry that are listed on the date. The right chain of a date is made once for all strategies. */
export function chainOf(expiry: string, contracts: readonly FileInstrument[], date: string, session: SessionHours, bug?: Bug): Chain {
  const make = () => newChain(expiry, contracts, date, session, bug);
  return bug === undefined && contracts.length > 0 ? remembered(contracts[0], `chain ${expiry} ${date} ${contracts.map((i) => `${i.strike}${i.cp}`).join()}`, make) : make();
}

function newChain(expiry: string, contracts: readonly FileInstrument[], date: string, session: SessionHours, bug?: Bug): Chain {
  const grids = new Map(contracts.map((i) => {
    const key = `${i.expiry} ${i.strike} ${i.cp}`;
    return [`${i.strike} ${i.cp}`, gridInstrument(key, gridOn(i, date, session, bug), { strike: i.strike, cp: i.cp as "CE" | "PE", expiry })];
  }));
  const contract = (strike: number, cp: "CE" | "PE") => grids.get(`${strike} ${cp}`)!;
  const strikesOf = (cp: "CE" | "PE") => contracts.filter((i) => i.cp === cp).map((i) => i.strike).sort((a, b) => a - b);
  const [ce, pe] = [strikesOf("CE"), strikesOf("PE")];
  const pairs = ce.filter((strike) => pe.includes(strike)).map((strike) => ({ strike, ce: contract(strike, "CE").grid!, pe: contract(strike, "PE").grid! }));
  return {
    expiry, contract,
    listed: { ce, pe, strikes: [...new Set([...ce, ...pe])].sort((a, b) => a - b) },
    synthetic: late(() => syntheticSpot(pairs, session, bug)),
    barSpan: Math.max(0, ...contracts.map((i) => i.span)),
    secondsLeft: (second) => {
      const last = sessionOf(expiry);
      if (last === "closed") throw new Error(`The reference's table has no session on the expiry ${expiry}: add it to rules.ts`);
      return daysBetween(date, expiry) * 86_400 + last.close - second;
    },
  };
}

/** Made when it is first asked for: most strategies need no synthetic spot. */
function late(make: () => Spot): Spot {
  let made: Spot | undefined;
  return { at: (second) => (made ??= make()).at(second) };
}
