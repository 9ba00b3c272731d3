/** Semantics §4: how legs close once that is decided. Seconds are places on the grid. */
import type { ExitReason } from "../results/types.ts";
import type { Crossed } from "./crossings.ts";
import type { DayMarket } from "./day-market.ts";
import { exitCode, exitTable, type ExitTable } from "./exit-table.ts";
import type { Orders } from "./orders.ts";
import type { PnlPath } from "./pnl-path.ts";
import type { LegExit, LegTrade, Position } from "./position.ts";

/** The exit of a leg whose first tradeable second is `second`; −1: there is none, and it closes at its mark in the session's last. */
export function exitAt(market: DayMarket, orders: Orders, { contract, units }: LegTrade, second: number, decision: number, reason: ExitReason, rule: () => string): LegExit {
  if (second >= 0) {
    const { before, price } = orders.price(contract, -units, second);
    return { decision, reason, rule, second, stale: false, before, price };
  }
  const last = market.seconds - 1;
  const mark = market.grid(contract).mark(last, units > 0);
  return { decision, reason, rule, second: last, stale: true, before: mark, price: mark };
}

/** A sample has only one variant to tell of. */
export const NO_WORDS = () => "";

/** Who closes a position by which exits: those of the i-th stand in the table's i-th way. */
export interface Closed {
  readonly crossed: readonly Crossed[];
  readonly exits: ExitTable;
}

/**
 * Closes a whole position, whose legs were filled together and are all open, at each of several seconds, as if at this
 * alone. `apart` are those whose legs do not fill in one and the same second, which is not worked out here.
 */
export function closeEach(market: DayMarket, orders: Orders, { trades }: Position, path: PnlPath, latency: number, crossed: readonly Crossed[]): { readonly closed: Closed; readonly apart: readonly Crossed[] } {
  const { kernels } = market;
  const count = crossed.length;
  const legs = trades.length;
  const exits = exitTable(count * legs);
  const { decision, second, before, price, reason, stale, lowest, highest } = exits;
  const closed: Crossed[] = [];
  const apart: Crossed[] = [];
  kernels.scoped(() => {
    const decisions = kernels.run.alloc(count * 4);
    const fills = kernels.run.alloc(legs * count * 4);
    const ends = kernels.run.alloc(count * 4);
    const extremes = kernels.run.alloc(count * 16);
    const { i32, f64 } = kernels;
    for (let i = 0; i < count; i++) i32[(decisions >> 2) + i] = crossed[i].second;
    for (let j = 0; j < legs; j++) orders.exits(trades[j].contract, -trades[j].units, decisions, count, latency, market.seconds - 1, fills + j * count * 4);
    for (let i = 0; i < count; i++) {
      const fill = i32[(fills >> 2) + i];
      let together = fill >= 0;
      for (let j = 1; j < legs; j++) together &&= i32[(fills >> 2) + j * count + i] === fill;
      if (!together) {
        apart.push(crossed[i]);
        continue;
      }
      const code = exitCode(crossed[i].reason);
      const first = closed.length * legs;
      for (let at = first; at < first + legs; at++) {
        decision[at] = crossed[i].second;
        second[at] = fill;
        reason[at] = code;
        stale[at] = 0;
      }
      i32[(ends >> 2) + closed.length] = fill;
      closed.push(crossed[i]);
    }
    exits.ways = closed.length;
    for (let j = 0; j < legs; j++) orders.prices(trades[j].contract, -trades[j].units, second, j, legs, exits.ways * legs, before, price);
    path.extremesBefore(ends, exits.ways, extremes);
    for (let way = 0; way < exits.ways; way++) {
      // In the second of the fills all is realised.
      let whole = 0;
      for (let j = 0; j < legs; j++) whole += trades[j].units * (price[way * legs + j] - trades[j].entry.price);
      const at = (extremes >> 3) + 2 * way;
      lowest[way] = Math.min(f64[at], whole);
      highest[way] = Math.max(f64[at + 1], whole);
    }
  });
  return { closed: { crossed: closed, exits }, apart };
}
