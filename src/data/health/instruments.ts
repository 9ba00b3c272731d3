/** The instruments that some files of a chunk hold, with every row of them. */
import type { InspectedKind } from "../../core/health/day-health.ts";
import { VOLUME } from "../../core/health/inspect-rows.ts";
import type { RowBatch } from "../../core/grid/slice-rows.ts";
import { contractKey, type ContractId } from "../../core/market/contract-id.ts";
import type { MarketRules } from "../../core/market/types.ts";
import type { DayNumber } from "../../core/time.ts";
import { inGroups } from "../catalogue/groups.ts";
import { holdsSeveral, type CatalogueFile, type DayChunk } from "../catalogue/types.ts";
import { keyColumns } from "../contract-rows.ts";
import type { PlacedPiece } from "../file-rows.ts";
import { monthColumns, monthParts } from "../futures.ts";
import { contractParts } from "../option-partition.ts";
import { readFileRows, type FileRows, type SliceContext } from "../slice-files.ts";
import { rowColumns } from "../source-columns.ts";

/** Rows of an instrument out of one piece of one file. */
export interface InstrumentPart {
  readonly rows: FileRows;
  readonly piece: PlacedPiece;
  readonly batch: RowBatch;
}

export interface Instrument {
  readonly kind: InspectedKind;
  readonly contract?: ContractId;
  /** Of a future whose month is known. */
  readonly expiry?: DayNumber;
  readonly parts: readonly InstrumentPart[];
}

/** Files that are read together: those of one instrument, or one that holds several. */
export interface FileGroup {
  readonly kind: InspectedKind;
  readonly files: readonly CatalogueFile[];
}

/** Beside clocks, price and quote. */
export const HEALTH_FIELDS: readonly string[] = [VOLUME];

/** Series first, then the options; those of one contract or one month together. */
export function fileGroups({ files, symbol }: DayChunk): FileGroup[] {
  const groups = inGroups(files, (file) => groupKey(file, symbol));
  return [...groups.values()].map((own) => ({ kind: own[0].kind, files: own })).sort((a, b) => Number(a.kind === "option") - Number(b.kind === "option"));
}

function groupKey(file: CatalogueFile, symbol: string): string {
  const { kind, path, expiry, strike, cp } = file;
  if (kind === "future") return `future ${expiry ?? ""}`;
  if (kind !== "option") return kind;
  // Files that hold several contracts stand for themselves: a contract in two of them would be two instruments.
  if (holdsSeveral(file) || expiry === undefined || strike === undefined || cp === undefined) return `options ${file.date ?? path}`;
  return contractKey({ symbol, expiry, strike, cp });
}

/** Reads a group. Throws ParquetError. */
export async function readInstruments(context: SliceContext, rules: MarketRules, { symbol, dates }: DayChunk, { kind, files }: FileGroup): Promise<Instrument[]> {
  const [first, last] = [Math.min(...dates), Math.max(...dates)];
  const found = new Map<string, { instrument: Omit<Instrument, "parts">; parts: InstrumentPart[] }>();
  const add = (key: string, instrument: Omit<Instrument, "parts">, part: InstrumentPart): void => {
    const known = found.get(key) ?? { instrument, parts: [] };
    known.parts.push(part);
    found.set(key, known);
  };
  for (const [number, file] of files.entries()) {
    const several = holdsSeveral(file);
    const unnamed = kind === "future" && file.expiry === undefined;
    const rows = await readFileRows(context, file, number, first, last, (open) => [...rowColumns(open.columns), ...(several ? keyColumns(open) : unnamed ? monthColumns(open) : [])]);
    const partOf = (piece: number, batch: RowBatch): InstrumentPart => ({ rows, piece: rows.pieces[piece], batch });
    if (several) for (const { contract, piece, batch } of contractParts(context, rules, symbol, rows, first)) add(contractKey(contract), { kind, contract }, partOf(piece, batch));
    else if (unnamed) for (const { month, piece, batch } of monthParts(rules, symbol, rows)) add(`${month}`, { kind, ...(month !== undefined && { expiry: month }) }, partOf(piece, batch));
    else rows.batches.forEach((batch, piece) => add("", named(file, symbol), partOf(piece, batch)));
  }
  return [...found.values()].map(({ instrument, parts }) => ({ ...instrument, parts }));
}

function named({ kind, expiry, strike, cp }: CatalogueFile, symbol: string): Omit<Instrument, "parts"> {
  if (kind !== "option") return { kind, ...(expiry !== undefined && { expiry }) };
  return expiry === undefined || strike === undefined || cp === undefined ? { kind } : { kind, contract: { symbol, expiry, strike, cp } };
}
