/** Market rules on the command line: what is not certain is said, and a file of the user's reaches every worker. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { DEFAULT_RULES } from "../../src/core/market/data/default-rules.ts";
import { HOURLY_STRADDLE, straddle } from "../support/cli.ts";
import { publicSample } from "../support/public-sample.ts";
import { tempFolder } from "../support/temp-folder.ts";

const COSTS_2024 = "the costs of NSE options from 2024-04-01 on are not certain: the exchange charge is not documented";

function rulesFile(text: string): string {
  const file = join(tempFolder(), "my-rules.yaml");
  writeFileSync(file, text);
  return file;
}

async function run(...args: string[]) {
  const out = join(tempFolder(), "out");
  const { status, stdout, stderr } = await straddle(["run", HOURLY_STRADDLE, "--data", publicSample(), "--workers", "2", "--out", out, ...args]);
  expect(status, stderr).toBe(0);
  const ledger = JSON.parse(readFileSync(join(out, "run.json"), "utf8")) as { rules_version: string; uncertain_rules: unknown[]; days: { run: string[]; skipped: { date: string; reason: string; detail: string }[] } };
  const [header, ...rows] = readFileSync(join(out, "trades.csv"), "utf8").trimEnd().split("\n").map((line) => line.split(","));
  return { stdout, stderr, ledger, trades: rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i]]))) };
}

describe("run", () => {
  it("says which rules are not certain, in words, in the summary and in the ledger", async () => {
    const { stdout, ledger } = await run();
    expect(stdout).toContain(`Uncertain    ${COSTS_2024} (3 days)`);
    expect(ledger.rules_version).toBe(DEFAULT_RULES.version);
    expect(ledger.uncertain_rules).toEqual([{ rule: "costs", days: 3, text: COSTS_2024 }]);
  });

  it("goes by a file of one's own: lots, costs, steps, holidays and the version", async () => {
    const text = `
symbols:
  BANKNIFTY:
    lots: { weekly: [{ from: 2024-08-21, lot: 20 }] }
costs:
  NSE:
    options: [{ from: 2024-08-01, brokerage: 0, stt_sell_pct: 0, exchange_pct: 0, sebi_pct: 0, stamp_buy_pct: 0, gst_pct: 0 }]
holidays: { 2024: ["08-20"] }
`;
    const { ledger, trades, stderr } = await run("--rules", rulesFile(text));
    expect(ledger.rules_version).toBe(`${DEFAULT_RULES.version}+override:${createHash("sha256").update(text).digest("hex").slice(0, 8)}`);
    expect(ledger.days.run).toEqual(["2024-08-19", "2024-08-21"]);
    expect(stderr).toContain("2024-08-20 not run (session): 2024-08-20 is no trading day by the market rules");
    expect(new Set(trades.map(({ qty, lots }) => `${lots} ${qty}`))).toEqual(new Set(["1 20"]));
    expect(new Set(trades.map(({ fees }) => fees))).toEqual(new Set(["0.00"]));
    expect(ledger.uncertain_rules).toEqual([]);
  });

  it("reads contracts that the file says were re-dated", async () => {
    const { trades } = await run("--rules", rulesFile("redated: [{ symbols: [BANKNIFTY], named: 2024-08-21, actual: 2024-08-22 }]"));
    expect(new Set(trades.map(({ expiry }) => expiry))).toEqual(new Set(["2024-08-22"]));
  });

  it("does not run the days that the file leaves without a rule", async () => {
    const { ledger } = await run("--rules", rulesFile("symbols: { BANKNIFTY: { lots: { weekly: [{ from: 2024-08-21, lot: null }] } } }"));
    expect(ledger.days.skipped.map(({ date, reason }) => `${date} ${reason}`)).toEqual(["2024-08-19 no_rule", "2024-08-20 no_rule", "2024-08-21 no_rule"]);
  });
});

describe("a file of one's own that is wrong ends with 2 and says where", () => {
  const bad = () => rulesFile("symbols:\n  BANKNIFTY:\n    lot: 20\n");
  const says = /my-rules\.yaml: line 3, column 5: symbols\.BANKNIFTY\.lot: unknown key "lot"; did you mean "lots"\?/;

  it.each([["run", () => ["run", HOURLY_STRADDLE, "--data", "."]], ["check", () => ["check", HOURLY_STRADDLE]], ["catalogue", () => ["catalogue", "--data", "."]]] as const)("%s", async (_name, args) => {
    const { status, stdout, stderr } = await straddle([...args(), "--rules", bad()]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(says);
  });

  it("a file that is not there", async () => {
    const { status, stderr } = await straddle(["check", HOURLY_STRADDLE, "--rules", "nowhere.yaml"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/--rules nowhere\.yaml: the market-rules file cannot be read.*Give the path/);
  });
});

it("catalogue and check go by the file too", async () => {
  const folder = publicSample();
  const redated = rulesFile("redated: [{ symbols: [BANKNIFTY], named: 2024-08-21, actual: 2024-08-22 }]");
  const { stdout } = await straddle(["catalogue", "--data", folder, "--json", "--rules", redated]);
  const { contracts } = JSON.parse(stdout) as { contracts: { file: string; expiry: string }[] };
  expect(contracts.find(({ file }) => file === "options/banknifty2482150500ce.parquet")?.expiry).toBe("2024-08-22");
  const early = join(tempFolder(), "early.yaml");
  writeFileSync(early, readFileSync(HOURLY_STRADDLE, "utf8").replace(/window: .*$/m, 'window: "09:00-09:10"'));
  expect((await straddle(["check", early])).stderr).toMatch(/no session holds the window 09:00-09:10/);
  expect((await straddle(["check", early, "--rules", rulesFile('hours: [{ from: 2024-08-01, open: "09:00", close: "15:30" }]')])).status).toBe(0);
});
