/** Whatever a parser is given, it answers with a value or with its own error in words, soon, and touches nothing else. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBackup, backupText } from "../../src/app/share/backup.ts";
import { readShareFragment, ShareError } from "../../src/app/share/share-link.ts";
import type { Preferences } from "../../src/app/session/preferences.ts";
import { parseThresholds } from "../../src/core/health/thresholds-file.ts";
import { parseRulesOverride } from "../../src/core/market/override-file.ts";
import { resolveNames } from "../../src/core/market/contract-name.ts";
import { defaultRules } from "../../src/core/market/rules.ts";
import { readRecordedRun, RecordedRunError } from "../../src/core/results/recorded-run.ts";
import { readTradesCsv, TradesCsvError } from "../../src/core/results/read-trades-csv.ts";
import { readSavedRun, SavedRunError } from "../../src/core/results/saved-run.ts";
import { parseStrategy } from "../../src/core/strategy/parse.ts";
import { StrategyError } from "../../src/core/strategy/types.ts";
import { parseStudy } from "../../src/core/studies/parse.ts";
import { readPaths } from "../../src/data/catalogue/layout.ts";
import { readSegmentName, segmentFileName } from "../../src/data/hot/segment-name.ts";
import { VIEWS } from "../../src/data/views/views.ts";
import { referencesOf } from "../../src/sql/views/references.ts";
import { SqlProblem } from "../../src/sql/views/sql-problem.ts";
import { readStatement } from "../../src/sql/views/statement.ts";
import { ROOT } from "../support/cli.ts";
import { anyJson, anyText, cases, spoilt } from "./fuzz.ts";

const RUNS = 250;
const text = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const HEADER = "run_id,variant,date,position_id,leg_id,symbol,expiry,strike,cp,side,lots,qty,decision_entry,ts_entry,entry_px,decision_exit,ts_exit,exit_px,slippage,fees,pnl,pnl_after_costs,reason_entry,reason_exit,window_id,flags";
const TRADES = `${HEADER}\nr,v1,2024-08-20,1,1,BANKNIFTY,2024-08-21,50700,CE,SELL,1,15,2024-08-20 09:20:00,2024-08-20 09:20:01,120.50,2024-08-20 15:10:00,2024-08-20 15:10:01,80.25,0.75,40.10,603.75,563.65,at,exit_at,1,\n`;
const LEDGER = JSON.stringify({
  run_id: "r", result_hash: "ab", stopped: false, rules_version: "1", engine_version: "1", strategy_hash: "cd",
  strategy: { name: "x", variants: [{ name: "v1", strategy: { universe: { symbol: "NIFTY" }, time: {}, sampling: { first_trades: 3 } } }] },
  data: { folder: "f", reader: "parquet-wasm", fingerprint: "ef", clock_zones: [{}], spot_sources: [], files: [{ path: "a.parquet", size: 1, modified: 1, footer: "00" }] },
  days: { run: ["2024-08-20"], skipped: [{ date: "2024-08-21", reason: "x" }], quarantined: [] },
});
const SUMMARY = JSON.stringify({ variants: [{ variant: "v1", daily: [{ date: "2024-08-20" }] }] });
const RULES = "version: 1\nsymbols:\n  NIFTY:\n    lots: { weekly: [{ from: 2024-08-22, lot: 25 }] }\n    freeze: [{ from: 2024-08-01, quantity: 1800 }]\nholidays: { 2027: [\"01-26\"] }\n";
const STRATEGY = text("strategies/atm-hourly-straddle.yaml");
const SETTINGS = backupText({ theme: "dark", edits: { a: "name: x" }, own: { b: "name: y" }, thresholds: {}, overruled: ["2024-08-20"], query: "SELECT 1", scan: null, queries: [] } as unknown as Preferences);

/** One way into the product for texts of strangers. */
interface Parser {
  readonly name: string;
  readonly parse: (text: string) => unknown;
  /** The error with which it refuses; none: it has an answer to everything. */
  readonly refusal?: new (...args: never[]) => Error;
  readonly sound: readonly string[];
  readonly keys: readonly string[];
}

const PARSERS: readonly Parser[] = [
  { name: "a strategy", parse: parseStrategy, refusal: StrategyError, sound: [STRATEGY, text("strategies/iron-condor.yaml")], keys: ["name", "universe", "symbol", "entry", "legs", "cp", "lots", "strike", "exit", "sweep", "params", "when", "fill"] },
  { name: "a study", parse: parseStudy, refusal: StrategyError, sound: ["name: x\nuniverse: { symbol: BANKNIFTY }\nwindows: [\"09:15-15:30\"]\nby: [weekday]\n"], keys: ["name", "universe", "windows", "by", "where", "symbol", "dte"] },
  { name: "market rules", parse: parseRulesOverride, refusal: StrategyError, sound: [RULES], keys: ["version", "symbols", "NIFTY", "lots", "weekly", "from", "lot", "holidays", "hours", "costs", "NSE", "options"] },
  { name: "thresholds of data health", parse: parseThresholds, refusal: StrategyError, sound: ["version: 1\nquarantine:\n  missing_pct: 5\n"], keys: ["version", "quarantine", "missing_pct", "longest_gap"] },
  { name: "trades", parse: readTradesCsv, refusal: TradesCsvError, sound: [TRADES], keys: ["run_id", "variant"] },
  { name: "settings", parse: readBackup, refusal: Error, sound: [SETTINGS], keys: ["straddle", "version", "preferences", "edits", "own", "thresholds", "overruled", "query", "theme"] },
  { name: "a run's ledger, to verify", parse: (ledger) => readRecordedRun({ ledger, trades: TRADES, skips: "variant,date,first,reason\n" }), refusal: RecordedRunError, sound: [LEDGER], keys: ["run_id", "strategy", "variants", "data", "files", "days", "run", "skipped", "spot_sources"] },
  { name: "a run's trades, to verify", parse: (trades) => readRecordedRun({ ledger: LEDGER, trades, skips: "variant,date,first,reason\n" }), refusal: RecordedRunError, sound: [TRADES], keys: ["run_id"] },
  { name: "a run's files, to compare", parse: (ledger) => readSavedRun({ name: "r", ledger, summary: SUMMARY, trades: TRADES }), refusal: SavedRunError, sound: [LEDGER], keys: ["run_id", "strategy", "variants", "data", "files", "days", "run", "skipped"] },
  { name: "a query", parse: (sql) => referencesOf(readStatement(sql), new Map(VIEWS.map((view) => [view.name, view.fileColumns]))), refusal: SqlProblem, sound: ["SELECT o.price, max(bp0) FROM options o JOIN spot USING (second) WHERE o.strike BETWEEN 1 AND 2 AND date = '2024-08-20' GROUP BY 1", "WITH a AS (SELECT * FROM trades WHERE run_id IN ('x', 'y')) FROM a -- note\n", "SELECT \"a b\", 'it''s', $$x$$ /* c */ FROM days"], keys: ["SELECT", "FROM", "options"] },
  { name: "paths of a folder", parse: (path) => { const { files, problems } = readPaths([path, `options/${path}.parquet`], defaultRules); expect(files.length + problems.length).toBeGreaterThanOrEqual(2); return files; }, sound: ["options/banknifty2482150900ce.parquet", "packed/options/BANKNIFTY/201907/exp=2019-07-11/type=CE/strike=29000.parquet", "options/date=2024-08-20/nifty.parquet", "BANKNIFTY28AUG25C52000.parquet"], keys: ["exp=", "type=", "strike="] },
  { name: "names of contracts", parse: (name) => resolveNames([name], defaultRules), sound: ["banknifty2482150900ce", "BANKNIFTY25AUG48000CE", "NIFTY_F1", "BANKNIFTY25JAN1718300CE.NFO"], keys: ["CE"] },
  { name: "names of the cache's files", parse: readSegmentName, sound: [segmentFileName({ folder: "f~1", kind: "options", symbol: "BANKNIFTY", month: "2024-08", stamp: "00a-b", bytes: 12 })], keys: ["options"] },
];

const UNTOUCHED = Object.getOwnPropertyNames(Object.prototype).join();

function answers({ parse, refusal }: Parser, given: string): void {
  try {
    parse(given);
  } catch (error) {
    if (refusal === undefined || !(error instanceof refusal) || error.message.length < 10 || /is not a function|of undefined|of null|is not iterable|call stack|Invalid array length/.test(error.message)) throw error;
  }
  expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(UNTOUCHED);
}

describe.each(PARSERS)("$name", (parser) => {
  it("takes what is sound", () => {
    for (const sound of parser.sound) answers({ ...parser, parse: parser.parse }, sound);
  });

  it.each([
    ["any text", () => anyText],
    ["sound texts that were spoilt", () => spoilt(parser.sound)],
    ["any JSON", () => anyJson(parser.keys)],
    ["any of these, a thousand times over", () => fc.constantFrom(...parser.sound, ...parser.keys).map((piece) => piece.repeat(Math.ceil(40_000 / piece.length)))],
  ])("answers to %s", (what, given) => {
    fc.assert(fc.property(given(), (hostile) => answers(parser, hostile)), cases(what.startsWith("any of") ? parser.sound.length + parser.keys.length : RUNS));
  });
});

it("a link whose content is any JSON is refused in words, or is a strategy's text", async () => {
  const keys = ["text", "hash", "view", "selection", "variant", "from", "to", "weekday", "dte", "window"];
  await fc.assert(
    fc.asyncProperty(fc.oneof(anyJson(keys), spoilt(['{"text":"name: x","view":"results","selection":{"variant":3,"from":19700,"to":null,"weekday":2,"dte":null,"window":null}}'])), async (json) => {
      const read = await readShareFragment(`#s1.${deflateRawSync(json).toString("base64url")}`).catch((error: unknown) => error);
      if (read instanceof ShareError) return;
      expect(Object.keys(read as object).every((key) => ["text", "hash", "view", "selection"].includes(key))).toBe(true);
      expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
      expect(typeof (read as { text: unknown }).text).toBe("string");
    }),
    cases(RUNS),
  );
  expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(UNTOUCHED);
});
