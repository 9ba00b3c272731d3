/** Two runs compared and partial runs merged on the command line. */
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { straddle } from "../support/cli.ts";
import { publicSample } from "../support/public-sample.ts";
import { tempFolder } from "../support/temp-folder.ts";

/** Positions in numbers that differ from day to day, futures, late legs, several variants, and a sample that ends in the middle. */
const STRATEGY = `name: parts
universe: { symbol: BANKNIFTY }
time: { window: "09:15-15:25" }
entry: { rebalance: 1h, max_per_day: 3, legs: [{ cp: CE, lots: -1, strike: { atm: $D } }, { cp: PE, lots: -1 }] }
exit: { stop_loss: { pct: $STOP } }
fill: { ttl: 60 }
params: { STOP: 20, D: 0 }
sweep: { STOP: [20, 60] }
sampling: { first_trades: 30 }
`;

const root = tempFolder();
const at = (name: string) => join(root, name);
const read = (run: string, file: string) => readFileSync(join(at(run), file), "utf8");

beforeAll(async () => {
  const data = publicSample();
  const cache = tempFolder();
  writeFileSync(at("strategy.yaml"), STRATEGY);
  const run = async (name: string, ...more: string[]) => {
    const { status, stderr } = await straddle(["run", at("strategy.yaml"), "--data", data, "--out", at(name), "--workers", "1", ...more], { cache });
    expect(status, stderr).toBe(0);
  };
  await run("whole");
  await run("late", "--from", "2024-08-21");
  await run("early", "--to", "2024-08-20");
  await run("tight", "--set", "D=1", "--from", "2024-08-21");
}, 180_000);

describe("straddle merge", () => {
  it("makes the whole run of its parts, in any order: the same hash, and the same files", async () => {
    const { status, stdout, stderr } = await straddle(["merge", at("late"), at("early"), "--out", at("merged"), "--json"]);
    expect(status, stderr).toBe(0);
    const body = (run: string, file: string) => read(run, file).split("\n").map((line) => line.slice(line.indexOf(",") + 1));
    for (const file of ["trades.csv", "positions.csv"]) expect(body("merged", file), file).toEqual(body("whole", file));
    for (const file of ["skips.csv", "sample.json"]) expect(read("merged", file), file).toBe(read("whole", file));
    const without = (run: string, file: string, ...keys: string[]) => Object.fromEntries(Object.entries(JSON.parse(read(run, file)) as object).filter(([key]) => !keys.includes(key)));
    expect(JSON.parse(stdout)).toEqual(JSON.parse(read("merged", "summary.json")));
    expect(without("merged", "summary.json", "run_id")).toEqual(without("whole", "summary.json", "run_id"));
    expect(without("merged", "run.json", "run_id", "timings", "merged_from", "strategy", "strategy_hash")).toEqual(without("whole", "run.json", "run_id", "timings", "strategy", "strategy_hash"));
    const ledger = JSON.parse(read("merged", "run.json")) as { merged_from: readonly { first: string; last: string }[]; strategy: { variants: readonly { strategy: { time: object } }[] } };
    expect(ledger.merged_from).toMatchObject([{ first: "2024-08-21", last: "2024-08-21" }, { first: "2024-08-19", last: "2024-08-20" }]);
    expect(ledger.strategy.variants[0].strategy.time).toMatchObject({ from: null, to: null });
  });

  it("refuses parts that are no parts of one run, in words, and writes nothing", async () => {
    const refused = async (...parts: string[]) => {
      const { status, stderr } = await straddle(["merge", ...parts.map(at), "--out", at("never")]);
      expect(status).toBe(2);
      expect(() => readFileSync(join(at("never"), "run.json"))).toThrow();
      return stderr;
    };
    expect(await refused("whole", "late")).toMatch(/whole and .*late both hold 2024-08-21\. A date belongs to one of the parts/);
    expect(await refused("early", "tight")).toMatch(/no parts of one run:\n {2}strategy\[0\]\.strategy\.entry\.legs\[0\]\.strike\.atm: 0 and 1/);
    cpSync(at("late"), at("other"), { recursive: true });
    writeFileSync(join(at("other"), "run.json"), read("other", "run.json").replace(/"rules_version": "[^"]*"/, '"rules_version": "2099-01"').replace(/"layout": "raw",\s*"zone": "ist-wall"/, '"layout": "raw", "zone": "utc"'));
    expect(await refused("early", "other")).toMatch(/market rules: .* and 2099-01\n.*clock zones\[0\]\.zone: ist-wall and utc/);
    writeFileSync(join(at("other"), "run.json"), read("late", "run.json").replace(/"footer": "[0-9a-f]{8}/g, '"footer": "00000000'));
    expect(await refused("early", "other")).toMatch(/were run over different data: \S+\.parquet is not the same file in both/);
    writeFileSync(join(at("other"), "run.json"), read("early", "run.json"));
    expect(await refused("whole", "other")).toMatch(/the trades of trades\.csv are not those that run\.json was written for/);
  }, 60_000);
});

interface ComparisonJson {
  readonly a: { readonly figures: { readonly total: number } };
  readonly differences: readonly { readonly path: string; readonly a: string; readonly b: string }[];
  readonly trades: { readonly same: number; readonly only_a: readonly object[]; readonly only_b: readonly object[]; readonly changed: readonly { readonly a: Record<string, string>; readonly b: Record<string, string> }[] };
}

describe("straddle compare", () => {
  it("finds nothing between a run and itself", async () => {
    const { stdout } = await straddle(["compare", at("whole"), at("whole"), "--json"]);
    const found = JSON.parse(stdout) as ComparisonJson;
    expect(found.differences).toEqual([]);
    expect(found.trades).toMatchObject({ only_a: [], only_b: [], changed: [] });
    const ofFirst = read("whole", "trades.csv").split("\n").filter((line) => line.split(",")[1] === "v1").length;
    expect([found.trades.same > 5, found.trades.same]).toEqual([true, ofFirst]);
  });

  it("tells two variants apart by what differs in their strategy, and trade by trade", async () => {
    const { stdout } = await straddle(["compare", at("whole"), at("whole"), "--variant", "v1,v2", "--json"]);
    const { differences, trades } = JSON.parse(stdout) as ComparisonJson;
    expect(differences).toEqual([{ path: "strategy.exit.stop_loss.pct", a: "20", b: "60" }]);
    const lines = read("whole", "trades.csv").trim().split("\n").slice(1).map((line) => line.split(","));
    const count = (variant: string) => lines.filter((cells) => cells[1] === variant).length;
    expect(trades.same + trades.changed.length + trades.only_a.length).toBe(count("v1"));
    expect(trades.same + trades.changed.length + trades.only_b.length).toBe(count("v2"));
    for (const { a, b } of trades.changed) {
      expect([a.date, a.strike, a.cp, a.decision_entry]).toEqual([b.date, b.strike, b.cp, b.decision_entry]);
      expect([a.ts_exit, a.pnl, a.reason_exit]).not.toEqual([b.ts_exit, b.pnl, b.reason_exit]);
    }
  });

  it("says the same in words, and refuses what is no run", async () => {
    const { stdout } = await straddle(["compare", at("late"), at("tight")]);
    expect(stdout).toMatch(/^Total ₹ +\S+ +\S+$/m);
    expect(stdout).toMatch(/strategy\.entry\.legs\[0\]\.strike\.atm: 0 → 1/);
    expect(stdout).toMatch(/\d+ trades? (is|are) the same to the paisa, \d+ changed, \d+ only in A, \d+ only in B/);
    const none = await straddle(["compare", at("late"), root]);
    expect([none.status, none.stderr]).toEqual([2, expect.stringMatching(/run\.json cannot be read .* Give a folder that “run --out” wrote/)]);
    const variant = await straddle(["compare", at("late"), at("tight"), "--variant", "v9"]);
    expect([variant.status, variant.stderr]).toEqual([2, expect.stringMatching(/--variant v9: .*late has no such variant\. Allowed: v1, v2\./)]);
  });
});
