/** What the files of a folder hold, by instrument and date. */
import type { Bug } from "./bugs.ts";
import { gridOf, type Grid } from "./grid.ts";
import { remembered } from "./memory.ts";
import type { RawFile } from "./read-folder.ts";
import type { SessionHours } from "./rules.ts";
import { inSession, type Tick } from "./ticks.ts";

/** One instrument of the folder: all files that hold it, and all their ticks by date. */
export interface FileInstrument {
  readonly kind: RawFile["kind"];
  /** Of a continuous future: empty. */
  readonly expiry: string;
  readonly strike: number;
  readonly cp: RawFile["cp"];
  readonly span: number;
  readonly broken: boolean;
  readonly byDate: ReadonlyMap<string, readonly Tick[]>;
}

export function sessionTicks(instrument: FileInstrument, date: string, session: SessionHours, bug?: Bug): readonly Tick[] {
  const closing = bug === "close_second_is_inside" ? bug : undefined;
  return remembered(instrument, `ticks ${date} ${closing}`, () => (instrument.byDate.get(date) ?? []).filter((tick) => inSession(tick, session, closing)));
}

const GRID_BUGS: readonly (Bug | undefined)[] = ["first_row_of_a_second_wins", "bad_book_renews_the_age", "bad_book_clears_quote", "sees_the_next_second", "close_second_is_inside"];

/** The grid of an instrument on a date; made once, as the same files serve many strategies. */
export function gridOn(instrument: FileInstrument, date: string, session: SessionHours, bug?: Bug): Grid {
  const gridBug = GRID_BUGS.includes(bug) ? bug : undefined;
  return remembered(instrument, `grid ${date} ${gridBug}`, () => gridOf(sessionTicks(instrument, date, session, gridBug), session, gridBug));
}

/** Dates on which something of the symbol has rows. */
export function datesOf(instruments: readonly FileInstrument[]): string[] {
  return [...new Set(instruments.filter((i) => i.kind !== "vix").flatMap((i) => [...i.byDate.keys()]))].sort();
}
