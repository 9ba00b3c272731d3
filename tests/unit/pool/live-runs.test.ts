/** Runs that follow each other in workers which keep what they can: whatever fits into memory, each leaves what a run from nothing does. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { Random } from "../../../src/core/sample/random.ts";
import { engineWorkers, type EngineWorkers } from "../../support/engine-workers.ts";
import { smallSample, writeLayouts } from "../../support/layouts.ts";
import { openProduct, type OpenProduct } from "../../support/product.ts";
import { tempFolder } from "../../support/temp-folder.ts";

/** Of memory per worker: nothing, a few slices, most slices and some grids, everything. */
const ROOM_FOR_ALL = 400_000_000;
const BUDGETS = [0, 300_000, 12_000_000, ROOM_FOR_ALL];
const RUNS = 8;

/** What is turned between two runs. */
interface Knobs {
  readonly stop: number;
  readonly target: number;
  readonly start: string;
  readonly distance: number;
  readonly expiry: string;
  readonly entry: string;
  readonly reentry: number;
  readonly model: string;
}

const VALUES: { readonly [K in keyof Knobs]: readonly Knobs[K][] } = {
  stop: [400, 1000, 2500, 9000],
  target: [20, 60],
  start: ["09:15", "10:10", "11:59"],
  distance: [0, 1, -1],
  expiry: ["nearest", "next"],
  entry: ["rebalance: { every: 1h }", "max_per_day: 3, when: { gt: [VOL_1M, 0] }", "max_per_day: 2, when: { gt: [SPOT, { metric: SMA, args: { n: 5 } }] }"],
  reentry: [0, 2],
  model: ["touch", "ltp", "depth"],
};

const textOf = ({ stop, target, start, distance, expiry, entry, reentry, model }: Knobs) => `
name: turned
universe: { symbol: BANKNIFTY, expiry: ${expiry} }
time: { window: "${start}-15:20" }
entry: { legs: [{ cp: CE, lots: -1, strike: { atm: ${distance} } }, { cp: PE, lots: -1, strike: { atm: ${distance} } }], ${entry}${reentry > 0 ? `, reentry: { times: ${reentry} }` : ""} }
exit: { stop_loss: { rupees: ${stop} }, target: { pct: ${target} } }
fill: { model: ${model}, ttl: 30 }
`;

let product: OpenProduct;
let workers: EngineWorkers;
beforeAll(async () => {
  const root = writeLayouts(smallSample({ seed: 41, days: 4, strikesEachSide: 3 }), tempFolder()).raw;
  product = await openProduct(root);
  workers = await engineWorkers(root);
});
afterAll(() => workers?.end());

const known = new Map<string, string>();
async function fromNothing(text: string): Promise<string> {
  const hash = known.get(text) ?? (await product.run(text)).hash;
  known.set(text, hash);
  return hash;
}

it.each(BUDGETS)("leave what runs from nothing leave, with %i bytes of memory", async (hot) => {
  const random = new Random(hot, 3);
  const pick = <T>(values: readonly T[]): T => values[random.integer(0, values.length - 1)];
  const pool = workers.pool({ keep: { warm: 1e9, hot } });
  let knobs: Knobs = { stop: 1000, target: 60, start: "09:15", distance: 0, expiry: "nearest", entry: VALUES.entry[0], reentry: 0, model: "touch" };
  const hashes = new Set<string>();
  let trades = 0;
  let overflowed = 0;
  for (let i = 0; i < RUNS; i++) {
    const text = textOf(knobs);
    const run = await pool.run(text, { look: i === 0 || random.chance(0.2) });
    expect(run.hash, text).toBe(await fromNothing(text));
    for (const { hot: held } of run.notes) {
      expect(held.bytes).toBeLessThanOrEqual(hot);
      if (held.refused > 0) overflowed++;
    }
    hashes.add(run.hash);
    trades += run.trades;
    const knob = pick(Object.keys(VALUES) as (keyof Knobs)[]);
    knobs = { ...knobs, [knob]: pick(VALUES[knob] as readonly unknown[]) };
  }
  expect(hashes.size).toBeGreaterThan(2);
  expect(trades).toBeGreaterThan(20);
  // The budgets are those of the list above.
  expect(overflowed > 0).toBe(hot < ROOM_FOR_ALL);
  pool.end();
});
