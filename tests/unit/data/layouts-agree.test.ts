import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { Slice } from "../../../src/core/grid/slice.ts";
import type { Kernels } from "../../../src/core/kernels.ts";
import { contractLabel } from "../../../src/core/market/contract-id.ts";
import { defaultRules } from "../../../src/core/market/rules.ts";
import { Catalogue } from "../../../src/data/catalogue/catalogue.ts";
import type { Layout } from "../../../src/data/catalogue/types.ts";
import { createDaySource } from "../../../src/data/day-data.ts";
import { readFacts } from "../../../src/data/facts.ts";
import { openNodeFolder } from "../../../src/data/folder-node.ts";
import { probeClocks } from "../../../src/data/probe.ts";
import type { RowReader } from "../../../src/data/ports.ts";
import { sessionLookup } from "../../../src/data/session-of.ts";
import { smallSample, writeLayouts } from "../../support/layouts.ts";
import type { LayoutFolders } from "../../support/layouts.ts";
import { testKernels } from "../../support/memory-day.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { testReader } from "./parquet-fixture.ts";

let reader: RowReader;
let kernels: Kernels;
const sample = smallSample({ seed: 5, days: 2, strikesEachSide: 2, future: true });
let folders: LayoutFolders;
beforeAll(async () => {
  reader = await testReader();
  kernels = testKernels();
  folders = writeLayouts(sample, tempFolder());
});

/** Every slice of every date that the folder gives, by date and instrument, as its length and a hash of all but its quirk counts. */
async function slicesOf(root: string, wanted: Layout): Promise<Map<string, string>> {
  const folder = await openNodeFolder(root);
  const catalogue = await Catalogue.open({
    folder,
    rules: defaultRules,
    settings: {},
    store: { get: async () => undefined, set: async () => undefined },
    readFacts: (files, zones) => Promise.all(files.map((file) => readFacts(folder, reader, kernels, file, zones, sessionLookup(defaultRules), defaultRules))),
    probeClocks: (file) => probeClocks(folder, reader, file),
  });
  expect(catalogue.summary().problems.filter(({ fatal }) => fatal)).toEqual([]);
  const chunks = await catalogue.chunks(sample.symbol, sample.days.map(({ date }) => date));
  const found = new Map<string, string>();
  const keep = (name: string, slice: Slice | undefined): void => {
    if (!slice) return;
    const hash = createHash("sha256");
    for (const column of [slice.second, slice.price, slice.priceSecond, slice.bid, slice.ask]) hash.update(column);
    found.set(name, `${slice.length} ${hash.digest("hex")}`);
  };
  const source = createDaySource({ folder, reader, kernels, rules: defaultRules });
  for (const chunk of chunks) {
    expect(chunk.files.some(({ layout }) => layout === wanted)).toBe(true);
    for (const date of chunk.dates) {
      const day = source.day(chunk, date);
      keep(`${date} spot`, await day.spot());
      keep(`${date} future`, await day.future());
      for (const expiry of await day.expiries()) {
        const contracts = (await day.strikes(expiry)).flatMap(({ strike, ce, pe }) => [...(ce ? ["CE" as const] : []), ...(pe ? ["PE" as const] : [])].map((cp) => ({ symbol: sample.symbol, expiry, strike, cp })));
        for (const [index, slice] of (await day.load(contracts)).entries()) keep(`${date} ${contractLabel(contracts[index])}`, slice);
      }
    }
  }
  return found;
}

describe("the raw, packed and day layouts of the same rows", () => {
  it("give the same slices of every contract, spot and future on every date", async () => {
    const raw = await slicesOf(folders.raw, "raw");
    expect(raw.size).toBeGreaterThan(2 * 2 * 8);
    expect([...raw.keys()].filter((name) => /spot|future/.test(name))).toHaveLength(4);
    const packed = await slicesOf(folders.packed, "packed");
    const day = await slicesOf(folders.day, "day");
    expect(Object.fromEntries(packed)).toEqual(Object.fromEntries(raw));
    expect(Object.fromEntries(day)).toEqual(Object.fromEntries(raw));
  });
});
