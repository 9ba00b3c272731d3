/** Runs in the built engine workers as page and command line make them, with what the workers keep from run to run. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildCli } from "../../scripts/lib/build-cli.mjs";
import { resultHash } from "../../src/core/results/hash.ts";
import { tradeLabels } from "../../src/core/results/labels.ts";
import { createRunMerge } from "../../src/core/results/merge.ts";
import { parseStrategy } from "../../src/core/strategy/parse.ts";
import type { DayNotRun, DayOutcome } from "../../src/core/results/types.ts";
import type { ParsedStrategy } from "../../src/core/strategy/types.ts";
import type { KeepLimits, KeptNotes } from "../../src/data/hot/kept-slices.ts";
import { EnginePool } from "../../src/pool/engine-pool.ts";
import { planKey } from "../../src/pool/plan-key.ts";
import type { EngineOpen, RunPlan } from "../../src/pool/protocol.ts";
import { readAhead, type ReadAheadEnd } from "../../src/pool/read-ahead.ts";
import { runBacktest, type BacktestRequest } from "../../src/pool/scheduler.ts";
import { createNodeHost } from "../../src/pool/spawn-node.ts";
import type { WorkerHost } from "../../src/pool/worker-host.ts";
import { tempFolder } from "./temp-folder.ts";

export interface PoolRun {
  readonly hash: string;
  readonly trades: number;
  readonly days: number;
  readonly notRun: readonly DayNotRun[];
  /** Of all workers: data files opened, and bytes of entries read of the cache. */
  readonly files: number;
  readonly cacheBytes: number;
  readonly notes: readonly KeptNotes[];
}

export interface PoolOptions {
  readonly keep?: KeepLimits;
  readonly workers?: number;
  /** Default: threads of the built worker. */
  readonly host?: WorkerHost;
}

export interface PoolRunOptions extends Partial<Pick<BacktestRequest, "look" | "hangAfter" | "signal">> {
  readonly onDay?: (outcome: DayOutcome) => void;
}

export interface EngineWorkers {
  /** The built worker. */
  readonly entry: URL;
  /** Workers that stay from run to run. */
  pool(options?: PoolOptions): WorkersPool;
  end(): void;
}

export interface WorkersPool {
  run(strategyText: string, options?: PoolRunOptions): Promise<PoolRun>;
  readAhead(strategyText: string, onDay?: () => void, signal?: AbortSignal): Promise<ReadAheadEnd>;
  end(): void;
}

/** @param cache where slices are kept */
export async function engineWorkers(root: string, cache = tempFolder()): Promise<EngineWorkers> {
  // Workers take it over when they start.
  process.env.STRADDLE_CACHE = cache;
  const entry = pathToFileURL(join(await buildCli(), "worker.js"));
  const threads = createNodeHost(entry);
  const source = { kind: "node", root } as const;
  const catalogue = threads.spawn("catalogue");
  await catalogue.api.open(source, {}, () => undefined);
  const plans = new Map<string, Promise<RunPlan>>();
  const planOf = (strategy: ParsedStrategy): Promise<RunPlan> => {
    const key = planKey(strategy);
    const plan = plans.get(key) ?? catalogue.api.plan([strategy], () => undefined);
    plans.set(key, plan);
    return plan;
  };
  return {
    entry,
    pool({ keep, workers = 2, host = threads } = {}) {
      const pool = new EnginePool(host);
      const init = (): EngineOpen => ({ source, reader: "parquet-wasm", keep });
      return {
        async run(text, { look = true, onDay = () => undefined, ...rest } = {}) {
          const strategy = parseStrategy(text);
          const merge = createRunMerge(strategy);
          const notes: KeptNotes[] = [];
          const onOutcome = (_: number, outcome: DayOutcome): void => {
            onDay(outcome);
            merge.add(outcome);
          };
          await runBacktest({ ...rest, plan: await planOf(strategy), strategies: [strategy], host, pool, workers, init, look, onOutcome, onKept: (kept) => notes.push(kept) });
          const sum = (of: (reads: KeptNotes["reads"]) => number) => notes.reduce((all, { reads }) => all + of(reads), 0);
          const trades = merge.trades();
          return { hash: resultHash(trades, tradeLabels(strategy)), trades: trades.length, days: merge.daysRun().length, notRun: merge.notRun(), files: sum(({ files }) => files), cacheBytes: sum((reads) => reads.cacheBytes), notes };
        },
        async readAhead(text, onDay = () => undefined, signal = new AbortController().signal) {
          const strategy = parseStrategy(text);
          return readAhead({ plan: await planOf(strategy), strategies: [strategy], pool, workers, init, onDay, signal });
        },
        end: () => pool.end(),
      };
    },
    end: () => catalogue.end(),
  };
}
