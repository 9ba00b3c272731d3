/** Queries answered in parts beside the same ones answered as a whole. */
import { beforeAll, describe, expect, it } from "vitest";
import type { SqlPart } from "../../../../src/data/views/spread.ts";
import { smallSample, writeLayouts } from "../../../support/layouts.ts";
import { openConsole, tableOf, type OpenConsole } from "../../../support/sql-views.ts";
import { tempFolder } from "../../../support/temp-folder.ts";

const MOST = { rows: 5_000_000, bytes: 1 << 30 };
const PARTS = 2;
const folders = new Map<string, OpenConsole>();
beforeAll(async () => {
  const { raw, day } = writeLayouts(smallSample({ seed: 12, days: 4, strikesEachSide: 1, cadence: { near: 600, far: 1_800, nearSteps: 1, laterExpiries: 2 } }), tempFolder());
  folders.set("raw", await openConsole(raw));
  folders.set("day", await openConsole(day));
});

/** Undefined, or why not, where it is not answered in parts. */
async function inParts({ views }: OpenConsole, sql: string) {
  const spread = await views.spread(sql, PARTS);
  if ("why" in spread) return spread.why;
  const parts: SqlPart[] = [];
  for (let index = 0; index < PARTS; index++) parts.push(await views.askPart(sql, spread, { index, of: PARTS, memoryMb: 512 }, MOST));
  return views.combine(spread, parts, MOST);
}

type Rows = readonly (readonly unknown[])[];

function rowsOf(answer: Parameters<typeof tableOf>[0]): { readonly schema: readonly string[]; readonly rows: Rows } {
  const table = tableOf(answer);
  return { schema: table.schema.fields.map(({ name, type }) => `${name} ${String(type)}`), rows: Array.from({ length: table.numRows }, (_, row) => table.schema.fields.map((_, column) => plain(table.getChildAt(column)?.get(row)))) };
}

const plain = (value: unknown): unknown => (value === null || value === undefined ? null : typeof value === "object" ? String(value) : value);
const text = (row: readonly unknown[]): string => row.map((value) => (typeof value === "number" ? value.toPrecision(9) : String(value))).join("|");

/** Sums of doubles are added in another order: they agree to some 15 digits, everything else exactly. */
function expectSame(found: Rows, wanted: Rows, sql: string): void {
  expect(found.length, sql).toBe(wanted.length);
  found.forEach((row, r) => row.forEach((value, c) => {
    const other = wanted[r][c];
    if (Object.is(value, other)) return;
    if (typeof value === "number" && typeof other === "number" && !Number.isInteger(other)) expect(Math.abs(value - other), `${sql}, row ${r}, column ${c}`).toBeLessThanOrEqual(1e-12 * Math.abs(other));
    else expect(value, `${sql}, row ${r}, column ${c}`).toEqual(other);
  }));
}

/** Answered in parts in both layouts. */
const ANYWHERE = [
  "SELECT count(*) FROM options",
  "SELECT count(*) AS n, count(price) AS priced, sum(volume) AS v, min(price), max(time), avg(price) AS mean, bool_or(price IS NULL) AS gaps, bool_and(second > 0) FROM options",
  "SELECT date, count(*) AS rows, sum(second) AS seconds FROM options GROUP BY date",
  "SELECT strike, cp, avg(bp0) AS bid, mean(sp0) FROM options GROUP BY strike, cp",
  "SELECT strike AS s, sum(qty) FROM options GROUP BY s HAVING count(*) > 30",
  "SELECT expiry, count(*) AS n FROM options GROUP BY ALL ORDER BY n DESC, expiry LIMIT 2",
  "SELECT cp, count(*) FROM options GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1 OFFSET 1",
  "SELECT o.cp, max(o.price) - min(o.price) AS span FROM options o WHERE o.price > 0 GROUP BY o.cp ORDER BY span",
  "SELECT time_bucket(INTERVAL 15 MINUTE, time) AS bar, count(*) n, max(price) AS high FROM options WHERE quality = 0 GROUP BY bar ORDER BY bar",
  "SELECT second % 7 AS rest, count(*) FILTER (WHERE price > 100) AS dear, sum(price) FILTER (WHERE cp = 'CE') FROM options GROUP BY rest ORDER BY abs(dear), rest",
  "SELECT quality & 96 > 0 AS bad, count(*) FROM options GROUP BY ALL",
  "SELECT nullif(cp, 'CE') AS side, count(*), sum(price) FROM options GROUP BY side ORDER BY side NULLS FIRST",
  "SELECT count(*), sum(price), avg(price), min(time) FROM options WHERE price < 0",
  "SELECT strike, sum(price) FROM options WHERE price < 0 GROUP BY strike",
  "SELECT 100 * sum(CASE WHEN bp0 > 0 AND sp0 > bp0 THEN 1 ELSE 0 END) / count(*) AS quoted FROM options WHERE cp = 'PE'",
  "SELECT sum(CAST(second AS BIGINT)) AS seconds, sum(CAST(strike AS DECIMAL(18,2))) AS strikes, sum(second) FROM options",
  "SELECT min(CASE WHEN second > 40000 THEN price END) AS late, max(CASE WHEN second > 99999 THEN price END) AS never FROM options GROUP BY symbol",
  "SELECT time, strike, price FROM options WHERE price > 300 AND second < 40000",
  "SELECT * FROM options WHERE second BETWEEN 36000 AND 36600",
  "SELECT time, strike, cp, expiry, price AS p FROM options WHERE price > 0 ORDER BY p DESC, time, strike, cp, expiry LIMIT 25 OFFSET 5",
  "SELECT date, strike, price FROM options WHERE price > 999999",
  // Names that a column of the view and one of the answer share, with the view before them or not.
  "SELECT price AS strike, strike AS price, time, cp FROM options ORDER BY price, strike, time, cp LIMIT 20",
  "SELECT -strike AS strike, count(*) FROM options GROUP BY strike ORDER BY strike",
  "SELECT strike, -count(*) AS k0, cp AS a0 FROM options GROUP BY strike, cp ORDER BY strike, cp",
  "SELECT o.strike, count(*) FROM options o GROUP BY strike ORDER BY strike",
  "SELECT 50 - strike - 100 AS x, strike - 100 AS y, count(*) FROM options GROUP BY strike - 100, strike ORDER BY 1",
  "SELECT strike + 1 AS n, n * 2 AS m, count(*) FROM options GROUP BY ALL ORDER BY n",
  "SELECT 'none' AS label, typeof(count(*)) AS type, count(*) FROM options WHERE price < -1 GROUP BY ALL",
];

/** In parts only where the rows of a group lie in one of them. */
const TOGETHER: readonly (readonly [sql: string, layout: "raw" | "day", other: string])[] = [
  ["SELECT date, median(price) FROM options WHERE date > DATE '2020-01-01' GROUP BY date", "day", "median cannot be put together from parts"],
  ["SELECT date, count(DISTINCT strike) AS strikes, stddev(price) FROM options WHERE date BETWEEN DATE '2024-08-01' AND DATE '2024-08-30' AND price < 1e6 GROUP BY date HAVING strikes > 1", "day", "count(DISTINCT …) cannot be put together from parts"],
  ["SELECT expiry, strike, cp, quantile_cont(price, 0.9) AS high, arg_max(price, time) AS last FROM options GROUP BY expiry, strike, cp", "raw", "quantile_cont cannot be put together from parts"],
];

const WHOLE: readonly (readonly [sql: string, why: RegExp])[] = [
  ["SELECT median(price) FROM options", /^median cannot be put together from parts$/],
  ["SELECT count(DISTINCT strike) FROM options", /^count\(DISTINCT …\) cannot be put together from parts$/],
  ["SELECT row_number() OVER (ORDER BY time) FROM options", /^a window function looks at rows of all days$/],
  ["SELECT count(*) FROM options o JOIN spot s USING (date)", /^a join looks at rows of several files at once$/],
  ["SELECT count(*) FROM (SELECT 1 FROM options)", /^it has a subquery$/],
  ["SELECT count(*) FROM options WHERE price > (SELECT avg(price) FROM options)", /^it has a subquery$/],
  ["WITH x AS (SELECT * FROM options) SELECT count(*) FROM x", /^it is no plain SELECT$/],
  ["SELECT date, median(price) FROM options GROUP BY date", /^median cannot be put together from parts, and rows without a date may lie in all of them: name the dates in WHERE$/],
  ["SELECT DISTINCT strike FROM options", /^it is no plain SELECT$/],
  ["SELECT strike FROM options UNION SELECT 1", /^it is no plain SELECT$/],
  ["SELECT cp, sum(price) FROM options GROUP BY ROLLUP (cp)", /^it groups in several ways at once$/],
  ["SELECT count(*) FROM atm", /^atm is worked out as a whole$/],
  ["SELECT count(*) FROM spot WHERE date = DATE '2024-08-20'", /^$/],
  ["SELECT price * 2 AS twice FROM options WHERE twice > 5", /^a condition names a column of the answer$/],
  // Aggregates that are no plain calls by name.
  ['SELECT "sum"(strike) FROM options', /^whether sum\(…\) gives the same in parts is not known$/],
  ["SELECT main.sum(strike) FROM options", /^a name in it has several parts$/],
  ["SELECT price.max() FROM options", /^a name in it has several parts$/],
  ["SELECT count_if(price > 1) FROM options", /^whether count_if\(…\) gives/],
  ["SELECT geomean(strike) FROM options", /^whether geomean\(…\) gives/],
  ["SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY price) FROM options", /./],
  ["SELECT min(COLUMNS('b.0')) FROM options", /^COLUMNS stands for several columns$/],
  ["SELECT list(o) FROM options o", /cannot be put together/],
  ["SELECT max(strike, 2)[1] FROM options", /^max cannot be put together from parts$/],
  // Values of the moment, and names or signs that may mean several things.
  ["SELECT random() > 0.5 AS half, count(*) FROM options GROUP BY half", /^whether random\(…\) gives/],
  ["SELECT count(*) FROM options WHERE date < current_date", /^CURRENT_DATE is not the same in every part$/],
  ["SELECT cp, count(*) FROM options GROUP BY cp ORDER BY #2", /^what "#" means/],
  ["SELECT -strike AS strike, count(*) FROM options GROUP BY strike ORDER BY strike + 1", /may mean a column of the view or one of the answer$/],
  ["SELECT 'x' AS label, count(*) FROM options GROUP BY 1", /^it is grouped by what is no column$/],
  ["SELECT COLUMNS('b.0'), -strike AS p FROM options ORDER BY p", /./],
  ["SELECT o.*, -o.strike AS p FROM options o ORDER BY p", /^it is sorted by what is no column of the answer$/],
  ["SELECT * FROM options ORDER BY ALL", /^it is sorted by what is no column of the answer$/],
  ["SELECT -strike AS strike FROM options ORDER BY abs(strike)", /^it is sorted by what is no column of the answer$/],
  ["SELECT strike FROM options -- everything\rGROUP BY strike, #1", /./],
];

describe("an answer out of parts", () => {
  // Raw files are many, and slow to be asked about: some of the queries go over them too.
  const asked = [...ANYWHERE.map((sql) => ["day", sql] as const), ...ANYWHERE.filter((_, i) => i % 5 === 1).map((sql) => ["raw", sql] as const)];
  it.each(asked)("is the same as of one worker, in the %s layout: %s", async (layout, sql) => {
    const console = folders.get(layout)!;
    const [found, whole] = [await inParts(console, sql), await console.ask(sql)];
    if (found === undefined || typeof found === "string") throw new Error(`not answered in parts: ${found}`);
    const [parts, all] = [rowsOf(found), rowsOf(whole)];
    expect(parts.schema).toEqual(all.schema);
    const inOrder = (rows: Rows): Rows => (/order by/i.test(sql) ? rows : rows.toSorted((a, b) => (text(a) < text(b) ? -1 : 1)));
    expectSame(inOrder(parts.rows), inOrder(all.rows), sql);
    expect(found.files).toEqual(whole.files);
  });

  it.each(TOGETHER)("is given where groups lie in one part: %s", async (sql, layout, why) => {
    const found = await inParts(folders.get(layout)!, sql);
    if (found === undefined || typeof found === "string") throw new Error(`not answered in parts: ${found}`);
    const order = (rows: Rows): Rows => rows.toSorted((a, b) => (text(a) < text(b) ? -1 : 1));
    expectSame(order(rowsOf(found).rows), order(rowsOf(await folders.get(layout)!.ask(sql)).rows), sql);
    expect(await inParts(folders.get(layout === "raw" ? "day" : "raw")!, sql)).toBe(why);
  });

  it.each(WHOLE)("is not tried, and why is said: %s", async (sql, why) => expect(await inParts(folders.get("day")!, sql)).toMatch(why));

  it("is not given where values would not come back as they were", async () => {
    const { views } = folders.get("day")!;
    const sql = "SELECT [strike] AS strikes, count(*) FROM options GROUP BY ALL";
    const spread = await views.spread(sql, PARTS);
    if ("why" in spread) throw new Error(spread.why);
    await expect(views.askPart(sql, spread, { index: 0, of: PARTS, memoryMb: 512 }, MOST)).rejects.toThrow("values of the type DOUBLE[] are not passed from one worker to another");
  });

  it("takes as few rows as are asked for without an order", async () => {
    const found = await inParts(folders.get("day")!, "SELECT price FROM options LIMIT 7");
    expect(typeof found === "object" && found.rows).toBe(7);
  });

  it("is not given where a part was cut off before its end", async () => {
    const { views } = folders.get("day")!;
    const sql = "SELECT time, price FROM options ORDER BY price";
    const spread = await views.spread(sql, 2);
    if ("why" in spread) throw new Error(spread.why);
    const cut = await views.askPart(sql, spread, { index: 0, of: 2, memoryMb: 512 }, { rows: 1, bytes: 1 << 30 });
    expect(cut.complete).toBe(false);
    expect(await views.combine(spread, [cut, cut], MOST)).toBeUndefined();
  });
});
