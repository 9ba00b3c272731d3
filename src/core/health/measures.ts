/** The measures of a day that a threshold can be set for. Each is told once: its key in a file, its words, its unit, its value. */
import { ROW_FLAG_WORDS, type RowFlag } from "../quality/row-quality.ts";
import { formatClock } from "../time.ts";
import type { DayHealth } from "./day-health.ts";

export type MeasureUnit = "percent" | "seconds" | "count" | "clock";

export interface Measure {
  readonly key: string;
  readonly words: string;
  readonly unit: MeasureUnit;
  /** On which side of its threshold a day is in quarantine. */
  readonly bad: "above" | "below";
  /** Null where the day has no such thing: it is not judged by it. */
  value(day: DayHealth): number | null;
}

/** Rows that a flag is counted over: those inside the session for what only there is a fault. */
function share(flag: RowFlag, over: "rows" | "inSession"): Measure {
  return { key: `${flag}_pct`, words: `${ROW_FLAG_WORDS[flag]}, of the options' rows${over === "inSession" ? " in session" : ""}`, unit: "percent", bad: "above", value: (day) => (day[over] === 0 ? null : (day.flags[flag] / day[over]) * 100) };
}

export const MEASURES: readonly Measure[] = [
  { key: "contracts_below", words: "contracts with a row in the session", unit: "count", bad: "below", value: ({ contracts }) => contracts },
  { key: "rows_below", words: "rows of the options", unit: "count", bad: "below", value: ({ rows }) => rows },
  { key: "starts_after", words: "first row of an option in the session", unit: "clock", bad: "above", value: ({ first }) => first },
  { key: "ends_before", words: "last row of an option in the session", unit: "clock", bad: "below", value: ({ last }) => last },
  { key: "missing_pct", words: "seconds without a row, average of the ten busiest contracts", unit: "percent", bad: "above", value: ({ busiest }) => busiest?.missingPct ?? null },
  { key: "longest_gap", words: "longest gap of one of the ten busiest contracts", unit: "seconds", bad: "above", value: ({ busiest }) => busiest?.longestGap ?? null },
  { key: "stale_pct", words: "seconds with a stale quote or none, average of the ten busiest contracts", unit: "percent", bad: "above", value: ({ busiest }) => busiest?.stalePct ?? null },
  { key: "spot_missing_pct", words: "seconds without a row of the spot", unit: "percent", bad: "above", value: ({ spot }) => (spot?.missingSeconds == null || spot.sessionSeconds === 0 ? null : (spot.missingSeconds / spot.sessionSeconds) * 100) },
  { key: "spot_longest_gap", words: "longest gap of the spot", unit: "seconds", bad: "above", value: ({ spot }) => spot?.longestGap ?? null },
  { key: "unreadable_files", words: "files that could not be read", unit: "count", bad: "above", value: ({ problems }) => problems.length },
  share("bad_clock", "rows"),
  share("clock_from_ts", "rows"),
  share("out_of_session", "rows"),
  share("out_of_order", "rows"),
  share("duplicate", "rows"),
  share("volume_falls", "rows"),
  share("crossed", "inSession"),
  share("locked", "inSession"),
  share("one_sided", "inSession"),
  share("zero_price", "inSession"),
  share("bad_price", "inSession"),
  share("off_tick", "inSession"),
];

/** A value of a measure as people read it. */
export function measureText(unit: MeasureUnit, value: number): string {
  switch (unit) {
    case "percent":
      return `${Number(value.toFixed(value < 0.1 ? 4 : 2))} %`;
    case "seconds":
      return `${value} s`;
    case "count":
      return String(value);
    case "clock":
      return formatClock(value);
  }
}
