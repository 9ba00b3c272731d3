/** Reading ahead, in real workers: the run that follows finds what it needs, and its result is that of any other run. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { engineWorkers, type EngineWorkers, type PoolRun } from "../../support/engine-workers.ts";
import { smallSample, writeLayouts } from "../../support/layouts.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const DAYS = 6;
const STRATEGY = `
name: hourly
universe: { symbol: BANKNIFTY }
time: { window: "09:15-15:25" }
entry: { legs: [{ cp: CE, lots: -1 }, { cp: PE, lots: -1 }], rebalance: { every: 1h } }
exit: { stop_loss: { rupees: 2000 } }
`;
const ROOMY = { warm: 1e9, hot: 1e8 };

let root: string;
let fresh: PoolRun;
const opened: EngineWorkers[] = [];

async function workers(cache: string): Promise<EngineWorkers> {
  const made = await engineWorkers(root, cache);
  opened.push(made);
  return made;
}

beforeAll(async () => {
  root = writeLayouts(smallSample({ seed: 31, days: DAYS, strikesEachSide: 2 }), tempFolder()).raw;
  const pool = (await workers(tempFolder())).pool();
  fresh = await pool.run(STRATEGY);
  pool.end();
});
afterAll(() => opened.forEach((one) => one.end()));

const kept = (cache: string) => readdirSync(join(cache, "slices")).filter((name) => name.endsWith(".segment"));

describe("reading ahead", () => {
  it("leaves nothing to read to the run that follows, keeps no result, and deals the days out to all workers", async () => {
    const cache = tempFolder();
    const pool = (await workers(cache)).pool({ keep: ROOMY });
    let days = 0;
    expect(await pool.readAhead(STRATEGY, () => days++)).toEqual({ kind: "done" });
    expect(days).toBe(DAYS);
    expect(kept(cache).length).toBeGreaterThan(0);
    expect(kept(cache).filter((name) => name.includes("days"))).toEqual([]);
    const run = await pool.run(STRATEGY);
    expect(run).toMatchObject({ hash: fresh.hash, trades: fresh.trades, days: DAYS, files: 0, cacheBytes: 0 });
    expect(run.notes.map(({ hot }) => hot.bytes > 0)).toEqual([true, true]);
    // Other workers find it in the cache.
    const others = (await workers(cache)).pool({ keep: ROOMY });
    expect(await others.run(STRATEGY.replace("2000", "2500"))).toMatchObject({ files: 0 });
    for (const one of [pool, others]) one.end();
  });

  it("makes way at once for a run, whose result is right, and goes on with what is left afterwards", async () => {
    const pool = (await workers(tempFolder())).pool({ keep: ROOMY });
    const stop = new AbortController();
    let days = 0;
    const ended = pool.readAhead(STRATEGY, () => ++days === 2 && stop.abort(), stop.signal);
    await new Promise((resolve) => stop.signal.addEventListener("abort", resolve));
    const run = await pool.run(STRATEGY);
    expect(await ended).toEqual({ kind: "stopped" });
    expect(days).toBeLessThan(DAYS);
    expect(run).toMatchObject({ hash: fresh.hash, trades: fresh.trades, days: DAYS });
    expect(run.files).toBeGreaterThan(0);
    expect(await pool.readAhead(STRATEGY)).toEqual({ kind: "done" });
    expect(await pool.run(STRATEGY.replace("2000", "2500"))).toMatchObject({ files: 0 });
    pool.end();
  });

  it("ends when the limit of the cache is reached and pushes nothing out, which a run then does", async () => {
    const cache = tempFolder();
    const before = (await workers(cache)).pool({ keep: ROOMY });
    await before.run(STRATEGY.replace("{ cp: CE, lots: -1 }", "{ cp: CE, lots: -1, strike: { atm: 2 } }"));
    before.end();
    const held = kept(cache);
    const bytes = held.reduce((sum, name) => sum + statSync(join(cache, "slices", name)).size, 0);
    const small = { warm: bytes + 1_000, hot: 0 };
    const pool = (await workers(cache)).pool({ keep: small });
    expect(await pool.readAhead(STRATEGY)).toMatchObject({ kind: "full", message: expect.stringContaining("what is read ahead pushes nothing out") });
    expect(kept(cache)).toEqual(expect.arrayContaining(held));
    expect(await pool.run(STRATEGY)).toMatchObject({ hash: fresh.hash });
    expect(kept(cache)).not.toEqual(expect.arrayContaining(held));
    pool.end();
  });
});
