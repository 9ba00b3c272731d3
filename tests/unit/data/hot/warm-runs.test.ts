/** Whole runs over the warm tier: the same results and ledger, whatever has happened to the cache or the files in between. */
import { cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { countedFolder, noReads } from "../../../../src/data/hot/reads.ts";
import { openNodeCacheFolder } from "../../../../src/data/hot/cache-folder-node.ts";
import type { CacheFolder } from "../../../../src/data/hot/cache-folder.ts";
import { isoDate } from "../../../../src/core/time.ts";
import { smallSample, writeLayouts, type LayoutFolders } from "../../../support/layouts.ts";
import { memoryIndex, runProduct, type ProductOptions, type ProductRun } from "../../../support/product.ts";
import { tempFolder } from "../../../support/temp-folder.ts";

const STRADDLE = `
name: hourly
universe: { symbol: BANKNIFTY }
time: { window: "09:15-15:25" }
entry: { legs: [{ cp: CE, lots: -1 }, { cp: PE, lots: -1 }], rebalance: { every: 1h } }
exit: { stop_loss: { rupees: 3000 } }
costs: { preset: nse }
`;
const ON_VOLUME = `${STRADDLE}`.replace("rebalance: { every: 1h }", "when: { gt: [VOL_1M, 0] }, max_per_day: 2") + "fill: { model: depth }\n";
const ON_FUTURE = STRADDLE.replace("symbol: BANKNIFTY", "symbol: BANKNIFTY, spot: future");

const PRICES = ["prices", STRADDLE] as const;
const VOLUME = ["volume and depth", ON_VOLUME] as const;
const FUTURE = ["the future", ON_FUTURE] as const;

let folders: LayoutFolders;
beforeAll(() => {
  folders = writeLayouts(smallSample({ seed: 5, days: 2, strikesEachSide: 2, future: true }), tempFolder());
});

/** What must not depend on the cache: all that a run leaves but its times. */
function left({ hash, trades, skips, notRun, merge }: ProductRun) {
  const { loadMilliseconds, simulateMilliseconds, ...totals } = merge.totals();
  return { hash, trades, skips, notRun, totals, files: merge.files(), spot: merge.spotSources(), gaps: merge.expiryGaps() };
}

function cacheOf(place = tempFolder()) {
  return { place, cache: openNodeCacheFolder(place), index: memoryIndex() };
}

async function counted(root: string, strategy: string, kept: NonNullable<ProductOptions["kept"]>): Promise<{ run: ProductRun; opened: string[] }> {
  const reads = noReads();
  return { run: await runProduct(root, strategy, { kept, folder: (folder) => countedFolder(folder, reads) }), opened: reads.files };
}

describe("a warm run", () => {
  for (const [layout, strategies] of [["raw", [PRICES, VOLUME, FUTURE]], ["packed", [VOLUME]], ["day", [VOLUME, FUTURE]]] as const) {
    for (const [name, strategy] of strategies) {
      it(`on ${name} reads nothing of the ${layout} files and leaves the same`, async () => {
        const cold = await runProduct(folders[layout], strategy);
        expect(cold.trades.length).toBeGreaterThan(0);
        const kept = cacheOf();
        const first = await counted(folders[layout], strategy, kept);
        expect(first.opened.length).toBeGreaterThan(0);
        expect(left(first.run)).toEqual(left(cold));
        const second = await counted(folders[layout], strategy, kept);
        expect(second.opened).toEqual([]);
        expect(left(second.run)).toEqual(left(cold));
        expect([first.run.trouble, second.run.trouble]).toEqual([undefined, undefined]);
      });
    }
  }

  it("adds the columns that another strategy needs, and keeps the others", async () => {
    const kept = cacheOf();
    await counted(folders.raw, STRADDLE, kept);
    const cold = await runProduct(folders.raw, ON_VOLUME);
    const first = await counted(folders.raw, ON_VOLUME, kept);
    expect(first.opened.length).toBeGreaterThan(0);
    expect(left(first.run)).toEqual(left(cold));
    for (const strategy of [ON_VOLUME, STRADDLE]) expect((await counted(folders.raw, strategy, kept)).opened).toEqual([]);
    expect(left((await counted(folders.raw, ON_VOLUME, kept)).run)).toEqual(left(cold));
  });

  it("serves any choice of dates from what another choice has kept", async () => {
    const kept = cacheOf();
    await counted(folders.raw, STRADDLE, kept);
    const reads = noReads();
    const one = { overrides: { from: "2024-08-20", to: "2024-08-20" } };
    const run = await runProduct(folders.raw, STRADDLE, { ...one, kept, folder: (folder) => countedFolder(folder, reads) });
    expect(reads.files).toEqual([]);
    expect(left(run)).toEqual(left(await runProduct(folders.raw, STRADDLE, one)));
  });
});

describe("a Parquet file that was replaced between two runs", () => {
  it("changes the days that it should, and no file but it is read again", async () => {
    const root = tempFolder();
    cpSync(folders.packed, root, { recursive: true });
    const kept = cacheOf();
    const before = await counted(root, STRADDLE, kept);
    const traded = before.run.merge.trades();
    const date = isoDate(traded.date[0]);
    const contract = `options/BANKNIFTY/${isoDate(traded.expiry[0]).slice(0, 7).replace("-", "")}/exp=${isoDate(traded.expiry[0])}`;
    const path = `${contract}/type=${traded.cp[0] === 0 ? "CE" : "PE"}/strike=${traded.strike[0]}.parquet`;
    const other = readdirSync(join(root, contract, `type=${traded.cp[0] === 0 ? "CE" : "PE"}`)).find((name) => !path.endsWith(name))!;
    // Another contract's rows under this one's name: right by its form, other prices.
    writeFileSync(join(root, path), readFileSync(join(root, contract, `type=${traded.cp[0] === 0 ? "CE" : "PE"}`, other)));
    const after = await counted(root, STRADDLE, kept);
    expect(new Set(after.opened)).toEqual(new Set([path]));
    const fresh = await runProduct(root, STRADDLE);
    expect(left(after.run)).toEqual(left(fresh));
    expect(after.run.hash).not.toBe(before.run.hash);
    const rowsOf = (run: ProductRun, of: (day: string) => boolean) => run.trades.filter(([, day]) => of(day)).map((cells) => [...cells.slice(0, 2), ...cells.slice(3)]);
    const touched = new Set(after.run.trades.concat(before.run.trades).filter((cells) => cells.includes(String(traded.strike[0]))).map(([, day]) => day));
    expect(touched.has(date)).toBe(true);
    expect(rowsOf(after.run, (day) => !touched.has(day))).toEqual(rowsOf(before.run, (day) => !touched.has(day)));
  });
});

describe("a damaged cache", () => {
  const small = smallSample({ seed: 9, days: 1, strikesEachSide: 1 });
  let root: string;
  let wanted: unknown;
  beforeAll(async () => {
    root = writeLayouts(small, tempFolder()).raw;
    wanted = left(await runProduct(root, STRADDLE));
  });
  const segments = (place: string) => readdirSync(place).filter((name) => name.endsWith(".segment")).map((name) => join(place, name));

  async function rightAndHealed(kept: ReturnType<typeof cacheOf>, reads: boolean): Promise<void> {
    const damaged = await counted(root, STRADDLE, kept);
    expect(left(damaged.run)).toEqual(wanted);
    expect(damaged.opened.length > 0).toBe(reads);
    const healed = await counted(root, STRADDLE, kept);
    expect(left(healed.run)).toEqual(wanted);
    expect(healed.opened).toEqual([]);
  }

  it("costs a new read where one byte is wrong, at any place", async () => {
    const kept = cacheOf();
    await counted(root, STRADDLE, kept);
    const whole = segments(kept.place).map((path) => ({ path, bytes: readFileSync(path) }));
    for (const { path, bytes } of whole) {
      for (const share of [0, 0.13, 0.31, 0.47, 0.72, 0.9, 0.97, 0.9995, 1]) {
        const copy = Buffer.from(bytes);
        copy[Math.min(bytes.length - 1, Math.floor(share * bytes.length))] ^= 0x10;
        writeFileSync(path, copy);
        await rightAndHealed(kept, true);
        for (const other of segments(kept.place)) rmSync(other);
        for (const one of whole) writeFileSync(one.path, one.bytes);
      }
    }
  });

  it("costs a new read where a file is cut off or gone", async () => {
    const kept = cacheOf();
    await counted(root, STRADDLE, kept);
    for (const share of [0, 0.01, 0.5, 0.99]) {
      for (const path of segments(kept.place)) truncateSync(path, Math.floor(readFileSync(path).length * share));
      await rightAndHealed(kept, true);
    }
    for (const path of segments(kept.place)) rmSync(path);
    await rightAndHealed(kept, true);
  });

  it("does without what another process clears in the middle of a run", async () => {
    const kept = cacheOf();
    await counted(root, STRADDLE, kept);
    let reads = 0;
    const clearing: CacheFolder = { ...kept.cache, open: async (name) => {
      const file = await kept.cache.open(name);
      if (++reads === 1) for (const path of segments(kept.place)) rmSync(path);
      return file;
    } };
    expect(left((await counted(root, STRADDLE, { ...kept, cache: clearing })).run)).toEqual(wanted);
  });

  it("is right with room for a part only, and holds no more than its limit", async () => {
    const kept = { ...cacheOf(), bytes: 60_000 };
    const bytes = () => segments(kept.place).reduce((sum, path) => sum + readFileSync(path).length, 0);
    for (let i = 0; i < 2; i++) {
      const { run } = await counted(root, STRADDLE, kept);
      expect(left(run)).toEqual(wanted);
      expect(bytes()).toBeLessThanOrEqual(60_000);
    }
    expect(bytes()).toBeGreaterThan(0);
  });

  it("never fails a run when nothing can be written, and says why", async () => {
    const full = new DOMException("The quota has been exceeded.", "QuotaExceededError");
    const cache: CacheFolder = { ...openNodeCacheFolder(tempFolder()), write: () => Promise.reject(full) };
    const { run } = await counted(root, STRADDLE, { cache, index: memoryIndex() });
    expect(left(run)).toEqual(wanted);
    expect(run.trouble).toContain("not kept for the next run: The quota has been exceeded");
    const unreadable: CacheFolder = { ...cache, list: () => Promise.reject(new Error("the disk is gone")) };
    expect((await counted(root, STRADDLE, { cache: unreadable, index: memoryIndex() })).run.trouble).toContain("the disk is gone");
  });
});
