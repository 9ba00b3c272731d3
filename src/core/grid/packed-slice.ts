/** Slices as few bytes, without loss: what the cache keeps of the rows of one instrument on one date. Work is done by kernels. */
import type { Kernels } from "../kernels.ts";
import type { Slice } from "./slice.ts";

/** Columns of a slice that every run needs. */
export type PriceColumns = Pick<Slice, "second" | "price" | "priceSecond" | "bid" | "ask">;

/** Columns one after another. `forms` says how each was made small and belongs to the bytes. */
export interface Packed {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly forms: readonly number[];
}

/** Paise; prices off it are kept with a divisor of 1. */
const TICK = 5;
/** Decimals of field columns that are tried, cheapest first; a column that none of them fits is kept as it is. */
const SCALES = [1, 100];
const RAW = 0;
/** The decoder loads 64 bits at a time, up to so many bytes behind the last. */
const SLACK = 8;

/** Room that a packed column may take: see `packColumn`. */
function packedRoom(rows: number): number {
  return Math.ceil(rows / 32) * 129 + SLACK;
}

/** `forms`: the divisors of price, bid and ask. */
export function packPrices(kernels: Kernels, { second, price, priceSecond, bid, ask }: PriceColumns): Packed {
  const rows = second.length;
  return kernels.scoped(() => {
    const { run } = kernels;
    const [seconds, prices, since, bids, asks] = [second, price, priceSecond, bid, ask].map((column) => put(kernels, column));
    const divisors = [prices, bids, asks].map((column) => (run.allMultiples(column, rows, TICK) ? TICK : 1));
    // The ask is kept as its distance from the bid, which is a multiple of the tick only where both are.
    const askDivisor = Math.min(divisors[1], divisors[2]);
    const out = run.alloc(5 * packedRoom(rows));
    let length = 0;
    const pack = (column: number, base: number, divisor: number) => (length += run.packColumn(column, base, divisor, rows, out + length));
    pack(seconds, 0, 1);
    pack(prices, 0, divisors[0]);
    pack(since, 0, 1);
    pack(bids, 0, divisors[1]);
    pack(asks, bids, askDivisor);
    return { bytes: kernels.u8.slice(out, out + length), forms: [divisors[0], divisors[1], askDivisor] };
  });
}

/** Undefined where the bytes cannot be those of so many rows. */
export function unpackPrices(kernels: Kernels, bytes: Uint8Array, rows: number, [price, bid, ask]: readonly number[]): PriceColumns | undefined {
  return kernels.scoped(() => {
    const packed = putBytes(kernels, bytes);
    const columns = Array.from({ length: 5 }, () => kernels.run.alloc(rows * 4));
    let at = 0;
    const unpacked = (column: number, base: number, divisor: number): boolean => {
      const read = kernels.run.unpackColumn(packed + at, bytes.length - at, base, divisor, rows, column);
      at += read;
      return read >= 0;
    };
    const whole = unpacked(columns[0], 0, 1) && unpacked(columns[1], 0, price) && unpacked(columns[2], 0, 1) && unpacked(columns[3], 0, bid) && unpacked(columns[4], columns[3], ask);
    if (!whole || at !== bytes.length) return undefined;
    const [second, prices, priceSecond, bids, asks] = columns.map((column) => kernels.i32.slice(column >> 2, (column >> 2) + rows));
    return { second, price: prices, priceSecond, bid: bids, ask: asks };
  });
}

/** `forms`: the scale, 0 for a column that is kept as it is. */
export function packNumbers(kernels: Kernels, values: Float64Array): Packed {
  const rows = values.length;
  return kernels.scoped(() => {
    const { run } = kernels;
    const source = run.alloc(rows * 8);
    const whole = run.alloc(rows * 4);
    const out = run.alloc(packedRoom(rows));
    kernels.f64.set(values, source >> 3);
    const scale = SCALES.find((tried) => run.wholeNumbers(source, rows, tried, whole));
    if (scale === undefined) return { bytes: kernels.u8.slice(source, source + rows * 8), forms: [RAW] };
    const length = run.packColumn(whole, 0, 1, rows, out);
    return { bytes: kernels.u8.slice(out, out + length), forms: [scale] };
  });
}

export function unpackNumbers(kernels: Kernels, bytes: Uint8Array, rows: number, [scale]: readonly number[]): Float64Array | undefined {
  return kernels.scoped(() => {
    const packed = putBytes(kernels, bytes);
    if (scale === RAW) return bytes.length === rows * 8 ? kernels.f64.slice(packed >> 3, (packed >> 3) + rows) : undefined;
    const whole = kernels.run.alloc(rows * 4);
    const out = kernels.run.alloc(rows * 8);
    if (kernels.run.unpackColumn(packed, bytes.length, 0, 1, rows, whole) !== bytes.length) return undefined;
    kernels.run.fromWholeNumbers(whole, rows, scale, out);
    return kernels.f64.slice(out >> 3, (out >> 3) + rows);
  });
}

/** XXH32 of the bytes. */
export function checksumOf(kernels: Kernels, bytes: Uint8Array): number {
  return kernels.scoped(() => kernels.run.checksum(putBytes(kernels, bytes), bytes.length) >>> 0);
}

function put(kernels: Kernels, column: Int32Array): number {
  const pointer = kernels.run.alloc(column.length * 4);
  kernels.i32.set(column, pointer >> 2);
  return pointer;
}

function putBytes(kernels: Kernels, bytes: Uint8Array): number {
  const pointer = kernels.run.alloc(bytes.length + SLACK);
  kernels.u8.set(bytes, pointer);
  return pointer;
}
