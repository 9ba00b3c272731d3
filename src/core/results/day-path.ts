/** The running result of one day by second, with the levels at which its rules close a position (semantics §4). */
import type { DayRecording, RecordedContract } from "../engine/day-recording.ts";
import { lockPaise } from "../engine/lock.ts";
import { NO_RULE, thresholdPaise } from "../engine/threshold.ts";
import type { Paise } from "../money.ts";
import type { Strategy, Threshold } from "../strategy/types.ts";
import { LEG_KINDS, SIDES, type TradeColumns } from "./types.ts";

/** Paise before fees, by second from the open. */
export interface DayPath {
  /** What closed positions have realised, and the open ones at their marks. */
  readonly pnl: Float64Array<ArrayBuffer>;
  /** Where the open position's stop-loss and target lie on that path; NaN without a position or a rule. */
  readonly stop: Float64Array<ArrayBuffer>;
  readonly target: Float64Array<ArrayBuffer>;
  /** Where its trail and its lock close it: they rise with the peak, and are NaN before it has reached them. */
  readonly trail: Float64Array<ArrayBuffer>;
  readonly lock: Float64Array<ArrayBuffer>;
}

/** The buffers to hand to `postMessage`. */
export function pathBuffers({ pnl, stop, target, trail, lock }: DayPath): ArrayBuffer[] {
  return [pnl.buffer, stop.buffer, target.buffer, trail.buffer, lock.buffer];
}

/** @param trades of the day and one variant, in the order of semantics §6 */
export function dayPath(recording: DayRecording, trades: TradeColumns, exit: Pick<Strategy["exit"], "stop_loss" | "target" | "trail" | "lock">): DayPath {
  const { open, seconds, lotSize } = recording;
  const nothing = () => new Float64Array(seconds).fill(Number.NaN);
  const path: DayPath = { pnl: new Float64Array(seconds), stop: nothing(), target: nothing(), trail: nothing(), lock: nothing() };
  for (const legs of positionsOf(trades)) {
    const from = trades.tsEntry[legs[0]] - open;
    const to = Math.max(...legs.map((row) => trades.tsExit[row])) - open;
    const before = path.pnl[from];
    for (const row of legs) addLeg(path.pnl, recording, trades, row);
    let premium = 0;
    let peak = -Infinity;
    const fills = firstOfEachLeg(trades, legs);
    // Percentages are of the premium of each leg's first fill: a late leg moves the levels.
    fills.forEach((row, i) => {
      premium += unitsOf(trades, row) * trades.entryPx[row];
      const base = { premium: Math.abs(premium), lotSize: firstLot(trades, legs) ?? lotSize };
      const paise = (threshold: Threshold | null) => thresholdPaise(threshold, base);
      const [start, end] = [trades.tsEntry[row] - open, i + 1 < fills.length ? trades.tsEntry[fills[i + 1]] - open : to];
      const [stop, target] = [paise(exit.stop_loss), paise(exit.target)];
      const trail = exit.trail && { activate: exit.trail.activate ? paise(exit.trail.activate) : 0, step: paise(exit.trail.step) };
      const lock = exit.lock && lockPaise(exit.lock, paise);
      for (let s = start; s < end; s++) {
        peak = Math.max(peak, path.pnl[s] - before);
        if (stop !== NO_RULE) path.stop[s] = before - stop;
        if (target !== NO_RULE) path.target[s] = before + target;
        if (trail && peak >= trail.activate && trail.step !== NO_RULE) path.trail[s] = before + peak - trail.step;
        if (lock && peak >= lock.reach) path.lock[s] = before + lock.keep + (lock.every === 0 ? 0 : Math.floor((peak - lock.reach) / lock.every) * lock.by);
      }
    });
  }
  return path;
}

function firstOfEachLeg(trades: TradeColumns, rows: readonly number[]): readonly number[] {
  return rows.filter((row, i) => rows.findIndex((other) => trades.legId[other] === trades.legId[row]) === i);
}

/** Lot size of the first leg's contract; undefined while it has not been filled. */
function firstLot(trades: TradeColumns, rows: readonly number[]): number | undefined {
  const first = rows.find((row) => trades.legId[row] === 1);
  return first === undefined ? undefined : trades.qty[first] / trades.lots[first];
}

/** Rows of each position. */
function positionsOf(trades: TradeColumns): readonly (readonly number[])[] {
  const positions = new Map<number, number[]>();
  for (let row = 0; row < trades.length; row++) positions.set(trades.positionId[row], [...(positions.get(trades.positionId[row]) ?? []), row]);
  return [...positions.values()];
}

/** Adds one leg's result by second: its mark while it is held, what it realised from its exit's fill on. */
function addLeg(pnl: Float64Array, { open, contracts }: DayRecording, trades: TradeColumns, row: number): void {
  const units = unitsOf(trades, row);
  const contract = contracts.find(({ expiry, strike, cp }) => expiry === trades.expiry[row] && Object.is(strike, trades.strike[row]) && cp === LEG_KINDS[trades.cp[row]]);
  const exit = trades.tsExit[row] - open;
  for (let s = trades.tsEntry[row] - open; s < pnl.length; s++) {
    const price = s >= exit ? trades.exitPx[row] : contract ? markAt(contract, s, units > 0) : trades.entryPx[row];
    pnl[s] += units * (price - trades.entryPx[row]);
  }
}

function unitsOf(trades: TradeColumns, row: number): number {
  return trades.qty[row] * (SIDES[trades.side[row]] === "BUY" ? 1 : -1);
}

/** Where a leg could be closed: the bid of a long, the ask of a short, the price while there has been no quote. */
function markAt({ bid, ask, price }: RecordedContract, s: number, long: boolean): Paise {
  const quote = long ? bid[s] : ask[s];
  return quote > 0 ? quote : price[s];
}
