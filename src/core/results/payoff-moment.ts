/** The position of one second of a recorded day, as its payoff is worked out from. Rupees. */
import { recordedName, type DayRecording } from "../engine/day-recording.ts";
import type { LegKind } from "../market/types.ts";
import { SECONDS_PER_DAY, type DayNumber, type Second } from "../time.ts";
import { LEG_KINDS, SIDES, type TradeColumns } from "./types.ts";

/** One leg that is on. */
export interface HeldLeg {
  /** `50000 CE` */
  readonly name: string;
  readonly cp: LegKind;
  /** NaN of a future. */
  readonly strike: number;
  readonly expiry: DayNumber;
  /** Negative where sold. */
  readonly units: number;
  readonly entry: number;
  /** The mid of the last quote; NaN before the first. */
  readonly mid: number;
  /** Of its expiry; of a future its own price. */
  readonly forward: number;
  /** A fraction per year: 0 where the price has no time value; NaN where it is unknown, and of a future. */
  readonly volatility: number;
  /** To the close of the expiry's day, ACT/365. */
  readonly years: number;
}

export interface PayoffMoment {
  readonly spot: number;
  /** What legs of the position have made that are closed already. */
  readonly realised: number;
  readonly legs: readonly HeldLeg[];
}

const SECONDS_PER_YEAR = 365 * SECONDS_PER_DAY;

/** Undefined while no leg is on, or no spot is known. @param trades of the day and one variant */
export function payoffMoment(recording: DayRecording, trades: TradeColumns, second: Second): PayoffMoment | undefined {
  const rows = Array.from({ length: trades.length }, (_, row) => row);
  const held = rows.filter((row) => trades.tsEntry[row] <= second && second < trades.tsExit[row]);
  const spot = recording.spot[second - recording.open] / 100;
  if (held.length === 0 || spot === 0) return undefined;
  const positions = new Set(held.map((row) => trades.positionId[row]));
  const closed = rows.filter((row) => positions.has(trades.positionId[row]) && trades.tsExit[row] <= second);
  return { spot, realised: closed.reduce((sum, row) => sum + trades.pnl[row] / 100, 0), legs: held.map((row) => heldLeg(recording, trades, row, second)) };
}

/** The second of a fill from which a position is on: the next after `second`, else the last before it. */
export function entryNear(trades: TradeColumns, second: Second): Second | undefined {
  const entries = [...trades.tsEntry.subarray(0, trades.length)].sort((a, b) => a - b);
  return entries.find((entry) => entry > second) ?? entries.at(-1);
}

function heldLeg(recording: DayRecording, trades: TradeColumns, row: number, second: Second): HeldLeg {
  const [strike, expiry, cp] = [trades.strike[row], trades.expiry[row], LEG_KINDS[trades.cp[row]]];
  const contract = recording.contracts.find((one) => one.expiry === expiry && Object.is(one.strike, strike) && one.cp === cp);
  if (!contract) throw new Error(`The recording lacks the traded contract ${strike} ${cp}.`);
  const s = second - recording.open;
  const mid = contract.bid[s] > 0 ? (contract.bid[s] + contract.ask[s]) / 200 : NaN;
  const forward = recording.forwards.find((one) => one.expiry === expiry);
  const secondsLeft = forward?.secondsLeft ?? (expiry - recording.date) * SECONDS_PER_DAY + recording.seconds;
  return {
    name: recordedName(contract), cp, strike, expiry, mid, units: trades.qty[row] * (SIDES[trades.side[row]] === "BUY" ? 1 : -1), entry: trades.entryPx[row] / 100,
    forward: cp === "FUT" ? (Number.isNaN(mid) ? contract.price[s] / 100 || NaN : mid) : (forward?.values[s] ?? NaN),
    volatility: contract.volatility[s], years: (secondsLeft - s) / SECONDS_PER_YEAR,
  };
}
