/** Several strategies in one pass: each is what it is alone, whatever stands beside it. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { straddle, type CliResult, type RunSummary } from "../support/cli.ts";
import { publicSample } from "../support/public-sample.ts";
import { tempFolder } from "../support/temp-folder.ts";

const LEGS = "[{ cp: CE, lots: -1 }, { cp: PE, lots: -1 }]";
const GOOD: Readonly<Record<string, string>> = {
  // Reads further columns, needs all contracts, and looks back a day.
  "volume.yaml": `name: volume\nuniverse: { symbol: BANKNIFTY }\nentry: { when: { all: [{ gt: [VOL_1M, 0] }, { gt: [PREV_CLOSE, 0] }] }, max_per_day: 3, legs: ${LEGS} }\nexit: { stop_loss: { pct: 10 } }\n`,
  "expiries.yml": `name: expiries\nuniverse: { symbol: BANKNIFTY, expiry: $E }\nentry: { rebalance: 1h, legs: ${LEGS} }\nfill: { ttl: 60 }\nsweep: { E: [nearest, next] }\n`,
  "plain.json": JSON.stringify({ name: "plain", universe: { symbol: "BANKNIFTY" }, time: { days: ["Tue", "Wed"] }, entry: { legs: [{ cp: "CE", lots: -1 }] }, sampling: { first_trades: 2 } }),
};
const NAMES = ["expiries", "plain", "volume"];

interface Together {
  readonly runs: readonly (RunSummary & { readonly strategy: string })[];
  readonly ranking: readonly { readonly rank: number; readonly strategy: string; readonly variant: string; readonly total: number; readonly sharpe: number | null; readonly max_drawdown: number; readonly trades: number; readonly win_rate: number | null }[];
}

describe("run with several strategies", () => {
  const data = publicSample();
  const folder = join(tempFolder(), "strategies");
  const out = join(tempFolder(), "out");
  const alone = join(tempFolder(), "alone");
  const cache = tempFolder();
  let ran: CliResult;
  let together: Together;
  const read = (...path: string[]) => readFileSync(join(...path), "utf8");

  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(GOOD)) writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, "notes.txt"), "no strategy");
    ran = await straddle(["run", folder, join(folder, "plain.json"), "--data", data, "--out", out, "--workers", "2", "--json"], { cache });
    together = JSON.parse(ran.stdout) as Together;
    for (const name of Object.keys(GOOD)) {
      const single = await straddle(["run", join(folder, name), "--data", data, "--out", join(alone, name.split(".")[0]), "--workers", "1"], { cache });
      expect(single.status, single.stderr).toBe(0);
    }
  }, 300_000);

  it("takes every strategy file of a folder once, by name", () => {
    expect(ran.status, ran.stderr).toBe(0);
    expect(together.runs.map(({ strategy }) => strategy)).toEqual(NAMES);
    expect(readdirSync(out).sort()).toEqual(NAMES);
  });

  it.each(NAMES)("gives %s the results that it has alone, byte for byte", (name) => {
    const run = together.runs.find(({ strategy }) => strategy === name)!;
    expect(run.trades).toBeGreaterThan(1);
    expect(run.result_hash).toBe((JSON.parse(read(alone, name, "summary.json")) as RunSummary).result_hash);
    const body = (file: string) => (line: string) => (file.endsWith(".csv") && file !== "skips.csv" ? line.slice(line.indexOf(",")) : line);
    for (const file of ["trades.csv", "positions.csv", "skips.csv", "sample.json"]) {
      const [here, there] = [out, alone].map((root) => read(root, name, file).split("\n").map(body(file)));
      expect(here, file).toEqual(there);
    }
  });

  it.each(NAMES)("counts for %s what it has read itself", (name) => {
    const [here, there] = [out, alone].map((root) => {
      const { strategy, data: { files, fingerprint }, days, contracts_read, quality } = JSON.parse(read(root, name, "run.json"));
      return { strategy, files, fingerprint, days, contracts_read, quality };
    });
    expect(here).toEqual(there);
  });

  it("ranks them by net total, each by its best variant", () => {
    const totals = together.ranking.map(({ total }) => total);
    expect(totals).toEqual(totals.toSorted((a, b) => b - a));
    for (const { strategy, variant, total, trades } of together.ranking) {
      const { variants } = together.runs.find((run) => run.strategy === strategy)!;
      expect(total).toBe(Math.max(...variants.map((one) => one.total)));
      expect(variants.find((one) => one.variant === variant)).toMatchObject({ total, trades });
    }
  });

  it("says what is wrong with one, and runs the others", async () => {
    const bad = join(tempFolder(), "bad.yaml");
    writeFileSync(bad, "name: bad\nuniverse: { symbol: BANKNIFTY }\nentry: { legs: [] }\n");
    const nifty = join(tempFolder(), "nifty.yaml");
    writeFileSync(nifty, GOOD["volume.yaml"].replace("BANKNIFTY", "NIFTY"));
    const { status, stdout, stderr } = await straddle(["run", bad, nifty, join(folder, "plain.json"), "--data", data], { cache });
    expect(status).toBe(2);
    expect(stderr).toMatch(/bad\.yaml: .*entry\.legs/);
    expect(stderr).toMatch(/nifty\.yaml: line 2, column 13: universe\.symbol: the data folder holds no contracts of "NIFTY"/);
    expect(stdout).toContain(together.runs.find(({ strategy }) => strategy === "plain")!.result_hash);
    expect(stdout).toMatch(/Ranking.*\n.*Total ₹.*Sharpe.*Max drawdown ₹.*Trades.*Win rate\n1\. plain +v1/);
  });

  it("refuses a folder without a strategy, and a list in which none can be read", async () => {
    const empty = tempFolder();
    expect(await straddle(["run", empty, "--data", data])).toMatchObject({ status: 2, stderr: expect.stringContaining("the folder holds no strategy") });
    expect(await straddle(["run", "nowhere.yaml", "neither.yaml", "--data", data])).toMatchObject({ status: 2, stderr: expect.stringMatching(/nowhere\.yaml.*\n.*neither\.yaml/) });
  });
});
