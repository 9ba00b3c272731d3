import { beforeAll, describe, expect, it } from "vitest";
import { UnreadableInput } from "../../../src/core/engine/ports.ts";
import type { DayData } from "../../../src/core/engine/ports.ts";
import type { ContractId } from "../../../src/core/market/contract-id.ts";
import type { Kernels } from "../../../src/core/kernels.ts";
import { defaultRules } from "../../../src/core/market/rules.ts";
import { dayNumber } from "../../../src/core/time.ts";
import type { CatalogueFile, DayChunk } from "../../../src/data/catalogue/types.ts";
import { createDaySource } from "../../../src/data/day-data.ts";
import { createEarlierDays } from "../../../src/data/earlier-days.ts";
import { FileStates } from "../../../src/data/hot/file-states.ts";
import { HotSlices } from "../../../src/data/hot/hot-slices.ts";
import { RememberedDays } from "../../../src/data/hot/remembered-days.ts";
import type { DaySource } from "../../../src/data/day-data.ts";
import type { RowReader } from "../../../src/data/ports.ts";
import { testKernels } from "../../support/memory-day.ts";
import { column, folderOf, micros, parquetBytes, testReader } from "./parquet-fixture.ts";
import type { FixtureColumn } from "./parquet-fixture.ts";

const TUE = dayNumber("2024-08-20");
const WED = dayNumber("2024-08-21");
const THU = dayNumber("2024-08-22");
const EXPIRY = WED;
const NEXT = dayNumber("2024-08-28");

let reader: RowReader;
let kernels: Kernels;
beforeAll(async () => {
  reader = await testReader();
  kernels = testKernels();
});

/** `2024-08-20 09:15:00 price bid ask` per row; `-` is null. */
function rows(...lines: string[]): FixtureColumn[] {
  const cells = lines.map((line) => line.split(/\s+/));
  const numbers = (at: number): (number | null)[] => cells.map((row) => (row[at] === undefined || row[at] === "-" ? null : Number(row[at])));
  const clocks = cells.map(([date, time]) => (date === "-" ? null : micros(`${date} ${time}`)));
  return [column("timestamp", "us", clocks), column("price", "double", numbers(2)), column("bp0", "double", numbers(3)), column("sp0", "double", numbers(4))];
}

const option = (path: string, strike: number, cp: "CE" | "PE", expiry = EXPIRY): CatalogueFile => ({ path, layout: "raw", kind: "option", symbol: "BANKNIFTY", expiry, strike, cp });
const contract = (strike: number, cp: "CE" | "PE", expiry = EXPIRY): ContractId => ({ symbol: "BANKNIFTY", expiry, strike, cp });

function chunkOf(files: readonly CatalogueFile[], extra: Partial<DayChunk> = {}): DayChunk {
  return { symbol: "BANKNIFTY", dates: [TUE, WED], files, facts: files.map(() => undefined), zones: { raw: "ist-wall", day: "ist-wall", series: "ist-wall", packed: "ist-wall" }, kinds: {}, barLabel: "start", ...extra };
}

async function source(files: Readonly<Record<string, Uint8Array | string>>): Promise<DaySource> {
  const { folder } = await folderOf(files);
  return createDaySource({ folder, reader, kernels, rules: defaultRules });
}

async function dayOf(files: Readonly<Record<string, Uint8Array | string>>, chunk: DayChunk, date = TUE): Promise<DayData> {
  return (await source(files)).day(chunk, date);
}

describe("a date that a later one looks back at", () => {
  it("keeps what was worked out of it from run to run, and names the files that it was worked out of", async () => {
    const spot: CatalogueFile = { path: "spot.parquet", layout: "series", kind: "spot", symbol: "BANKNIFTY", date: TUE };
    const { folder } = await folderOf({ [spot.path]: parquetBytes(rows("2024-08-20 09:15:00 50000")) });
    const chunk = chunkOf([spot]);
    const remembered = new RememberedDays(new HotSlices(1 << 20, new FileStates(folder)));
    const run = (remember: boolean) => {
      const source = createDaySource({ folder, reader, kernels, rules: defaultRules, ...(remember && { remember: (...asked) => remembered.of(...asked) }) });
      return createEarlierDays(source, [chunk]).before("BANKNIFTY", WED)!;
    };
    let worked = 0;
    const first = async (day: DayData) => {
      const price = await day.recall("first price", async () => (worked++, (await day.spot())?.price[0]));
      expect([price, day.report().files.map(({ path }) => path)]).toEqual([5_000_000, [spot.path]]);
    };
    await first(run(true));
    await first(run(true));
    expect(worked).toBe(1);
    remembered.forget();
    await first(run(true));
    expect(worked).toBe(2);
    await first(run(false));
    expect(worked).toBe(3);
  });
});

describe("contracts", () => {
  const files = {
    "a.parquet": parquetBytes(rows("2024-08-20 09:14:59 100 99 101", "2024-08-20 09:15:00 101 100.5 101.5", "2024-08-21 09:15:02.900 102 101 103")),
    "b.parquet": parquetBytes(rows("2024-08-21 10:00:00 5 4.95 5.05")),
    "c.parquet": parquetBytes(rows("2024-08-20 08:00:00 5 4.95 5.05")),
    "d.parquet": parquetBytes(rows()),
  };
  const chunk = chunkOf([option("a.parquet", 50_000, "CE"), option("b.parquet", 50_100, "PE"), option("c.parquet", 50_200, "CE", NEXT), option("d.parquet", 50_300, "CE", NEXT)]);

  it("gives the expiries and strikes that the names tell", async () => {
    const day = await dayOf(files, chunk);
    expect(await day.expiries()).toEqual([EXPIRY, NEXT]);
    expect(await day.strikes(EXPIRY)).toEqual([
      { strike: 50_000, ce: true, pe: false },
      { strike: 50_100, ce: false, pe: true },
    ]);
  });

  it("leaves out expiries before the date and files that the facts put elsewhere", async () => {
    const facts = [{ size: 1, modified: 1, rows: 3, footer: "", firstDate: WED, lastDate: WED }, undefined, { size: 1, modified: 1, rows: 1, footer: "", firstDate: TUE }, { size: 1, modified: 1, rows: 0, footer: "" }];
    const day = await dayOf(files, { ...chunk, facts });
    expect(await day.strikes(EXPIRY)).toEqual([{ strike: 50_100, ce: false, pe: true }]);
    expect(await day.strikes(NEXT)).toEqual([{ strike: 50_200, ce: true, pe: false }]);
    expect(await (await dayOf(files, { ...chunk, dates: [THU] }, THU)).expiries()).toEqual([NEXT]);
  });

  it("slices a file by date; a contract without a row in the session is not listed", async () => {
    const days = await source(files);
    const first = days.day(chunk, TUE);
    const [a, b, c, d] = await first.load([contract(50_000, "CE"), contract(50_100, "PE"), contract(50_200, "CE", NEXT), contract(50_300, "CE", NEXT)]);
    expect(a).toMatchObject({ length: 1, second: Int32Array.of(33_300), price: Int32Array.of(10_100), bid: Int32Array.of(10_050), ask: Int32Array.of(10_150) });
    expect(a?.quality).toMatchObject({ rows: 2, out_of_session: 1 });
    expect([b, c, d]).toEqual([undefined, undefined, undefined]);
    expect(await first.load([contract(99_000, "CE")])).toEqual([undefined]);
    const second = days.day(structuredClone(chunk), WED);
    const [later, listed] = await second.load([contract(50_000, "CE"), contract(50_100, "PE")]);
    expect(later).toMatchObject({ length: 1, second: Int32Array.of(33_302), price: Int32Array.of(10_200) });
    expect(listed?.length).toBe(1);
    expect(first.report()).toMatchObject({ contracts: 1, quality: { rows: 2, out_of_session: 1 } });
    expect(first.report().files.map(({ path }) => path).sort()).toEqual(["a.parquet", "b.parquet", "c.parquet", "d.parquet"]);
    expect(first.report().files[0]).toMatchObject({ size: files["a.parquet"].length, footer: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(listed?.barSpan).toBeUndefined();
  });

  it("reads a contract's file once for all dates of the chunk", async () => {
    const { folder } = await folderOf(files);
    let reads = 0;
    const counting: RowReader = { ...reader, fetch: (file, request) => (reads++, reader.fetch(file, request)) };
    const days = createDaySource({ folder, reader: counting, kernels, rules: defaultRules });
    await days.day(chunk, TUE).load([contract(50_000, "CE")]);
    await days.day(structuredClone(chunk), WED).load([contract(50_000, "CE")]);
    expect(reads).toBe(1);
    await days.day(chunk, TUE).load([contract(50_000, "CE")]);
    expect(reads).toBe(2);
    days.release();
    await days.day(chunk, TUE).load([contract(50_000, "CE")]);
    expect(reads).toBe(3);
  });

  it("knows whether a date belongs to the data, in the session or not", async () => {
    const early = { "c.parquet": files["c.parquet"] };
    const only = chunkOf([option("c.parquet", 50_200, "CE", NEXT)]);
    expect(await (await dayOf(early, only)).hasRows()).toBe(true);
    expect(await (await dayOf(early, only, WED)).hasRows()).toBe(false);
    const facts = [{ size: 1, modified: 1, rows: 1, footer: "", firstDate: TUE, lastDate: WED, dates: [WED], sessionDates: [] }];
    expect(await (await dayOf({}, { ...only, facts }, WED)).hasRows()).toBe(true);
    expect(await (await dayOf({}, { ...only, facts }, TUE)).hasRows()).toBe(false);
  });

  it("merges the files of one contract, by clock and then by path", async () => {
    const two = {
      "x/a.parquet": parquetBytes(rows("2024-08-20 09:15:01 1 - -", "2024-08-20 09:15:03 3 - -")),
      "y/a.parquet": parquetBytes(rows("2024-08-20 09:15:01 2 - -", "2024-08-20 09:15:02 4 - -")),
    };
    const [slice] = await (await dayOf(two, chunkOf([option("x/a.parquet", 50_000, "CE"), option("y/a.parquet", 50_000, "CE")]))).load([contract(50_000, "CE")]);
    expect([...(slice?.price ?? [])]).toEqual([100, 200, 400, 300]);
    expect(slice?.quality.out_of_order).toBe(0);
  });

  it("falls back on ts, and never takes lastTradeTime for a clock when there is one", async () => {
    const bytes = parquetBytes([
      column("timestamp", "us", [19_800_000_000n, micros("2024-08-20 09:15:05"), null]),
      column("ltp", "double", [1, 2, 3]),
      column("ts", "us", [micros("2024-08-20 09:15:04"), 19_800_000_000n, null]),
      column("lastTradeTime", "us", [micros("2024-08-20 09:15:02"), micros("2024-05-29 15:04:29"), micros("2024-08-20 09:15:09")]),
    ]);
    const [slice] = await (await dayOf({ "a.parquet": bytes }, chunkOf([option("a.parquet", 50_000, "CE")]))).load([contract(50_000, "CE")]);
    expect(slice).toMatchObject({ length: 2, second: Int32Array.of(33_304, 33_305), priceSecond: Int32Array.of(33_302, 33_305), price: Int32Array.of(100, 200) });
    expect(slice?.quality.bad_clock).toBe(1);
  });
});

describe("optional columns", () => {
  it("may hold nothing at all", async () => {
    const nothing = { type: "INT32", logical_type: { type: "NULL" } } as const;
    const bytes = parquetBytes([column("timestamp", "us", [micros("2024-08-20 09:15:05")]), column("price", "double", [1]), ...["bp0", "sp0", "ts", "lastTradeTime"].map((name) => column(name, nothing, [null]))]);
    const [slice] = await (await dayOf({ "a.parquet": bytes }, chunkOf([option("a.parquet", 50_000, "CE")]))).load([contract(50_000, "CE")]);
    expect(slice).toMatchObject({ length: 1, price: Int32Array.of(100), bid: Int32Array.of(0), priceSecond: Int32Array.of(33_305) });
  });
});

describe("clock zones", () => {
  const one = (file: FixtureColumn[], zones?: Record<string, string>) => ({ "a.parquet": parquetBytes(file, { zones }) });
  const read = async (files: Record<string, Uint8Array>, zone: "ist-wall" | "utc" | undefined) =>
    (await (await dayOf(files, chunkOf([option("a.parquet", 50_000, "CE")], { zones: { raw: zone } }))).load([contract(50_000, "CE")]))[0];

  it("takes digits as Indian time or as UTC as decided for the layout", async () => {
    const early = one(rows("2024-08-20 03:45:00 1 - -"));
    expect((await read(early, "utc"))?.second[0]).toBe(33_300);
    expect(await read(early, "ist-wall")).toBeUndefined();
  });

  it("takes a named zone as true instants whatever was decided", async () => {
    const named = one(rows("2024-08-20 03:45:01 1 - -"), { timestamp: "Asia/Kolkata" });
    expect((await read(named, "ist-wall"))?.second[0]).toBe(33_301);
    expect((await read(named, undefined))?.second[0]).toBe(33_301);
    expect((await read(one(rows("2024-08-20 09:15:01 1 - -"), { timestamp: "UTC" }), "ist-wall"))?.second[0]).toBe(33_301);
  });

  it("asks for a decision when there is none", async () => {
    await expect(read(one(rows("2024-08-20 03:45:01 1 - -")), undefined)).rejects.toThrow(/a\.parquet: whether the digits of "timestamp" are Indian time or UTC is not decided\. Choose/);
  });

  const price = column("price", "double", [1.5]);
  const moment = micros("2024-08-20 09:15:07.250");
  const forms: [string, FixtureColumn[]][] = [
    ["text", [column("datetime", "text", ["2024-08-20 09:15:07.250"]), price]],
    ["text with an offset", [column("datetime", "text", ["2024-08-20T09:15:07+05:30"]), price]],
    ["milliseconds", [column("timestamp", "ms", [moment / 1000n]), price]],
    ["nanoseconds", [column("timestamp", "ns", [moment * 1000n]), price]],
    ["whole seconds", [column("timestamp", "int64", [moment / 1_000_000n]), price]],
    ["whole nanoseconds", [column("timestamp", "int64", [moment * 1000n]), price]],
    ["seconds with a fraction", [column("timestamp", "double", [Number(moment) / 1e6]), price]],
    ["a date and a time of day", [column("Date", "date", [TUE]), column("Time", "timeMs", [33_307_250]), price]],
    ["a date and a time in text", [column("date", "text", ["2024-08-20"]), column("time", "text", ["09:15:07"]), price]],
    ["a date text with the time in it", [column("date", "text", ["2024-08-20 09:15:07"]), price]],
  ];
  for (const [what, columns] of forms) {
    it(`reads a clock of ${what}`, async () => {
      expect(await read(one(columns), "ist-wall")).toMatchObject({ length: 1, second: Int32Array.of(33_307), price: Int32Array.of(150) });
    });
  }
});

describe("spot and futures", () => {
  const spotFile: CatalogueFile = { path: "banknifty_spot/banknifty.parquet", layout: "series", kind: "spot", symbol: "BANKNIFTY" };
  const future = (path: string, extra: Partial<CatalogueFile> = {}): CatalogueFile => ({ path, layout: "series", kind: "future", symbol: "BANKNIFTY", ...extra });

  it("reads spot by date from one long file, and from a file per date", async () => {
    const long = { [spotFile.path]: parquetBytes(rows("2024-08-19 09:15:00 1 - -", "2024-08-20 09:15:00 2 - -", "2024-08-21 09:15:00 3 - -"), { rowGroupSize: 1 }) };
    const days = await source(long);
    expect((await days.day(chunkOf([spotFile]), TUE).spot())?.price[0]).toBe(200);
    expect((await days.day(chunkOf([spotFile]), WED).spot())?.price[0]).toBe(300);
    const daily: CatalogueFile = { path: "spot/date=2024-08-20/x.parquet", layout: "day", kind: "spot", symbol: "BANKNIFTY", date: TUE };
    const daysFiles = await source({ [daily.path]: parquetBytes(rows("2024-08-20 09:15:00 7 - -")) });
    expect((await daysFiles.day(chunkOf([daily]), TUE).spot())?.price[0]).toBe(700);
    expect(await daysFiles.day(chunkOf([daily]), WED).spot()).toBeUndefined();
    expect(await (await source({})).day(chunkOf([]), TUE).spot()).toBeUndefined();
  });

  it("takes the nearest month that has rows in the session, by an expiry column", async () => {
    const months = rows("2024-08-20 09:00:00 1 - -", "2024-08-20 09:15:00 2 - -", "2024-08-20 09:15:00 3 - -", "2024-08-21 09:15:00 4 - -");
    const bytes = parquetBytes([...months, column("expiry", "date", [NEXT, dayNumber("2024-09-25"), dayNumber("2024-10-30"), NEXT])]);
    const file = future("banknifty_futures.parquet");
    const days = await source({ [file.path]: bytes });
    expect((await days.day(chunkOf([file]), TUE).future())?.price[0]).toBe(200);
    expect((await days.day(chunkOf([file]), WED).future())?.price[0]).toBe(400);
  });

  it("takes the month from contract names in the rows", async () => {
    const bytes = parquetBytes([...rows("2024-08-20 09:15:00 3 - -", "2024-08-20 09:15:00 2 - -"), column("symbol", "text", ["BANKNIFTY24SEPFUT", "BANKNIFTY24AUGFUT"])]);
    const file = future("banknifty_futures.parquet");
    expect((await (await dayOf({ [file.path]: bytes }, chunkOf([file]))).future())?.price[0]).toBe(200);
  });

  it("takes the month from the path, passing over one without rows", async () => {
    const near = future("futures/BANKNIFTY/202408/exp=2024-08-28/ticks.parquet", { expiry: NEXT, layout: "packed" });
    const far = future("futures/BANKNIFTY/202409/exp=2024-09-25/ticks.parquet", { expiry: dayNumber("2024-09-25"), layout: "packed" });
    const gone = future("futures/BANKNIFTY/202407/exp=2024-07-31/ticks.parquet", { expiry: dayNumber("2024-07-31"), layout: "packed" });
    const files = { [near.path]: parquetBytes(rows("2024-08-21 09:15:00 1 - -")), [far.path]: parquetBytes(rows("2024-08-20 09:15:00 2 - -", "2024-08-21 09:15:00 3 - -")), [gone.path]: "not read" };
    const days = await source(files);
    expect((await days.day(chunkOf([far, gone, near]), TUE).future())?.price[0]).toBe(200);
    expect((await days.day(chunkOf([far, gone, near]), WED).future())?.price[0]).toBe(100);
  });

  it("takes a series without months as the nearest one, and refuses it when one second has two books", async () => {
    const file = future("banknifty_fut.parquet");
    const calm = rows("2024-08-20 09:15:00 50000 49999 50001", "2024-08-20 09:15:00.5 50005 50004 50006", "2024-08-20 09:15:01 50300 50299 50301");
    expect((await (await dayOf({ [file.path]: parquetBytes(calm) }, chunkOf([file]))).future())?.length).toBe(3);
    const mixed = rows("2024-08-20 09:15:00 50000 49999 50001", "2024-08-20 09:15:02 50000 49999 50001", "2024-08-20 09:15:02 50240 50238 50242", "2024-08-21 09:15:00 50000 49999 50001");
    const days = await source({ [file.path]: parquetBytes(mixed) });
    const day = days.day(chunkOf([file]), TUE);
    await expect(day.future()).rejects.toThrow(/^banknifty_fut\.parquet: several contract months are mixed: 2024-08-20 09:15:02 has two books.*Add an "expiry" column/);
    await expect(day.future()).rejects.toBeInstanceOf(UnreadableInput);
    expect((await days.day(chunkOf([file]), WED).future())?.length).toBe(1);
  });
});

describe("day partitions", () => {
  const part: CatalogueFile = { path: "options/date=2024-08-20/part-0.parquet", layout: "day", kind: "option", symbol: "BANKNIFTY", date: TUE };
  const base = rows("2024-08-20 09:15:00 100 99 101", "2024-08-20 09:15:00 200 199 201", "2024-08-20 09:15:01 300 299 301", "2024-08-20 09:15:02 110 109 111", "2024-08-20 09:15:02 9 8 10");
  const keys = [column("strike", "int32", [50_000, 50_000, 50_000, 50_000, 50_000]), column("opt_type", "text", ["CE", "CE", "PE", "CE", "CE"]), column("symbol", "text", ["BANKNIFTY", "BANKNIFTY", "BANKNIFTY", "BANKNIFTY", "NIFTY"])];
  const expiries = column("expiry", "text", ["2024-08-21", "2024-08-28", "2024-08-21", "2024-08-21", "2024-08-21"]);

  it("tells contracts apart by their rows", async () => {
    const day = await dayOf({ [part.path]: parquetBytes([...base, ...keys, expiries]) }, chunkOf([part]));
    expect(await day.expiries()).toEqual([EXPIRY, NEXT]);
    expect(await day.strikes(EXPIRY)).toEqual([{ strike: 50_000, ce: true, pe: true }]);
    expect(await day.strikes(NEXT)).toEqual([{ strike: 50_000, ce: true, pe: false }]);
    const [ce, next, pe, none] = await day.load([contract(50_000, "CE"), contract(50_000, "CE", NEXT), contract(50_000, "PE"), contract(50_100, "PE")]);
    expect([...(ce?.price ?? [])]).toEqual([10_000, 11_000]);
    expect([...(next?.price ?? [])]).toEqual([20_000]);
    expect([...(pe?.second ?? [])]).toEqual([33_301]);
    expect(none).toBeUndefined();
    expect(day.report()).toMatchObject({ contracts: 3, quality: { rows: 4 } });
    expect(await day.hasRows()).toBe(true);
  });

  it("takes from the path what the columns lack", async () => {
    const file = { ...part, path: "options/date=2024-08-20/exp=2024-08-28/part-0.parquet", expiry: NEXT };
    const day = await dayOf({ [file.path]: parquetBytes([...rows("2024-08-20 09:15:00 1 - -"), column("strike", "double", [50_000.5]), column("cp", "text", ["P"])]) }, chunkOf([file]));
    expect(await day.strikes(NEXT)).toEqual([{ strike: 50_000.5, ce: false, pe: true }]);
  });

  it("refuses a file without expiries: as mixed where its rows show it", async () => {
    const mixed = await dayOf({ [part.path]: parquetBytes([...base, ...keys]) }, chunkOf([part]));
    await expect(mixed.expiries()).rejects.toThrow(/part-0\.parquet: several expiries are mixed: 50000 CE has two books at 2024-08-20 09:15:00, and there is no "expiry" column/);
    await expect(mixed.expiries()).rejects.toBeInstanceOf(UnreadableInput);
    const single = await dayOf({ [part.path]: parquetBytes([...rows("2024-08-20 09:15:00 1 - -"), column("strike", "int32", [50_000]), column("opt_type", "text", ["CE"])]) }, chunkOf([part]));
    await expect(single.load([contract(50_000, "CE")])).rejects.toThrow(/the file carries no expiry.*Add an "expiry" column/);
  });

  it("refuses a file without strikes or sides in words", async () => {
    const day = await dayOf({ [part.path]: parquetBytes([...base, keys[1], expiries]) }, chunkOf([part]));
    await expect(day.expiries()).rejects.toThrow(/neither its path nor a column tells the strike of a row/);
  });
});

describe("bars", () => {
  const bars = (times: string[]): Uint8Array =>
    parquetBytes([column("datetime", "text", times.map((time) => `2024-08-20 ${time}`)), ...["open", "high", "low"].map((name) => column(name, "double", times.map(() => 1))), column("close", "double", times.map((_, i) => 10 + i))]);
  const file = option("a.parquet", 50_000, "CE");

  it("are known at the last second of their span", async () => {
    const files = { "a.parquet": bars(["09:15:00", "09:16:00", "09:18:00", "15:29:00"]) };
    const start = await dayOf(files, chunkOf([file], { kinds: { raw: "bar" } }));
    const [slice] = await start.load([contract(50_000, "CE")]);
    expect([...(slice?.second ?? [])]).toEqual([33_359, 33_419, 33_539, 55_799]);
    expect([...(slice?.price ?? [])]).toEqual([1000, 1100, 1200, 1300]);
    expect(slice?.barSpan).toBe(60);
    const end = await dayOf(files, chunkOf([file], { kinds: { raw: "bar" }, barLabel: "end" }));
    expect([...((await end.load([contract(50_000, "CE")]))[0]?.second ?? [])]).toEqual([33_359, 33_479, 55_739]);
  });

  it("are known by the spacing of their own rows, whatever the layout mostly holds", async () => {
    const minutes = Array.from({ length: 12 }, (_, i) => `09:${15 + i}:00`);
    const seconds = Array.from({ length: 12 }, (_, i) => `09:15:${10 + i}`);
    const files = { "a.parquet": bars(minutes), "b.parquet": bars(seconds) };
    for (const kind of ["bar", "snapshot"] as const) {
      const day = await dayOf(files, chunkOf([file, option("b.parquet", 50_100, "CE")], { kinds: { raw: kind } }));
      const [bar, snapshot] = await day.load([contract(50_000, "CE"), contract(50_100, "CE")]);
      expect([bar?.second[0], snapshot?.second[0]]).toEqual([33_359, 33_310]);
    }
  });

  it("follow their layout where there are too few to tell", async () => {
    const one = { "a.parquet": bars(["09:15:00"]) };
    const load = async (extra: Partial<DayChunk>) => (await (await dayOf(one, chunkOf([file], extra))).load([contract(50_000, "CE")]))[0]?.second[0];
    expect(await load({ kinds: { raw: "bar" }, barSpans: { raw: 300 } })).toBe(33_300 + 299);
    expect(await load({ kinds: { raw: "snapshot" } })).toBe(33_300);
    await expect(load({ kinds: { raw: "bar" } })).rejects.toThrow(/a\.parquet: the data set holds bars, but .* too few to tell/);
    const odd = await dayOf({ "a.parquet": bars(["09:15:00", "09:16:10", "09:17:25"]) }, chunkOf([file], { kinds: { raw: "bar" }, barSpans: { raw: 60 } }));
    await expect(odd.load([contract(50_000, "CE")])).rejects.toThrow(/regular distance/);
  });

  it("take close as the last price also at irregular spacing, as snapshots", async () => {
    const [slice] = await (await dayOf({ "a.parquet": bars(["09:15:00", "09:15:01", "09:15:03"]) }, chunkOf([file]))).load([contract(50_000, "CE")]);
    expect([...(slice?.second ?? [])]).toEqual([33_300, 33_301, 33_303]);
  });
});

describe("bad input", () => {
  const good = parquetBytes(rows("2024-08-20 09:15:00 1 - -"));
  const prices = parquetBytes(rows(...Array.from({ length: 400 }, (_, i) => `2024-08-20 10:00:0${i % 10} ${100 + (i * 7) % 13} - -`)));
  const cases: [string, Uint8Array | string | undefined, RegExp][] = [
    ["a file that is gone", undefined, /^a\.parquet: the file is no longer there\. Put it back/],
    ["an empty file", "", /^a\.parquet: the file is empty/],
    ["text", "timestamp,price\n", /^a\.parquet: this is no Parquet file.*Convert it/],
    ["a truncated file", prices.slice(0, prices.length - 300), /^a\.parquet: .*(cut off|damaged).*Copy it again/],
    ["a column of a wrong type", parquetBytes([column("timestamp", "us", [micros("2024-08-20 09:15:00")]), column("price", "text", ["12.5"])]), /^a\.parquet: column "price" has the type BYTE_ARRAY STRING; expected numbers/],
    ["a clock of a wrong type", parquetBytes([column("timestamp", "bool", [true]), column("price", "double", [1])]), /^a\.parquet: column "timestamp" has the type BOOLEAN; expected a timestamp/],
    ["clock texts that say nothing", parquetBytes([column("timestamp", "text", ["yesterday"]), column("price", "double", [1])]), /^a\.parquet: column "timestamp" has the type text such as "yesterday"/],
    ["no price", parquetBytes([column("timestamp", "us", [1n]), column("volume", "double", [1])]), /^a\.parquet: the file lacks a price .*Its columns are: timestamp, volume/],
    ["no clock", parquetBytes([column("price", "double", [1])]), /^a\.parquet: the file lacks a clock/],
  ];
  for (const [what, content, message] of cases) {
    it(`says what is wrong with ${what}, and goes on with the other contracts`, async () => {
      const files: Record<string, Uint8Array | string> = { "b.parquet": good, ...(content !== undefined && { "a.parquet": content }) };
      const day = await dayOf(files, chunkOf([option("a.parquet", 50_000, "CE"), option("b.parquet", 50_100, "CE")]));
      const failure = day.load([contract(50_000, "CE")]);
      await expect(failure).rejects.toBeInstanceOf(UnreadableInput);
      await expect(failure).rejects.toThrow(message);
      expect((await day.load([contract(50_100, "CE")]))[0]?.length).toBe(1);
    });
  }
});
