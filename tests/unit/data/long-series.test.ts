import { beforeAll, describe, expect, it } from "vitest";
import type { Kernels } from "../../../src/core/kernels.ts";
import { defaultRules } from "../../../src/core/market/rules.ts";
import { dayNumber, isoDate, SECONDS_PER_DAY } from "../../../src/core/time.ts";
import type { CatalogueFile, DayChunk } from "../../../src/data/catalogue/types.ts";
import { createDaySource } from "../../../src/data/day-data.ts";
import { readFacts } from "../../../src/data/facts.ts";
import type { DataFile, FileBytes, Folder, RowReader } from "../../../src/data/ports.ts";
import { sessionLookup } from "../../../src/data/session-of.ts";
import { testKernels } from "../../support/memory-day.ts";
import { column, memoryFile, parquetBytes, testReader } from "./parquet-fixture.ts";

const FIRST = dayNumber("2024-07-01");
const DATES = [...Array(13).keys()].map((week) => FIRST + 7 * week);
const MONTHS = ["2024-07-31", "2024-08-28", "2024-09-25"].map(dayNumber);
const ROWS_PER_DAY = 22_500;

/** Every second of a Monday for a quarter, three months alive, all columns of a wide file; the first clock is bogus. */
function futuresColumns() {
  const rows = DATES.length * ROWS_PER_DAY;
  const clock = new BigInt64Array(rows);
  const price = new Float64Array(rows);
  const expiry = new Int32Array(rows);
  for (let i = 0; i < rows; i++) {
    const date = DATES[Math.floor(i / ROWS_PER_DAY)];
    clock[i] = BigInt(date * SECONDS_PER_DAY + 33_300 + (i % ROWS_PER_DAY)) * 1_000_000n;
    expiry[i] = MONTHS[i % 3];
    price[i] = 50_000 + (i % 3) * 200 + Math.round(Math.sin(i / 977) * 2000) / 20;
  }
  clock[0] = 19_800_000_000n;
  return [
    column("timestamp", "us", clock),
    column("price", "double", price),
    column("bp0", "double", price.map((p) => p - 1)),
    column("sp0", "double", price.map((p) => p + 1)),
    column("expiry", "date", expiry),
    ...["bp1", "bp2", "sp1", "sp2", "oi", "volume"].map((name, k) => column(name, "double", price.map((p, i) => p * (i % (k + 7))))),
  ];
}

/** Counts the bytes of every request. */
function countedFile(path: string, bytes: Uint8Array<ArrayBuffer>): { file: DataFile; requests: number[] } {
  const inner = memoryFile(path, bytes);
  const requests: number[] = [];
  const blob = async (): Promise<FileBytes> => {
    const whole = await inner.blob();
    const slice = whole.slice.bind(whole);
    whole.slice = (start = 0, end = whole.size) => {
      requests.push(end - start);
      return slice(start, end);
    };
    return whole;
  };
  return { file: { ...inner, blob }, requests };
}

const folderWith = (file: DataFile): Folder => ({ name: "data", list: async () => [file], file: async (path) => (path === file.path ? file : undefined) });

let reader: RowReader;
let kernels: Kernels;
beforeAll(async () => {
  reader = await testReader();
  kernels = testKernels();
});

describe("a futures file of a quarter with all months in one", () => {
  const about: CatalogueFile = { path: "banknifty_futures.parquet", layout: "series", kind: "future", symbol: "BANKNIFTY" };
  const columns = futuresColumns();
  const date = DATES[12];
  const chunk: DayChunk = { symbol: "BANKNIFTY", dates: [date], files: [about], facts: [undefined], zones: { series: "ist-wall" }, kinds: {}, barLabel: "start" };

  for (const rowGroupSize of [20_000, 50_000]) {
    it(`is read by row group, of the dates wanted only (${rowGroupSize} rows each)`, async () => {
      const bytes = parquetBytes(columns, { rowGroupSize });
      const { file, requests } = countedFile(about.path, bytes);
      const days = createDaySource({ folder: folderWith(file), reader, kernels, rules: defaultRules });
      const slice = await days.day(chunk, date).future();
      const nearest = MONTHS.findIndex((month) => month >= date);
      expect(slice?.length).toBe(ROWS_PER_DAY / 3);
      expect(slice?.second[0]).toBe(33_300 + nearest);
      const row = 12 * ROWS_PER_DAY + nearest;
      expect(slice?.price[0]).toBe(Math.round((columns[1].values as Float64Array)[row] * 100));
      const read = requests.reduce((sum, size) => sum + size, 0);
      // One row group that holds the date, at most two, and the first, whose start is unknown; five of eleven columns.
      const share = (3 * rowGroupSize) / (DATES.length * ROWS_PER_DAY);
      expect(read).toBeLessThan(bytes.length * share * 0.75 + (1 << 17));
      expect(Math.max(...requests)).toBeLessThan(8 << 20);
    });
  }

  it("reads columns of a row group one by one when they are large together, with the same result", async () => {
    const rows = 3_600_000;
    const clock = BigInt64Array.from({ length: rows }, (_, i) => BigInt((DATES[0] + Math.floor(i / 150_000)) * SECONDS_PER_DAY + 33_300 + Math.floor((i % 150_000) / 7)) * 1000n);
    const price = Float64Array.from({ length: rows }, (_, i) => 100 + (Math.floor((i % 150_000) / 7) % 997));
    const { file, requests } = countedFile("nifty_fut.parquet", parquetBytes([column("timestamp", "ms", clock), column("price", "double", price)], { rowGroupSize: rows }));
    const held: number[] = [];
    const counting: RowReader = { ...reader, read: async (data, request) => (held.push(request.columns.length * (request.rows?.count ?? rows) * 8), reader.read(data, request)) };
    const days = createDaySource({ folder: folderWith(file), reader: counting, kernels, rules: defaultRules });
    const one: CatalogueFile = { ...about, path: "nifty_fut.parquet", symbol: "NIFTY" };
    const slice = await days.day({ ...chunk, symbol: "NIFTY", dates: [DATES[0] + 3], files: [one] }, DATES[0] + 3).future();
    expect(slice?.length).toBe(150_000);
    expect(slice?.second.at(-1)).toBe(33_300 + Math.floor(149_999 / 7));
    expect(slice?.price[0]).toBe(100 * price[450_000]);
    expect(held).toHaveLength(3);
    expect(Math.max(...held)).toBeLessThanOrEqual(24 << 20);
    expect(Math.max(...requests)).toBeLessThan(24 << 20);
  });

  it("shows its dates to the index from the statistics and the one row group that hides its start", async () => {
    const { file, requests } = countedFile(about.path, parquetBytes(columns, { rowGroupSize: 20_000 }));
    const found = await readFacts(folderWith(file), reader, kernels, about, { series: "ist-wall" }, sessionLookup(defaultRules), defaultRules);
    expect(found).toMatchObject({ firstDate: FIRST, lastDate: DATES.at(-1), rows: DATES.length * ROWS_PER_DAY });
    expect("dates" in found && found.dates?.map(isoDate)).toEqual(DATES.map(isoDate));
    expect(Math.max(...requests)).toBeLessThan(1 << 20);
  });
});
