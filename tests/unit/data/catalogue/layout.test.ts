import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultRules } from "../../../../src/core/market/rules.ts";
import { dayNumber } from "../../../../src/core/time.ts";
import { readPaths } from "../../../../src/data/catalogue/layout.ts";
import { UNKNOWN_SYMBOL, VIX_SYMBOL, type CatalogueFile } from "../../../../src/data/catalogue/types.ts";

function read(...paths: string[]) {
  return readPaths(paths, defaultRules);
}

function one(path: string): CatalogueFile {
  const { files, problems } = read(path);
  expect(problems.filter(({ fatal }) => fatal)).toEqual([]);
  return files[0];
}

const option = (symbol: string, expiry: string, strike: number, cp: string) => ({ kind: "option", symbol, expiry: dayNumber(expiry), strike, cp });

describe("raw names", () => {
  it.each([
    ["options/banknifty1941128500ce.parquet", option("BANKNIFTY", "2019-04-11", 28500, "CE")],
    ["a/b/BANKNIFTY25AUG48000CE.PARQUET", option("BANKNIFTY", "2025-08-28", 48000, "CE")],
    ["NIFTY2510223500PE.parq", option("NIFTY", "2025-01-02", 23500, "PE")],
    ["x/BANKNIFTY29FEB2446300PE.parquet", option("BANKNIFTY", "2024-02-29", 46300, "PE")],
    ["x/BANKNIFTY28AUG25C52000.parquet", option("BANKNIFTY", "2025-08-28", 52000, "CE")],
    ["x/BANKNIFTY25JAN1718300CE.NFO.parquet", option("BANKNIFTY", "2017-01-25", 18300, "CE")],
  ])("reads %s", (path, expected) => {
    expect(one(path)).toEqual({ path, layout: "raw", ...expected });
  });

  it("reads futures by month and the nearest continuous series", () => {
    expect(one("fut/BANKNIFTY25AUGFUT.parquet")).toMatchObject({ layout: "raw", kind: "future", symbol: "BANKNIFTY", expiry: dayNumber("2025-08-28") });
    expect(one("BANKNIFTY_F1.parquet")).toEqual({ path: "BANKNIFTY_F1.parquet", layout: "raw", kind: "future", symbol: "BANKNIFTY" });
  });

  it("refuses a continuous series of a later month, in words", () => {
    const { files, problems } = read("BANKNIFTY-II.parquet");
    expect(files).toEqual([]);
    expect(problems[0]).toMatchObject({ path: "BANKNIFTY-II.parquet", kind: "unreadable_name", fatal: true });
    expect(problems[0].message).toContain("nearest");
  });

  it("makes one contract of two names of a re-dated expiry", () => {
    const { files } = read("banknifty2390744000ce.parquet", "banknifty2390644000ce.parquet");
    expect(files.map(({ expiry }) => expiry)).toEqual([dayNumber("2023-09-06"), dayNumber("2023-09-06")]);
    expect(files.map(({ path }) => path)).toEqual(["banknifty2390744000ce.parquet", "banknifty2390644000ce.parquet"]);
  });

  it("costs only the file whose name cannot be read", () => {
    const { files, problems } = read("options/banknifty1941128500ce.parquet", "options/holiday-list.parquet");
    expect(files).toHaveLength(1);
    expect(problems).toMatchObject([{ path: "options/holiday-list.parquet", kind: "unreadable_name", fatal: true }]);
    expect(problems[0].message).toMatch(/holiday-list.*BANKNIFTY25AUG48000CE/s);
  });

  it("reports a name that can be read two ways, and reads it where its folder fixes the style", () => {
    const ambiguous = "BANKNIFTY24DEC199500CE";
    const alone = read(`a/${ambiguous}.parquet`);
    expect(alone.files).toEqual([]);
    expect(alone.problems[0]).toMatchObject({ kind: "ambiguous_name", fatal: true });
    const settled = read(`a/${ambiguous}.parquet`, "a/BANKNIFTY29FEB2446300PE.parquet", "b/BANKNIFTY2510250000PE.parquet");
    expect(settled.problems.filter(({ fatal }) => fatal)).toEqual([]);
    expect(settled.files[0]).toMatchObject({ expiry: dayNumber("2019-12-24"), strike: 9500 });
  });

  it("reports an expiry that the rules do not know once, and keeps its files", () => {
    const { files, problems } = read("banknifty2482050000ce.parquet", "banknifty2482050100ce.parquet");
    expect(files).toHaveLength(2);
    expect(problems).toMatchObject([{ kind: "unknown_expiry", fatal: false, path: "banknifty2482050000ce.parquet" }]);
    expect(problems[0].message).toContain("2024-08-20");
    expect(problems[0].message).toContain("1 more");
  });
});

describe("packed", () => {
  it("takes keys in the path as columns and the symbol from a folder", () => {
    const path = "packed/options/BANKNIFTY/201907/exp=2019-07-11/type=CE/strike=29000.parquet";
    expect(one(path)).toEqual({ path, layout: "packed", ...option("BANKNIFTY", "2019-07-11", 29000, "CE") });
  });

  it("reads spot by date and futures by expiry", () => {
    expect(one("packed/spot/BANKNIFTY/201907/date=2019-07-25/ticks.parquet")).toMatchObject({ layout: "packed", kind: "spot", symbol: "BANKNIFTY", date: dayNumber("2019-07-25") });
    expect(one("packed/futures/BANKNIFTY/201912/exp=2019-12-26/ticks.parquet")).toMatchObject({ layout: "packed", kind: "future", symbol: "BANKNIFTY", expiry: dayNumber("2019-12-26") });
  });

  it("moves a re-dated expiry as names do", () => {
    expect(one("options/BANKNIFTY/202309/exp=2023-09-07/type=PE/strike=44000.parquet").expiry).toBe(dayNumber("2023-09-06"));
  });

  it.each([
    ["options/BANKNIFTY/exp=2019-02-30/type=CE/strike=29000.parquet", "exp=YYYY-MM-DD"],
    ["options/BANKNIFTY/exp=2019-07-11/type=XX/strike=29000.parquet", "CE"],
    ["options/BANKNIFTY/exp=2019-07-11/type=CE/strike=abc.parquet", "rupees"],
  ])("reports %s", (path, hint) => {
    const { files, problems } = read(path);
    expect(files).toEqual([]);
    expect(problems[0]).toMatchObject({ path, kind: "unreadable_name", fatal: true });
    expect(problems[0].message).toContain(hint);
  });

  it("reports a name that contradicts its folder", () => {
    const { problems } = read("exp=2019-07-18/banknifty1971128500ce.parquet");
    expect(problems[0]).toMatchObject({ kind: "ambiguous_name", fatal: true });
    expect(problems[0].message).toMatch(/2019-07-18.*2019-07-11/);
  });
});

describe("day partitions", () => {
  it.each([
    ["options/date=2024-08-23/banknifty.parquet", "option", "BANKNIFTY"],
    ["BANKNIFTY/options/date=2024-08-23/part-0.parquet", "option", "BANKNIFTY"],
    ["options/date=2024-08-23/part-0.parquet", "option", UNKNOWN_SYMBOL],
    ["spot/date=2024-08-23/nifty.parquet", "spot", "NIFTY"],
    ["spot/date=2024-08-23/ticks.parquet", "spot", UNKNOWN_SYMBOL],
    ["futures/date=2024-08-23/banknifty.parquet", "future", "BANKNIFTY"],
    ["options/symbol=NIFTY/date=20240823/data.parquet", "option", "NIFTY"],
  ])("reads %s", (path, kind, symbol) => {
    expect(one(path)).toEqual({ path, layout: "day", kind, symbol, date: dayNumber("2024-08-23") });
  });

  it("keeps contracts that are partitioned by day", () => {
    const path = "options/date=2024-08-23/banknifty2482850000ce.parquet";
    expect(one(path)).toMatchObject({ layout: "day", strike: 50000, date: dayNumber("2024-08-23") });
  });
});

describe("series", () => {
  it.each([
    ["banknifty_futures.parquet", "future", "BANKNIFTY"],
    ["options/nifty_futures.parquet", "future", "NIFTY"],
    ["nifty_fut.parquet", "future", "NIFTY"],
    ["banknifty_spot/banknifty.parquet", "spot", "BANKNIFTY"],
    ["NIFTY 50 index.parquet", "spot", "NIFTY"],
    ["index/NIFTY BANK.parquet", "spot", "BANKNIFTY"],
    ["BANKNIFTYSPOT.parquet", "spot", "BANKNIFTY"],
    ["india_vix.parquet", "vix", VIX_SYMBOL],
    ["spot/INDIAVIX.parquet", "vix", VIX_SYMBOL],
  ])("reads %s", (path, kind, symbol) => {
    expect(one(path)).toEqual({ path, layout: "series", kind, symbol });
  });

  it.each(["spot/banknifty_2024-08-23.parquet", "spot/banknifty/date=2024-08-23.parquet", "banknifty_spot/20240823.parquet", "spot/BANKNIFTY 23-08-2024.parquet", "banknifty_spot/2024-08-23/ticks.parquet"])("reads spot by day from %s", (path) => {
    expect(one(path)).toEqual({ path, layout: "series", kind: "spot", symbol: "BANKNIFTY", date: dayNumber("2024-08-23") });
  });

  it.each(["spot/NIFTY IT.parquet", "spot/nifty_midcap_150.parquet", "spot/reliance.parquet", "spot/NIFTY IT/2024-08-23.parquet", "spot/symbol=RELIANCE/data.parquet"])("takes %s for no known underlying", (path) => {
    const { files, problems } = read(path, "banknifty2482150000ce.parquet");
    expect(files).toHaveLength(1);
    expect(problems).toMatchObject([{ path, kind: "unreadable_name", fatal: true }]);
  });

  it.each(["spot/part-00000-4f1c-c000.snappy.parquet", "spot/ticks.parquet", "spot/2024-08-23.parquet", "type=spot/data_1.parquet"])("leaves the symbol of %s to the rows", (path) => {
    expect(one(path)).toMatchObject({ kind: "spot", symbol: UNKNOWN_SYMBOL });
  });

  it("takes a file of many contracts only where its name says so", () => {
    expect(one("banknifty_options.parquet")).toEqual({ path: "banknifty_options.parquet", layout: "series", kind: "option", symbol: "BANKNIFTY" });
    expect(read("options/banknifty25xyz48000ce.parquet").problems).toMatchObject([{ kind: "unreadable_name", fatal: true }]);
  });

  it("reports a name that says the underlying but not the kind", () => {
    const { problems } = read("banknifty.parquet");
    expect(problems[0]).toMatchObject({ kind: "unreadable_name", fatal: true });
    expect(problems[0].message).toContain("BANKNIFTY");
  });
});

describe("any path", () => {
  it("is a file or a problem, never both and never lost", () => {
    const part = fc.oneof(
      fc.constantFrom("options", "spot", "futures", "BANKNIFTY", "nifty", "202407", "exp=2024-08-21", "exp=x", "type=CE", "type=spot", "date=2024-08-20", "date=", "symbol=NIFTY", "strike=0", "2024-08-20", "india_vix"),
      fc.string({ maxLength: 12 }).map((text) => text.replaceAll("/", "")),
    );
    const stem = fc.oneof(part, fc.constantFrom("banknifty2482150000ce", "BANKNIFTY24AUGFUT", "BANKNIFTY-I", "BANKNIFTY-III", "strike=50000", "ticks", "part-0", "nifty_fut", "NIFTY24DEC23500PE"));
    const path = fc.tuple(fc.array(part, { maxLength: 4 }), stem).map(([parts, name]) => [...parts, `${name}.parquet`].join("/"));
    fc.assert(fc.property(fc.uniqueArray(path, { maxLength: 12 }), (paths) => {
      const { files, problems } = readPaths(paths, defaultRules);
      const told = [...files.map((file) => file.path), ...problems.filter(({ fatal }) => fatal).map((problem) => problem.path)];
      expect(told.toSorted()).toEqual(paths.toSorted());
      for (const { strike, date, expiry } of files) for (const value of [strike, date, expiry]) expect(value === undefined || Number.isFinite(value)).toBe(true);
    }), { numRuns: 2_000 });
  });
});

const NAMES = new URL("../../../../../shared/data/names/contract-names.csv", import.meta.url);
const hasNames = existsSync(NAMES);
if (!hasNames) console.warn("skipped: real contract names, no ../shared/data/names");

describe.skipIf(!hasNames)("real names", () => {
  it("reads all of them, none before its last clock", () => {
    const rows = readFileSync(NAMES, "utf8").trim().split(/\r?\n/).slice(1).map((line) => line.split(","));
    const { files, problems } = readPaths(rows.map(([name]) => `options/${name}`), defaultRules);
    expect(problems.filter(({ fatal }) => fatal)).toEqual([]);
    expect(files).toHaveLength(rows.length);
    const early = rows.filter(([, , , last], i) => last && dayNumber(last.slice(0, 10)) > (files[i].expiry ?? 0)).map(([name]) => name);
    expect(early).toEqual([]);
  });
});
