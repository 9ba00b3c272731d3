/** Rows that stand twice: equal in every column to an earlier row of the same file, contract and clock (docs/data-health.md). */
import type { InspectedRows } from "../../core/health/inspect-rows.ts";
import { RowPlaces } from "../../core/grid/row-places.ts";
import { ROW_QUALITY } from "../../core/quality/row-quality.ts";
import { inGroups } from "../catalogue/groups.ts";
import { READABLE_TYPE } from "../columns.ts";
import { fetchedAhead } from "../fetched-ahead.ts";
import { dataFile, PIECE_BYTES, type PlacedPiece } from "../file-rows.ts";
import { ParquetError, type Column, type FetchedRows } from "../ports.ts";
import { readStable } from "../retry-changed.ts";
import type { SliceContext } from "../slice-files.ts";
import type { Instrument, InstrumentPart } from "./instruments.ts";

const BYTES_PER_VALUE = 8;

interface Candidate {
  readonly day: InspectedRows;
  /** Place in the day's order. */
  readonly at: number;
  readonly part: InstrumentPart;
  /** Row of the part's piece. */
  readonly row: number;
  /** Equal so far as those of the same number. */
  like: number;
}

/** An instrument and the dates of it that are looked at. */
export interface InspectedInstrument {
  readonly instrument: Instrument;
  readonly days: readonly InspectedRows[];
}

/**
 * Sets the flag of rows that stand twice. Instruments of the same files are done together, so that a column is read once for all of them. Most files have no two rows of one clock with the same price, quote and volume, and are done
 * without another read; of the others the remaining columns are read, where such rows are. Throws ParquetError.
 */
export async function markDuplicates(context: SliceContext, inspected: readonly InspectedInstrument[]): Promise<void> {
  let left = candidates(inspected);
  const known = (values: (part: InstrumentPart) => Float64Array | null | undefined): void => {
    left = refine(left, ({ part, row }) => values(part)?.[row]);
  };
  known(({ batch }) => batch.price);
  known(({ batch }) => batch.bid);
  known(({ batch }) => batch.ask);
  for (const field of context.fields) known(({ batch }) => batch.fields?.get(field));
  for (const own of inGroups(left, ({ part }) => part.rows).values()) {
    for (const twin of inGroups(await refineByFile(context, own), ({ like }) => like).values())
      for (const { day, at } of twin.sort((a, b) => a.at - b.at).slice(1)) day.quality[at] |= ROW_QUALITY.duplicate;
  }
}

/** Rows whose clock some other row of the same file and date has too. */
function candidates(inspected: readonly InspectedInstrument[]): Candidate[] {
  const found: Candidate[] = [];
  let like = 0;
  for (const { instrument: { parts }, days } of inspected) {
    const places = new RowPlaces(parts.map(({ batch }) => batch));
    for (const day of days) {
      const { sameClock, place } = day;
      for (let second = sameClock.indexOf(1); second !== -1; like++) {
        let end = second;
        while (sameClock[end] === 1) end++;
        for (let at = second - 1; at < end; at++) found.push({ day, at, part: parts[places.batchOf(place[at])], row: places.rowOf(place[at]), like });
        second = sameClock.indexOf(1, end);
      }
    }
  }
  return refine(found, ({ part }) => part.batch.file);
}

/** Numbers those anew that differ by the value, and leaves out who stands alone. */
function refine(candidates: readonly Candidate[], valueOf: (candidate: Candidate) => unknown): Candidate[] {
  const codes = new Map<unknown, number>();
  const codeOf = (value: unknown): number => {
    const known = codes.get(value) ?? codes.size;
    codes.set(value, known);
    return known;
  };
  const values = candidates.map((candidate) => codeOf(valueOf(candidate)));
  candidates.forEach((candidate, i) => (candidate.like = candidate.like * codes.size + values[i]));
  const numbers = new Map<number, number>();
  const together: Candidate[] = [];
  for (const same of inGroups(candidates, ({ like }) => like).values()) {
    if (same.length === 1) continue;
    numbers.set(same[0].like, numbers.size);
    for (const candidate of same) {
      candidate.like = numbers.size;
      together.push(candidate);
    }
  }
  return together;
}

/** Compares what has not been read yet of one file. */
async function refineByFile(context: SliceContext, candidates: readonly Candidate[]): Promise<Candidate[]> {
  const { open, fingerprint } = candidates[0].part.rows;
  const read = new Set(candidates[0].part.piece.columns.keys());
  const names = open.footer.columns.filter(({ name, type }) => !read.has(name) && READABLE_TYPE.test(type)).map(({ name }) => name);
  let left = [...candidates];
  // Columns that were read with the others and are no number the grid knows: clocks and texts.
  for (const name of read) left = refine(left, ({ part, row }) => valueOf(part.piece.columns.get(name), row));
  if (left.length === 0 || names.length === 0) return left;
  const { state } = await readStable(await dataFile(context.folder, fingerprint.path), async (snapshot) => {
    const stretches = [...inGroups(left, ({ part }) => part.piece).values()].map(stretchOf);
    const together = Math.max(1, Math.floor(PIECE_BYTES / BYTES_PER_VALUE / Math.max(...stretches.map(({ count }) => count))));
    const scans = inTurns(names, together).flatMap((columns) => stretches.map((stretch, place): Scan => ({ columns, stretch, isLast: place === stretches.length - 1 })));
    const fetch = ({ columns, stretch: { piece, own, first, count } }: Scan): Promise<FetchedRows> =>
      context.reader.fetch(snapshot, { columns, rowGroups: piece.rowGroups, rows: { offset: piece.offset + first, count }, at: Int32Array.from(own, ({ row }) => row - first) });
    // Twins may stand in two row groups, and no column outlives its scan: what the rows hold is taken out of it.
    const values = new Map<Candidate, readonly unknown[]>();
    for await (const [{ columns, stretch, isLast }, fetched] of fetchedAhead(scans, fetch)) {
      fetched.decode((batch) => {
        const read = columns.map((name) => batch.columns.get(name));
        stretch.own.forEach((candidate, i) => values.set(candidate, read.map((column) => valueOf(column, i))));
      });
      if (!isLast) continue;
      columns.forEach((_, place) => (left = refine(left, (candidate) => values.get(candidate)?.[place])));
      if (left.length === 0) break;
    }
  });
  if (state.size !== fingerprint.size || state.modified !== fingerprint.modified)
    throw new ParquetError(fingerprint.path, "the file changed while it was being inspected. Wait until nothing writes to it, then check it again.", { fault: "changed" });
  return left;
}

/** Rows of one piece in its order, and the stretch in which they lie. */
interface Stretch {
  readonly piece: PlacedPiece;
  readonly own: readonly Candidate[];
  readonly first: number;
  readonly count: number;
}

/** Some of the columns that are compared, of one stretch; `isLast` of those that they are read of. */
interface Scan {
  readonly columns: readonly string[];
  readonly stretch: Stretch;
  readonly isLast: boolean;
}

function inTurns<T>(all: readonly T[], most: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / most) }, (_, turn) => all.slice(turn * most, (turn + 1) * most));
}

/** Of candidates of one piece. */
function stretchOf(candidates: readonly Candidate[]): Stretch {
  const own = [...candidates].sort((a, b) => a.row - b.row);
  const [{ row: first, part: { piece } }, { row: last }] = [own[0], own[own.length - 1]];
  return { piece, own, first, count: last - first + 1 };
}

/** A value that is equal to another exactly when they are the same. */
function valueOf(column: Column | undefined, row: number): unknown {
  switch (column?.type) {
    case undefined:
      return undefined;
    case "number":
      return column.exact ? column.exact[row] : column.values[row];
    case "text":
      return column.codes[row] < 0 ? null : column.dictionary[column.codes[row]];
    case "time":
    case "date":
      return column.values[row];
  }
}
