/** What the rows of one instrument say about one date. */
import { breaksOf } from "../grid/ordered-rows.ts";
import type { Kernels } from "../kernels.ts";
import type { Session } from "../market/types.ts";
import { TICK_PAISE } from "../money.ts";
import { ROW_FLAGS, ROW_QUALITY, type RowFlag } from "../quality/row-quality.ts";
import type { Second } from "../time.ts";
import { AGE_STEPS, emptyCounts, SPREAD_STEPS, type Steps } from "./histogram.ts";
import type { InspectedRows } from "./inspect-rows.ts";

/** A stretch of the session without a row that is longer than this many seconds is a gap. */
export const GAP_SECONDS = 60;
/** A quote older than this many seconds is stale. */
export const STALE_SECONDS = 30;

export type FlagCounts = Readonly<Record<RowFlag, number>>;

/** Times are seconds of the Indian day. What an instrument cannot have is null: quotes of an index, missing seconds of bars. */
export interface InstrumentDay {
  readonly rows: number;
  readonly inSession: number;
  /** Of the rows inside the session. */
  readonly first: Second | null;
  readonly last: Second | null;
  readonly flags: FlagCounts;
  /** Seconds of the session, breaks left out. */
  readonly sessionSeconds: number;
  /** Seconds of the session without a row. */
  readonly missingSeconds: number | null;
  readonly gaps: number;
  readonly gapSeconds: number;
  readonly longestGap: number;
  /** Seconds of the session whose latest valid quote is older than `STALE_SECONDS`, those before the first left out. */
  readonly staleSeconds: number | null;
  /** Seconds of the session before the first valid quote. */
  readonly unquotedSeconds: number | null;
  /** Seconds of the session by `AGE_STEPS`, those before the first valid quote left out. */
  readonly ages: readonly number[] | null;
  /** Rows with a valid quote inside the session, by `SPREAD_STEPS`. */
  readonly spreads: readonly number[] | null;
  /** Seconds between bars; null for snapshots. */
  readonly barSpan: Second | null;
}

export interface MeasureOptions {
  readonly hasQuotes: boolean;
  /** Seconds between bars. */
  readonly barSpan: Second | undefined;
  /** Rows of its files that have no date, where this is the first date of them. */
  readonly withoutClock: number;
}

export function measureDay(kernels: Kernels, rows: InspectedRows, { hasQuotes, barSpan, withoutClock }: MeasureOptions): InstrumentDay {
  return kernels.scoped(() => {
    const { length, second, quality, session } = rows;
    const stored = storedRows(kernels, rows);
    const { flags, inSession, spreads } = countRows(kernels, stored);
    const isInside = (bits: number): boolean => (bits & ROW_QUALITY.out_of_session) === 0;
    const seconds = session ? walkSession(kernels, stored, session, barSpan) : NO_SESSION;
    return {
      rows: length, inSession,
      first: inSession > 0 ? second[quality.findIndex(isInside)] : null,
      last: inSession > 0 ? second[quality.findLastIndex(isInside)] : null,
      flags: { ...flags, bad_clock: withoutClock },
      sessionSeconds: seconds.sessionSeconds,
      missingSeconds: barSpan === undefined ? seconds.missingSeconds : null,
      gaps: seconds.gaps, gapSeconds: seconds.gapSeconds, longestGap: seconds.longestGap,
      staleSeconds: hasQuotes ? seconds.staleSeconds : null,
      unquotedSeconds: hasQuotes ? seconds.unquotedSeconds : null,
      ages: hasQuotes ? seconds.ages : null,
      spreads: hasQuotes ? spreads : null,
      barSpan: barSpan ?? null,
    };
  });
}

/** Pointers to the rows of a date in memory. */
interface StoredRows {
  readonly length: number;
  readonly seconds: number;
  readonly flags: number;
  readonly spreads: number;
}

function storedRows(kernels: Kernels, { length, second, quality, spread }: InspectedRows): StoredRows {
  const [seconds, flags, spreads] = [kernels.run.alloc(length * 4), kernels.run.alloc(length * 2), kernels.run.alloc(length * 4)];
  kernels.i32.set(second, seconds >> 2);
  kernels.i32.set(spread, spreads >> 2);
  kernels.u8.set(new Uint8Array(quality.buffer, quality.byteOffset, quality.byteLength), flags);
  return { length, seconds, flags, spreads };
}

interface Counted {
  readonly flags: Record<RowFlag, number>;
  readonly inSession: number;
  readonly spreads: readonly number[];
}

function countRows(kernels: Kernels, { length, flags, spreads }: StoredRows): Counted {
  const counts = kernels.run.alloc((ROW_FLAGS.length + 1) * 4);
  const [steps, found] = [storedSteps(kernels, SPREAD_STEPS), emptySteps(kernels, SPREAD_STEPS)];
  kernels.run.countRows(flags, spreads, length, TICK_PAISE, steps, SPREAD_STEPS.table.length - 1, counts, found);
  const at = counts >> 2;
  return {
    flags: Object.fromEntries(ROW_FLAGS.map((flag, bit) => [flag, kernels.i32[at + bit]])) as Record<RowFlag, number>,
    inSession: kernels.i32[at + ROW_FLAGS.length],
    spreads: countsAt(kernels, SPREAD_STEPS, found),
  };
}

function storedSteps(kernels: Kernels, { table }: Steps): number {
  const pointer = kernels.run.alloc(table.length);
  kernels.u8.set(table, pointer);
  return pointer;
}

function emptySteps(kernels: Kernels, { words }: Steps): number {
  const pointer = kernels.run.alloc(words.length * 4);
  kernels.i32.fill(0, pointer >> 2, (pointer >> 2) + words.length);
  return pointer;
}

function countsAt({ i32 }: Kernels, { words }: Steps, pointer: number): number[] {
  return [...i32.subarray(pointer >> 2, (pointer >> 2) + words.length)];
}

interface SessionSeconds {
  readonly sessionSeconds: number;
  readonly missingSeconds: number;
  readonly gaps: number;
  readonly gapSeconds: number;
  readonly longestGap: number;
  readonly staleSeconds: number;
  readonly unquotedSeconds: number;
  readonly ages: readonly number[];
}

const NO_SESSION: SessionSeconds = { sessionSeconds: 0, missingSeconds: 0, gaps: 0, gapSeconds: 0, longestGap: 0, staleSeconds: 0, unquotedSeconds: 0, ages: emptyCounts(AGE_STEPS) };
const FIGURES = 7;

/** Second by second. A break belongs to no stretch and ends the one before it. */
function walkSession(kernels: Kernels, { length, seconds, flags, spreads }: StoredRows, session: Session, barSpan: Second | undefined): SessionSeconds {
  const { run } = kernels;
  const { open, close, breaks } = session;
  // Between two bars there is nothing but the time that a bar takes.
  const shortestGap = Math.max(GAP_SECONDS + 1, 2 * (barSpan ?? 0) - 1);
  const [steps, ages] = [storedSteps(kernels, AGE_STEPS), emptySteps(kernels, AGE_STEPS)];
  const [marks, out] = [run.alloc(close - open), run.alloc(FIGURES * 4)];
  run.sessionSeconds(seconds, flags, spreads, length, open, close, breaksOf(kernels, session), breaks.length, marks, shortestGap, STALE_SECONDS, steps, AGE_STEPS.table.length - 1, ages, out);
  const [sessionSeconds, missingSeconds, gaps, gapSeconds, longestGap, staleSeconds, unquotedSeconds] = kernels.i32.subarray(out >> 2, (out >> 2) + FIGURES);
  return { sessionSeconds, missingSeconds, gaps, gapSeconds, longestGap, staleSeconds, unquotedSeconds, ages: countsAt(kernels, AGE_STEPS, ages) };
}
