/** Finished days are taken over: only what is new is computed, and the result is that of a run from nothing. */
import { readdirSync, rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { openNodeCacheFolder } from "../../../../src/data/hot/cache-folder-node.ts";
import { countedFolder, noReads } from "../../../../src/data/hot/reads.ts";
import { smallSample, writeLayouts } from "../../../support/layouts.ts";
import { memoryIndex, runProduct, type SingleRunOptions } from "../../../support/product.ts";
import { tempFolder } from "../../../support/temp-folder.ts";

const sweep = (...stops: number[]) => `
name: hourly
universe: { symbol: BANKNIFTY }
time: { window: "09:15-15:25" }
params: { STOP: 1 }
sweep: { STOP: [${stops.join(", ")}] }
entry: { legs: [{ cp: CE, lots: -1 }, { cp: PE, lots: -1 }], rebalance: { every: 1h } }
exit: { stop_loss: { rupees: $STOP } }
costs: { preset: nse }
`;

let root: string;
beforeAll(() => {
  root = writeLayouts(smallSample({ seed: 11, days: 3, strikesEachSide: 2 }), tempFolder()).raw;
});

function keeping() {
  const kept = { cache: openNodeCacheFolder(tempFolder()), index: memoryIndex() };
  return async (strategy: string, options: SingleRunOptions = {}) => {
    const reads = noReads();
    const run = await runProduct(root, strategy, { ...options, kept, resume: true, folder: (folder) => countedFolder(folder, reads) });
    const { loadMilliseconds, simulateMilliseconds, ...totals } = run.merge.totals();
    const left = { hash: run.hash, trades: run.trades, skips: run.skips, notRun: run.notRun, totals, files: run.merge.files(), sample: run.merge.sample() };
    return { left, simulated: run.simulated, opened: reads.files };
  };
}

const plain = async (strategy: string, options: SingleRunOptions = {}) => (await keeping()(strategy, options)).left;

describe("a run of which days are finished", () => {
  it("takes all of them over when nothing has changed", async () => {
    const run = keeping();
    const first = await run(sweep(1000, 3000));
    expect(first.simulated).toEqual([2, 2, 2]);
    const again = await run(sweep(1000, 3000));
    expect(again.simulated).toEqual([]);
    expect(again.opened).toEqual([]);
    expect(again.left).toEqual(first.left);
    expect(first.left.trades.length).toBeGreaterThan(0);
  });

  it("computes only the days that are new to it", async () => {
    const run = keeping();
    await run(sweep(1000), { overrides: { to: "2024-08-20" } });
    const longer = await run(sweep(1000));
    expect(longer.simulated).toEqual([1]);
    expect(longer.left).toEqual(await plain(sweep(1000)));
    const last = await run(sweep(1000), { overrides: { from: "2024-08-21" } });
    expect(last.simulated).toEqual([]);
    expect(last.left).toEqual(await plain(sweep(1000), { overrides: { from: "2024-08-21" } }));
  });

  it("computes only the variant whose value is new", async () => {
    const run = keeping();
    await run(sweep(1000, 2000, 3000));
    const changed = await run(sweep(1000, 2500, 3000));
    expect(changed.simulated).toEqual([1, 1, 1]);
    expect(changed.left).toEqual(await plain(sweep(1000, 2500, 3000)));
    const fewer = await run(sweep(3000));
    expect(fewer.simulated).toEqual([]);
    expect(fewer.left).toEqual(await plain(sweep(3000)));
  });

  it("keeps a large sweep as one, whole or not at all", async () => {
    const run = keeping();
    const many = Array.from({ length: 70 }, (_, i) => 1000 + i);
    const options = { overrides: { to: "2024-08-19" } };
    const first = await run(sweep(...many), options);
    expect(first.simulated).toEqual([70]);
    const again = await run(sweep(...many), options);
    expect(again.simulated).toEqual([]);
    expect(again.left).toEqual(first.left);
    expect((await run(sweep(...many.slice(1)), options)).simulated).toEqual([69]);
  });

  it("computes a day anew when one of its files has changed, or a file that may have held its rows is gone", async () => {
    const run = keeping();
    const { left } = await run(sweep(1000));
    const spot = left.files.find(({ path }) => /spot.*2024-08-20/.test(path))!.path;
    utimesSync(join(root, spot), new Date(), new Date());
    expect((await run(sweep(1000))).simulated).toEqual([1]);
    const read = new Set(left.files.map(({ path }) => path));
    rmSync(join(root, "options", readdirSync(join(root, "options")).find((name) => name.startsWith("banknifty24821") && !read.has(`options/${name}`))!));
    expect((await run(sweep(1000))).simulated.length).toBeGreaterThan(0);
  });
});
