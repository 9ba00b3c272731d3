/** The console over real folders: what is opened, what is refused, and what is said. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { defaultRules } from "../../../../src/core/market/rules.ts";
import { readTradesCsv } from "../../../../src/core/results/read-trades-csv.ts";
import { dayNumber, isoDate } from "../../../../src/core/time.ts";
import type { Folder } from "../../../../src/data/ports.ts";
import { ROOT } from "../../../support/cli.ts";
import { smallSample, writeLayouts, type LayoutFolders } from "../../../support/layouts.ts";
import { writeSpotFolder } from "../../../support/spot-folder.ts";
import { openConsole, type OpenConsole } from "../../../support/sql-views.ts";
import { tempFolder } from "../../../support/temp-folder.ts";

let folders: LayoutFolders;
let console: OpenConsole;
beforeAll(async () => {
  folders = writeLayouts(smallSample({ seed: 12, strikesEachSide: 2, cadence: { near: 20, far: 400, nearSteps: 1, laterExpiries: 2, busy: { every: 7200, around: 5, idle: 60 } } }), tempFolder());
  console = await openConsole(folders.raw);
});

const value = async (sql: string, of = console): Promise<unknown> => {
  const table = await of.table(sql);
  return table.getChildAt(0)?.get(0) as unknown;
};
const told = async (sql: string, of = console): Promise<string> => of.ask(sql).then(() => "no problem", (error: Error) => error.message);

describe("files that are opened", () => {
  it.each([
    ["a contract", "strike = 50700 AND cp = 'CE' AND expiry = DATE '2024-08-21'", 1],
    ["a side of one expiry by an expression", "strike / 100 = 507 AND upper(cp) = 'PE'", 2],
    ["a strike that there is not", "strike = 12345", 0],
    ["another symbol", "symbol = 'NIFTY'", 0],
    ["a date without rows", "date = '2023-01-02'", 0],
  ])("of %s", async (_, where, most) => {
    console.read();
    const { files: [{ known, opened }] } = await console.ask(`SELECT max(price) FROM options WHERE ${where}`);
    expect(known).toBeGreaterThan(40);
    expect(opened).toBe(most);
    expect(console.read()).toHaveLength(most);
  });

  it("of one day, of all spot files", async () => {
    console.read();
    const { files } = await console.ask("SELECT count(*) FROM spot WHERE date = DATE '2024-08-20' AND price > 0");
    expect(files).toEqual([{ view: "spot", known: 3, opened: 1 }]);
    expect(console.read()).toEqual([expect.stringContaining("2024")]);
  });

  it("of a day at the money none of the view that a column is called as", async () => {
    const { files, rows } = await console.ask("SELECT time, spot, straddle FROM atm WHERE date = '2024-08-20' AND spot > 0");
    expect([files, rows > 1_000]).toEqual([[], true]);
  });

  it("not at all, by what only DuckDB can work out, beyond the footers", async () => {
    console.read();
    const { files: [{ opened }] } = await console.ask("SELECT o.price FROM options o JOIN (SELECT 50700 AS wanted) w ON o.strike = w.wanted WHERE o.strike = 50000 + 700 AND o.cp = 'CE' AND o.expiry = DATE '2024-08-21' AND o.date = '2024-08-20'");
    expect(opened).toBe(1);
  });

  it("are refused in words when they are too many, before one is opened", async () => {
    const asked: string[] = [];
    const watched = (folder: Folder): Folder => ({ ...folder, list: (...args) => folder.list(...args), file: (path) => (asked.push(path), folder.file(path)) });
    const small = await openConsole(folders.raw, { mostFiles: 10, folder: watched });
    asked.length = 0;
    expect(await told("SELECT count(*) FROM options", small)).toMatch(/^the query may need rows of \d+ files of "options", and at most 10 are opened for one. Narrow it beside FROM options with conditions on symbol, expiry, strike, cp, date, such as/);
    expect(asked).toEqual([]);
    expect(await value("SELECT count(*) > 0 FROM options WHERE strike = 50700 AND expiry = '2024-08-21'", small)).toBe(true);
  });
});

describe("hostile queries", () => {
  it.each([
    "SELECT * FROM '/etc/passwd'", "SELECT * FROM read_csv_auto('/etc/passwd')", "SELECT * FROM read_parquet('/etc/*.parquet')", "SELECT * FROM 'https://example.com/x.parquet'", "SELECT * FROM read_parquet('s3://bucket/x.parquet')",
    "SELECT * FROM read_csv_auto('options/banknifty2482150700ce.parquet')", "SELECT * FROM sniff_csv('/etc/passwd')", "SELECT * FROM parquet_metadata('/etc/passwd')", "SELECT * FROM read_blob('/etc/passwd')", "SELECT getenv('HOME')",
  ])("reach nothing: %s", async (sql) => expect(await told(sql)).not.toBe("no problem"));

  it("find no file outside, not even by its name", async () => {
    expect(await value("SELECT count(*) FROM glob('*')")).toBe(0n);
    expect(await value("SELECT count(*) FROM glob('/**')")).toBe(0n);
  });

  it("find no view of the query before", async () => {
    await console.ask("SELECT count(*) FROM spot");
    expect(await value("SELECT count(*) FROM duckdb_views() WHERE NOT internal")).toBe(0n);
  });

  it("of a length that DuckDB cannot take are refused in words", async () => expect(await told(`SELECT ${"1 + ".repeat(6_000)} 1`)).toMatch(/the statement has 24,009 characters, and 16,000 are taken/));
});

describe("what is said", () => {
  it("of a column and a view that there are not", async () => {
    expect(await told("SELECT prise FROM spot")).toBe('there is no column "prise" in the view spot. Near it: price');
    expect(await told("SELECT 1 FROM sport")).toMatch(/^there is no view "sport". There are: options, spot/);
  });

  it("of PIVOT without a list, and what to write instead answers", async () => {
    for (const sql of ["PIVOT spot ON date USING count(*)", "SELECT * FROM (PIVOT spot ON date USING count(*))"])
      expect(await told(sql)).toBe("PIVOT has to be told here which values become columns: PIVOT options ON cp IN ('CE', 'PE') USING max(price)");
    const { rows } = await console.ask("PIVOT (SELECT strike, cp, price FROM options) ON cp IN ('CE', 'PE') USING max(price)");
    expect(rows).toBeGreaterThan(5);
  });

  it.each([["SELECT\n  prise\nFROM spot", "prise"], ["SELECT (1,, 2)", ","], [`SELECT ${"1 + ".repeat(60)}\n${" ".repeat(100)}missing + ${"1 + ".repeat(60)} 1 FROM spot`, "missing"]])("with the place: %s", async (sql, word) => {
    const { place } = await console.ask(sql).then(() => ({ place: undefined }), (error: { place?: { from: number; to: number } }) => error);
    expect(place && sql.slice(place.from, place.to)).toBe(word);
  });

  it("of memory that ends, and the next query is answered", async () => {
    const small = await openConsole(folders.raw, { memoryMb: 64 });
    expect(await told("SELECT count(*) FROM (SELECT DISTINCT repeat('x', 2000) || range AS a FROM range(1000000))", small)).toMatch(/^the query needs more than the 64 MB of memory that it may take/);
    expect(await value("SELECT count(*) > 0 FROM spot", small)).toBe(true);
  });

  it("of a file that cannot be used, while the others answer", async () => {
    const root = tempFolder();
    writeLayouts(smallSample({ seed: 12, days: 1, strikesEachSide: 1, cadence: { near: 60, far: 400, nearSteps: 1, laterExpiries: 2 } }), root);
    writeFileSync(join(root, "raw/options/banknifty2482151500ce.parquet"), "hello");
    const other = await openConsole(join(root, "raw"));
    const { notes, rows } = await other.ask("SELECT strike, count(*) FROM options GROUP BY strike");
    expect(rows).toBeGreaterThan(3);
    expect(notes).toEqual([expect.stringMatching(/^options\/banknifty2482151500ce.parquet is left out: /)]);
  });
});

it("answers the examples of docs/sql.md", async () => {
  const examples = [...readFileSync(join(ROOT, "docs/sql.md"), "utf8").matchAll(/```sql\n([\s\S]*?)```/g)].map(([, sql]) => sql);
  expect(examples.length).toBeGreaterThan(5);
  for (const sql of examples) expect((await console.ask(sql)).complete, sql).toBe(true);
});

it("takes no more rows than are wanted, and says so", async () => {
  const { rows, complete } = await console.views.ask("SELECT range FROM range(1000000)", { rows: 5_000, bytes: 1 << 30 });
  expect(complete).toBe(false);
  expect(rows).toBeGreaterThanOrEqual(5_000);
  expect(rows).toBeLessThan(20_000);
});

it("works out as many days as it says, however long the query over them becomes", async () => {
  const root = tempFolder();
  const dates = writeSpotFolder({ root, from: dayNumber("2024-01-01"), days: 60, seed: 3, has: (_, second) => second % 600 === 0 });
  const many = await openConsole(root, { settings: { zone: { series: "ist-wall" } } });
  const [row] = (await many.table("SELECT count(*)::INTEGER AS n, count(DISTINCT date)::INTEGER AS days, min(date)::VARCHAR AS first, max(date)::VARCHAR AS last, count(strike)::INTEGER AS strikes FROM micro WHERE strike IS NULL")).toArray();
  const seconds = dates.reduce((sum, date) => sum + sessionSeconds(date), 0);
  expect({ ...row }).toEqual({ n: seconds, days: 60, first: isoDate(dates[0]), last: isoDate(dates[59]), strikes: 0 });
  // Nothing of it stays.
  expect(await value("SELECT count(*) FROM duckdb_views() WHERE NOT internal", many)).toBe(0n);
}, 60_000);

function sessionSeconds(date: number): number {
  const session = defaultRules.session(date);
  return session === undefined || session === "closed" ? 0 : session.close - session.open;
}

describe("kept runs", () => {
  const csv = `run_id,variant,date,position_id,leg_id,symbol,expiry,strike,cp,side,lots,qty,decision_entry,ts_entry,entry_px,decision_exit,ts_exit,exit_px,slippage,fees,pnl,pnl_after_costs,reason_entry,reason_exit,window_id,flags
r,v1,2024-08-20,1,1,BANKNIFTY,2024-08-21,50700,CE,SELL,1,15,2024-08-20 09:20:00,2024-08-20 09:20:01,120.50,2024-08-20 15:10:00,2024-08-20 15:10:01,80.25,0.75,40.10,603.75,563.65,at,exit_at,1,
`;
  it("are read by their ids, and only those that a query asks for", async () => {
    const asked: string[] = [];
    const run = (id: string) => ({ id, name: `Run ${id}`, started: Date.UTC(2024, 8, 1), days: 1, resultHash: "ab", variants: [{ variant: "v1", trades: 1, positions: 1, total: 56_365 }] });
    const runs = await openConsole(folders.raw, { runs: { list: async () => [run("a"), run("b")], trades: async (id) => (asked.push(id), readTradesCsv(csv)) } });
    expect((await runs.table("SELECT run_id, name, started, variant, total::DOUBLE AS total FROM runs ORDER BY run_id")).toArray().map(String)).toEqual([
      expect.stringContaining('"run_id": "a"'), expect.stringContaining('"total": 563.65'),
    ]);
    expect(await value("SELECT sum(pnl)::DOUBLE FROM trades WHERE run_id = 'b'", runs)).toBe(603.75);
    expect(asked).toEqual(["b"]);
    expect(await value("SELECT p.holding_seconds FROM positions p JOIN trades t USING (run_id, variant, position_id) WHERE p.run_id IN ('a') LIMIT 1", runs)).toBe(21_000);
  });

  it("are read together however many there are", async () => {
    const ids = Array.from({ length: 230 }, (_, i) => `run-${i}`);
    const list = ids.map((id) => ({ id, name: id, started: 0, days: 1, resultHash: "ab", variants: [] }));
    const runs = await openConsole(folders.raw, { runs: { list: async () => list, trades: async () => readTradesCsv(csv) } });
    expect(await value("SELECT sum(pnl)::DOUBLE FROM trades", runs)).toBeCloseTo(230 * 603.75, 6);
    expect(await value("SELECT count(DISTINCT run_id) FROM positions", runs)).toBe(230n);
    expect(await value("SELECT count(*) FROM duckdb_views() WHERE NOT internal", runs)).toBe(0n);
  });
});
