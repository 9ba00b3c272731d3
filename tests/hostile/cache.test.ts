/** A cache that was damaged, or filled by somebody else: it gives what was put into it or nothing, and goes on. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packPrices, unpackNumbers, unpackPrices } from "../../src/core/grid/packed-slice.ts";
import type { CacheFolder } from "../../src/data/hot/cache-folder.ts";
import { noReads } from "../../src/data/hot/reads.ts";
import { aboutBytes, aboutOf, readSegmentList, segmentParts, type NewEntry } from "../../src/data/hot/segment.ts";
import { segmentFileName } from "../../src/data/hot/segment-name.ts";
import { SegmentStore } from "../../src/data/hot/segment-store.ts";
import { testKernels } from "../support/memory-day.ts";
import { anyText, cases } from "./fuzz.ts";

const kernels = testKernels();
const SHELF = { kind: "options", symbol: "BANKNIFTY", month: "2024-08" } as const;
const ENTRIES: readonly NewEntry[] = ["a", "__proto__", "<b>"].map((key, i) => ({ key, about: aboutBytes({ blocks: [i] }), bytes: Uint8Array.from({ length: 40 + i }, (_, k) => (k * 7 + i) & 255) }));

const joined = (parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => Uint8Array.from(parts.flatMap((part) => [...part]));
const segment = segmentParts(kernels, ENTRIES);
const WHOLE = joined(segment.parts);

it("a segment that was cut or scrambled has the list that was written, or none", async () => {
  const listOf = (bytes: Uint8Array<ArrayBuffer>) => readSegmentList(kernels, async (from, to) => bytes.slice(from, to), bytes.length);
  expect(await listOf(WHOLE)).toEqual(segment.listed);
  for (let length = 0; length < WHOLE.length; length++) expect(await listOf(WHOLE.slice(0, length))).toBeUndefined();
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat({ max: WHOLE.length - 1 }), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 4 }), async (flips) => {
      const bytes = WHOLE.slice();
      for (const [at, by] of flips) bytes[at] ^= by;
      const found = await listOf(bytes);
      if (found !== undefined) expect(found).toEqual(segment.listed);
    }),
    cases(400),
  );
});

describe("packed columns of any bytes", () => {
  const bytes = fc.uint8Array({ maxLength: 400 });
  const forms = fc.array(fc.oneof(fc.constantFrom(0, 1, 5, 100), fc.integer(), fc.double()), { minLength: 3, maxLength: 3 });

  it("are as many rows as were asked for, or none", () => {
    fc.assert(fc.property(bytes, fc.oneof(fc.nat({ max: 40 }), fc.nat({ max: 200_000 })), forms, (packed, rows, how) => {
      const prices = unpackPrices(kernels, packed, rows, how);
      if (prices) for (const column of Object.values(prices)) expect(column.length).toBe(rows);
      const numbers = unpackNumbers(kernels, packed, rows, how);
      if (numbers) expect(numbers.length).toBe(rows);
    }), cases(500));
  });

  it("leave the machine as it was", () => {
    const second = Int32Array.from({ length: 500 }, (_, i) => i * 3);
    const given = { second, price: second, priceSecond: second, bid: second, ask: second };
    const { bytes: packed, forms: how } = packPrices(kernels, given);
    expect(unpackPrices(kernels, packed, 500, how)).toEqual(given);
  });
});

describe("a store over files of strangers", () => {
  function folderOf(files: Map<string, Uint8Array<ArrayBuffer>>): CacheFolder {
    return {
      list: async () => [...files.keys()],
      open: async (name) => (files.has(name) ? new Blob([files.get(name)!]) : undefined),
      write: async (name, parts) => void files.set(name, joined(parts)),
      remove: async (name) => void files.delete(name),
      room: async () => 1 << 30,
    };
  }

  it("finds nothing in them, keeps what is put into it, and finds it again", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.oneof(anyText.map((text) => `${text}.segment`), fc.constantFrom("%zz~options~X~2024-08~1~5.segment", "~~~~~.segment", "uses.json"), fc.nat({ max: WHOLE.length }).map((bytes) => segmentFileName({ folder: "f", ...SHELF, stamp: "0", bytes }))), fc.oneof(fc.uint8Array({ maxLength: 80 }), fc.constant(WHOLE.slice(0, -3)), fc.constant(new TextEncoder().encode('{"__proto__":{"x":1},"a":"b"}')))), { maxLength: 5 }), async (strangers) => {
        const files = new Map<string, Uint8Array<ArrayBuffer>>(strangers.map(([name, bytes]) => [name, Uint8Array.from(bytes)]));
        const open = () => new SegmentStore({ folder: folderOf(files), kernels, source: "f", limit: { bytes: 1 << 30 }, reads: noReads() });
        const store = open();
        for (const { key } of ENTRIES) expect(await store.find(SHELF, key)).toBeUndefined();
        for (const { key, about, bytes } of ENTRIES) await store.put(SHELF, key, aboutOf(about), bytes);
        await store.finish();
        expect(store.trouble).toBeUndefined();
        const again = open();
        for (const { key, bytes } of ENTRIES) expect(await (await again.find(SHELF, key))?.read(0, bytes.length)).toEqual(bytes);
        expect(({} as Record<string, unknown>).x).toBeUndefined();
      }),
      cases(150),
    );
  });
});
