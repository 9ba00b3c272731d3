/** The skips of a variant on one date. Equal skips of consecutive seconds are one row. */
import type { DayNumber, Second } from "../time.ts";
import type { Skip, SkipReason } from "../results/types.ts";

interface Note {
  readonly second: Second;
  readonly windowId: number;
  readonly reason: SkipReason;
}

type Row = Omit<Skip, "variant">;

const NONE: readonly Row[] = [];

export class SkipNotes {
  constructor(private readonly notes: Note[] = []) {}

  copy(): SkipNotes {
    return new SkipNotes([...this.notes]);
  }

  /** In any order: a late leg's skip is dated at its decision, and known when its order lapses. */
  add(second: Second, windowId: number, reason: SkipReason): void {
    this.notes.push({ second, windowId, reason });
  }

  rows(date: DayNumber): readonly Row[] {
    if (this.notes.length === 0) return NONE;
    const rows: { date: DayNumber; first: Second; last: Second; count: number; windowId: number; reason: SkipReason }[] = [];
    // Of each reason and window the rows that the next second may continue.
    const open = new Map<string, typeof rows>();
    for (const { second, windowId, reason } of this.notes.sort((a, b) => a.second - b.second || a.windowId - b.windowId)) {
      const key = `${reason} ${windowId}`;
      const recent = (open.get(key) ?? []).filter(({ last }) => last >= second - 1);
      const before = recent.find(({ last }) => last === second - 1);
      if (before) {
        before.last = second;
        before.count++;
      } else {
        const row = { date, first: second, last: second, count: 1, windowId, reason };
        rows.push(row);
        recent.push(row);
      }
      open.set(key, recent);
    }
    return rows;
  }
}
