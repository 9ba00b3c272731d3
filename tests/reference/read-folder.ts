/** Reads every Parquet file below a folder into plain objects, one per row. */
import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { monthlyExpiry } from "./rules.ts";

/** Timestamps are nanoseconds since 1970 as stored (bigint), everything else is what the file holds. */
export type RawRow = Record<string, unknown>;

export interface RawFile {
  readonly path: string;
  readonly kind: "option" | "spot" | "future" | "vix";
  /** Empty for VIX. */
  readonly symbol: string;
  /** Empty for spot and for the continuous future of the nearest month. */
  readonly expiry: string;
  readonly strike: number;
  readonly cp: "CE" | "PE" | "";
  readonly rows: readonly RawRow[];
  /** The file is no readable Parquet. */
  readonly broken: boolean;
}

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/** The contracts that were given another expiry after they were listed: name's date → true date. */
const REDATED: Record<string, string> = { "2023-09-07": "2023-09-06", "2023-09-14": "2023-09-13", "2023-09-21": "2023-09-20", "2023-06-29": "2023-06-28" };

const clockParsers = {
  timestampFromMilliseconds: (t: bigint) => (t === undefined || t === null ? null : t * 1_000_000n),
  timestampFromMicroseconds: (t: bigint) => (t === undefined || t === null ? null : t * 1_000n),
  timestampFromNanoseconds: (t: bigint) => (t === undefined || t === null ? null : t),
};

function pathsBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? pathsBelow(join(folder, entry.name)) : entry.name.toLowerCase().endsWith(".parquet") ? [join(folder, entry.name)] : [],
  );
}

/** What the name of a file says, or undefined when it names nothing that the reference knows. */
export function readName(path: string): Omit<RawFile, "rows" | "broken" | "path"> | undefined {
  const stem = path.split("/").at(-1)!.replace(/\.parquet$/i, "").toUpperCase();
  const series = /^(BANKNIFTY|NIFTY)_SPOT$/.exec(stem);
  if (series) return { kind: "spot", symbol: series[1], expiry: "", strike: 0, cp: "" };
  if (stem === "INDIA_VIX") return { kind: "vix", symbol: "", expiry: "", strike: 0, cp: "" };
  const future = /^(BANKNIFTY|NIFTY)(\d\d)([A-Z]{3})FUT$/.exec(stem);
  if (future) return { kind: "future", symbol: future[1], expiry: monthlyExpiry(future[1], yearMonth(future[2], future[3])), strike: 0, cp: "" };
  const continuous = /^(BANKNIFTY|NIFTY)(-I|_F1|_FUTURES)$/.exec(stem);
  if (continuous) return { kind: "future", symbol: continuous[1], expiry: "", strike: 0, cp: "" };
  const monthly = /^(BANKNIFTY|NIFTY)(\d\d)(JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)(\d{4,5})(CE|PE)$/.exec(stem);
  if (monthly) return { kind: "option", symbol: monthly[1], expiry: monthlyExpiry(monthly[1], yearMonth(monthly[2], monthly[3])), strike: Number(monthly[4]), cp: monthly[5] as "CE" | "PE" };
  const weekly = /^(BANKNIFTY|NIFTY)(\d\d)([1-9OND])(\d\d)(\d{4,5})(CE|PE)$/.exec(stem);
  if (!weekly) return undefined;
  const month = "123456789OND".indexOf(weekly[3]) + 1;
  const named = `20${weekly[2]}-${String(month).padStart(2, "0")}-${weekly[4]}`;
  return { kind: "option", symbol: weekly[1], expiry: REDATED[named] ?? named, strike: Number(weekly[5]), cp: weekly[6] as "CE" | "PE" };
}

function yearMonth(year: string, month: string): string {
  return `20${year}-${String(MONTHS.indexOf(month) + 1).padStart(2, "0")}`;
}

/** Throws where the file is no readable Parquet. */
export async function readRows(path: string): Promise<RawRow[]> {
  return parquetReadObjects({ file: await asyncBufferFromFile(path), compressors, parsers: clockParsers });
}

export async function readFolder(folder: string): Promise<RawFile[]> {
  const files: RawFile[] = [];
  for (const absolute of pathsBelow(folder)) {
    const path = relative(folder, absolute).split(sep).join("/");
    const name = readName(path);
    if (!name) continue;
    try {
      const rows = await readRows(absolute);
      files.push({ path, ...name, rows, broken: false });
    } catch {
      files.push({ path, ...name, rows: [], broken: true });
    }
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}
