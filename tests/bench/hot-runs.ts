/** Runs over many days one after another, cold, warm, hot and live, in workers that stay: the same for Node and the page. */
import { parseStrategy } from "../../src/core/strategy/parse.ts";
import type { DayOutcome } from "../../src/core/results/types.ts";
import { EnginePool } from "../../src/pool/engine-pool.ts";
import type { RunPlan, SourceDescriptor } from "../../src/pool/protocol.ts";
import { runBacktest } from "../../src/pool/scheduler.ts";
import type { WorkerHost } from "../../src/pool/worker-host.ts";
import { median, type Measurement } from "./measurement.ts";

const WORKERS = 2;
/** Warm runs after the first: what a run of one worker takes when its code is compiled. */
const WARM_RUNS = 5;
/** Redraws that are not counted: the machine's code is compiled and tuned in them, and grids come into memory. */
const WARM_UP = 15;
const REDRAWS = 15;
const LIVE_OVER = `median of ${REDRAWS} after ${WARM_UP} to warm up, to the last outcome`;
const GIGABYTE = 2 ** 30;

export interface HotFigures {
  readonly days: number;
  /** Contracts and spot read per day, days summed. */
  readonly contractDays: number;
  /** Milliseconds per contract-day and worker, Parquet read anew. */
  readonly cold: number;
  /** The same out of the cache, in one worker that holds no row: in a new one, and in one that has run before. */
  readonly warmFirst: number;
  readonly warm: number;
  /** Milliseconds from a changed stop to the last day's outcome, rows in memory. */
  readonly live: readonly { readonly legs: number; readonly milliseconds: number }[];
  /** What the live runs read. */
  readonly hotReads: number;
}

/** Milliseconds that a redraw may take: up to so many days, with so many legs. */
const LIVE_GOALS = [
  { days: 250, legs: 2, goal: 100 },
  { days: 250, legs: 4, goal: 150 },
  { days: 1_250, legs: 2, goal: 400 },
];

export function hotMeasurements({ days, contractDays, cold, warmFirst, warm, live, hotReads }: HotFigures, where: string): Measurement[] {
  const over = `${contractDays} contract-days of ${days} days`;
  return [
    { name: `contract-day of sparse rows, ${days} days, cold`, where, value: cold, unit: "ms", over: `${over}, ${WORKERS} workers` },
    { name: `contract-day of sparse rows, ${days} days, warm, a new worker`, where, value: warmFirst, unit: "ms", over: `${over}, one worker` },
    { name: `contract-day of sparse rows, ${days} days, warm`, where, value: warm, unit: "ms", goal: 1, over: `${over}, one worker, median of ${WARM_RUNS} runs after the first` },
    { name: `files and parts of the cache that redraws of ${days} days read`, where, value: hotReads, unit: "reads", goal: 0, over: "all of them together" },
    ...live.map(({ legs, milliseconds }): Measurement => ({
      name: `live change of a stop, ${legs} legs over ${days} days`, where, value: milliseconds, unit: "ms", over: LIVE_OVER,
      goal: LIVE_GOALS.find((one) => one.legs === legs && days <= one.days)?.goal,
    })),
  ];
}

const legs = (count: number) => (count === 2 ? "[{ cp: CE, lots: -1 }, { cp: PE, lots: -1 }]" : "[{ cp: CE, lots: -1 }, { cp: PE, lots: -1 }, { cp: CE, lots: 1, strike: { atm: 1 } }, { cp: PE, lots: 1, strike: { atm: -1 } }]");
const strategyOf = (count: number, stop: number) =>
  parseStrategy(`name: live\nuniverse: { symbol: BANKNIFTY }\ntime: { window: "09:20-15:20" }\nentry: { legs: ${legs(count)} }\nexit: { stop_loss: { rupees: ${stop} }, target: { pct: 50 } }\nfill: { ttl: 60 }\nsampling: { first_trades: 0 }\n`);

/** @param legCounts what is redrawn */
export async function hotRuns(host: WorkerHost, source: SourceDescriptor, legCounts: readonly (2 | 4)[] = [2, 4]): Promise<HotFigures> {
  const catalogue = host.spawn("catalogue");
  await catalogue.api.open(source, {}, () => undefined);
  const plan: RunPlan = await catalogue.api.plan([strategyOf(2, 1000)], () => undefined);
  catalogue.end();
  let reads = 0;
  const run = async (pool: EnginePool, count: number, stop: number, look: boolean, { hot = GIGABYTE, workers = WORKERS } = {}) => {
    const strategy = strategyOf(count, stop);
    const outcomes: DayOutcome[] = [];
    const started = performance.now();
    reads = 0;
    await runBacktest({
      plan, strategies: [strategy], host, pool, workers, look,
      init: () => ({ source, reader: "parquet-wasm", keep: { warm: 20 * GIGABYTE, hot } }),
      onOutcome: (_, outcome) => outcomes.push(outcome),
      onKept: (notes) => (reads += notes.reads.files + notes.reads.cacheReads),
    });
    return { milliseconds: performance.now() - started, outcomes };
  };
  const loading = (outcomes: readonly DayOutcome[]) => outcomes.reduce((sum, { milliseconds }) => sum + milliseconds.load, 0);
  const pools = [new EnginePool(host), new EnginePool(host), new EnginePool(host)];
  try {
    const most = Math.max(...legCounts);
    const cold = await run(pools[0], most, 1000, true);
    const contractDays = cold.outcomes.reduce((sum, { contractsRead }) => sum + contractsRead, 0);
    // No row stays in memory for the next of these.
    const warm: number[] = [];
    for (let i = 0; i <= WARM_RUNS; i++) warm.push(loading((await run(pools[1], most, 1100 + i, true, { hot: 0, workers: 1 })).outcomes) / contractDays);
    // Rows come into memory.
    await run(pools[2], most, 1180, true);
    let hotReads = 0;
    const live = async (count: number) => {
      const times: number[] = [];
      for (let i = 0; i < WARM_UP + REDRAWS; i++) {
        const { milliseconds } = await run(pools[2], count, 1200 + i * 50, false);
        if (i >= WARM_UP) times.push(milliseconds);
        hotReads += reads;
      }
      return { legs: count, milliseconds: times.sort((a, b) => a - b)[REDRAWS >> 1] };
    };
    const redrawn: HotFigures["live"][number][] = [];
    for (const count of legCounts) redrawn.push(await live(count));
    return { days: plan.dates.length, contractDays, cold: loading(cold.outcomes) / contractDays, warmFirst: warm[0], warm: median(warm.slice(1)), live: redrawn, hotReads };
  } finally {
    for (const pool of pools) pool.end();
  }
}
