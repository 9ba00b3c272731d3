/** Semantics §4: how legs close once that is decided. Seconds are places on the grid. */
import type { ExitReason } from "../results/types.ts";
import type { Crossed } from "./cohort.ts";
import type { DayMarket } from "./day-market.ts";
import type { Orders } from "./orders.ts";
import type { Extremes } from "./path-store.ts";
import type { PnlPath } from "./pnl-path.ts";
import { realisedBy, type LegExit, type LegTrade, type Position } from "./position.ts";

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

/**
 * Closes a whole position, whose legs were filled together and are all open, at each of several seconds, as if at this
 * alone. `closed` is told of each what became of it, exits by the place of the trade in an array that the next one reuses;
 * undefined where its legs fill at different times, which is not worked out here.
 */
export function closeEach(market: DayMarket, orders: Orders, { trades }: Position, path: PnlPath, latency: number, crossed: readonly Crossed[], closed: (crossed: Crossed, how: { readonly exits: readonly LegExit[]; readonly extremes: Extremes } | undefined) => void): void {
  const { kernels } = market;
  const count = crossed.length;
  kernels.scoped(() => {
    const decisions = kernels.run.alloc(count * 4);
    const ends = kernels.run.alloc(count * 4);
    const fills = kernels.run.alloc(trades.length * count * 4);
    const lowest = kernels.run.alloc(count * 16);
    const { i32, f64 } = kernels;
    for (let i = 0; i < count; i++) i32[(decisions >> 2) + i] = crossed[i].second;
    for (let j = 0; j < trades.length; j++) orders.exits(trades[j].contract, -trades[j].units, decisions, count, latency, market.seconds - 1, fills + j * count * 4);
    for (let i = 0; i < count; i++) {
      const second = i32[(fills >> 2) + i];
      i32[(ends >> 2) + i] = second < 0 ? market.seconds - 1 : second;
    }
    path.extremesBefore(ends, count, lowest);
    const exits: LegExit[] = [];
    for (let i = 0; i < count; i++) {
      const { second, reason } = crossed[i];
      let together = true;
      for (let j = 0; j < trades.length; j++) {
        exits[j] = exitAt(market, orders, trades[j], i32[(fills >> 2) + j * count + i], second, reason, NO_WORDS);
        together &&= exits[j].second === exits[0].second;
      }
      // In the second of the fills all is realised.
      const whole = realisedBy(trades, exits);
      const at = (lowest >> 3) + 2 * i;
      closed(crossed[i], together ? { exits, extremes: { lowest: Math.min(f64[at], whole), highest: Math.max(f64[at + 1], whole) } } : undefined);
    }
  });
}
