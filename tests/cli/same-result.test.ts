/** One strategy over the same rows gives the same bytes, however it is computed. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { buildCli } from "../../scripts/lib/build-cli.mjs";
import { resultHash } from "../../src/core/results/hash.ts";
import { tradeLabels } from "../../src/core/results/labels.ts";
import { createRunMerge } from "../../src/core/results/merge.ts";
import { summarize } from "../../src/core/results/summary.ts";
import { parseStrategy } from "../../src/core/strategy/parse.ts";
import { isoDate } from "../../src/core/time.ts";
import { runBacktest } from "../../src/pool/scheduler.ts";
import { createNodeHost } from "../../src/pool/spawn-node.ts";
import { HOURLY_STRADDLE, runJson, type RunSummary } from "../support/cli.ts";
import { smallSample, writeLayouts, type LayoutFolders } from "../support/layouts.ts";
import { tempFolder } from "../support/temp-folder.ts";

const DAYS = 12;

/** Numbers in [0, 1) that look random and are the same in every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

describe("result_hash", () => {
  let folders: LayoutFolders;
  let wanted: RunSummary;
  const cache = tempFolder();
  const run = (folder: string, ...args: string[]) => runJson([HOURLY_STRADDLE, "--data", folder, ...args], { cache });

  beforeAll(async () => {
    folders = writeLayouts(smallSample({ seed: 11, days: DAYS }), join(tempFolder(), "same"));
    wanted = await run(folders.raw, "--workers", "1");
  }, 300_000);

  it("is taken over enough days and trades to mean something", () => {
    expect(wanted.days).toBeGreaterThanOrEqual(10);
    expect(wanted.trades).toBeGreaterThanOrEqual(100);
    expect(wanted.result_hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([["2 workers", "--workers", "2"], ["4 workers", "--workers", "4"], ["the DuckDB reader", "--reader", "duckdb"]])("is the same with %s", async (_, ...args) => {
    expect(await run(folders.raw, ...args)).toMatchObject({ result_hash: wanted.result_hash, days: wanted.days, trades: wanted.trades });
  });

  it.each(["packed", "day"] as const)("is the same in the %s layout", async (layout) => {
    expect(await run(folders[layout])).toMatchObject({ result_hash: wanted.result_hash, days: wanted.days, trades: wanted.trades });
  });

  it.each(["packed", "day"] as const)("is the same in the %s layout by the DuckDB reader", async (layout) => {
    expect(await run(folders[layout], "--reader", "duckdb")).toMatchObject({ result_hash: wanted.result_hash });
  });

  it("is the same when the index is known from before, and when it is not", async () => {
    expect(await runJson([HOURLY_STRADDLE, "--data", folders.raw])).toMatchObject({ result_hash: wanted.result_hash });
  });

  it("is the same with days and portions in any order and random delays, beside another strategy", async () => {
    const host = createNodeHost(pathToFileURL(join(await buildCli(), "worker.js")));
    const source = { kind: "node", root: folders.raw } as const;
    const strategy = parseStrategy(await readFile(HOURLY_STRADDLE, "utf8"));
    const catalogue = host.spawn("catalogue");
    try {
      await catalogue.api.open(source, {}, () => undefined);
      const beside = parseStrategy("name: beside\nuniverse: { symbol: BANKNIFTY, expiry: next }\nentry: { when: { gt: [VOL_1M, PREV_CLOSE] }, legs: [{ cp: CE, lots: -1 }] }");
      const strategies = [beside, strategy];
      const plan = await catalogue.api.plan(strategies, () => undefined);
      expect(plan.portions.length).toBeGreaterThan(1);
      const orders: string[] = [];
      for (const seed of [1, 2, 3]) {
        const random = randomFrom(seed);
        const merge = createRunMerge(strategy);
        const dates: number[] = [];
        await runBacktest({
          plan, strategies, host, workers: 3,
          init: () => ({ source, reader: "parquet-wasm" }),
          onOutcome: (place, outcome) => {
            if (strategies[place] !== strategy) return;
            dates.push(outcome.date);
            merge.add(outcome);
          },
          order: (items) => items.map((item) => ({ item, key: random() })).sort((a, b) => a.key - b.key).map(({ item }) => item),
          delay: () => new Promise((resume) => setTimeout(resume, random() * 60)),
        });
        orders.push(dates.join());
        expect(resultHash(merge.trades(), tradeLabels(strategy))).toBe(wanted.result_hash);
      }
      expect(new Set(orders).size).toBeGreaterThan(1);
      expect(orders).not.toContain(plan.dates.join());
    } finally {
      catalogue.end();
    }
  });

  it("is that of the days done when a run is stopped, within a second", async () => {
    const host = createNodeHost(pathToFileURL(join(await buildCli(), "worker.js")));
    const source = { kind: "node", root: folders.raw } as const;
    const strategy = parseStrategy(await readFile(HOURLY_STRADDLE, "utf8"));
    const catalogue = host.spawn("catalogue");
    try {
      await catalogue.api.open(source, {}, () => undefined);
      const plan = await catalogue.api.plan([strategy], () => undefined);
      const merge = createRunMerge(strategy);
      const stop = new AbortController();
      let asked = 0;
      const ended = await runBacktest({
        plan, strategies: [strategy], host, workers: 2, signal: stop.signal,
        init: () => ({ source, reader: "parquet-wasm" }),
        onOutcome(_place, outcome) {
          merge.add(outcome);
          // Other days are being read and decoded at this moment.
          if (merge.daysRun().length === 3) setTimeout(() => { asked = performance.now(); stop.abort(); }, 5);
        },
      });
      expect(performance.now() - asked).toBeLessThan(1000);
      expect(ended).toBe("stopped");
      const done = merge.daysRun().map(isoDate);
      expect(done.length).toBeGreaterThanOrEqual(3);
      expect(done.length).toBeLessThan(wanted.days);
      const netOf = new Map(wanted.variants[0].daily.map(({ date, net }) => [date, net]));
      const [kept] = summarize(strategy, merge.trades(), merge.daysRun);
      expect(kept.daily.net.map((paise) => paise / 100)).toEqual(done.map((date) => netOf.get(date)));
    } finally {
      catalogue.end();
    }
  });

  it("differs when the strategy does", async () => {
    const other = await run(folders.raw, "--window", "09:15-14:20");
    expect(other.result_hash).not.toBe(wanted.result_hash);
  });
});
