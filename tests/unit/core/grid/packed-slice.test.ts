import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checksumOf, packNumbers, packPrices, unpackNumbers, unpackPrices, type PriceColumns } from "../../../../src/core/grid/packed-slice.ts";
import { testKernels } from "../../../support/memory-day.ts";

const kernels = testKernels();

const paise = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400_000 }).map((ticks) => ticks * 5), fc.integer({ min: 0, max: 2_000_000_000 }));
const row = fc.record({ gap: fc.integer({ min: 0, max: 3000 }), price: paise, since: fc.integer({ min: 0, max: 86_399 }), bid: paise, ask: paise });
const columns = fc.array(row, { maxLength: 150 }).map((rows): PriceColumns => {
  let clock = 0;
  const of = (value: (one: (typeof rows)[number]) => number) => Int32Array.from(rows, value);
  return { second: of(({ gap }) => (clock += gap)), price: of(({ price }) => price), priceSecond: of(({ since }) => since), bid: of(({ bid }) => bid), ask: of(({ ask }) => ask) };
});
const number = fc.oneof(
  fc.integer({ min: -1_000_000, max: 1_000_000 }),
  fc.integer({ min: 0, max: 10_000_000 }).map((paise) => paise / 100),
  fc.constantFrom(NaN, 0, 2 ** 31 - 1, -(2 ** 31), 2 ** 31),
);

describe("prices", () => {
  it("come back as they were", () => {
    fc.assert(fc.property(columns, (given) => {
      const { bytes, forms } = packPrices(kernels, given);
      expect(unpackPrices(kernels, bytes, given.second.length, forms)).toEqual(given);
    }), { numRuns: 300 });
  });

  it("come back where differences do not fit 32 bits", () => {
    const edges = Int32Array.of(2 ** 31 - 1, -(2 ** 31), 0, -1, 2 ** 31 - 1);
    const given = { second: edges, price: edges, priceSecond: edges, bid: new Int32Array(5), ask: edges };
    const { bytes, forms } = packPrices(kernels, given);
    expect(unpackPrices(kernels, bytes, 5, forms)).toEqual(given);
  });

  it("take a byte or two a row while a market moves by single ticks", () => {
    const rows = 22_500;
    const walk = (from: number, step: number) => Int32Array.from({ length: rows }, (_, i) => from + step * ((i * 7) % 3));
    const second = Int32Array.from({ length: rows }, (_, i) => 33_300 + i);
    const { bytes } = packPrices(kernels, { second, price: walk(20_000, 5), priceSecond: second, bid: walk(19_995, 5), ask: walk(20_005, 5) });
    expect(bytes.length / rows).toBeLessThan(2);
  });

  it("are refused where bytes are missing, too many, or of other rows", () => {
    const second = Int32Array.from({ length: 100 }, (_, i) => i * 2);
    const { bytes, forms } = packPrices(kernels, { second, price: second, priceSecond: second, bid: second, ask: second });
    for (let length = 0; length < bytes.length; length++) expect(unpackPrices(kernels, bytes.subarray(0, length), 100, forms)).toBeUndefined();
    expect(unpackPrices(kernels, Uint8Array.of(...bytes, 0), 100, forms)).toBeUndefined();
    expect(unpackPrices(kernels, bytes, 5000, forms)).toBeUndefined();
  });
});

describe("numbers", () => {
  it("come back bit by bit", () => {
    const same = (values: Float64Array) => {
      const { bytes, forms } = packNumbers(kernels, values);
      const back = unpackNumbers(kernels, bytes, values.length, forms);
      expect(new BigInt64Array(back!.buffer)).toEqual(new BigInt64Array(values.slice().buffer));
    };
    fc.assert(fc.property(fc.array(number, { maxLength: 100 }), (values) => same(Float64Array.from(values))), { numRuns: 300 });
    fc.assert(fc.property(fc.float64Array({ maxLength: 40 }), same), { numRuns: 100 });
    same(Float64Array.of(-0, 1));
  });

  it("are small when they are whole or have two decimals", () => {
    const packedBytes = (value: (i: number) => number) => packNumbers(kernels, Float64Array.from({ length: 10_000 }, (_, i) => value(i))).bytes.length;
    expect(packedBytes((i) => 1_000_000 + i * 15)).toBeLessThan(10_000 * 1.1);
    expect(packedBytes((i) => (19_995 + (i % 3)) / 100)).toBeLessThan(10_000 * 1.1);
    expect(packedBytes(() => NaN)).toBeLessThan(500);
    expect(packedBytes((i) => Math.sqrt(i + 2))).toBe(80_000);
  });
});

describe("checksum", () => {
  it("is XXH32", () => {
    const of = (text: string) => checksumOf(kernels, new TextEncoder().encode(text)).toString(16);
    expect([of(""), of("a"), of("abc"), of("Nobody inspects the spammish repetition")]).toEqual(["2cc5d05", "550d7456", "32d153ff", "e2293b2f"]);
  });
});
