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

/** IST seconds since 1970 of a row by the clock rule of semantics §1.1, floored; NaN where it has no usable clock. */
function secondOf({ clock, fallbackClock }: RowClocks): (row: number) => number {
  const main = clock && reading(clock);
  const other = fallbackClock && reading(fallbackClock);
  return (row) => {
    if (main && main.values[row] >= main.firstSound) return main.toSeconds(main.values[row]);
    return other && other.values[row] >= other.firstSound ? other.toSeconds(other.values[row]) : NaN;
  };
}

/** Those of every row. */
export function rowSeconds(clocks: RowClocks): Float64Array {
  const second = secondOf(clocks);
  const seconds = new Float64Array(clocks.rows);
  for (let row = 0; row < seconds.length; row++) seconds[row] = second(row);
  return seconds;
}

/** The shortest stretch of rows that holds every row of the dates from first to last, with those at either end that have no clock. */
export function rowsBetween(clocks: RowClocks, first: DayNumber, last: DayNumber): { from: number; to: number } {
  const second = secondOf(clocks);
  const start = first * SECONDS_PER_DAY;
  const end = (last + 1) * SECONDS_PER_DAY;
  /** The first row that is inside, from one end of the rows to the other, or that end where those before it have no clock. */
  const reach = (from: number, to: number, step: 1 | -1): number => {
    let clockless = true;
    for (let row = from; row !== to; row += step) {
      const at = second(row);
      if (at >= start && at < end) return clockless ? from : row;
      clockless &&= Number.isNaN(at);
    }
    return to;
  };
  const from = reach(0, clocks.rows, 1);
  return from === clocks.rows ? { from, to: from } : { from, to: reach(clocks.rows - 1, -1, -1) + 1 };
}
