/** A golden case is a sentence of the semantics, a few rows, and the trades worked out by hand. Both engines must give them. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runReference } from "../reference/engine.ts";
import { readFolder } from "../reference/read-folder.ts";
import { POSITION_COLUMNS } from "../reference/positions-out.ts";
import { TRADE_COLUMNS } from "../reference/rows-out.ts";
import { runProduct } from "../support/product.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { writeTables } from "../support/write-table.ts";
import { parseRow } from "./row-text.ts";
import { writeRows } from "./write-files.ts";
import type { SampleColumn } from "../../src/core/sample/table.ts";

export interface GoldenCase {
  /** Section and sentence of the semantics, quoted. */
  readonly says: string;
  /** Default 2024-08-20, a Tuesday before the weekly expiry of 2024-08-21 (lot 15). */
  readonly date?: string;
  /** Lines of the index file; see row-text.ts. None: no such file. */
  readonly spot?: readonly string[];
  /** Lines per contract. Keys are `50000CE` (expiry 2024-08-21) or a file's stem such as `banknifty24aug50000ce`. */
  readonly rows: Readonly<Record<string, readonly string[]>>;
  /** Files with columns of their own. */
  readonly columns?: Readonly<Record<string, readonly SampleColumn[]>>;
  /** Files that hold these bytes instead of Parquet. */
  readonly bytes?: Readonly<Record<string, string>>;
  /** YAML below `name`, `universe.symbol`, one leg and no costs: whole blocks replace those defaults. */
  readonly strategy?: string;
  /** `STRIKE CP SIDE QTY decided>filled PRICE decided>filled PRICE REASON[ flags]` and the columns of `show`. */
  readonly trades?: readonly string[];
  readonly show?: readonly (typeof TRADE_COLUMNS)[number][];
  /** `ENTRY_PREMIUM PNL MAE MFE HOLDING_SECONDS REASONS[ flags]` of each position, where a case is about them. */
  readonly positions?: readonly string[];
  /** `HH:MM:SS WINDOW_ID reason`. */
  readonly skips?: readonly string[];
  /** Of how files are read or refused, of which the reference knows nothing: only the product is asked. */
  readonly productAlone?: true;
  /** `YYYY-MM-DD reason`. */
  readonly notRun?: readonly string[];
}

/** Cases of the section "Entries, legs and exits beyond one order" have names that begin so. */
export const BEYOND = "Beyond one order";

const DEFAULTS: Readonly<Record<string, string>> = {
  name: "name: golden",
  universe: "universe: { symbol: BANKNIFTY }",
  time: 'time: { window: "11:00-11:20" }',
  entry: "entry: { legs: [{ cp: CE, lots: -1 }] }",
  costs: "costs: { none: true }",
};

/** The case's blocks, and the default for every block that it does not write. */
function strategyText(blocks: string): string {
  const own = blocks.split("\n").map((line) => line.trimEnd()).filter((line) => line.trim() !== "");
  const indent = Math.min(...own.map((line) => line.length - line.trimStart().length));
  const lines = own.map((line) => line.slice(indent));
  const written = new Set(lines.map((line) => /^(\w+):/.exec(line)?.[1]));
  if (written.has("entries")) written.add("entry");
  return [...Object.entries(DEFAULTS).filter(([key]) => !written.has(key)).map(([, text]) => text), ...lines].join("\n");
}

function writeCase(folder: string, golden: GoldenCase): void {
  const date = golden.date ?? "2024-08-20";
  const parse = (lines: readonly string[]) => lines.map((line) => parseRow(line, date));
  if (golden.spot) writeRows(folder, { path: "banknifty_spot.parquet", rows: parse(golden.spot) });
  for (const [key, lines] of Object.entries(golden.rows)) {
    const stem = /^\d/.test(key) ? `banknifty24821${key.toLowerCase()}` : key;
    writeRows(folder, { path: `${stem}.parquet`, rows: parse(lines) });
  }
  for (const [stem, columns] of Object.entries(golden.columns ?? {})) {
    const first = columns[0];
    writeTables(folder, `${stem}.parquet`, [{ rows: "codes" in first ? first.codes.length : first.values.length, columns }]);
  }
  for (const [name, text] of Object.entries(golden.bytes ?? {})) writeFileSync(join(folder, name), text);
}

function clockOnly(moment: string): string {
  return moment.slice(11);
}

function shownTrade(row: readonly string[], show: readonly string[]): string {
  const value = (column: (typeof TRADE_COLUMNS)[number]) => row[TRADE_COLUMNS.indexOf(column)];
  const base = [
    value("strike"), value("cp"), value("side"), value("qty"),
    `${clockOnly(value("decision_entry"))}>${clockOnly(value("ts_entry"))}`, value("entry_px"),
    `${clockOnly(value("decision_exit"))}>${clockOnly(value("ts_exit"))}`, value("exit_px"), value("reason_exit"),
  ];
  const flags = value("flags") === "" ? [] : [value("flags")];
  return [...base, ...flags, ...show.map((column) => `${column}=${value(column as (typeof TRADE_COLUMNS)[number])}`)].join(" ");
}

function shownPosition(row: readonly string[]): string {
  const columns = ["entry_premium", "pnl", "mae", "mfe", "holding_seconds", "reasons_exit", "flags"] as const;
  return columns.map((column) => row[POSITION_COLUMNS.indexOf(column)]).join(" ").trim();
}

interface Outcome {
  readonly trades: readonly (readonly string[])[];
  readonly positions: readonly (readonly string[])[];
  readonly skips: readonly (readonly string[])[];
  readonly notRun: readonly (readonly string[])[];
}

function shown(outcome: Outcome, golden: GoldenCase) {
  return {
    trades: outcome.trades.map((row) => shownTrade(row, golden.show ?? [])),
    ...(golden.positions && { positions: outcome.positions.map(shownPosition) }),
    skips: outcome.skips.map(([, , first, last, count, windowId, reason]) => `${clockOnly(first)} ${windowId} ${reason}${count === "1" && first === last ? "" : ` to ${clockOnly(last)} ×${count}`}`),
    notRun: outcome.notRun.map(([date, reason]) => `${date} ${reason}`),
  };
}

export function golden(name: string, cases: readonly GoldenCase[]): void {
  describe(name, () => {
    for (const golden of cases) {
      const wanted = { trades: golden.trades ?? [], ...(golden.positions && { positions: golden.positions }), skips: golden.skips ?? [], notRun: golden.notRun ?? [] };
      const rows = [...(golden.spot ?? []), ...Object.values(golden.rows).flat()].length;
      const inFolder = async (run: (folder: string) => Promise<Outcome>) => {
        const folder = tempFolder();
        writeCase(folder, golden);
        expect(rows, "rows of the case").toBeLessThanOrEqual(30);
        expect(shown(await run(folder), golden)).toEqual(wanted);
      };
      const text = strategyText(golden.strategy ?? "");
      if (!golden.productAlone) it(`${golden.says} [reference]`, () => inFolder(async (folder) => runReference(await readFolder(folder), text)));
      it(`${golden.says} [product]`, () => inFolder((folder) => runProduct(folder, text)));
    }
  });
}
