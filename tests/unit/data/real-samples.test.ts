import { existsSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { Kernels } from "../../../src/core/kernels.ts";
import { defaultRules } from "../../../src/core/market/rules.ts";
import { dayNumber, parseClock } from "../../../src/core/time.ts";
import type { CatalogueFile, DayChunk } from "../../../src/data/catalogue/types.ts";
import { createDaySource } from "../../../src/data/day-data.ts";
import { readFacts } from "../../../src/data/facts.ts";
import { mapColumns } from "../../../src/data/column-names.ts";
import { readFooter } from "../../../src/data/footer.ts";
import { probeClocks } from "../../../src/data/probe.ts";
import type { Folder, RowReader } from "../../../src/data/ports.ts";
import { sessionLookup } from "../../../src/data/session-of.ts";
import { testKernels } from "../../support/memory-day.ts";
import { column, folderOf, micros, parquetBytes, testReader } from "./parquet-fixture.ts";
import type { FixtureColumn } from "./parquet-fixture.ts";

const DATA = new URL("../../../../shared/data/", import.meta.url);
const absent = !existsSync(DATA);
if (absent) console.warn("Skipped: tests of real data, because the folder ../shared/data is absent.");

/** A CSV as Parquet columns: clocks in `Z` as timestamps, numbers as doubles, the rest as text. A name that comes twice is kept once. */
function csvColumns(path: string, textClock = true): FixtureColumn[] {
  const [header, ...lines] = readFileSync(new URL(path, DATA), "utf8").trim().split(/\r?\n/).map((line) => line.split(","));
  return header.flatMap((name, at) => {
    if (header.indexOf(name) !== at) return [];
    const cells = lines.map((line) => line[at] ?? "");
    if (cells.every((cell) => /^\d{4}-.*Z$/.test(cell))) return [column(name, "ms", cells.map((cell) => BigInt(Date.parse(cell))))];
    if (!textClock && cells.every((cell) => /^\d{4}-\d{2}-\d{2} \d/.test(cell))) return [column(name, "us", cells.map(micros))];
    if (cells.every((cell) => cell === "" || Number.isFinite(Number(cell)))) return [column(name, "double", cells.map((cell) => (cell === "" ? null : Number(cell))))];
    return [column(name, "text", cells.map((cell) => (cell === "" ? null : cell)))];
  });
}

const second = (clock: string): number => parseClock(clock) ?? NaN;

describe.skipIf(absent)("the real rows in seed-sample", () => {
  const DATE = dayNumber("2024-08-23");
  const about: CatalogueFile = { path: "banknifty24aug43500ce.parquet", layout: "raw", kind: "option", symbol: "BANKNIFTY", expiry: dayNumber("2024-08-28"), strike: 43_500, cp: "CE" };
  let reader: RowReader;
  let kernels: Kernels;
  let folder: Folder;
  beforeAll(async () => {
    reader = await testReader();
    kernels = testKernels();
    ({ folder } = await folderOf({ [about.path]: parquetBytes(csvColumns("seed-sample/banknifty-43500-ce-2024-08-23.csv")) }));
  });

  it("have the 52 columns, digits of Indian time, and snapshots", async () => {
    const [file] = await folder.list();
    const footer = await readFooter(file);
    expect(footer.rows).toBe(20);
    expect(mapColumns(footer.columns)).toMatchObject({ mapping: {}, missing: [] });
    expect(mapColumns(footer.columns).source.size).toBe(52);
    expect(await probeClocks(folder, reader, about)).toMatchObject({ rows: 20, ist: 20 });
    expect(await probeClocks(folder, reader, about)).toMatchObject({ rowKind: "snapshot" });
    expect(await readFacts(folder, reader, kernels, about, { raw: "ist-wall" }, sessionLookup(defaultRules), defaultRules)).toMatchObject({ rows: 20, firstDate: DATE, lastDate: DATE });
  });

  it("become quotes without a price, and the pre-open rows stay out", async () => {
    const chunk: DayChunk = { symbol: "BANKNIFTY", dates: [DATE], files: [about], facts: [undefined], zones: { raw: "ist-wall" }, kinds: {}, barLabel: "start" };
    const day = createDaySource({ folder, reader, kernels, rules: defaultRules }).day(chunk, DATE);
    const [slice] = await day.load([{ symbol: "BANKNIFTY", expiry: about.expiry!, strike: 43_500, cp: "CE" }]);
    expect(slice?.second[0]).toBe(second("09:15:29"));
    expect([slice?.price[0], slice?.bid[0], slice?.ask[0]]).toEqual([0, 746_255, 759_685]);
    expect([slice?.second[1], slice?.bid[1], slice?.ask[1]]).toEqual([second("09:16:06"), 746_695, 759_685]);
    expect([slice?.second[2], slice?.bid[2], slice?.ask[2]]).toEqual([second("09:16:39"), 746_265, 759_680]);
    expect(slice?.quality).toMatchObject({ rows: 20, bad_clock: 0, out_of_order: 0, off_tick: 0 });
    expect(slice?.quality.out_of_session).toBe(20 - (slice?.length ?? 0));
    expect(slice?.quality.out_of_session).toBeGreaterThanOrEqual(2);
  });
});

describe.skipIf(absent)("the vendor's pieces in option-samples", () => {
  let reader: RowReader;
  let kernels: Kernels;
  beforeAll(async () => {
    reader = await testReader();
    kernels = testKernels();
  });

  it("are never used where the name contradicts the rows", async () => {
    const about: CatalogueFile = { path: "BANKNIFTY23JUN2214000CE.parquet", layout: "raw", kind: "option", symbol: "BANKNIFTY", expiry: dayNumber("2022-06-23"), strike: 14_000, cp: "CE" };
    const { folder } = await folderOf({ [about.path]: parquetBytes(csvColumns("option-samples/derivatives/options/BANKNIFTY23JUN2214000CE.csv")) });
    const found = await readFacts(folder, reader, kernels, about, { raw: "ist-wall" }, sessionLookup(defaultRules), defaultRules);
    expect(found).toMatchObject({ problem: { kind: "name_contradicts_rows", fatal: true, path: about.path, message: expect.stringMatching(/strike is 14000 by the name, 57000 in column "strike"; expiry is 2022-06-23 by the name, 2026-12-29 in column "expiry"/) } });
  });

  it("give bars for futures, and one-second snapshots for the index", async () => {
    const future: CatalogueFile = { path: "banknifty_fut.parquet", layout: "series", kind: "future", symbol: "BANKNIFTY" };
    const spot: CatalogueFile = { path: "nifty_spot.parquet", layout: "series", kind: "spot", symbol: "NIFTY" };
    const { folder } = await folderOf({
      [future.path]: parquetBytes(csvColumns("option-samples/derivatives/futures/NIFTY25JAN18FUT.csv")),
      [spot.path]: parquetBytes(csvColumns("option-samples/index_1sec/NIFTY50.csv", false)),
    });
    expect(await probeClocks(folder, reader, future)).toMatchObject({ rowKind: "bar", barSpan: 60, mapping: { datetime: "timestamp" } });
    expect(await probeClocks(folder, reader, spot)).toMatchObject({ rowKind: "snapshot" });
    expect(await probeClocks(folder, reader, spot)).toMatchObject({ rows: 50, ist: 50, utc: 50 });
    const chunk: DayChunk = { symbol: "NIFTY", dates: [dayNumber("2026-07-17")], files: [{ ...future, symbol: "NIFTY" }], facts: [undefined], zones: { series: "ist-wall" }, kinds: { series: "bar" }, barLabel: "start" };
    const day = createDaySource({ folder, reader, kernels, rules: defaultRules }).day(chunk, chunk.dates[0]);
    const slice = await day.future();
    expect([slice?.second[0], slice?.price[0]]).toEqual([second("09:15:59"), 2_436_000]);
    expect([slice?.second[1], slice?.price[1]]).toEqual([second("09:16:59"), 2_439_000]);
    expect(slice?.barSpan).toBe(60);
  });

  it("give five levels counted from one, prices and quotes", async () => {
    const about: CatalogueFile = { path: "level2.parquet", layout: "raw", kind: "option", symbol: "NIFTY", expiry: dayNumber("2026-07-28"), strike: 14_000, cp: "CE" };
    const { folder } = await folderOf({ [about.path]: parquetBytes(csvColumns("option-samples/market_depth/level2/NIFTY_level2.csv")) });
    const [file] = await folder.list();
    const { source, mapping } = mapColumns((await readFooter(file)).columns);
    expect(Object.fromEntries(source)).toMatchObject({ bp0: "bid_price1", bq0: "bid_qty1", sp4: "ask_price5", sq4: "ask_qty5", price: "ltp" });
    expect(mapping.bid_price2).toBe("bp1");
    const chunk: DayChunk = { symbol: "NIFTY", dates: [dayNumber("2026-07-22")], files: [about], facts: [undefined], zones: { raw: "ist-wall" }, kinds: {}, barLabel: "start" };
    const [slice] = await createDaySource({ folder, reader, kernels, rules: defaultRules }).day(chunk, chunk.dates[0]).load([{ symbol: "NIFTY", expiry: about.expiry!, strike: 14_000, cp: "CE" }]);
    expect(slice?.quality.rows).toBe(50);
    expect(slice?.second[0]).toBeGreaterThanOrEqual(33_300);
    expect(slice?.bid[0]).toBeGreaterThan(0);
    expect(slice?.ask[0]).toBeGreaterThan(slice?.bid[0] ?? 0);
  });
});
