/** Five years under Node and in Chromium: what is held stays flat, ten runs leave nothing behind, and a hundred stops cost nothing but what was not run. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { chromium, type BrowserContext, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Random } from "../../src/core/sample/random.ts";
import type { KeepLimits } from "../../src/data/hot/kept-slices.ts";
import { inGroups } from "../../src/data/catalogue/groups.ts";
import { createNodeHost } from "../../src/pool/spawn-node.ts";
import { dropFolder, runToEnd, startRun } from "../e2e/folders.ts";
import { builtPage, chromiumOptions, openPage, serve, type StaticServer, type WatchedPage } from "../e2e/harness.ts";
import { residentMegabytes } from "../e2e/memory.ts";
import { writeStrategy } from "../e2e/strategy-text.ts";
import { engineWorkers, type EngineWorkers, type PoolRun } from "../support/engine-workers.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { curve, growthAfterFirstTenth, MOST_GROWTH, type Held } from "./flat.ts";
import { GATE, holdEngines, letEnginesGo } from "./held-engines.ts";
import { writeYears, YEARS_STRATEGY } from "./years-folder.ts";

const DAYS = 1_250;
/** Special sessions of an hour hold nothing of the window. */
const LEAST_RUN = 1_240;
const WORKERS = 2;
const TEN = 10;
const STOPS = 100;
const CACHE: KeepLimits = { warm: 2e9, hot: 0 };
const HERE = import.meta.dirname;

const WARM_UP = strategyUntil("2020-03-31").replace("rupees: 1500", "rupees: 1400");
/** Another stop: no day of it is finished, and all rows that it needs are in the cache. */
const CHANGED = YEARS_STRATEGY.replace("rupees: 1500", "rupees: 1600");

let folder: string;
/** What two workers under Node give, undisturbed. */
let whole: { readonly hash: string; readonly days: number };
let changed: typeof whole;

function strategyUntil(date: string): string {
  return YEARS_STRATEGY.replace("time: {", `time: { to: ${date},`);
}

beforeAll(() => {
  folder = join(tempFolder(), "years");
  writeYears(folder, DAYS, 7);
});

describe("under Node", () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  let engines: EngineWorkers;
  beforeAll(async () => {
    engines = await engineWorkers(folder);
  });
  afterAll(() => engines?.end());

  /** Runs over all years in workers that have come through some of them: after the first tenth nothing may grow. */
  async function flatRuns(keep: KeepLimits | undefined, strategies: readonly string[]): Promise<PoolRun[]> {
    const entry = join(tempFolder(), "worker.mjs");
    writeFileSync(entry, `import ${JSON.stringify(pathToFileURL(join(HERE, "watch-memory.mjs")).href)};\nawait import(${JSON.stringify(engines.entry.href)});\n`);
    process.env.MEMORY_LOG = join(tempFolder(), "memory");
    const pool = engines.pool({ keep, workers: WORKERS, host: createNodeHost(pathToFileURL(entry)) });
    const runs: PoolRun[] = [];
    try {
      // What an engine needs to get going once is no memory of the years.
      await pool.run(WARM_UP);
      for (const strategy of strategies) {
        rmSync(process.env.MEMORY_LOG, { force: true });
        const resident: Held[] = [];
        let days = 0;
        const run = await pool.run(strategy, {
          onDay() {
            if (++days % 10 > 0) return;
            collect();
            resident.push({ done: days, bytes: process.memoryUsage.rss() });
          },
        });
        runs.push(run);
        expect(run.days).toBeGreaterThanOrEqual(LEAST_RUN);
        const lines = readFileSync(process.env.MEMORY_LOG, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line) as { readonly cpu: number; readonly thread: number; readonly arena: number });
        const arenas = inGroups(lines, ({ thread }) => thread);
        expect(arenas.size).toBe(WORKERS);
        for (const [thread, samples] of arenas) expectFlat(`arena of thread ${thread}`, samples.map(({ cpu, arena }) => ({ done: cpu, bytes: arena })));
        expectFlat("process", resident);
      }
      return runs;
    } finally {
      pool.end();
    }
  }

  it("holds no more after five years than after a tenth of them", async () => {
    [whole] = await flatRuns(undefined, [YEARS_STRATEGY]);
  });

  it("nor while the cache is filled, and while rows come out of it", async () => {
    const [first, second] = await flatRuns(CACHE, [YEARS_STRATEGY, CHANGED]);
    expect(first.hash).toBe(whole.hash);
    expect([first.files > 0, second.files]).toEqual([true, 0]);
    changed = second;
  });
});

function expectFlat(what: string, samples: readonly Held[]): void {
  const growth = growthAfterFirstTenth(samples);
  console.log(`${what}: ${curve(samples)} MB; after the first tenth ${(growth * 100).toFixed(1)} % more, ${samples.length} samples`);
  expect(growth).toBeLessThan(MOST_GROWTH);
}

describe.each([["without a cache", 0], ["with a cache", 2]])("in Chromium, %s", (_, cacheGigabytes) => {
  let server: StaticServer;
  let context: BrowserContext;
  let page: Page;
  let complaints: WatchedPage["complaints"];
  let close: () => Promise<void>;

  beforeAll(async () => {
    server = await serve(await builtPage());
    const { executablePath, args } = chromiumOptions();
    const browser = await chromium.launch({ executablePath, args: [...args, "--js-flags=--expose-gc"] });
    ({ page, context, complaints } = await openPage(browser, server.url));
    close = () => browser.close();
    context.setDefaultTimeout(120_000);
    const arenas = readFileSync(join(HERE, "arenas.mjs"), "utf8").replace("export function", "globalThis.arenaBytes = function");
    await context.route(/assets\/engine-[^/]*\.js$/, async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: `${GATE}${arenas};${await answer.text()}` });
    });
    await context.addInitScript((gigabytes) => {
      // A machine so small that the workers' memory for rows is full after a few weeks; what they hold up to there is meant to be held.
      Object.defineProperty(navigator, "deviceMemory", { value: 1 / 16 });
      // Without a cache every run reads and computes every day.
      localStorage.setItem("straddle", JSON.stringify({ readAhead: false, cacheGigabytes: gigabytes }));
    }, cacheGigabytes);
    await page.reload();
    await page.getByLabel("Workers").fill(String(WORKERS));
    await page.getByLabel("Workers").press("Enter");
    await writeStrategy(page, YEARS_STRATEGY);
    await dropFolder(page, folder);
    await page.getByText(/^1,2\d\d days, 2019-/).first().waitFor();
    // Those that have read the footers end by themselves.
    await vi.waitFor(() => expect(page.workers()).toHaveLength(1), { timeout: 60_000 });
  });
  afterAll(async () => {
    await close?.();
    server?.close();
  });

  const progress = async () => Number(await page.getByRole("progressbar", { name: "Backtest progress" }).getAttribute("aria-valuenow"));

  /** The days that are done once none is under way any more. */
  async function settled(): Promise<number> {
    let before = -1;
    for (let now = await progress(); now !== before; now = await progress()) {
      before = now;
      await page.waitForTimeout(500);
    }
    return before;
  }

  /** Collects what can be collected in all workers; answers the arenas of the engines, bytes. */
  async function arenas(): Promise<number[]> {
    const found: number[] = [];
    for (const worker of page.workers()) {
      const bytes = await worker.evaluate(() => {
        const { gc, arenaBytes } = globalThis as unknown as { gc(): void; arenaBytes?: () => number };
        gc();
        return arenaBytes?.();
      });
      if (bytes !== undefined) found.push(bytes);
    }
    return found;
  }

  /** Runs over all years, and answers the hash. */
  async function flatRun(strategy: string): Promise<string> {
    await writeStrategy(page, strategy);
    const resident: Held[] = [];
    const kernels: Held[] = [];
    await startRun(page);
    const done = page.getByText(/^Done · 1,2/);
    for (let wanted = 0.04 * DAYS; (await done.count()) === 0; wanted = (await progress()) + 0.04 * DAYS) {
      await expect.poll(async () => (await progress()) >= wanted || (await done.count()) > 0, { timeout: 120_000, interval: 50 }).toBe(true);
      await holdEngines(page);
      try {
        const days = await settled();
        const bytes = await arenas();
        resident.push({ done: days, bytes: (await residentMegabytes(page)) * 2 ** 20 });
        kernels.push({ done: days, bytes: Math.max(...bytes) });
      } finally {
        await letEnginesGo(page);
      }
    }
    expectFlat("largest arena", kernels);
    expectFlat("page", resident);
    return page.getByLabel("Result hash").innerText();
  }

  it("holds no more after five years than after a tenth of them", async () => {
    await writeStrategy(page, WARM_UP);
    await runToEnd(page);
    expect(await flatRun(YEARS_STRATEGY)).toBe(whole.hash);
    if (cacheGigabytes > 0) expect(await flatRun(CHANGED)).toBe(changed.hash);
  });

  // Finished days would be taken over.
  if (cacheGigabytes > 0) return;

  it("holds no more after ten runs than after the first of them", async () => {
    const held: number[] = [];
    await writeStrategy(page, strategyUntil("2020-03-31"));
    const hashes = new Set<string>();
    for (let run = 0; run < TEN; run++) {
      hashes.add(await runToEnd(page));
      await arenas();
      held.push(await residentMegabytes(page));
    }
    console.log(`ten runs: ${held.map((megabytes) => megabytes.toFixed(0)).join(" ")} MB, ${page.workers().length} workers`);
    expect(hashes.size).toBe(1);
    expect(Math.max(...held.slice(1))).toBeLessThan(held[0] * (1 + MOST_GROWTH));
    expect(page.workers().length).toBeLessThanOrEqual(2 + WORKERS);
  });

  it("is stopped a hundred times, each time with what was done until then, and goes on", async () => {
    await writeStrategy(page, YEARS_STRATEGY);
    expect(await runToEnd(page)).toBe(whole.hash);
    const all = await tradesByDate();
    expect(all.size).toBe(whole.days);
    const random = new Random(11);
    let cut = 0;
    for (let stop = 0; stop < STOPS; stop++) {
      await stopAt(random.integer(0, Math.round(0.2 * DAYS)));
      const [, ended, kept] = /^(Stopped|Done) · ([\d,]+)/.exec(await page.getByText(/^(Stopped|Done) · /).innerText())!;
      if (ended === "Stopped") cut++;
      await expect.poll(() => page.getByLabel("Result hash").innerText()).toMatch(/^[0-9a-f]{64}$/);
      const days = Number(kept.replaceAll(",", ""));
      const found = days === 0 ? new Map<string, string[]>() : await tradesByDate();
      expect(found.size).toBe(days);
      for (const [date, trades] of found) expect(trades).toEqual(all.get(date));
      expect(page.workers().length).toBeLessThanOrEqual(2 + WORKERS);
    }
    console.log(`${cut} of ${STOPS} runs stopped before their end, ${page.workers().length} workers are there`);
    expect(cut).toBeGreaterThan(0.9 * STOPS);
    expect(await runToEnd(page)).toBe(whole.hash);
    expect(complaints).toEqual([]);
  });

  /** Starts a run and stops it as soon as the page shows that so many days are done; resolves once it has ended. */
  async function stopAt(days: number): Promise<void> {
    await page.evaluate(
      (wanted) =>
        new Promise<void>((resolve) => {
          const button = (name: string) => [...document.querySelectorAll("button")].find(({ textContent }) => textContent?.trim() === name);
          const hash = document.querySelector('output[aria-label="Result hash"]');
          const look = () => {
            const hasBegun = hash?.textContent === "—";
            const done = Number(document.querySelector('[aria-label="Backtest progress"]')?.getAttribute("aria-valuenow"));
            if (begun && !hasBegun) return resolve();
            begun ||= hasBegun;
            if (begun && done >= wanted) button("Stop")?.click();
            requestAnimationFrame(look);
          };
          let begun = false;
          button("Run")?.click();
          look();
        }),
      days,
    );
    await page.getByText(/^(Stopped|Done) · /).waitFor();
  }

  /** The trades of the run on screen, without ids of positions: these count over all dates that were run. */
  async function tradesByDate(): Promise<Map<string, string[]>> {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download CSV", exact: true }).click()]);
    const rows = readFileSync(await download.path(), "utf8").trimEnd().split("\n").slice(1).map((line) => line.split(","));
    return new Map([...inGroups(rows, ([, , date]) => date)].map(([date, of]) => [date, of.map(([, variant, , , ...rest]) => [variant, ...rest].join())]));
  }
});
