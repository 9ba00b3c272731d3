/** Raw columns to slices by date: clock, order, session and valid fields (semantics §1.1–1.6), in kernels. */
import type { Kernels } from "../kernels.ts";
import type { Session } from "../market/types.ts";
import type { DayNumber, Second } from "../time.ts";
import { noQuality, type Slice } from "./slice.ts";

export type TimeUnit = "s" | "ms" | "us" | "ns";

/** A clock column as stored. `shift` seconds are added to get IST digits (19800 for true UTC instants, 0 for ist-wall). */
export interface ClockColumn {
  /** `NULL_TIME` (the smallest i64) where missing. */
  readonly values: BigInt64Array;
  readonly unit: TimeUnit;
  readonly shift: Second;
}

/** The two clocks of a file's rows; a row's clock is the first that is usable. */
export interface RowClocks {
  readonly rows: number;
  readonly clock: ClockColumn | null;
  /** `ts`: used in rows where `clock` is missing or before 2000-01-01. */
  readonly fallbackClock: ClockColumn | null;
  /** Rows to use, in this order; all when absent. */
  readonly select?: Int32Array;
  /** Batches of the same file share a number: out-of-order rows are judged within the file. */
  readonly file: number;
}

/** Columns of one file (or of some row groups of it), in file order. Prices in rupees, NaN where missing. */
export interface RowBatch extends RowClocks {
  readonly price: Float64Array | null;
  readonly bid: Float64Array | null;
  readonly ask: Float64Array | null;
  readonly lastTrade: ClockColumn | null;
  /** Further number columns, by canonical name. */
  readonly fields?: ReadonlyMap<string, Float64Array>;
}

export type SessionOf = (date: DayNumber) => Session | undefined;

/** The dates of a file's rows. */
export interface DateRows {
  readonly date: DayNumber;
  readonly rows: number;
  readonly inSession: number;
}

const NS: Record<TimeUnit, bigint> = { s: 1_000_000_000n, ms: 1_000_000n, us: 1_000n, ns: 1n };

/** How many rows a batch contributes. */
function used(batch: RowClocks): number {
  return batch.select?.length ?? batch.rows;
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
      const breaks = kernels.run.alloc(Math.max(8, session.breaks.length * 8));
      session.breaks.forEach(([from, to], i) => kernels.i32.set([from, to], (breaks >> 2) + i * 2));
      const length = kernels.run.sliceDay(
        rows.clock, rows.order, start, end, date, session.open, session.close, breaks, session.breaks.length,
        price, bid, ask, lastTrade, off, out[0], out[1], out[2], out[3], out[4], out[5], counts,
      );
      if (length === 0) continue;
      const memory = kernels.i32;
      const column = (pointer: number) => memory.slice(pointer >> 2, (pointer >> 2) + length);
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

/** Rows of all batches in memory: their wall clocks (ns), their order by clock, and marks of those that run backwards. */
interface OrderedRows {
  readonly total: number;
  readonly count: number;
  readonly bad: number;
  readonly clock: number;
  readonly order: number;
  readonly backwards: number;
}

function ordered(kernels: Kernels, batches: readonly RowClocks[]): OrderedRows {
  const total = batches.reduce((sum, batch) => sum + used(batch), 0);
  const { pointer: clock, bad } = copyClocks(kernels, batches, total, (b) => b.clock, (b) => b.fallbackClock);
  const order = kernels.run.alloc(total * 4);
  const scratch = kernels.run.alloc(total * 4);
  const count = kernels.run.sortByClock(clock, total, order, scratch);
  const backwards = kernels.run.alloc(total);
  let at = 0;
  for (let i = 0; i < batches.length; ) {
    const start = at;
    const file = batches[i].file;
    for (; i < batches.length && batches[i].file === file; i++) at += used(batches[i]);
    kernels.run.backwards(clock + start * 8, at - start, backwards + start);
  }
  return { total, count, bad, clock, order, backwards };
}

function runsOf(kernels: Kernels, rows: OrderedRows): { date: DayNumber; start: number; end: number }[] {
  let capacity = 64;
  for (;;) {
    const out = kernels.run.alloc(capacity * 8);
    const found = kernels.run.dayRuns(rows.clock, rows.order, rows.count, out, capacity);
    if (found > capacity) {
      capacity = found;
      continue;
    }
    const memory = kernels.i32;
    return Array.from({ length: found }, (_, i) => {
      const at = (out >> 2) + i * 2;
      return { date: memory[at], start: memory[at + 1], end: i + 1 < found ? memory[at + 3] : rows.count };
    });
  }
}

/** The further columns of the rows at the given places among the rows of all batches. */
function gatherFields(batches: readonly RowBatch[], rows: Int32Array): Map<string, Float64Array> {
  const names = new Set(batches.flatMap((batch) => [...(batch.fields?.keys() ?? [])]));
  const found = new Map<string, Float64Array>();
  const starts: number[] = [];
  batches.reduce((start, batch) => (starts.push(start), start + used(batch)), 0);
  for (const name of names) {
    const values = new Float64Array(rows.length).fill(NaN);
    let batch = 0;
    for (let i = 0; i < rows.length; i++) {
      // Rows come in clock order, so the next one is nearly always in the same batch.
      while (rows[i] < starts[batch]) batch--;
      while (batch + 1 < batches.length && rows[i] >= starts[batch + 1]) batch++;
      const { fields, select } = batches[batch];
      const column = fields?.get(name);
      const at = rows[i] - starts[batch];
      if (column) values[i] = column[select ? select[at] : at];
    }
    found.set(name, values);
  }
  return found;
}

/** 1 for a row whose clock, sub-second digits included, is that of the row before. */
function sameClocks(clocks: BigInt64Array, places: Int32Array): Uint8Array {
  return Uint8Array.from(places, (place, row) => (row > 0 && clocks[places[row - 1]] === clocks[place] ? 1 : 0));
}

/** Clocks of all batches, one after another, as nanoseconds of the IST wall clock. */
function copyClocks<B extends RowClocks>(kernels: Kernels, batches: readonly B[], total: number, main: (batch: B) => ClockColumn | null, fallback: (batch: B) => ClockColumn | null) {
  const pointer = kernels.run.alloc(total * 8);
  let bad = 0;
  let at = pointer;
  for (const batch of batches) {
    const rows = used(batch);
    bad += kernels.scoped(() => {
      const [first, second] = [main(batch), fallback(batch)];
      const source = first ? copyValues(kernels, first.values, batch.rows, batch.select) : 0;
      const other = second ? copyValues(kernels, second.values, batch.rows, batch.select) : 0;
      return kernels.run.clocks(source, NS[first?.unit ?? "ns"], shiftNs(first), other, NS[second?.unit ?? "ns"], shiftNs(second), rows, at);
    });
    at += rows * 8;
  }
  return { pointer, bad };
}

function shiftNs(column: ClockColumn | null): bigint {
  return BigInt(column?.shift ?? 0) * NS.s;
}

function copyValues(kernels: Kernels, values: BigInt64Array, rows: number, select: Int32Array | undefined): number {
  const pointer = kernels.run.alloc((select?.length ?? rows) * 8);
  if (!select) kernels.i64.set(values.subarray(0, rows), pointer >> 3);
  else gather(select, values, kernels.i64, pointer >> 3);
  return pointer;
}

function gather<T extends BigInt64Array | Float64Array>(select: Int32Array, values: T, into: T, start: number): void {
  for (let i = 0; i < select.length; i++) into[start + i] = values[select[i]];
}

/**
 * A price column of all batches, one after another, in paise: 0 where missing and for a batch that lacks it; the pointer is 0
 * when all lack it. Marks the rows that are off the tick grid at `off`.
 */
function paiseOf(kernels: Kernels, batches: readonly RowBatch[], total: number, off: number, column: (batch: RowBatch) => Float64Array | null): number {
  if (!batches.some((batch) => column(batch))) return 0;
  const paise = kernels.run.alloc(total * 4);
  kernels.scoped(() => {
    const pointer = kernels.run.alloc(total * 8);
    const memory = kernels.f64;
    let at = pointer >> 3;
    for (const batch of batches) {
      const values = column(batch);
      const rows = used(batch);
      if (!values) memory.fill(NaN, at, at + rows);
      else if (batch.select) gather(batch.select, values, memory, at);
      else memory.set(values.subarray(0, rows), at);
      at += rows;
    }
    kernels.run.paiseColumn(pointer, total, paise, off);
  });
  return paise;
}
