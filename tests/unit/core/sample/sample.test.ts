import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { resolveNames } from "../../../../src/core/market/contract-name.ts";
import { defaultRules } from "../../../../src/core/market/rules.ts";
import { parquetBytes } from "../../../../src/core/sample/parquet-bytes.ts";
import { QUIRKS } from "../../../../src/core/sample/quirk-counts.ts";
import { makeSample, type Sample, type SampleFile } from "../../../../src/core/sample/sample.ts";
import { dayNumber, isoDate, weekdayName } from "../../../../src/core/time.ts";
import { smallSample } from "../../../support/layouts.ts";

const FIFTY_TWO = (
  "timestamp,price,qty,avgPrice,volume,bQty,sQty,open,high,low,close,changeper,lastTradeTime,oi,oiHigh,oiLow," +
  "bq0,bp0,bo0,bq1,bp1,bo1,bq2,bp2,bo2,bq3,bp3,bo3,bq4,bp4,bo4,sq0,sp0,so0,sq1,sp1,so1,sq2,sp2,so2,sq3,sp3,so3,sq4,sp4,so4," +
  "ts,symbol,opt_type,strike,year,month"
).split(",");

function hashes(sample: Sample): Map<string, string> {
  return new Map(sample.files.map((file) => [file.path, createHash("sha256").update(parquetBytes(file.tables())).digest("hex")]));
}

const columnsOf = (file: SampleFile): string[] => [...file.tables()][0].columns.map(({ name }) => name);

describe("the sample folder", () => {
  it("is the same bytes for the same seed, and others for another", () => {
    const first = hashes(smallSample({ seed: 3, days: 1, future: true }));
    expect(hashes(smallSample({ seed: 3, days: 1, future: true }))).toEqual(first);
    const other = hashes(smallSample({ seed: 4, days: 1, future: true }));
    for (const path of ["spot/banknifty/date=2024-08-19.parquet", "banknifty_futures.parquet"]) {
      expect(first.get(path)).toBeDefined();
      expect(other.get(path)).toBeDefined();
      expect(other.get(path), path).not.toBe(first.get(path));
    }
  });

  it("does not depend on the order in which its files are made", () => {
    const forwards = smallSample({ seed: 5, days: 1 });
    const backwards = smallSample({ seed: 5, days: 1 });
    const bytes = new Map([...backwards.files].reverse().map((file) => [file.path, parquetBytes(file.tables())]));
    for (const file of forwards.files) expect(Buffer.compare(parquetBytes(file.tables()), bytes.get(file.path)!), file.path).toBe(0);
    expect(backwards.quirks).toEqual(forwards.quirks);
  });

  it.each([1, 2, 3, 4, 5])("shows every quirk, with seed %i", (seed) => {
    const sample = smallSample({ seed, days: 2 });
    for (const file of sample.files) for (const _ of file.tables()) continue;
    expect(QUIRKS.filter((quirk) => sample.quirks[quirk] === 0)).toEqual([]);
  });

  it("is clean when no quirks are asked for", () => {
    const sample = smallSample({ seed: 1, days: 1, quirks: false });
    for (const file of sample.files) expect([...file.tables()][0].rows, file.path).toBeGreaterThan(0);
    expect(Object.values(sample.quirks).every((count) => count === 0)).toBe(true);
    expect(sample.files.filter((file) => file.contract).every((file) => columnsOf(file).length === 52)).toBe(true);
  });

  it("has the 52 columns in their order, or the eight or nine of the thin files", () => {
    const shapes = new Map<string, number>();
    for (const file of smallSample({ seed: 1, days: 1 }).files.filter(({ contract }) => contract)) {
      const key = columnsOf(file).join(",");
      shapes.set(key, (shapes.get(key) ?? 0) + 1);
    }
    const thin = "timestamp,price,ts,symbol,opt_type,strike,year,month";
    expect(shapes.get(thin)).toBe(2);
    expect(shapes.get(`${thin},volactual`)).toBe(2);
    expect(shapes.get(FIFTY_TWO.join(","))).toBeGreaterThan(30);
    expect(shapes.size).toBe(3);
  });

  it("trades on the calendar's days, with two expiries alive and the names that they have", () => {
    const sample = smallSample({ seed: 1, days: 6, from: dayNumber("2024-08-14") });
    // 2024-08-15 is a holiday.
    expect(sample.days.map(({ date }) => isoDate(date))).toEqual(["2024-08-14", "2024-08-16", "2024-08-19", "2024-08-20", "2024-08-21", "2024-08-22"]);
    expect(sample.days.map(({ date }) => weekdayName(date))).toEqual(["Wed", "Fri", "Mon", "Tue", "Wed", "Thu"]);
    expect(sample.days.map(({ expiries }) => expiries.map(({ date }) => isoDate(date)).join(" "))).toEqual([
      "2024-08-14 2024-08-21", "2024-08-21 2024-08-28", "2024-08-21 2024-08-28", "2024-08-21 2024-08-28", "2024-08-21 2024-08-28", "2024-08-28 2024-09-04",
    ]);
    const names = sample.files.map(({ path }) => path).filter((path) => path.startsWith("options/"));
    expect(names.some((name) => /^options\/banknifty24821\d{5}ce\.parquet$/.test(name))).toBe(true);
    expect(names.some((name) => /^options\/banknifty24aug\d{5}pe\.parquet$/.test(name))).toBe(true);
  });

  it("has names that the product reads as the contracts they are", () => {
    const options = smallSample({ seed: 2, days: 4 }).files.filter((file) => file.contract);
    const stems = options.map(({ path }) => path.replace(/^options\/|\.parquet$/g, ""));
    const read = resolveNames(stems, defaultRules);
    options.forEach(({ contract }, i) => {
      const result = read.get(stems[i]);
      if (!result?.ok || result.kind !== "option") throw new Error(`${stems[i]}: ${JSON.stringify(result)}`);
      const { symbol, expiry, strike, cp } = contract!;
      expect(result.contract, stems[i]).toEqual({ symbol, expiry, strike, cp });
    });
  });

  it("refuses numbers that make no sense", () => {
    const make = (days: number, near: number) => makeSample({ rules: defaultRules, seed: 1, days, from: dayNumber("2024-08-19"), cadence: { near, far: 20, nearSteps: 1 } });
    expect(() => make(0, 1)).toThrow("days is 0: give a whole number from 1");
    expect(() => make(1.5, 1)).toThrow("days is 1.5");
    expect(() => make(NaN, 1)).toThrow("days is NaN");
    expect(() => make(1, 0.5)).toThrow(/0\.5 s near the money/);
    expect(() => make(1, 21)).toThrow(/no less far away/);
  });

  it("says what is wrong when the rules do not reach", () => {
    expect(() => makeSample({ rules: defaultRules, seed: 1, days: 2, from: dayNumber("2035-01-01") })).toThrow(/market rules/);
    expect(() => makeSample({ rules: defaultRules, seed: 1, days: 1, from: dayNumber("2024-08-19"), symbol: "RELIANCE" })).toThrow(/RELIANCE.*BANKNIFTY/);
  });
});
