/** The views give the same rows as native DuckDB on the same files. */
import { beforeAll, describe, expect, it } from "vitest";
import { dayNumber, isoDate } from "../../src/core/time.ts";
import { QueryTable } from "../../src/data/query-table.ts";
import { smallSample, writeLayouts, type LayoutFolders } from "../support/layouts.ts";
import { openConsole, tableOf, type OpenConsole } from "../support/sql-views.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { CORPUS, DAY_CORPUS } from "./sql-corpus.ts";
import { nativeViews, type Rows } from "./sql-native.ts";

let folders: LayoutFolders;
let native: (sql: string) => Promise<Rows>;
let console: OpenConsole;

beforeAll(async () => {
  const sample = smallSample({ seed: 31, from: dayNumber("2024-08-19"), strikesEachSide: 1, future: true, cadence: { near: 4, far: 200, nearSteps: 1, laterExpiries: 2, busy: { every: 7200, around: 30, idle: 60 } } });
  folders = writeLayouts(sample, tempFolder());
  native = await nativeViews(sample, folders.raw);
  console = await openConsole(folders.raw);
});

describe("on raw files", () => {
  it("there are enough queries", () => expect(CORPUS.length).toBeGreaterThanOrEqual(40));
  it.each(CORPUS)("%s", async (sql) => {
    const [expected, found] = [plain(await native(sql)), await rowsOf(console, sql)];
    expectSame(found, expected);
  });
});

describe("worked out by second and by date", () => {
  it.each(DAY_CORPUS)("%s", async (_, sql, told) => expectSame(await rowsOf(console, sql), plain(await native(told))));

  it("refuses more days than it can work out, and says how to narrow", async () => {
    await expect(console.ask("SELECT count(*) FROM micro")).rejects.toThrow(/^the query needs \d+ days of "micro", and at most 60 are worked out for one. Narrow it beside FROM micro/);
  });
});

/** Columns that all layouts have. */
const COMMON = [
  "SELECT symbol, expiry, strike, cp, count(*) AS n FROM options WHERE date IS NOT NULL GROUP BY ALL",
  "SELECT expiry, strike, cp, time, price, bp0, sp0, bq0, oi FROM options WHERE date = DATE '2024-08-20' AND strike = 50700",
  "SELECT date, second, price FROM spot WHERE date = '2024-08-21'",
  "SELECT expiry, date, second, price, bp0 FROM futures WHERE date = '2024-08-20'",
  "SELECT date, count(*) AS n FROM options WHERE date = expiry GROUP BY date",
];

describe.each(["packed", "day"] as const)("on the same rows as %s files", (layout) => {
  let other: OpenConsole;
  beforeAll(async () => {
    other = await openConsole(folders[layout]);
  });
  it.each(COMMON)("%s", async (sql) => expectSame(await rowsOf(other, sql), plain(await native(sql))));
});

async function rowsOf(console: OpenConsole, sql: string): Promise<unknown[][]> {
  const table = new QueryTable(tableOf(await console.ask(sql)));
  return Array.from({ length: table.rows }, (_, row) => table.columns.map((_, column) => table.value(row, column)));
}

/** Values as they are shown: numbers, and texts for dates and moments. */
function plain(rows: Rows): unknown[][] {
  return rows.map((row) => row.map((value) => {
    if (typeof value === "bigint") return Number(value);
    if (value instanceof Date) return value.getTime() % 86_400_000 === 0 ? isoDate(value.getTime() / 86_400_000) : `${value.toISOString().slice(0, 19).replace("T", " ")}${value.getUTCMilliseconds() === 0 ? "" : `.${String(value.getUTCMilliseconds()).padStart(3, "0").replace(/0+$/, "")}`}`;
    return value;
  }));
}

/** Rows in any order; sums of doubles may have been added in another. */
function expectSame(found: unknown[][], expected: unknown[][]): void {
  const key = (row: unknown[]): string => JSON.stringify(row.map((value) => (typeof value === "number" ? Number(value.toPrecision(9)) : value)));
  expect(found.map(key).sort()).toEqual(expected.map(key).sort());
}
