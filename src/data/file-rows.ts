import type { ClockColumn, RowBatch, RowClocks } from "../core/grid/slice-rows.ts";
import { isoDate, type DayNumber } from "../core/time.ts";
import type { ClockZone, Layout } from "./catalogue/types.ts";
import { clockColumn } from "./clock-columns.ts";
import { dateSpan } from "./clock-statistics.ts";
import { cutColumn } from "./columns.ts";
import { readFooter } from "./footer.ts";
import { fetchedAhead } from "./fetched-ahead.ts";
import { ParquetError, type Column, type ColumnBatch, type DataFile, type Folder, type Footer, type ReadRequest, type RowReader } from "./ports.ts";
import { accessError, goneError } from "./retry-changed.ts";
import { rowsBetween } from "./row-clock.ts";
import { clockColumns, sourceColumns, wrongType } from "./source-columns.ts";
import type { SourceColumns } from "./source-columns.ts";

/** Decoded columns of one request take at most about this much; larger row groups are read column by column. */
export const PIECE_BYTES = 24 << 20;
const BYTES_PER_VALUE = 8;
/** Files of so many rows are read whole: a contract's life fits, a series of a quarter does not. */
const WHOLE_ROWS = 100_000;

export type Zones = Partial<Record<Layout, ClockZone>>;

/** A file whose footer has been read and whose columns are known. */
export interface OpenFile {
  readonly data: DataFile;
  readonly footer: Footer;
  readonly columns: SourceColumns;
  readonly zone: ClockZone | undefined;
}

/** Some consecutive rows of a file. */
export interface Piece {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, Column>;
}

/** A piece, and where in its file it lies, so that further columns of its rows can be read. */
export interface PlacedPiece extends Piece {
  readonly rowGroups: readonly number[];
  /** Place of its first row among those of the row groups. */
  readonly offset: number;
}

/** Throws ParquetError: gone, unreadable, no Parquet file, a column missing or of a wrong type. */
export async function openData(data: DataFile, zone: ClockZone | undefined): Promise<OpenFile> {
  const footer = await readFooter(data, { rows: true });
  return { data, footer, columns: sourceColumns(data.path, footer.columns), zone };
}

/** Throws ParquetError when the file is gone or may not be read. */
export async function dataFile(folder: Folder, path: string): Promise<DataFile> {
  let found: DataFile | undefined;
  try {
    found = await folder.file(path);
  } catch (error) {
    throw accessError(path, error);
  }
  if (!found) throw goneError(path);
  return found;
}

/** Row groups that may hold rows of the dates from first to last. */
export function groupsBetween({ footer, columns, zone }: OpenFile, first: DayNumber, last: DayNumber): number[] {
  return footer.rowGroups.flatMap((group, index) => {
    if (group.rows === 0) return [];
    const span = dateSpan(footer, group, columns, zone);
    return (span.first ?? -Infinity) <= last && (span.last ?? Infinity) >= first ? [index] : [];
  });
}

/** Throws a ParquetError where rows were found on dates that the statistics rule out: whoever goes by them elsewhere would miss rows. */
export function checkDates({ data, footer, columns, zone }: OpenFile, dates: Iterable<DayNumber>): void {
  const spans = footer.rowGroups.filter(({ rows }) => rows > 0).map((group) => dateSpan(footer, group, columns, zone));
  const first = Math.min(...spans.map((span) => span.first ?? -Infinity));
  const last = Math.max(...spans.map((span) => span.last ?? Infinity));
  for (const date of dates)
    if (date < first || date > last)
      throw new ParquetError(data.path, `its statistics are wrong: by them its rows are of ${isoDate(first)} to ${isoDate(last)}, and rows of ${isoDate(date)} were found, so that others may be missed. Write the file again from its source.`, { fault: "corrupt" });
}

/** Rows of a file. `whole`: all of them, whatever the dates asked for. */
export interface Pieces {
  readonly pieces: readonly PlacedPiece[];
  readonly whole: boolean;
}

/** What `use` makes of the rows. It keeps no column: they may lie in the decoder's memory. */
export interface FetchedPieces {
  decode<T>(use: (pieces: Pieces) => T): T;
}

/**
 * The rows of the given dates, and of others that lie between them, in file order. A small file is read as a
 * whole, so that what its rows say of a date does not depend on the dates asked for. Small row groups of larger files are read
 * together; of large ones the clocks are read first and the other columns are cut to the dates one by one.
 */
export async function readPieces(reader: RowReader, file: OpenFile, names: readonly string[], first: DayNumber, last: DayNumber): Promise<Pieces> {
  const groups = groupsBetween(file, first, last);
  const whole = wholeRequest(file, names, groups);
  if (whole) return wholeFile(whole, await reader.read(file.data, whole));
  const runs = runsOfGroups(file.footer, groups, names.length);
  const rowsOf = (rowGroups: readonly number[]): number => rowGroups.reduce((sum, index) => sum + file.footer.rowGroups[index].rows, 0);
  const isSmall = (rowGroups: readonly number[]): boolean => rowsOf(rowGroups) * names.length * BYTES_PER_VALUE <= PIECE_BYTES;
  const pieces: PlacedPiece[] = [];
  for await (const [rowGroups, fetched] of fetchedAhead(runs, async (rowGroups) => (isSmall(rowGroups) ? reader.fetch(file.data, { columns: names, rowGroups }) : undefined))) {
    if (fetched) {
      const piece = { ...fetched.own(), rowGroups, offset: 0 };
      pieces.push(runs.length === 1 ? piece : cutPiece(file, piece, first, last));
    } else {
      pieces.push(...(await readColumnwise(reader, file, names, rowGroups, rowsOf(rowGroups), first, last)));
    }
  }
  return { pieces, whole: file.footer.rows === 0 };
}

/** These rows, fetched: of a small file they are decoded when they are used. */
export async function fetchPieces(reader: RowReader, file: OpenFile, names: readonly string[], first: DayNumber, last: DayNumber): Promise<FetchedPieces> {
  const whole = wholeRequest(file, names, groupsBetween(file, first, last));
  if (whole) {
    const rows = await reader.fetch(file.data, whole);
    return { decode: (use) => rows.decode((batch) => use(wholeFile(whole, batch))) };
  }
  const pieces = await readPieces(reader, file, names, first, last);
  return { decode: (use) => use(pieces) };
}

type WholeRequest = Required<Pick<ReadRequest, "columns" | "rowGroups">>;

/** All rows of a small file with a row group that is wanted; undefined for others. */
function wholeRequest({ footer }: OpenFile, columns: readonly string[], groups: readonly number[]): WholeRequest | undefined {
  if (groups.length === 0 || footer.rows > WHOLE_ROWS || footer.rows * columns.length * BYTES_PER_VALUE > PIECE_BYTES) return undefined;
  return { columns, rowGroups: footer.rowGroups.flatMap(({ rows }, index) => (rows > 0 ? [index] : [])) };
}

function wholeFile({ rowGroups }: WholeRequest, batch: ColumnBatch): Pieces {
  return { pieces: [{ ...batch, rowGroups, offset: 0 }], whole: true };
}

/** Neighbouring row groups that fit into one request together. */
function runsOfGroups(footer: Footer, groups: readonly number[], columns: number): number[][] {
  const runs: number[][] = [];
  let rows = 0;
  for (const index of groups) {
    rows += footer.rowGroups[index].rows;
    if (runs.length > 0 && rows * columns * BYTES_PER_VALUE <= PIECE_BYTES) {
      runs[runs.length - 1].push(index);
    } else {
      runs.push([index]);
      rows = footer.rowGroups[index].rows;
    }
  }
  return runs;
}

/** The clocks in windows of rows, and of each window the other columns of the rows wanted, one column at a time. */
async function readColumnwise(reader: RowReader, file: OpenFile, names: readonly string[], rowGroups: readonly number[], rows: number, first: DayNumber, last: DayNumber): Promise<PlacedPiece[]> {
  const clocks = clockColumns(file.columns);
  const window = Math.floor(PIECE_BYTES / BYTES_PER_VALUE / clocks.length);
  const pieces: PlacedPiece[] = [];
  for (let offset = 0; offset < rows; offset += window) {
    const timed = await reader.read(file.data, { columns: clocks, rowGroups, rows: { offset, count: Math.min(window, rows - offset) } });
    const { from, to } = rowsBetween(rowClocks(file, timed, 0), first, last);
    if (from === to) continue;
    const columns = new Map<string, Column>();
    for (const name of names) {
      const known = timed.columns.get(name);
      const column = known ? cutColumn(known, from, to) : (await reader.read(file.data, { columns: [name], rowGroups, rows: { offset: offset + from, count: to - from } })).columns.get(name);
      if (column) columns.set(name, column);
    }
    pieces.push({ rows: to - from, columns, rowGroups, offset: offset + from });
  }
  return pieces;
}

function cutPiece(file: OpenFile, piece: PlacedPiece, first: DayNumber, last: DayNumber): PlacedPiece {
  const { from, to } = rowsBetween(rowClocks(file, piece, 0), first, last);
  if (to - from === piece.rows) return piece;
  return { rows: to - from, columns: new Map([...piece.columns].map(([name, column]) => [name, cutColumn(column, from, to)])), rowGroups: piece.rowGroups, offset: piece.offset + from };
}

export function rowClocks(file: OpenFile, piece: Piece, number: number): RowClocks {
  const { columns, zone, data } = file;
  return {
    rows: piece.rows,
    clock: clockColumn(data.path, columns.clock, piece.columns, zone),
    fallbackClock: columns.fallbackClock && clockColumn(data.path, columns.fallbackClock, piece.columns, zone),
    file: number,
  };
}

/** A piece as the grid takes it. `number` tells the files of one series apart, `wanted` names further columns. */
export function rowBatch(file: OpenFile, piece: Piece, number: number, wanted: readonly string[]): RowBatch {
  const { columns, zone, data } = file;
  const fields = new Map<string, Float64Array>();
  for (const field of wanted) {
    const values = numbersOf(data.path, piece, columns.map.source.get(field) ?? null);
    if (values) fields.set(field, values);
  }
  return {
    fields,
    ...rowClocks(file, piece, number),
    price: numbersOf(data.path, piece, columns.price),
    bid: numbersOf(data.path, piece, columns.bid),
    ask: numbersOf(data.path, piece, columns.ask),
    lastTrade: columns.lastTrade && clockColumn(data.path, columns.lastTrade, piece.columns, zone),
  };
}

function numbersOf(path: string, piece: Piece, name: string | null): Float64Array | null {
  const column = name === null ? undefined : piece.columns.get(name);
  if (name === null || !column) return null;
  if (column.type !== "number") throw wrongType(path, name, column.type, "numbers");
  return column.values;
}

/** Bars become known at the last second of their span: `shift` seconds after their label (semantics §1.8). */
export function shiftClock<C extends RowClocks>(batch: C, shift: number): C {
  const moved = (clock: ClockColumn | null): ClockColumn | null => clock && { ...clock, shift: clock.shift + shift };
  return { ...batch, clock: moved(batch.clock), fallbackClock: moved(batch.fallbackClock) };
}

