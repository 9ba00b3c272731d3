/** What the rows of one instrument say about one date. */
import type { Session } from "../market/types.ts";
import { TICK_PAISE } from "../money.ts";
import { ROW_FLAGS, ROW_QUALITY, type RowFlag } from "../quality/row-quality.ts";
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

export function measureDay(rows: InspectedRows, { hasQuotes, barSpan, withoutClock }: MeasureOptions): InstrumentDay {
  const { length, second, quality, spread, session } = rows;
  const counts = countFlags(quality);
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
  const seconds = session ? walkSession(rows, session, barSpan) : NO_SESSION;
  return {
    rows: length, inSession, first, last,
    flags: { ...counts, bad_clock: withoutClock },
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
  const counts = Object.fromEntries(ROW_FLAGS.map((flag) => [flag, 0])) as Record<RowFlag, number>;
  for (const bits of quality) {
    if (bits === 0) continue;
    for (const flag of ROW_FLAGS) if ((bits & ROW_QUALITY[flag]) !== 0) counts[flag]++;
  }
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

const ROW = 1;
const QUOTE = 2;
const CLOSED = 4;

/** Second by second. A break belongs to no stretch and ends the one before it. */
function walkSession(rows: InspectedRows, session: Session, barSpan: Second | undefined): SessionSeconds {
  const marks = secondMarks(rows, session);
  // Between two bars there is nothing but the time that a bar takes.
  const shortestGap = Math.max(GAP_SECONDS + 1, 2 * (barSpan ?? 0) - 1);
  const { table } = AGE_STEPS;
  const oldest = table.length - 1;
  const ages = new Int32Array(AGE_STEPS.words.length);
  let staleSeconds = 0;
  let [sessionSeconds, missingSeconds, gaps, gapSeconds, longestGap, unquotedSeconds] = [0, 0, 0, 0, 0, 0];
  let stretch = 0;
  let age = -1;
  for (let at = 0; at <= marks.length; at++) {
    const mark = at < marks.length ? marks[at] : CLOSED;
    if (age >= 0) age++;
    if (mark === 0) {
      stretch++;
      missingSeconds++;
    } else if (stretch > 0) {
      if (stretch > longestGap) longestGap = stretch;
      if (stretch >= shortestGap) {
        gaps++;
        gapSeconds += stretch;
      }
      stretch = 0;
    }
    if ((mark & CLOSED) !== 0) continue;
    sessionSeconds++;
    if ((mark & QUOTE) !== 0) age = 0;
    if (age < 0) {
      unquotedSeconds++;
      continue;
    }
    ages[table[age < oldest ? age : oldest]]++;
    if (age > STALE_SECONDS) staleSeconds++;
  }
  return { sessionSeconds, missingSeconds, gaps, gapSeconds, longestGap, staleSeconds, unquotedSeconds, ages: [...ages] };
}

function secondMarks({ length, second, quality, spread }: InspectedRows, { open, close, breaks }: Session): Uint8Array {
  const marks = new Uint8Array(close - open);
  for (const [from, to] of breaks) marks.fill(CLOSED, from - open, to - open);
  for (let i = 0; i < length; i++) {
    if ((quality[i] & ROW_QUALITY.out_of_session) !== 0) continue;
    marks[second[i] - open] |= spread[i] > 0 ? ROW | QUOTE : ROW;
  }
  return marks;
}
