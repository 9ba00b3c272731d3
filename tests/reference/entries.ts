/** Entries at times and on conditions (semantics §4, rule 8; docs, "Several entries"). */
import { chooseContract, atmAt, type Contract } from "./contracts.ts";
import type { ChosenLeg, Day } from "./context.ts";
import { needsReference, twicePremium } from "./late-legs.ts";
import { arm } from "./orders.ts";
import { timesIn, type Block, type Window } from "./plan.ts";
import type { Position } from "./position.ts";
import { decideReentry } from "./position-reentry.ts";

/** A time that has not decided yet. */
export interface PendingTime {
  readonly window: Window;
  readonly block: Block;
  readonly at: number;
  readonly lastTry: number;
  firstReason: string | null;
}

/** Every time of the day that may decide. */
export function timesOf(day: Day): PendingTime[] {
  return day.blocks.flatMap((block) =>
    day.windows.flatMap((window) => {
      const times = timesIn(block, day.strategy, window);
      const tried = day.bug === "more_times_than_entries" ? times : times.slice(0, day.strategy.entry.max_per_day);
      return tried.map((at, i): PendingTime => {
        const next = i + 1 < times.length && day.bug !== "times_overlap" ? times[i + 1] - 1 : Infinity;
        return { window, block, at, lastTry: Math.min(at + (day.bug === "no_retry" ? 0 : day.patience), window.entriesEnd - 1, next), firstReason: null };
      });
    }),
  );
}

/** Looks at whatever may decide an entry in a second; `pending` loses what has decided. */
export function decideEntries(day: Day, pending: PendingTime[], second: number): void {
  if (day.reentry) decideReentry(day, day.reentry, second);
  for (const time of pending.filter(({ at }) => second >= at)) tryTime(day, pending, time, second);
  const blocks = day.bug === "later_blocks_first" ? day.blocks.toReversed() : day.blocks;
  if (isFlat(day, second)) blocks.find((block) => tryCondition(day, block, second));
}

function isFlat(day: Day, second: number): boolean {
  const exit = day.bug === "cooldown_from_the_decision" ? day.lastExitDecision : day.lastExit;
  return !day.position && !day.order && !day.reentry && second >= Math.max(day.lastExit + 1, exit + day.cooldown, day.lastLapse + 1);
}

function tryTime(day: Day, pending: PendingTime[], time: PendingTime, second: number): void {
  const { window, block, at, lastTry } = time;
  const { bug } = day;
  const tried = second > lastTry ? "untradeable" : entryAt(day, window, block, second, "at");
  if (second === at) time.firstReason = tried;
  const reason = tried !== null && bug === "reason_of_the_first_second" ? time.firstReason : tried;
  if (reason === null || second >= lastTry) pending.splice(pending.indexOf(time), 1);
  if (reason !== null && second >= lastTry) day.skip(bug === "skip_dated_at_the_end" ? second : at, window, reason);
}

/** Whether the block's condition fires, and so decides the second. */
function tryCondition(day: Day, block: Block, second: number): boolean {
  const window = day.windows.find((w) => second >= w.start && second < w.entriesEnd);
  if (!window || day.usedIn(window.id) >= day.strategy.entry.max_per_day || !fires(day, block, second)) return false;
  const reason = entryAt(day, window, block, second, "when");
  if (reason !== null && (reason !== "filtered" || day.bug === "filter_leaves_skips")) {
    day.skip(second, window, reason);
    if (day.bug === "skips_use_up_entries") day.useUp(window.id);
  }
  return day.bug !== "later_blocks_are_tried" || reason === null;
}

function fires(day: Day, { when }: Block, second: number): boolean {
  const { strategy, bug, market, windows } = day;
  if (!when || !day.isTrue(when, second, null)) return false;
  if (strategy.entry.trigger === "level" || bug === "edge_as_level") return true;
  const before = second - 1;
  const blind = bug === "edge_blind_outside_the_window" && !windows.some((w) => before >= w.start && before < w.end);
  return before < market.session.open || blind || !day.isTrue(when, before, null);
}

/** Null when the entry was decided, else the reason why not. */
function entryAt(day: Day, window: Window, block: Block, second: number, reason: "at" | "when"): string | null {
  if (!isFlat(day, second)) return "not_flat";
  if (day.filter && day.bug !== "filter_ignored" && !day.isTrue(day.filter, second, null)) return "filtered";
  return tryEntry(day, window, block, second, reason, { contracts: null, reentries: 0 });
}

interface Given {
  /** Those of the position that re-enters; null: chosen anew. */
  readonly contracts: readonly Contract[] | null;
  readonly reentries: number;
}

/** Orders the legs of a block; null when that was done, else the reason why not. */
export function tryEntry(day: Day, window: Window, block: Block, second: number, reason: Exclude<Position["reason"], "rebalance">, { contracts, reentries }: Given): string | null {
  const chosen = chooseLegs(day, block, second, contracts);
  if (typeof chosen === "string") return chosen;
  const position = day.newPosition(window, block, reason, second, atmAt(day.market, second, day.bug), chosen, reentries);
  if (block.legs.every((leg) => leg.wait)) {
    arm(day, position, second + 1);
    return null;
  }
  const from = second + day.latency;
  const mindsUntil = reason !== "reentry" && window.entriesEnd < window.end && day.bug !== "order_outlives_until";
  const limit = mindsUntil ? window.entriesEnd - 1 : day.lastFillOf(window);
  const to = Math.min(from + day.patience, limit);
  if (from > to) return "untradeable";
  day.order = { position, from, to };
  return null;
}

/** The contracts of a block's legs and the premiums that they wait from, or the reason why the first that fails does. */
export function chooseLegs(day: Day, block: Block, second: number, given: readonly Contract[] | null): ChosenLeg[] | "no_spot" | "no_contract" | "untradeable" {
  const chosen: ChosenLeg[] = [];
  for (const [i, leg] of block.legs.entries()) {
    const contract = given ? given[i] : chooseContract(day.market, leg, second, day.bug);
    if (typeof contract === "string") return contract;
    const reference = needsReference(leg) ? twicePremium(contract, second, day.strategy.fill.model, day.bug) : null;
    if (needsReference(leg) && reference === null) return "untradeable";
    chosen.push({ contract, reference });
  }
  return chosen;
}
