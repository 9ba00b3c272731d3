import type { ClockColumn, RowClocks } from "../core/grid/slice-rows.ts";
import { dayNumber, SECONDS_PER_DAY } from "../core/time.ts";
import type { DayNumber } from "../core/time.ts";

const PER_SECOND = { s: 1n, ms: 1_000n, us: 1_000_000n, ns: 1_000_000_000n } as const;
const FIRST_CLOCK = BigInt(dayNumber("2000-01-01")) * BigInt(SECONDS_PER_DAY);

/** One clock as plain seconds of IST since 1970. */
interface Reading {
  readonly values: BigInt64Array;
  /** Stored value of 2000-01-01, the first that is not bogus. */
  readonly firstSound: bigint;
  toSeconds(value: bigint): number;
}

function reading({ values, unit, shift }: ClockColumn): Reading {
  const perSecond = PER_SECOND[unit];
  const divisor = Number(perSecond);
  return { values, firstSound: (FIRST_CLOCK - BigInt(shift)) * perSecond, toSeconds: (value) => Math.floor(Number(value) / divisor) + shift };
}

/** IST seconds since 1970 of every row by the clock rule of semantics §1.1, floored; NaN for a row without a usable clock. */
export function rowSeconds({ rows, clock, fallbackClock }: RowClocks): Float64Array {
  const out = new Float64Array(rows).fill(NaN);
  const main = clock && reading(clock);
  const other = fallbackClock && reading(fallbackClock);
  for (let i = 0; i < rows; i++) {
    if (main && main.values[i] >= main.firstSound) out[i] = main.toSeconds(main.values[i]);
    else if (other && other.values[i] >= other.firstSound) out[i] = other.toSeconds(other.values[i]);
  }
  return out;
}

/** The shortest stretch of rows that holds every row of the dates from first to last. */
export function rowsBetween(clocks: RowClocks, first: DayNumber, last: DayNumber): { from: number; to: number } {
  const seconds = rowSeconds(clocks);
  const start = first * SECONDS_PER_DAY;
  const end = (last + 1) * SECONDS_PER_DAY;
  const inside = (second: number): boolean => second >= start && second < end;
  let from = 0;
  while (from < seconds.length && !inside(seconds[from])) from++;
  let to = seconds.length;
  while (to > from && !inside(seconds[to - 1])) to--;
  return { from, to };
}
