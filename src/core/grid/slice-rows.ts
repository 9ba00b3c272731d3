/** Raw columns to slices by date: clock, order, session and valid fields (semantics §1.1–1.6), in kernels. */
import type { Kernels } from "../kernels.ts";
import type { Session } from "../market/types.ts";
import type { DayNumber } from "../time.ts";
import { breaksOf, copyClocks, ordered, paiseOf, runsOf } from "./ordered-rows.ts";
import type { RowBatch, RowClocks } from "./ordered-rows.ts";
import { RowPlaces } from "./row-places.ts";
import { noQuality, type Slice } from "./slice.ts";

export type { ClockColumn, RowBatch, RowClocks, TimeUnit } from "./ordered-rows.ts";

export type SessionOf = (date: DayNumber) => Session | undefined;

/** The dates of a file's rows. */
export interface DateRows {
  readonly date: DayNumber;
  readonly rows: number;
  readonly inSession: number;
}

/**
 * Slices by date, dates ascending. Batches are taken in the order given: path order, then row order. A date without a
 * session, or without a row inside it, has no slice; its rows are counted in the slice of no other date.
 */
export function sliceRows(kernels: Kernels, batches: readonly RowBatch[], sessionOf: SessionOf): Map<DayNumber, Slice> {
  const slices = new Map<DayNumber, Slice>();
  kernels.scoped(() => {
    const rows = ordered(kernels, batches);
    if (rows.count === 0) return;
    const off = kernels.run.alloc(rows.total);
    kernels.u8.fill(0, off, off + rows.total);
    const price = paiseOf(kernels, batches, rows.total, off, (b) => b.price);
    const bid = paiseOf(kernels, batches, rows.total, off, (b) => b.bid);
    const ask = paiseOf(kernels, batches, rows.total, off, (b) => b.ask);
    const lastTrade = batches.some((b) => b.lastTrade) ? copyClocks(kernels, batches, rows.total, (b) => b.lastTrade, () => null).pointer : 0;
    const out = Array.from({ length: 6 }, () => kernels.run.alloc(rows.count * 4));
    const counts = kernels.run.alloc(16);
    let badClock = rows.bad;

    for (const { date, start, end } of runsOf(kernels, rows)) {
      const session = sessionOf(date);
      if (!session) continue;
      const length = kernels.run.sliceDay(
        rows.clock, rows.order, start, end, date, session.open, session.close, breaksOf(kernels, session), session.breaks.length,
        price, bid, ask, lastTrade, off, out[0], out[1], out[2], out[3], out[4], out[5], counts,
      );
      if (length === 0) continue;
      const memory = kernels.i32;
      // As a copy of the column, but its memory is not cleared before it is filled.
      const column = (pointer: number) => new Int32Array(memory.buffer.slice(pointer, pointer + length * Int32Array.BYTES_PER_ELEMENT) as ArrayBuffer);
      const places = memory.subarray(out[5] >> 2, (out[5] >> 2) + length);
      const [outOfSession, crossed, oneSided, offTick] = memory.subarray(counts >> 2, (counts >> 2) + 4);
      const slice: Slice = {
        length,
        second: column(out[0]),
        price: column(out[1]),
        priceSecond: column(out[2]),
        bid: column(out[3]),
        ask: column(out[4]),
        fields: gatherFields(batches, places),
        quality: {
          ...noQuality(),
          rows: end - start,
          bad_clock: badClock,
          out_of_session: outOfSession,
          out_of_order: kernels.run.markedRows(rows.backwards, rows.order, start, end),
          crossed,
          one_sided: oneSided,
          off_tick: offTick,
        },
      };
      const clocks = kernels.i64.subarray(rows.clock >> 3, (rows.clock >> 3) + rows.total);
      slices.set(date, slice.fields.has("vol_delta") ? { ...slice, sameClock: sameClocks(clocks, places) } : slice);
      badClock = 0;
    }
  });
  return slices;
}

/** The dates on which rows lie, ascending, and how many rows have no usable clock. */
export function datesOfRows(kernels: Kernels, batches: readonly RowClocks[], sessionOf: SessionOf): { readonly dates: readonly DateRows[]; readonly badClock: number } {
  return kernels.scoped(() => {
    const rows = ordered(kernels, batches);
    const dates = runsOf(kernels, rows).map(({ date, start, end }) => {
      const session = sessionOf(date);
      const inSession = session ? kernels.run.sessionDays(rows.clock, rows.order, start, end, date, session.open, session.close) : 0;
      return { date, rows: end - start, inSession };
    });
    return { dates, badClock: rows.bad };
  });
}

/** The further columns of the rows at the given places among the rows of all batches. */
function gatherFields(batches: readonly RowBatch[], rows: Int32Array): Map<string, Float64Array> {
  const names = new Set(batches.flatMap((batch) => [...(batch.fields?.keys() ?? [])]));
  const places = new RowPlaces(batches);
  const found = new Map<string, Float64Array>();
  for (const name of names) {
    const values = new Float64Array(rows.length).fill(NaN);
    for (let i = 0; i < rows.length; i++) {
      const column = batches[places.batchOf(rows[i])].fields?.get(name);
      if (column) values[i] = column[places.rowOf(rows[i])];
    }
    found.set(name, values);
  }
  return found;
}

/** 1 for a row whose clock, sub-second digits included, is that of the row before. */
function sameClocks(clocks: BigInt64Array, places: Int32Array): Uint8Array {
  return Uint8Array.from(places, (place, row) => (row > 0 && clocks[places[row - 1]] === clocks[place] ? 1 : 0));
}
