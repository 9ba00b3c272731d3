/** What a strategy means to do on a date: its windows, its blocks and their times (semantics §4). */
import { readCondition, type Condition } from "../../src/core/strategy/condition.ts";
import type { Leg, Strategy } from "../../src/core/strategy/types.ts";
import type { Bug } from "./bugs.ts";
import { secondOf, windowOf } from "./dates.ts";
import type { SessionHours } from "./rules.ts";

export interface SkipNote {
  readonly second: number;
  readonly windowId: number;
  readonly reason: string;
}

/** A window that the session of the date holds. */
export interface Window {
  readonly id: number;
  readonly start: number;
  /** The second of the exit: end of the window or `exit.at`, at the latest the last second of the session − latency. */
  readonly end: number;
  readonly endReason: "exit_at" | "window_end";
  /** First second in which no entry is decided any more. */
  readonly entriesEnd: number;
}

/** One way in: what decides it and the legs that it opens. */
export interface Block {
  /** From 1. */
  readonly number: number;
  /** Seconds of the day, ascending; null: the start of each window. Empty with `when`. */
  readonly times: readonly number[] | null;
  readonly when: Condition | null;
  readonly legs: readonly Leg[];
}

export function blocksOf({ entry, entries }: Strategy): Block[] {
  if (entries) return entries.map(({ when, legs }, i) => ({ number: i + 1, legs, when: readCondition(when), times: [] }));
  const { at, when, legs } = entry;
  return [{ number: 1, legs, when: when && readCondition(when), times: when ? [] : at === null ? null : [at].flat().map(secondOf) }];
}

/** Windows that the date's session holds, and a skip for each that it does not. */
export function windowsOf(strategy: Strategy, session: SessionHours, latency: number, skips: SkipNote[], bug?: Bug): Window[] {
  const windows: Window[] = [];
  strategy.time.window.forEach((text, index) => {
    const { start, end } = windowOf(text);
    const interrupted = session.breaks.some(([from, to]) => from < end && to > start);
    if (start < session.open || end > session.close || interrupted) {
      skips.push({ second: start, windowId: index + 1, reason: "session" });
      return;
    }
    const lastDecision = session.close - 1 - latency;
    const holds = (clock: string | null): number | null => {
      const second = clock === null ? null : secondOf(clock);
      return second !== null && start < second && second <= end ? second : null;
    };
    const exitAt = holds(strategy.exit.at);
    const last = Math.min(exitAt ?? end, lastDecision);
    windows.push({
      id: index + 1, start, end: last,
      endReason: exitAt !== null && !(bug === "tie_names_the_window" && exitAt === end) ? "exit_at" : "window_end",
      entriesEnd: Math.min(last, (holds(strategy.entry.until) ?? end) + (bug === "until_inclusive" ? 1 : 0)),
    });
  });
  return windows;
}

/** The times of a block that lie in a window as it is written. */
export function timesIn(block: Block, strategy: Strategy, window: Window): number[] {
  const { start, end } = windowOf(strategy.time.window[window.id - 1]);
  return block.times === null ? [start] : block.times.filter((time) => time >= start && time < end);
}
