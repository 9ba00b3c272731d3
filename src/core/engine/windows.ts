/** The windows of a strategy on the grid of one session: places instead of clock times, and where each must end. */
import type { Session } from "../market/types.ts";
import type { CompiledStrategy } from "../strategy/compile.ts";

export interface DayWindow {
  /** Place in `time.window`, from 1. */
  readonly id: number;
  /** Seconds from the open. */
  readonly start: number;
  /** The entry's anchors: the times of `entry.at` that lie in the window, or its start. */
  readonly at: readonly number[];
  /** Entries decide and fill before it: `exit`, or `entry.until`. */
  readonly until: number;
  /** The second of the exit decision; entries decide and fill before it. */
  readonly exit: number;
  readonly exitReason: "exit_at" | "window_end";
  /** Where a held position may be re-struck, ascending, before `exit`. */
  readonly anchors: readonly number[];
}

/** Whether a session holds a window: inside its hours, not interrupted by a break. */
export function holdsWindow(session: Session, window: { readonly start: number; readonly end: number }): boolean {
  return window.start >= session.open && window.end <= session.close && !session.breaks.some(([from, to]) => window.start < to && window.end > from);
}

/** The windows that the session holds, and the ids and starts of those it does not. */
export function dayWindows(compiled: CompiledStrategy, session: Session): { readonly held: readonly DayWindow[]; readonly left: readonly { readonly id: number; readonly start: number }[] } {
  const held: DayWindow[] = [];
  const left: { id: number; start: number }[] = [];
  const { at, until, exitAt, rebalance, fill } = compiled;
  const lastDecision = session.close - 1 - fill.latency;
  compiled.windows.forEach((window, i) => {
    const id = i + 1;
    if (!holdsWindow(session, window)) {
      left.push({ id, start: window.start });
      return;
    }
    const named = exitAt !== null && window.start < exitAt && exitAt <= window.end;
    const exit = Math.min(named ? exitAt : window.end, lastDecision);
    const anchors: number[] = [];
    if (rebalance) {
      const origin = rebalance.align === "window" ? window.start : Math.floor(window.start / rebalance.seconds) * rebalance.seconds;
      for (let anchor = origin + rebalance.seconds; anchor < exit; anchor += rebalance.seconds) anchors.push(anchor - session.open);
    }
    const times = at === null ? [window.start] : at.filter((time) => window.start <= time && time < window.end);
    const last = until !== null && window.start < until && until <= window.end ? Math.min(until, exit) : exit;
    held.push({
      id,
      start: window.start - session.open,
      at: times.map((time) => time - session.open),
      until: last - session.open,
      exit: exit - session.open,
      exitReason: named ? "exit_at" : "window_end",
      anchors,
    });
  });
  return { held, left };
}
