/** Re-entry of a whole position after it was closed by its stop-loss, target or trail (docs, "Re-entry"). */
import type { Day, PositionReentry } from "./context.ts";
import { tryEntry } from "./entries.ts";
import { openingPrice } from "./late-legs.ts";
import { signOf, tradesOf, type Position } from "./position.ts";

const RULES: Readonly<Record<string, "stop_loss" | "target" | "trail">> = { stop_loss: "stop_loss", target: "target", trail: "trail", lock: "trail" };

/** What is due once the last leg of a position has closed; null when nothing is. */
export function reentryAfter(day: Day, closed: Position): PositionReentry | null {
  const { reentry } = day.strategy.entry;
  const rule = closed.closedBy === null ? undefined : RULES[closed.closedBy];
  if (!reentry || rule === undefined || !reentry.on.includes(rule) || closed.reentries >= reentry.times) return null;
  if (day.bug === "lock_is_no_trail" && closed.closedBy === "lock") return null;
  const from = Math.max(day.lastExit + Math.max(1, day.bug === "reentry_without_cooldown" ? 1 : day.cooldown), day.lastLapse + 1);
  if (from >= closed.window.end) return null;
  return { closed, reentries: closed.reentries + 1, from, triedFrom: reentry.mode === "at_cost" ? null : from, contracts: reentry.mode === "new_atm" ? null : closed.legs.map((leg) => leg.chosen) };
}

/** Tries a re-entry that is due. */
export function decideReentry(day: Day, reentry: PositionReentry, second: number): void {
  const { closed } = reentry;
  const { window, block } = closed;
  if (second >= window.end) day.reentry = null;
  if (second >= window.end || second < reentry.from) return;
  if (reentry.triedFrom === null) {
    if (!premiumIsBack(day, closed, second)) return;
    reentry.triedFrom = second;
  }
  const lastTry = Math.min(reentry.triedFrom + day.patience, window.end - 1);
  const reason = tryEntry(day, window, block, second, "reentry", { contracts: reentry.contracts, reentries: reentry.reentries });
  if (reason !== null && second < lastTry) return;
  day.reentry = null;
  if (reason === null) return;
  day.skip(reentry.triedFrom, window, reason);
  day.lastLapse = second;
}

/** V ≤ C after a loss, V ≥ C otherwise. */
function premiumIsBack({ strategy, bug }: Day, closed: Position, second: number): boolean {
  const legs = closed.legs.filter((leg) => leg.trades.length > 0);
  const prices = legs.map((leg) => openingPrice(leg.chosen, second, leg.leg, strategy.fill.model));
  if (prices.includes(null)) return false;
  const received = (price: (i: number) => number) => legs.reduce((sum, { leg }, i) => sum - leg.lots * price(i), 0);
  const v = received((i) => prices[i]!);
  const c = received((i) => legs[i].trades[0].entry.filled);
  const pnl = tradesOf(closed).reduce((sum, { leg, entry, exit, qty }) => sum + signOf(leg) * (exit!.filled - entry.filled) * qty, 0);
  return pnl < 0 !== (bug === "position_cost_from_the_other_side") ? v <= c : v >= c;
}
