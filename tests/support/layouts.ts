import { join } from "node:path";
import { isoDate } from "../../src/core/time.ts";
import { defaultRules } from "../../src/core/market/rules.ts";
import { makeSample, type Sample, type SampleFile, type SampleOptions } from "../../src/core/sample/sample.ts";
import { type SampleTable, constantText } from "../../src/core/sample/table.ts";
import { DEFAULT_SAMPLE_START } from "../../src/cli/sample.ts";
import { alignTo, gatherRows } from "./tables.ts";
import { rowDates, packedFuture, packedOption, packedSpot } from "./packed-tables.ts";
import { writeTables } from "./write-table.ts";

/** A cheap set that still trades hourly: a few strikes, rows every 1–2 s only near the money and within half a minute of full hours after the open. */
export function smallSample(options: Partial<SampleOptions> & { readonly seed: number }): Sample {
  return makeSample({
    rules: defaultRules, from: DEFAULT_SAMPLE_START, days: 3, strikesEachSide: 3,
    cadence: { near: 1.3, far: 200, nearSteps: 1, laterExpiries: 2, busy: { every: 3600, around: 30, idle: 30 } },
    ...options,
  });
}

export interface LayoutFolders {
  readonly raw: string;
  readonly packed: string;
  readonly day: string;
}

/** Writes the same rows three times below `root`: as raw files, packed, and in day partitions. */
export function writeLayouts(sample: Sample, root: string): LayoutFolders {
  const folders = { raw: join(root, "raw"), packed: join(root, "packed"), day: join(root, "day") };
  const made = sample.files.map((file) => ({ file, tables: [...file.tables()] }));
  for (const { file, tables } of made) {
    writeTables(folders.raw, file.path, tables);
    writePacked(folders.packed, sample.symbol, file, tables);
  }
  for (const day of sample.days) writeDay(folders.day, sample.symbol, day.date, made);
  return folders;
}

function writePacked(root: string, symbol: string, file: SampleFile, tables: readonly SampleTable[]): void {
  if (file.contract) {
    const { expiry, strike, cp, monthly } = file.contract;
    const exp = isoDate(expiry);
    writeTables(root, `options/${symbol}/${monthFolder(exp)}/exp=${exp}/type=${cp}/strike=${strike}.parquet`, tables.map((table) => packedOption(table, exp, monthly)));
  } else if (file.date !== undefined) {
    const date = isoDate(file.date);
    writeTables(root, `spot/${symbol}/${monthFolder(date)}/date=${date}/ticks.parquet`, tables.map(packedSpot));
  } else {
    for (const expiry of new Set(tables.map(futureExpiry))) {
      const ofMonth = tables.filter((table) => futureExpiry(table) === expiry);
      writeTables(root, `futures/${symbol}/${monthFolder(expiry)}/exp=${expiry}/ticks.parquet`, ofMonth.map(packedFuture));
    }
  }
}

function writeDay(root: string, symbol: string, date: number, made: readonly { readonly file: SampleFile; readonly tables: readonly SampleTable[] }[]): void {
  const parts = { option: [] as SampleTable[], spot: [] as SampleTable[], future: [] as SampleTable[] };
  for (const { file, tables } of made) {
    for (const table of tables) {
      const rows = gatherRows(table, rowsOf(table, date));
      if (rows.rows === 0) continue;
      const { contract } = file;
      parts[file.kind].push(contract ? { rows: rows.rows, columns: [...rows.columns, constantText("expiry", rows.rows, isoDate(contract.expiry))] } : rows);
    }
  }
  for (const [kind, name] of [["option", "options"], ["spot", "spot"], ["future", "futures"]] as const) {
    const tables = parts[kind];
    if (tables.length === 0) continue;
    const widest = tables.reduce((a, b) => (b.columns.length > a.columns.length ? b : a));
    writeTables(root, `${name}/date=${isoDate(date)}/${symbol.toLowerCase()}.parquet`, tables.map((table) => alignTo(widest, table)));
  }
}

/** Rows of a date; one without a clock belongs to the date of the row before it (the first: after it). */
function rowsOf(table: SampleTable, date: number): Int32Array {
  const rows: number[] = [];
  rowDates(table).forEach((of, r) => { if (of === date) rows.push(r); });
  return Int32Array.from(rows);
}

function futureExpiry(table: SampleTable): string {
  const column = table.columns.find(({ name }) => name === "expiry");
  if (column?.type !== "text") throw new RangeError("A futures table needs an expiry column");
  return column.dictionary[0];
}

const monthFolder = (date: string): string => date.slice(0, 7).replace("-", "");
