/** Exits of a position's trades as columns: one way of closing all of them, or several as if each were the only one. */
import { EXIT_REASONS, type ExitReason } from "../results/types.ts";
import type { Extremes } from "./path-store.ts";
import type { LegExit } from "./position.ts";

const EXIT_CODES: ReadonlyMap<ExitReason, number> = new Map(EXIT_REASONS.map((reason, code) => [reason, code]));

/** The code of a reason in the columns. */
export function exitCode(reason: ExitReason): number {
  return EXIT_CODES.get(reason)!;
}

export interface ExitTable {
  ways: number;
  /** Of each way the exits of all trades in their order, the ways one behind another. Seconds are places on the grid, prices paise. */
  readonly decision: Int32Array;
  readonly second: Int32Array;
  /** After the model's rounding, before slippage. */
  readonly before: Int32Array;
  readonly price: Int32Array;
  readonly reason: Uint8Array;
  /** 1: closed at the mark. */
  readonly stale: Uint8Array;
  /** Of each way: the P&L of the position while it was held, paise. */
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
}

/** Used again and again, since arrays are made slowly: a table is read before the next one is made. */
let room = tableFor(64);

function tableFor(exits: number): ExitTable {
  const [decision, second, before, price] = Array.from({ length: 4 }, () => new Int32Array(exits));
  const [reason, stale] = Array.from({ length: 2 }, () => new Uint8Array(exits));
  const [lowest, highest] = Array.from({ length: 2 }, () => new Float64Array(exits));
  return { ways: 0, decision, second, before, price, reason, stale, lowest, highest };
}

/** A table to be written, of at most so many exits. */
export function exitTable(exits: number): ExitTable {
  if (room.price.length < exits) room = tableFor(2 * exits);
  return room;
}

/** One way of closing: an exit for each trade. */
export function oneWay(exits: readonly LegExit[], { lowest, highest }: Extremes): ExitTable {
  const table = exitTable(exits.length);
  table.ways = 1;
  for (let i = 0; i < exits.length; i++) {
    const { decision, second, before, price, reason, stale } = exits[i];
    table.decision[i] = decision;
    table.second[i] = second;
    table.before[i] = before;
    table.price[i] = price;
    table.reason[i] = exitCode(reason);
    table.stale[i] = Number(stale);
  }
  table.lowest[0] = lowest;
  table.highest[0] = highest;
  return table;
}
