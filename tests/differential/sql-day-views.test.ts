/** `atm`, `micro` and `regimes` against native DuckDB, which works them out from the rows. */
import { beforeAll, expect, it } from "vitest";
import { dayNumber } from "../../src/core/time.ts";
import { QueryTable } from "../../src/data/query-table.ts";
import { smallSample, writeLayouts } from "../support/layouts.ts";
import { openConsole, tableOf, type OpenConsole } from "../support/sql-views.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { nativeViews, type Rows } from "./sql-native.ts";

let native: (sql: string) => Promise<Rows>;
let console: OpenConsole;

beforeAll(async () => {
  const sample = smallSample({ seed: 31, from: dayNumber("2024-08-19"), strikesEachSide: 1, cadence: { near: 4, far: 200, nearSteps: 1, laterExpiries: 2, busy: { every: 7200, around: 30, idle: 60 } }, future: true });
  const { raw } = writeLayouts(sample, tempFolder());
  native = await nativeViews(sample, raw);
  console = await openConsole(raw);
});

const SECONDS = "SELECT CAST(range AS INTEGER) AS second FROM range(33300, 55800)";
const SESSION = "date = '2024-08-20' AND second >= 33300 AND second < 55800";
const LAST = "QUALIFY row_number() OVER (PARTITION BY second ORDER BY time DESC, file DESC, file_row DESC) = 1";
/** The grid of semantics §2: at each second the latest valid value of rows. */
const latest = (from: string, valid: string, columns: string): string => `(SELECT second, ${columns} FROM ${from} WHERE ${valid} AND ${SESSION} ${LAST})`;
const QUOTE = "bp0 > 0 AND sp0 > bp0 AND isfinite(bp0) AND isfinite(sp0)";
const PRICE = "price > 0 AND isfinite(price)";

it.each([
  [
    "the price and the quote of a contract by second",
    "SELECT second, price, bid, ask FROM micro WHERE date = '2024-08-20' AND strike = 50700 AND cp = 'CE' AND expiry = '2024-08-21'",
    `WITH own AS (SELECT * FROM options WHERE strike = 50700 AND cp = 'CE' AND expiry = '2024-08-21')
     SELECT s.second, p.price, q.bp0, q.sp0 FROM (${SECONDS}) s ASOF LEFT JOIN ${latest("own", PRICE, "round(price, 2) AS price")} p ON s.second >= p.second ASOF LEFT JOIN ${latest("own", QUOTE, "round(bp0, 2) AS bp0, round(sp0, 2) AS sp0")} q ON s.second >= q.second`,
  ],
  [
    "the returns of spot",
    "SELECT second, round(ret, 9) AS ret FROM micro WHERE date = '2024-08-20' AND strike IS NULL",
    `SELECT s.second, round((p.price / lag(p.price) OVER (ORDER BY s.second) - 1) * 100, 9) FROM (${SECONDS}) s ASOF LEFT JOIN ${latest("spot", PRICE, "round(price, 2) AS price")} p ON s.second >= p.second`,
  ],
  [
    "spot and the strike at the money",
    "SELECT second, spot, ce_strike FROM atm WHERE date = '2024-08-20'",
    `WITH listed AS (SELECT DISTINCT strike FROM options WHERE expiry = '2024-08-21' AND ${SESSION}), calls AS (SELECT DISTINCT strike FROM options WHERE cp = 'CE' AND expiry = '2024-08-21' AND ${SESSION}),
       spots AS (SELECT s.second, p.price, p.second AS since FROM (${SECONDS}) s ASOF LEFT JOIN ${latest("spot", PRICE, "round(price, 2) AS price")} p ON s.second >= p.second),
       near AS (SELECT s.second, s.price, l.strike AS atm FROM spots s LEFT JOIN listed l ON s.second - s.since <= 30 QUALIFY row_number() OVER (PARTITION BY s.second ORDER BY abs(l.strike - s.price), l.strike) = 1)
     SELECT n.second, n.price, c.strike FROM near n LEFT JOIN calls c ON abs(c.strike - n.atm) <= 200 QUALIFY row_number() OVER (PARTITION BY n.second ORDER BY abs(c.strike - n.atm), abs(c.strike - n.price), c.strike) = 1`,
  ],
  [
    "gap, range and what the day before was",
    "SELECT date, open, high, low, close, round(gap, 9) AS gap, round(range, 9) AS range, prev_close FROM regimes",
    `WITH days AS (SELECT date, arg_min(price, (time, file_row)) AS open, max(price) AS high, min(price) AS low, arg_max(price, (time, file_row)) AS close FROM spot WHERE ${PRICE} AND second >= 33300 AND second < 55800 GROUP BY date)
     SELECT date, open, high, low, close, round((open / lag(close) OVER w - 1) * 100, 9), round((high - low) / open * 100, 9), lag(close) OVER w FROM days WINDOW w AS (ORDER BY date)`,
  ],
])("%s", async (_, sql, told) => {
  const table = new QueryTable(tableOf(await console.ask(sql)));
  const found = Array.from({ length: table.rows }, (_, row) => JSON.stringify(table.columns.map((_, column) => table.value(row, column))));
  const expected = (await native(told)).map((row) => JSON.stringify(row.map((value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value))));
  expect(found.sort()).toEqual(expected.sort());
});

it("refuses more days than it can work out, and says how to narrow", async () => {
  await expect(console.ask("SELECT count(*) FROM micro")).rejects.toThrow(/^the query needs \d+ days of "micro", and at most 60 are worked out for one. Narrow it beside FROM micro/);
});
