/** What the rows of one instrument say about one date. */
import { breaksOf } from "../grid/ordered-rows.ts";
import type { Kernels } from "../kernels.ts";
import type { Session } from "../market/types.ts";
import { TICK_PAISE } from "../money.ts";
import { flagsOf, ROW_FLAGS, ROW_QUALITY, type RowFlag } from "../quality/row-quality.ts";
import type { Second } from "../time.ts";
import { AGE_STEPS, emptyCounts, SPREAD_STEPS, stepOf } from "./histogram.ts";
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
  const { length, second, quality, spread, session } = rows;
  const spreads = emptyCounts(SPREAD_STEPS);
  let inSession = 0;
  let first: Second | null = null;
  let last: Second | null = null;
  for (let i = 0; i < length; i++) {
    if ((quality[i] & ROW_QUALITY.out_of_session) !== 0) continue;
    inSession++;
    first ??= second[i];
    last = second[i];
    if (spread[i] > 0) spreads[stepOf(SPREAD_STEPS, Math.ceil(spread[i] / TICK_PAISE))]++;
  }
  const seconds = session ? walkSession(kernels, rows, session, barSpan) : NO_SESSION;
  return {
    rows: length, inSession, first, last,
    flags: { ...countFlags(quality), bad_clock: withoutClock },
    sessionSeconds: seconds.sessionSeconds,
    missingSeconds: barSpan === undefined ? seconds.missingSeconds : null,
    gaps: seconds.gaps, gapSeconds: seconds.gapSeconds, longestGap: seconds.longestGap,
    staleSeconds: hasQuotes ? seconds.staleSeconds : null,
    unquotedSeconds: hasQuotes ? seconds.unquotedSeconds : null,
    ages: hasQuotes ? seconds.ages : null,
    spreads: hasQuotes ? spreads : null,
    barSpan: barSpan ?? null,
  };
}

function countFlags(quality: Uint16Array): Record<RowFlag, number> {
  const alike = new Uint32Array(2 ** ROW_FLAGS.length);
  for (let i = 0; i < quality.length; i++) alike[quality[i]]++;
  const counts = Object.fromEntries(ROW_FLAGS.map((flag) => [flag, 0])) as Record<RowFlag, number>;
  alike.forEach((rows, bits) => {
    if (rows > 0) for (const flag of flagsOf(bits)) counts[flag] += rows;
  });
  return counts;
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
function walkSession(kernels: Kernels, { length, second, quality, spread }: InspectedRows, session: Session, barSpan: Second | undefined): SessionSeconds {
  // Between two bars there is nothing but the time that a bar takes.
  const shortestGap = Math.max(GAP_SECONDS + 1, 2 * (barSpan ?? 0) - 1);
  const { table, words } = AGE_STEPS;
  return kernels.scoped(() => {
    const { run } = kernels;
    const [seconds, flags, spreads, steps, marks] = [length * 4, length * 2, length * 4, table.length, session.close - session.open].map((bytes) => run.alloc(bytes));
    const [ages, out] = [words.length * 4, FIGURES * 4].map((bytes) => run.alloc(bytes));
    const breaks = breaksOf(kernels, session);
    const { i32, u8 } = kernels;
    i32.set(second, seconds >> 2);
    i32.set(spread, spreads >> 2);
    u8.set(new Uint8Array(quality.buffer, quality.byteOffset, quality.byteLength), flags);
    u8.set(table, steps);
    i32.fill(0, ages >> 2, (ages >> 2) + words.length);
    run.sessionSeconds(seconds, flags, spreads, length, session.open, session.close, breaks, session.breaks.length, marks, shortestGap, STALE_SECONDS, steps, table.length - 1, ages, out);
    const [sessionSeconds, missingSeconds, gaps, gapSeconds, longestGap, staleSeconds, unquotedSeconds] = i32.subarray(out >> 2, (out >> 2) + FIGURES);
    return { sessionSeconds, missingSeconds, gaps, gapSeconds, longestGap, staleSeconds, unquotedSeconds, ages: [...i32.subarray(ages >> 2, (ages >> 2) + words.length)] };
  });
}
