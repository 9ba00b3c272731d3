/** The catalogue's codes in words. */
import type { ClockZone, FileProblemKind, Layout, ZoneFinding } from "../../data/catalogue/types.ts";

export const LAYOUT_WORDS: Readonly<Record<Layout, string>> = {
  raw: "raw (a file per contract)",
  packed: "packed (exp=/type=/strike=)",
  day: "day partitions (date=)",
  series: "series (one file per series)",
};

export const ZONE_WORDS: Readonly<Record<ClockZone | "ask", string>> = {
  "ist-wall": "IST wall clock",
  utc: "UTC",
  ask: "not clear: choose one",
};

export const ZONE_SOURCES: Readonly<Record<ZoneFinding["source"], string>> = {
  arrow: "named in the files",
  measured: "measured from the clocks",
  chosen: "chosen by you",
};

export const PROBLEM_WORDS: Readonly<Record<FileProblemKind, string>> = {
  unreadable_name: "Name not understood",
  ambiguous_name: "Name has two readings",
  not_parquet: "Not a Parquet file",
  corrupt: "Damaged",
  no_rows: "No rows",
  wrong_type: "Wrong column type",
  missing_column: "Column missing",
  mixed_expiries: "Mixed expiries",
  name_contradicts_rows: "Name contradicts rows",
  rows_after_expiry: "Rows after expiry",
  unknown_expiry: "Expiry not in the rules",
  gone: "Gone",
  permission: "Not allowed",
  changed: "Changed while read",
  memory: "Not enough memory",
};
