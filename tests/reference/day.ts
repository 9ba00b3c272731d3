/** One date, one variant: every second of the session in the order of semantics §4. */
import type { Strategy } from "../../src/core/strategy/types.ts";
import type { Bug } from "./bugs.ts";
import type { Listener } from "./conditions.ts";
import { Day } from "./context.ts";
import type { DayMarket } from "./contracts.ts";
import { decideEntries, timesOf } from "./entries.ts";
import { decidePosition } from "./exits.ts";
import { fillOrders } from "./orders.ts";
import type { SkipNote } from "./plan.ts";
import type { Position } from "./position.ts";

export interface DayResult {
  /** Those that were filled. */
  readonly positions: readonly Position[];
  readonly skips: readonly SkipNote[];
}

export function simulateDay(strategy: Strategy, market: DayMarket, firstPositionId: number, bug?: Bug, listen?: Listener): DayResult {
  const day = new Day(strategy, market, firstPositionId, bug, listen);
  const pending = timesOf(day);
  const isIdle = (second: number) => !day.position && !day.order && !day.windows.some(({ start, end }) => second >= start && second <= end) && !pending.some(({ at }) => second >= at);
  for (let second = market.session.open; second <= day.lastSecond; second++) {
    if (isIdle(second)) continue;
    fillOrders(day, second);
    if (day.position) decidePosition(day, day.position, second);
    decideEntries(day, pending, second);
    if (day.latency === 0) fillOrders(day, second);
  }
  return { positions: day.positions, skips: day.skips };
}
