/** The rows of one instrument and date against which something can be said, as the file has them. */
import type { InspectedKind } from "../../core/health/day-health.ts";
import { RowPlaces } from "../../core/grid/row-places.ts";
import { contractKey, type ContractId } from "../../core/market/contract-id.ts";
import type { MarketRules } from "../../core/market/types.ts";
import { ROW_QUALITY } from "../../core/quality/row-quality.ts";
import type { DayNumber, Second } from "../../core/time.ts";
import { inGroups } from "../catalogue/groups.ts";
import type { DayChunk } from "../catalogue/types.ts";
import { columnText } from "../column-text.ts";
import { READABLE_TYPE } from "../columns.ts";
import { dataFile } from "../file-rows.ts";
import { readStable } from "../retry-changed.ts";
import type { SliceContext } from "../slice-files.ts";
import { inspectInstruments } from "./inspect-group.ts";
import { fileGroups, readInstruments, type InstrumentPart } from "./instruments.ts";

export interface BadRowsQuery {
  readonly date: DayNumber;
  readonly kind: InspectedKind;
  readonly contract?: ContractId;
  readonly expiry?: DayNumber;
  /** Bits of `ROW_QUALITY`: rows with one of them. */
  readonly flags: number;
  readonly offset: number;
  readonly limit: number;
}

export interface BadRow {
  readonly path: string;
  /** Place in its file, from 0. */
  readonly row: number;
  /** Second of the day; null of a row without a usable clock. */
  readonly second: Second | null;
  readonly quality: number;
  /** By the columns of the answer; null where the cell is null, or its file has no such column. */
  readonly cells: readonly (string | null)[];
}

export interface BadRows {
  readonly total: number;
  readonly columns: readonly string[];
  readonly rows: readonly BadRow[];
}

interface Found {
  readonly part: InstrumentPart;
  /** Row of the part's piece. */
  readonly row: number;
  readonly second: Second | null;
  readonly quality: number;
}

/** Throws ParquetError. */
export async function badRows(context: SliceContext, rules: MarketRules, chunk: DayChunk, query: BadRowsQuery): Promise<BadRows> {
  const found = await findRows(context, rules, { ...chunk, dates: [query.date] }, query);
  const page = found.slice(query.offset, query.offset + query.limit);
  const columns = [...new Set(page.flatMap(({ part }) => part.rows.open.footer.columns.filter(({ type }) => READABLE_TYPE.test(type)).map(({ name }) => name)))];
  const cells = new Map<Found, readonly (string | null)[]>();
  for (const own of inGroups(page, ({ part }) => part.piece).values()) await readCells(context, own, columns, cells);
  const rows = page.map((one): BadRow => ({ path: one.part.rows.file.path, row: rowInFile(one), second: one.second, quality: one.quality, cells: cells.get(one) ?? [] }));
  return { total: found.length, columns, rows };
}

async function findRows(context: SliceContext, rules: MarketRules, chunk: DayChunk, { date, kind, contract, expiry, flags }: BadRowsQuery): Promise<Found[]> {
  const wanted = contract && contractKey(contract);
  const found: Found[] = [];
  for (const group of fileGroups(chunk)) {
    if (group.kind !== kind) continue;
    for (const instrument of await readInstruments(context, rules, chunk, group)) {
      if ((instrument.contract && contractKey(instrument.contract)) !== wanted || instrument.expiry !== expiry) continue;
      const [{ dates, withoutClock }] = await inspectInstruments(context, [instrument], (other) => other === date);
      const places = new RowPlaces(instrument.parts.map(({ batch }) => batch));
      const add = (place: number, second: Second | null, quality: number): void => void found.push({ part: instrument.parts[places.batchOf(place)], row: places.rowOf(place), second, quality });
      // Rows without a clock have no date: they stand with the first of their files, as they are counted.
      if (dates[0]?.date === date && (flags & ROW_QUALITY.bad_clock) !== 0) for (const place of withoutClock) add(place, null, ROW_QUALITY.bad_clock);
      const own = dates.find((one) => one.date === date);
      if (own) own.quality.forEach((quality, i) => (quality & flags) !== 0 && add(own.place[i], own.second[i], quality));
    }
  }
  return found;
}

async function readCells(context: SliceContext, rows: readonly Found[], columns: readonly string[], into: Map<Found, readonly (string | null)[]>): Promise<void> {
  const [{ part: { piece, rows: file } }] = rows;
  const own = new Set(file.open.footer.columns.map(({ name }) => name));
  const first = Math.min(...rows.map(({ row }) => row));
  const last = Math.max(...rows.map(({ row }) => row));
  const { value } = await readStable(await dataFile(context.folder, file.file.path), (snapshot) =>
    context.reader.read(snapshot, { columns: columns.filter((name) => own.has(name)), rowGroups: piece.rowGroups, rows: { offset: piece.offset + first, count: last - first + 1 } }));
  for (const one of rows) into.set(one, columns.map((name) => columnText(value.columns.get(name), one.row - first)));
}

function rowInFile({ part: { piece, rows: { open } }, row }: Found): number {
  const rowsOf = (group: number): number => open.footer.rowGroups[group].rows;
  let left = piece.offset + row;
  let place = 0;
  while (place + 1 < piece.rowGroups.length && left >= rowsOf(piece.rowGroups[place])) left -= rowsOf(piece.rowGroups[place++]);
  for (let group = 0; group < piece.rowGroups[place]; group++) left += rowsOf(group);
  return left;
}
