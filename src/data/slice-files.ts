import type { Kernels } from "../core/kernels.ts";
import { sliceRows } from "../core/grid/slice-rows.ts";
import type { RowBatch, RowClocks, SessionOf } from "../core/grid/slice-rows.ts";
import type { Slice } from "../core/grid/slice.ts";
import type { FileFingerprint } from "../core/results/types.ts";
import type { DayNumber } from "../core/time.ts";
import type { CatalogueFile, Layout, RowKind } from "./catalogue/types.ts";
import { rowSpacing } from "./bar-spacing.ts";
import { checkDates, dataFile, openData, readPieces, rowBatch, fetchPieces, shiftClock } from "./file-rows.ts";
import type { OpenFile, PlacedPiece, Zones } from "./file-rows.ts";
import { ParquetError } from "./ports.ts";
import type { Folder, RowReader } from "./ports.ts";
import { readStable, type FileState } from "./retry-changed.ts";
import { nextTurn } from "./turns.ts";
import { gridColumns } from "./source-columns.ts";

/** What it takes to turn files into slices. */
export interface SliceContext {
  readonly folder: Folder;
  readonly reader: RowReader;
  readonly kernels: Kernels;
  readonly sessionOf: SessionOf;
  readonly zones: Zones;
  readonly kinds: Partial<Record<Layout, RowKind>>;
  readonly barLabel: "start" | "end";
  /** Seconds between the bars of a layout; measured in each file where absent. */
  readonly barSpans: Partial<Record<Layout, number>>;
  /** Canonical names of further columns that slices carry. */
  readonly fields: readonly string[];
}

/** The rows of one file between two dates, ready for the grid. */
export interface FileRows {
  readonly file: CatalogueFile;
  readonly open: OpenFile;
  readonly pieces: readonly PlacedPiece[];
  readonly batches: readonly RowBatch[];
  readonly fingerprint: FileFingerprint;
  /** Seconds between bars; undefined for snapshots. */
  readonly barSpan: number | undefined;
  /** All rows of the file are there, not only those of the dates asked for. */
  readonly whole: boolean;
}

/** Slices by date of one instrument, and the files that they come from. */
export interface SliceSet {
  readonly slices: ReadonlyMap<DayNumber, Slice>;
  readonly files: readonly FileFingerprint[];
  readonly barSpan: number | undefined;
  /** The slices are those of every date of the files, and the same whatever dates were asked for. */
  readonly whole: boolean;
}

/**
 * Reads of the dates from first to last the fields of the context and the columns that are named for the open file, by default those that the grid needs.
 * `number` tells the files of one instrument apart. Throws ParquetError.
 */
export async function readFileRows(context: SliceContext, file: CatalogueFile, number: number, first: DayNumber, last: DayNumber, names: (open: OpenFile) => readonly string[] = namesForGrid): Promise<FileRows> {
  const { value, state } = await readStable(await dataFile(context.folder, file.path), async (snapshot) => {
    const open = await openData(snapshot, context.zones[file.layout]);
    return { open, ...(await readPieces(context.reader, open, columnsOf(context, open, names(open)), first, last)) };
  });
  const { open, pieces, whole } = value;
  return { file, open, pieces, ...batchesOf(context, file, open, pieces, number), fingerprint: fingerprintOf(file, state, open), whole };
}

function namesForGrid({ columns }: OpenFile): string[] {
  return gridColumns(columns);
}

function columnsOf({ fields }: SliceContext, { columns }: OpenFile, names: readonly string[]): string[] {
  return [...new Set([...names, ...fields.flatMap((field) => columns.map.source.get(field) ?? [])])];
}

function fingerprintOf({ path }: CatalogueFile, { size, modified }: FileState, { footer }: OpenFile): FileFingerprint {
  return { path, size, modified, footer: footer.hash };
}

/** The pieces as the grid takes them, bars known at their end. */
function batchesOf(context: SliceContext, file: CatalogueFile, open: OpenFile, pieces: readonly PlacedPiece[], number: number): Pick<FileRows, "batches" | "barSpan"> {
  const batches = pieces.map((piece) => rowBatch(open, piece, number, context.fields));
  const barSpan = open.columns.map.mayBeBars ? spanOf(context, file, batches) : undefined;
  return { batches: barSpan === undefined ? batches : batches.map((batch) => shiftClock(batch, barShift(context.barLabel, barSpan))), barSpan };
}

/** So many seconds after its label a bar is known: at the last second of its span (semantics §1.8). */
export function barShift(label: "start" | "end", span: number): number {
  return label === "start" ? span - 1 : -1;
}

/**
 * Seconds between the bars of a file, undefined for snapshots. The spacing of the file's own rows tells, so that bars are never
 * known early; the layout tells where there are too few rows.
 */
export function spanOf({ kinds, barSpans }: Pick<SliceContext, "kinds" | "barSpans">, { path, layout }: Pick<CatalogueFile, "path" | "layout">, batches: readonly RowClocks[]): number | undefined {
  const spacing = rowSpacing(batches);
  if (spacing.kind === "regular" && spacing.certain) return spacing.span;
  if (spacing.kind === "close" || kinds[layout] !== "bar" || batches.every(({ rows }) => rows === 0)) return undefined;
  const span = barSpans[layout] ?? (spacing.kind === "regular" ? spacing.span : undefined);
  if (span === undefined || spacing.kind === "irregular")
    throw new ParquetError(path, "the data set holds bars, but the rows of this file do not stand at a regular distance of whole minutes, or are too few to tell. Take it out of the folder.", { fault: "wrong_type" });
  return span;
}

/** All files of one instrument, merged in path order. */
export async function sliceFiles(context: SliceContext, files: readonly CatalogueFile[], first: DayNumber, last: DayNumber): Promise<SliceSet> {
  if (files.length === 1) return sliceFile(context, files[0], first, last);
  const read: FileRows[] = [];
  for (const [number, file] of files.entries()) read.push(await readFileRows(context, file, number, first, last));
  return sliceSet(context, read, read.flatMap(({ batches }) => batches), first, last);
}

/** As of several files, but its rows are never copied out of the decoder. */
async function sliceFile(context: SliceContext, file: CatalogueFile, first: DayNumber, last: DayNumber): Promise<SliceSet> {
  const { value, state } = await readStable(await dataFile(context.folder, file.path), async (snapshot) => {
    const open = await openData(snapshot, context.zones[file.layout]);
    return { open, rows: await fetchPieces(context.reader, open, columnsOf(context, open, namesForGrid(open)), first, last) };
  });
  const { open, rows } = value;
  await nextTurn();
  const found = rows.decode(({ pieces, whole }) => {
    const { batches, barSpan } = batchesOf(context, file, open, pieces, 0);
    return { whole, barSpan, slices: sliceRows(context.kernels, batches, context.sessionOf) };
  });
  checkDates(open, found.slices.keys());
  return datesOf({ ...found, files: [fingerprintOf(file, state, open)] }, first, last);
}

/** Slices out of batches of the files read: of every date when the files were read whole, else of the dates from first to last. */
export function sliceSet(context: SliceContext, read: readonly FileRows[], batches: readonly RowBatch[], first: DayNumber, last: DayNumber): SliceSet {
  const slices = sliceRows(context.kernels, batches, context.sessionOf);
  const spans = read.map(({ barSpan }) => barSpan).filter((span) => span !== undefined);
  return datesOf({ slices, files: read.map(({ fingerprint }) => fingerprint), barSpan: spans.length > 0 ? Math.max(...spans) : undefined, whole: read.every((file) => file.whole) }, first, last);
}

function datesOf(set: SliceSet, first: DayNumber, last: DayNumber): SliceSet {
  return set.whole ? set : ofDates(set, first, last);
}

/** The slices of the dates from first to last alone. */
export function ofDates(set: SliceSet, first: DayNumber, last: DayNumber): SliceSet {
  return { ...set, slices: new Map([...set.slices].filter(([date]) => date >= first && date <= last)) };
}
