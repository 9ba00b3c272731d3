/** Every row of one instrument with what can be said against it: nothing is dropped (docs/data-health.md). */
import { copyClocks, ordered, paiseOf, runsOf, type OrderedRows, type RowBatch } from "../grid/ordered-rows.ts";
import { gatherNumbers } from "../grid/row-places.ts";
import type { SessionOf } from "../grid/slice-rows.ts";
import type { Kernels } from "../kernels.ts";
import type { Session } from "../market/types.ts";
import { IN_SESSION_ONLY, ROW_QUALITY } from "../quality/row-quality.ts";
import type { DayNumber } from "../time.ts";

/** The name of the cumulative volume among the fields of a batch. */
export const VOLUME = "volume";

/** All rows of one instrument on one date, in the order of semantics §1.4. Every array has `length` entries. */
export interface InspectedRows {
  readonly date: DayNumber;
  /** Undefined where the exchange was closed, or the calendar does not reach. */
  readonly session: Session | undefined;
  readonly length: number;
  /** Second of the Indian day. */
  readonly second: Int32Array;
  /** Bits of `ROW_QUALITY`, without `duplicate`, which is found by reading further columns. */
  readonly quality: Uint16Array;
  /** Ask − bid of a valid quote in paise; 0 where the row has none. */
  readonly spread: Int32Array;
  /** Which of the rows of all batches, taken one after another, it is. */
  readonly place: Int32Array;
  /** 1 where the clock, sub-second digits included, is that of the row before. */
  readonly sameClock: Uint8Array;
}

export interface Inspection {
  readonly dates: readonly InspectedRows[];
  /** Places of the rows that have no usable clock, and so no date. */
  readonly withoutClock: Int32Array;
  readonly hasQuotes: boolean;
  readonly hasVolume: boolean;
}

export interface InspectOptions {
  /** Whether prices have to be multiples of the tick: those of an index do not. */
  readonly ticks: boolean;
}

/** `BAD` of a clock is the smallest i64: of no clock from 2000 on is the upper half this. */
const BAD_HIGH = -(2 ** 31);

/** Batches in path order, then row order; dates ascending. */
export function inspectRows(kernels: Kernels, batches: readonly RowBatch[], sessionOf: SessionOf, { ticks }: InspectOptions): Inspection {
  return kernels.scoped(() => {
    const rows = ordered(kernels, batches);
    const hasQuotes = batches.some(({ bid, ask }) => bid && ask);
    const volume = gatherNumbers(batches, (batch) => batch.fields?.get(VOLUME) ?? null);
    const marks = rowMarks(kernels, batches, rows, ticks, hasQuotes);
    const dates = runsOf(kernels, rows).map(({ date, start, end }) => inspectDate(kernels, rows, marks, volume, sessionOf(date), date, start, end));
    return { dates, withoutClock: placesWithoutClock(kernels, rows), hasQuotes, hasVolume: volume !== undefined };
  });
}

interface Marks {
  /** Bits that a row has whatever its date. */
  readonly quality: Uint16Array;
  readonly spread: Int32Array;
}

function rowMarks(kernels: Kernels, batches: readonly RowBatch[], rows: OrderedRows, ticks: boolean, hasQuotes: boolean): Marks {
  const { total } = rows;
  const off = kernels.run.alloc(total + (total & 1));
  kernels.u8.fill(0, off, off + total);
  const column = (of: (batch: RowBatch) => Float64Array | null): Int32Array => {
    const pointer = paiseOf(kernels, batches, total, off, of);
    return pointer === 0 ? new Int32Array(total) : kernels.i32.slice(pointer >> 2, (pointer >> 2) + total);
  };
  const price = column(({ price }) => price);
  const bid = column(({ bid }) => bid);
  const ask = column(({ ask }) => ask);
  const offTick = kernels.u8.slice(off, off + total);
  const rupees = gatherNumbers(batches, (batch) => batch.price);
  const fromTs = placesFromTs(kernels, batches, rows);
  const backwards = kernels.u8.slice(rows.backwards, rows.backwards + total);
  const quality = new Uint16Array(total);
  const spread = new Int32Array(total);
  for (let row = 0; row < total; row++) {
    let bits = 0;
    if (rupees && price[row] === 0) bits |= rupees[row] === 0 ? ROW_QUALITY.zero_price : ROW_QUALITY.bad_price;
    if (hasQuotes) {
      if (bid[row] === 0 || ask[row] === 0) bits |= ROW_QUALITY.one_sided;
      else if (bid[row] < ask[row]) spread[row] = ask[row] - bid[row];
      else bits |= bid[row] > ask[row] ? ROW_QUALITY.crossed : ROW_QUALITY.locked;
    }
    if (ticks && offTick[row] !== 0) bits |= ROW_QUALITY.off_tick;
    if (backwards[row] === 1) bits |= ROW_QUALITY.out_of_order;
    if (fromTs?.[row] === 1) bits |= ROW_QUALITY.clock_from_ts;
    quality[row] = bits;
  }
  return { quality, spread };
}

/** 1 for each row whose own clock cannot be used while its `ts` can; undefined where there is no such row. */
function placesFromTs(kernels: Kernels, batches: readonly RowBatch[], rows: OrderedRows): Uint8Array | undefined {
  if (!batches.some(({ fallbackClock }) => fallbackClock)) return undefined;
  const { pointer, bad } = copyClocks(kernels, batches, rows.total, (batch) => batch.clock, () => null);
  if (bad === rows.bad) return undefined;
  const fromTs = new Uint8Array(rows.total);
  for (let row = 0; row < rows.total; row++) if (isBad(kernels, pointer, row) && !isBad(kernels, rows.clock, row)) fromTs[row] = 1;
  return fromTs;
}

function placesWithoutClock(kernels: Kernels, { bad, clock, total }: OrderedRows): Int32Array {
  const found = new Int32Array(bad);
  let at = 0;
  for (let row = 0; at < bad && row < total; row++) if (isBad(kernels, clock, row)) found[at++] = row;
  return found;
}

function isBad({ i32 }: Kernels, clock: number, row: number): boolean {
  return i32[(clock >> 2) + row * 2 + 1] === BAD_HIGH;
}

function inspectDate(kernels: Kernels, rows: OrderedRows, marks: Marks, volume: Float64Array | undefined, session: Session | undefined, date: DayNumber, start: number, end: number): InspectedRows {
  const length = end - start;
  const { second, sameClock } = kernels.scoped(() => {
    const [seconds, same] = [kernels.run.alloc(length * 4), kernels.run.alloc(length)];
    kernels.run.secondsOfDay(rows.clock, rows.order, start, end, date, seconds, same);
    return { second: kernels.i32.slice(seconds >> 2, (seconds >> 2) + length), sameClock: kernels.u8.slice(same, same + length) };
  });
  const place = kernels.i32.slice((rows.order >> 2) + start, (rows.order >> 2) + end);
  const quality = new Uint16Array(length);
  const spread = new Int32Array(length);
  let lastVolume = -1;
  for (let i = 0; i < length; i++) {
    const row = place[i];
    let bits = marks.quality[row];
    if (!session || !isInside(session, second[i])) bits = (bits & ~IN_SESSION_ONLY) | ROW_QUALITY.out_of_session;
    const traded = volume === undefined ? NaN : volume[row];
    if (traded >= 0 && traded < Infinity) {
      if (traded < lastVolume) bits |= ROW_QUALITY.volume_falls;
      lastVolume = traded;
    }
    quality[i] = bits;
    spread[i] = marks.spread[row];
  }
  return { date, session, length, second, quality, spread, place, sameClock };
}

function isInside({ open, close, breaks }: Session, second: number): boolean {
  return second >= open && second < close && !breaks.some(([from, to]) => second >= from && second < to);
}
