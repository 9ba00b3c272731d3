import { readingsOf } from "../core/market/contract-name.ts";
import type { MarketRules, SymbolName } from "../core/market/types.ts";
import type { Slice } from "../core/grid/slice.ts";
import type { RowBatch } from "../core/grid/slice-rows.ts";
import { formatMoment } from "../core/time.ts";
import type { DayNumber } from "../core/time.ts";
import type { CatalogueFile } from "./catalogue/types.ts";
import { dayColumn } from "./clock-columns.ts";
import type { OpenFile, Piece } from "./file-rows.ts";
import { groupRows } from "./group-rows.ts";
import { NULL_DATE, ParquetError } from "./ports.ts";
import { codesOf, mappedRows, underlyingOf } from "./row-keys.ts";
import { readFileRows, sliceSet } from "./slice-files.ts";
import type { FileRows, SliceContext, SliceSet } from "./slice-files.ts";
import { gridColumns } from "./source-columns.ts";
import { secondWithTwoBooks } from "./two-books.ts";

/** A series of one contract month, or a continuous one. */
export interface FutureSeries {
  /** undefined: no column and no path tells the month; the series is taken to be that of the nearest month. */
  readonly expiry: DayNumber | undefined;
  readonly set: SliceSet;
}

/**
 * The months in futures files whose path names none, of the dates from first to last: by a column of expiries or of contract
 * names, else one continuous series.
 */
export async function sliceUnnamedFutures(context: SliceContext, rules: MarketRules, symbol: SymbolName, files: readonly CatalogueFile[], first: DayNumber, last: DayNumber): Promise<FutureSeries[]> {
  const read: FileRows[] = [];
  const batchesByMonth = new Map<DayNumber | undefined, RowBatch[]>();
  for (const [number, file] of files.entries()) {
    const rows = await readFileRows(context, file, number, first, last, (open) => [...gridColumns(open.columns), ...monthColumns(open)]);
    read.push(rows);
    for (const { month, batch } of monthParts(rules, symbol, rows)) {
      const batches = batchesByMonth.get(month) ?? [];
      batches.push(batch);
      batchesByMonth.set(month, batches);
    }
  }
  return [...batchesByMonth].map(([expiry, batches]) => ({ expiry, set: sliceSet(context, read, batches, first, last) }));
}

/** Those rows of a file that are of one contract month, out of one of its pieces; undefined of a continuous series. */
export interface MonthPart {
  readonly month: DayNumber | undefined;
  readonly piece: number;
  readonly batch: RowBatch;
}

/** The columns that may tell the month of a row. */
export function monthColumns({ columns: { map } }: OpenFile): readonly string[] {
  return ["expiry", "symbol"].flatMap((name) => map.source.get(name) ?? []);
}

/** The rows of a file by contract month, piece after piece. */
export function* monthParts(rules: MarketRules, symbol: SymbolName, { open, pieces, batches }: FileRows): Generator<MonthPart> {
  const { columns: { map }, data } = open;
  for (const [piece, batch] of batches.entries()) {
    const months = monthKeys(rules, symbol, data.path, pieces[piece], map.source.get("expiry"), map.source.get("symbol"));
    if (!months) yield { month: undefined, piece, batch };
    else for (const [month, select] of groupRows(months)) yield { month, piece, batch: { ...batch, select } };
  }
}

function monthKeys(rules: MarketRules, symbol: SymbolName, path: string, piece: Piece, expiryName: string | undefined, symbolName: string | undefined): Float64Array | undefined {
  const expiries = piece.columns.get(expiryName ?? "");
  if (expiryName !== undefined && expiries) {
    const days = dayColumn(path, expiryName, expiries);
    return mappedRows(days, (day) => (day === NULL_DATE ? NaN : rules.actualExpiry(symbol, day)));
  }
  const names = piece.columns.get(symbolName ?? "");
  if (names?.type !== "text" || !names.dictionary.some((name) => monthOfName(rules, symbol, name) !== undefined)) return undefined;
  return codesOf(names, (name) => monthOfName(rules, symbol, name));
}

/** `BANKNIFTY24AUGFUT` as its expiry. */
export function monthOfName(rules: MarketRules, symbol: SymbolName, name: string): DayNumber | undefined {
  if (underlyingOf(name) !== symbol) return undefined;
  for (const reading of readingsOf(name.toLowerCase())) {
    if (reading.kind !== "future") continue;
    const named = "date" in reading.expiry ? reading.expiry.date : rules.monthlyExpiry(symbol, reading.expiry.year, reading.expiry.month);
    if (named !== undefined) return rules.actualExpiry(symbol, named);
  }
  return undefined;
}

/** Throws a ParquetError when one second of a continuous series has two books: it is several months in one. */
export function refuseTwoBooks(path: string, date: DayNumber, slice: Slice): void {
  const second = secondWithTwoBooks(slice);
  if (second !== undefined)
    throw new ParquetError(path, `several contract months are mixed: ${formatMoment(date, second)} has two books, and neither a column nor the path tells the month. Add an "expiry" column, or split the file by month.`, { fault: "mixed_expiries" });
}
