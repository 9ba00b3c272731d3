/** What the files of a folder hold, by instrument and date. */
import type { Bug } from "./bugs.ts";
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

export function sessionTicks(instrument: FileInstrument, date: string, session: SessionHours, bug?: Bug): Tick[] {
  return (instrument.byDate.get(date) ?? []).filter((tick) => inSession(tick, session, bug));
}

/** Dates on which something of the symbol has rows. */
export function datesOf(instruments: readonly FileInstrument[]): string[] {
  return [...new Set(instruments.filter((i) => i.kind !== "vix").flatMap((i) => [...i.byDate.keys()]))].sort();
}
