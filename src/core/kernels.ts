import type { PackingKernelExports } from "./grid/packing-exports.ts";
import type { InspectionKernelExports } from "./health/inspection-exports.ts";
import { MemoryRefused, memoryError } from "./memory.ts";
import type { SumKernelExports } from "./reshape/sum-exports.ts";
import type { SeriesKernelExports } from "./series/kernel-exports.ts";

/**
 * The compiled kernels over one linear memory. Pointers are byte offsets into it; what each kernel reads and writes
 * is told beside its source in assembly/. Memory is an arena: take a mark, allocate, work, release to the mark.
 */
export interface KernelExports extends SeriesKernelExports, PackingKernelExports, InspectionKernelExports, SumKernelExports {
  readonly memory: WebAssembly.Memory;
  /** Throws MemoryRefused, and leaves the arena as it was. */
  alloc(bytes: number): number;
  mark(): number;
  release(to: number): void;
  clocks(source: number, unit: bigint, shift: bigint, fallback: number, fallbackUnit: bigint, fallbackShift: bigint, rows: number, out: number): number;
  backwards(clock: number, rows: number, marks: number): void;
  sortByClock(clock: number, rows: number, order: number, scratch: number): number;
  dayRuns(clock: number, order: number, count: number, out: number, capacity: number): number;
  sessionDays(clock: number, order: number, start: number, end: number, day: number, open: number, close: number): number;
  markedRows(marks: number, order: number, start: number, end: number): number;
  paiseColumn(rupees: number, rows: number, out: number, off: number): void;
  sliceDay(
    clock: number, order: number, start: number, end: number, day: number,
    open: number, close: number, breaks: number, breakCount: number,
    price: number, bid: number, ask: number, lastTrade: number, off: number,
    outSecond: number, outPrice: number, outPriceSecond: number, outBid: number, outAsk: number, outRow: number, counts: number,
  ): number;
  grid(second: number, price: number, priceSecond: number, bid: number, ask: number, rows: number, open: number, seconds: number, stride: number, out: number): void;
  firstTradeable(grid: number, stride: number, from: number, to: number, model: number, ttl: number, maxSpread: number): number;
  firstTradeableAfter(grid: number, stride: number, buys: boolean, seconds: number, count: number, latency: number, to: number, model: number, ttl: number, out: number): void;
  firstAllTradeable(grids: number, count: number, stride: number, from: number, to: number, model: number, ttl: number, maxSpread: number): number;
  pnlPath(legs: number, count: number, stride: number, realised: number, from: number, to: number, path: number): void;
  pathExtremes(path: number, from: number, to: number, out: number): void;
  pathBytes(seconds: number): number;
  openPath(path: number, legs: number, count: number, stride: number, first: number, seconds: number): void;
  pathAt(path: number, s: number): number;
  writtenPath(path: number, from: number, to: number): number;
  extremesSoFar(path: number, to: number, out: number): void;
  extremesBefore(path: number, seconds: number, count: number, out: number): void;
  firstCrossing(path: number, from: number, to: number, stop: number, target: number, activate: number, step: number, state: number): number;
  crossingIn(path: number, from: number, to: number, stop: number, target: number, activate: number, step: number, state: number): number;
  crossings(plain: boolean, path: number, from: number, to: number, rules: number, count: number, state: number, answers: number): number;
  firstLocked(path: number, from: number, to: number, reach: number, keep: number, every: number, by: number, state: number): number;
  premiumPath(grid: number, stride: number, lots: number, long: boolean, entry: number, from: number, to: number, path: number): void;
  firstPremium(grid: number, stride: number, byPrice: boolean, from: number, to: number, least: number, most: number): number;
  firstWithin(values: number, from: number, to: number, least: number, most: number): number;
  freshPairs(call: number, put: number, stride: number, seconds: number, maxAge: number, counts: number): void;
  syntheticForward(table: number, count: number, from: number, seconds: number, stride: number, maxAge: number, state: number, out: number): number;
}

/** The kernels with typed views of their memory: `i32[pointer / 4]`. A view that the caller keeps is stale after the next `alloc`. */
export class Kernels {
  readonly run: KernelExports;
  i32!: Int32Array;
  f64!: Float64Array;
  i64!: BigInt64Array;
  u8!: Uint8Array;
  private buffer!: ArrayBuffer;

  constructor(instance: WebAssembly.Instance) {
    const exports = instance.exports as unknown as KernelExports;
    // Only `alloc` grows the memory; asking for `memory.buffer` at every read would cost more than the read.
    const alloc = (bytes: number) => {
      const pointer = allocated(exports, bytes);
      this.view(exports.memory.buffer as ArrayBuffer);
      return pointer;
    };
    this.run = { ...exports, alloc };
    this.view(exports.memory.buffer as ArrayBuffer);
  }

  private view(buffer: ArrayBuffer): void {
    if (buffer === this.buffer) return;
    this.buffer = buffer;
    this.i32 = new Int32Array(buffer);
    this.f64 = new Float64Array(buffer);
    this.i64 = new BigInt64Array(buffer);
    this.u8 = new Uint8Array(buffer);
  }

  /** Runs `work` and gives back all memory that it allocated. */
  scoped<T>(work: () => T): T {
    const start = this.run.mark();
    try {
      return work();
    } finally {
      this.run.release(start);
    }
  }
}

/** One instance per worker: its arena is not shared. */
export function instantiateKernels(module: WebAssembly.Module): Kernels {
  try {
    return new Kernels(new WebAssembly.Instance(module, { env: { abort: kernelAbort } }));
  } catch (error) {
    throw memoryError("one more worker", error);
  }
}

function allocated({ alloc, memory }: KernelExports, bytes: number): number {
  try {
    return alloc(bytes);
  } catch (cause) {
    // It traps for one reason only: its memory may not grow.
    throw new MemoryRefused(`${Math.ceil(bytes / 1e6)} MB more of a day's prices beside the ${Math.ceil(memory.buffer.byteLength / 1e6)} MB that are taken`, cause);
  }
}

function kernelAbort(_message: number, _file: number, line: number, column: number): never {
  throw new Error(`A kernel stopped at line ${line}, column ${column}. This is a defect of Straddle; please report it.`);
}
