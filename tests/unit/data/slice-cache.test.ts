import { describe, expect, it } from "vitest";
import { noQuality } from "../../../src/core/grid/slice.ts";
import type { Slice } from "../../../src/core/grid/slice.ts";
import { groupRows } from "../../../src/data/group-rows.ts";
import { SliceCache } from "../../../src/data/slice-cache.ts";
import type { SliceSet } from "../../../src/data/slice-files.ts";
import { secondWithTwoBooks } from "../../../src/data/two-books.ts";

function slice(rows: readonly (readonly [second: number, price: number, bid: number, ask: number])[]): Slice {
  const of = (at: 0 | 1 | 2 | 3): Int32Array => Int32Array.from(rows, (row) => row[at]);
  return { length: rows.length, second: of(0), price: of(1), priceSecond: of(0), bid: of(2), ask: of(3), fields: new Map(), quality: noQuality() };
}

const setOf = (...dates: number[]): SliceSet => ({ slices: new Map(dates.map((date) => [date, slice(Array.from({ length: 50 }, () => [1, 1, 0, 0] as const))])), files: [], barSpan: undefined, whole: false });

describe("SliceCache", () => {
  const loads = (cache: SliceCache) => {
    const seen: string[] = [];
    const get = (key: string, date: number): Promise<SliceSet> => cache.get(key, date, async () => (seen.push(key), setOf(1, 2)));
    return { seen, get };
  };

  it("loads an instrument once, also when it is asked for twice at the same time", async () => {
    const { seen, get } = loads(new SliceCache(1e6));
    await Promise.all([get("a", 1), get("a", 1)]);
    await get("a", 2);
    expect(seen).toEqual(["a"]);
  });

  it("drops past dates, and loads again for one that is asked for later", async () => {
    const cache = new SliceCache(1e6);
    const { seen, get } = loads(cache);
    await get("a", 1);
    cache.dropBefore(2);
    expect([...(await get("a", 2)).slices.keys()]).toEqual([2]);
    expect([...(await get("a", 1)).slices.keys()]).toEqual([1, 2]);
    expect(seen).toEqual(["a", "a"]);
  });

  it("keeps within its budget by dropping what was not asked for longest", async () => {
    const { seen, get } = loads(new SliceCache(2 * 2 * 50 * 20));
    await get("a", 1);
    await get("b", 1);
    await get("a", 1);
    await get("c", 1);
    await get("a", 1);
    await get("b", 1);
    expect(seen).toEqual(["a", "b", "c", "b"]);
  });

  it("does not keep a failure", async () => {
    const cache = new SliceCache(1e6);
    await expect(cache.get("a", 1, async () => Promise.reject(new Error("once")))).rejects.toThrow("once");
    expect((await cache.get("a", 1, async () => setOf(1))).slices.size).toBe(1);
  });
});

describe("groupRows", () => {
  it("gives the rows of each key in row order, without those of no key", () => {
    const groups = groupRows(Float64Array.of(7, 7, NaN, 3, 7, NaN, 3, 9));
    expect(Object.fromEntries([...groups].map(([key, rows]) => [key, [...rows]]))).toEqual({ 7: [0, 1, 4], 3: [3, 6], 9: [7] });
    expect(groupRows(new Float64Array()).size).toBe(0);
  });
});

describe("secondWithTwoBooks", () => {
  it("finds books too far apart to be one market in one second", () => {
    expect(secondWithTwoBooks(slice([[5, 0, 5_000_000, 5_000_200], [6, 0, 5_000_000, 5_000_200], [6, 0, 5_020_000, 5_020_200]]))).toBe(6);
  });

  it("passes over a fast market, duplicates, and books of different seconds", () => {
    expect(secondWithTwoBooks(slice([[5, 0, 5_000_000, 5_000_200], [5, 0, 5_001_000, 5_001_200], [5, 0, 5_001_000, 5_001_200], [6, 0, 5_020_000, 5_020_200]]))).toBeUndefined();
  });

  it("judges rows without a quote by their price, and ignores rows without either", () => {
    expect(secondWithTwoBooks(slice([[5, 5_000_000, 0, 0], [5, 5_020_000, 0, 0]]))).toBe(5);
    expect(secondWithTwoBooks(slice([[5, 5_000_000, 0, 0], [5, 0, 0, 0]]))).toBeUndefined();
  });
});
