/** Rows of several batches in the kernels' memory, in the order of semantics §1.4. */
import type { Kernels } from "../kernels.ts";
import type { Session } from "../market/types.ts";
import type { DayNumber, Second } from "../time.ts";

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
  /** Rows to use, ascending; all when absent. */
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

const NS: Record<TimeUnit, bigint> = { s: 1_000_000_000n, ms: 1_000_000n, us: 1_000n, ns: 1n };

/** How many rows a batch contributes. */
export function used(batch: RowClocks): number {
  return batch.select?.length ?? batch.rows;
}

/** Rows of all batches in memory: their wall clocks (ns), their order by clock, and marks of those that run backwards. */
export interface OrderedRows {
  readonly total: number;
  readonly count: number;
  readonly bad: number;
  readonly clock: number;
  readonly order: number;
  readonly backwards: number;
}

export function ordered(kernels: Kernels, batches: readonly RowClocks[]): OrderedRows {
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

export function runsOf(kernels: Kernels, rows: OrderedRows): { date: DayNumber; start: number; end: number }[] {
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

/** Clocks of all batches, one after another, as nanoseconds of the IST wall clock. */
export function copyClocks<B extends RowClocks>(kernels: Kernels, batches: readonly B[], total: number, main: (batch: B) => ClockColumn | null, fallback: (batch: B) => ClockColumn | null) {
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
  copyUsed({ rows, select }, values, kernels.i64, pointer >> 3);
  return pointer;
}

/** The values of those rows that a batch contributes, one after another. */
export function copyUsed<T extends BigInt64Array | Float64Array>({ rows, select }: Pick<RowClocks, "rows" | "select">, values: T, into: T, start: number): void {
  if (!select) into.set(values.subarray(0, rows) as T & BigInt64Array & Float64Array, start);
  else if (isStretch(select)) into.set(values.subarray(select[0], select[0] + select.length) as T & BigInt64Array & Float64Array, start);
  else for (let i = 0; i < select.length; i++) into[start + i] = values[select[i]];
}

/** Whether ascending row numbers are those of neighbours, as in a file that is sorted by contract: then they are copied at once. */
function isStretch(select: Int32Array): boolean {
  return select.length > 0 && select[select.length - 1] - select[0] === select.length - 1;
}

/** A number column of all batches in memory, one after another; NaN for a batch that lacks it, the pointer 0 when all lack it. */
export function copyNumbers(kernels: Kernels, batches: readonly RowBatch[], total: number, column: (batch: RowBatch) => Float64Array | null): number {
  if (!batches.some((batch) => column(batch))) return 0;
  const pointer = kernels.run.alloc(total * 8);
  let at = pointer >> 3;
  for (const batch of batches) {
    const values = column(batch);
    if (values) copyUsed(batch, values, kernels.f64, at);
    else kernels.f64.fill(NaN, at, at + used(batch));
    at += used(batch);
  }
  return pointer;
}

/**
 * A price column of all batches, one after another, in paise: 0 where missing and for a batch that lacks it; the pointer is 0
 * when all lack it. Marks the rows that are off the tick grid at `off`.
 */
export function paiseOf(kernels: Kernels, batches: readonly RowBatch[], total: number, off: number, column: (batch: RowBatch) => Float64Array | null): number {
  if (!batches.some((batch) => column(batch))) return 0;
  const paise = kernels.run.alloc(total * 4);
  kernels.scoped(() => kernels.run.paiseColumn(copyNumbers(kernels, batches, total, column), total, paise, off));
  return paise;
}

/** The breaks of a session in memory, as pairs of seconds. */
export function breaksOf(kernels: Kernels, { breaks }: Session): number {
  const pointer = kernels.run.alloc(breaks.length * 8);
  kernels.i32.set(breaks.flat(), pointer >> 2);
  return pointer;
}
