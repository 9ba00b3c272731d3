import { beforeAll, describe, expect, it } from "vitest";
import type { Kernels } from "../../../src/core/kernels.ts";
import { defaultRules } from "../../../src/core/market/rules.ts";
import { dayNumber } from "../../../src/core/time.ts";
import type { CatalogueFile } from "../../../src/data/catalogue/types.ts";
import { readFacts } from "../../../src/data/facts.ts";
import { probeClocks } from "../../../src/data/probe.ts";
import type { RowReader } from "../../../src/data/ports.ts";
import { sessionLookup } from "../../../src/data/session-of.ts";
import { testKernels } from "../../support/memory-day.ts";
import { column, folderOf, micros, parquetBytes, testReader } from "./parquet-fixture.ts";
import type { FixtureColumn } from "./parquet-fixture.ts";

const TUE = dayNumber("2024-08-20");
const WED = dayNumber("2024-08-21");
const BOGUS = 19_800_000_000n;

let reader: RowReader;
let kernels: Kernels;
beforeAll(async () => {
  reader = await testReader();
  kernels = testKernels();
});

const file: CatalogueFile = { path: "banknifty2482150000ce.parquet", layout: "raw", kind: "option", symbol: "BANKNIFTY", expiry: WED, strike: 50_000, cp: "CE" };
const clock = (...moments: (string | bigint | null)[]): FixtureColumn => column("timestamp", "us", moments.map((moment) => (typeof moment === "string" ? micros(moment) : moment)));
const prices = (count: number): FixtureColumn => column("price", "double", Array.from({ length: count }, (_, i) => i + 1));

async function facts(columns: FixtureColumn[] | Uint8Array | string, about: CatalogueFile = file, options: Parameters<typeof parquetBytes>[1] = {}) {
  const content = Array.isArray(columns) ? parquetBytes(columns, options) : columns;
  const { folder } = await folderOf({ [about.path]: content });
  let read = 0;
  const counting: RowReader = { ...reader, read: (data, request) => (read++, reader.read(data, request)) };
  const found = await readFacts(folder, counting, kernels, about, { raw: "ist-wall", series: "utc" }, sessionLookup(defaultRules), defaultRules);
  return { found, read };
}

describe("readFacts", () => {
  it("takes the dates from the statistics without reading a row", async () => {
    const { found, read } = await facts([clock("2024-08-20 09:15:00", "2024-08-21 15:29:59"), prices(2)]);
    expect(found).toMatchObject({ rows: 2, firstDate: TUE, lastDate: WED, footer: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(found).not.toHaveProperty("dates");
    expect(found).not.toHaveProperty("problems");
    expect(read).toBe(0);
  });

  it("takes the zone of the layout and the Arrow zone into account", async () => {
    const late = [clock("2024-08-19 18:30:00", "2024-08-20 18:29:59"), prices(2)];
    expect((await facts(late, { ...file, layout: "series" })).found).toMatchObject({ firstDate: TUE, lastDate: TUE });
    expect((await facts(late)).found).toMatchObject({ firstDate: TUE - 1, lastDate: TUE });
    expect((await facts(late, file, { zones: { timestamp: "Asia/Kolkata" } })).found).toMatchObject({ firstDate: TUE, lastDate: TUE });
  });

  it("reads the clocks where a bogus first row hides the start, and lists the dates exactly", async () => {
    const moments = [BOGUS, "2024-08-20 09:10:00", "2024-08-21 09:15:00"] as const;
    const { found, read } = await facts([clock(...moments), prices(3), column("ts", "us", [micros("2024-08-16 09:15:00"), BOGUS, null])]);
    expect(found).toMatchObject({ firstDate: dayNumber("2024-08-16"), lastDate: WED, dates: [dayNumber("2024-08-16"), TUE, WED], sessionDates: [dayNumber("2024-08-16"), WED] });
    expect(read).toBe(1);
    const alone = await facts([clock(...moments), prices(3)]);
    expect(alone.found).toMatchObject({ firstDate: TUE, lastDate: WED, dates: [TUE, WED], sessionDates: [WED] });
  });

  it("also when rows without a clock fall back on ts", async () => {
    const { found } = await facts([clock("2024-08-21 09:15:00", null), prices(2), column("ts", "us", [micros("2024-08-21 09:15:00"), micros("2024-08-20 09:15:00")])]);
    expect(found).toMatchObject({ firstDate: TUE, lastDate: WED });
  });

  it("gives no dates for a file whose clocks are all bogus", async () => {
    const { found } = await facts([clock(BOGUS, BOGUS), prices(2)]);
    expect(found).toMatchObject({ rows: 2, dates: [], sessionDates: [] });
    expect(found).not.toHaveProperty("firstDate");
  });

  it("tells an empty file from one that cannot be read", async () => {
    expect((await facts([clock(), prices(0)])).found).toMatchObject({ rows: 0, problems: [{ kind: "no_rows", fatal: false, path: file.path }] });
    expect((await facts("")).found).toMatchObject({ problem: { kind: "corrupt", fatal: true, path: file.path, message: expect.stringContaining("0 bytes") } });
    expect((await facts("some text")).found).toMatchObject({ problem: { kind: "not_parquet", fatal: true } });
    expect((await facts([prices(1)])).found).toMatchObject({ problem: { kind: "missing_column", fatal: true } });
    expect((await facts([clock(1n), column("price", "text", ["1"])])).found).toMatchObject({ problem: { kind: "wrong_type", fatal: true } });
    const { folder } = await folderOf({});
    expect(await readFacts(folder, reader, kernels, file, {}, () => undefined, defaultRules)).toMatchObject({ problem: { kind: "gone", fatal: true, path: file.path } });
  });

  it("warns of rows after the expiry that the name gives", async () => {
    const { found } = await facts([clock("2024-08-21 09:15:00", "2024-08-22 09:15:00"), prices(2)]);
    expect(found).toMatchObject({ rows: 2, problems: [{ kind: "rows_after_expiry", fatal: false, message: expect.stringContaining("2024-08-22, after the expiry 2024-08-21") }] });
  });

  it("warns of a file whose only clock is the last trade", async () => {
    const { found } = await facts([column("lastTradeTime", "us", [micros("2024-08-20 09:15:00")]), prices(1)]);
    expect(found).toMatchObject({ firstDate: TUE, problems: [{ kind: "missing_column", fatal: false, message: expect.stringContaining("no clock but") }] });
  });

  const contradicting: [string, FixtureColumn, RegExp][] = [
    ["strike", column("strike", "double", [57_000, 57_000]), /strike is 50000 by the name, 57000 in column "strike"/],
    ["one of several strikes", column("strike", "int32", [50_000, 50_100]), /50100 in column "strike"/],
    ["side", column("side", "text", ["PE", "PE"]), /opt_type is CE by the name, PE in column "side"/],
    ["symbol", column("symbol", "text", ["NIFTY", "NIFTY"]), /symbol is BANKNIFTY by the name, NIFTY/],
    ["expiry", column("expiry", "date", [WED + 7, WED + 7]), /expiry is 2024-08-21 by the name, 2024-08-28 in column "expiry"/],
    ["expiry in text", column("expiry", "text", ["2024-12-31", "2024-12-31"]), /2024-12-31 in column "expiry"/],
  ];
  for (const [what, extra, message] of contradicting) {
    it(`never uses a file whose rows have another ${what} than its name`, async () => {
      const { found } = await facts([clock("2024-08-20 09:15:00", "2024-08-20 09:15:01"), prices(2), extra]);
      expect(found).toMatchObject({ problem: { kind: "name_contradicts_rows", fatal: true, message: expect.stringMatching(message) } });
    });
  }

  it("finds no contradiction in equal values, other spellings, and words that mean nothing", async () => {
    const two = clock("2024-08-20 09:15:00", "2024-08-20 09:15:01");
    const agreeing = [column("strike", "double", [50_000, 50_000]), column("opt_type", "text", ["call", "C"]), column("symbol", "text", ["BANKNIFTY2482150000CE", "NIFTY BANK"]), column("expiry", "text", ["2024-08-21", "21-Aug-2024"])];
    expect((await facts([two, prices(2), ...agreeing])).found).toMatchObject({ rows: 2 });
    expect((await facts([two, prices(2), column("side", "text", ["BUY", "SELL"]), column("name", "text", ["x", "y"])])).found).toMatchObject({ rows: 2 });
  });

  it("does not stumble over columns that hold nothing, or bytes", async () => {
    const nothing = { type: "INT32", logical_type: { type: "NULL" } } as const;
    const columns = [clock("2024-08-20 09:15:00"), prices(1), column("lastTradeTime", nothing, [null]), column("bp0", nothing, [null]), column("sp0", nothing, [null]), column("symbol", "bytes", [null])];
    expect((await facts(columns)).found).toMatchObject({ rows: 1, firstDate: TUE });
  });

  it("lets a re-dated contract keep the expiry of its name", async () => {
    const moved = defaultRules.actualExpiry("BANKNIFTY", dayNumber("2023-09-07"));
    expect(moved).toBe(dayNumber("2023-09-06"));
    const columns = [clock("2023-08-30 09:15:00"), prices(1), column("expiry", "date", [dayNumber("2023-09-07")])];
    expect((await facts(columns, { ...file, expiry: moved })).found).toMatchObject({ rows: 1 });
  });
});

describe("probeClocks", () => {
  const probe = async (columns: FixtureColumn[], zones?: Record<string, string>) => probeClocks((await folderOf({ [file.path]: parquetBytes(columns, { zones }) })).folder, reader, file);

  it("counts rows by where their digits lie in the day", async () => {
    const counts = await probe([clock("2024-08-20 08:59:59", "2024-08-20 09:00:00", "2024-08-20 10:14:59", "2024-08-20 10:15:00", "2024-08-20 15:44:59", "2024-08-20 15:45:00", "2024-08-20 03:29:59", "2024-08-20 03:30:00", BOGUS, null), prices(10)]);
    expect(counts).toMatchObject({ rows: 8, ist: 4, utc: 4 });
  });

  it("needs no rows where the file names a zone or the texts carry an offset", async () => {
    expect(await probe([clock("2024-08-20 08:59:59"), prices(1)], { timestamp: "Asia/Kolkata" })).toMatchObject({ rows: 0, ist: 0, utc: 0, arrowZone: "Asia/Kolkata" });
    expect(await probe([column("timestamp", "text", ["2024-08-20T09:15:00+05:30"]), prices(1)])).toMatchObject({ rows: 0, arrowZone: "offset in the text" });
    expect(await probe([column("timestamp", "text", ["2024-08-20T09:15:00Z"]), prices(1)])).toMatchObject({ rows: 1, ist: 1, utc: 1 });
  });
});

describe("the kind of rows", () => {
  const kind = async (times: string[], names = "open high low close") => {
    const columns = [column("datetime", "text", times.map((time) => `2024-08-20 ${time}`)), ...names.split(" ").map((name) => column(name, "double", times.map(() => 1)))];
    return probeClocks((await folderOf({ [file.path]: parquetBytes(columns) })).folder, reader, file);
  };

  it("tells bars by their columns and their spacing", async () => {
    expect(await kind(["09:15:00", "09:16:00", "09:19:00"])).toMatchObject({ rowKind: "bar", barSpan: 60, mapping: { datetime: "timestamp" } });
    expect(await kind(["09:15:00", "09:30:00", "09:45:00"])).toMatchObject({ rowKind: "bar", barSpan: 900 });
    expect(await kind(["09:15:00", "09:15:01", "09:16:00"])).toMatchObject({ rowKind: "snapshot" });
    expect(await kind(["09:15:00", "09:16:10", "09:17:05", "09:20:00"])).toMatchObject({ rowKind: "snapshot" });
    expect(await kind(["09:15:00", "09:16:00"], "open high low close ltp")).toMatchObject({ rowKind: "snapshot" });
    expect(await kind(["09:15:00"])).toMatchObject({ rowKind: "snapshot" });
  });
});
