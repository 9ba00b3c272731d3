/** How long a run over a folder will take on this machine, told by ten of its days. */
import type { ParsedStrategy } from "../core/strategy/types.ts";
import type { EngineOpen, PlannedPortion, RunPlan } from "./protocol.ts";
import { runBacktest } from "./scheduler.ts";
import type { WorkerHost } from "./worker-host.ts";

/** So many days are read. */
const DAYS = 10;

/** One kind of work: how much of it, and the time that workers spent on it, summed, milliseconds. */
export interface Phase {
  readonly name: "read and decode Parquet" | "rows to slices and grids" | "simulate";
  readonly milliseconds: number;
}

/** What a dry scan found. Nothing of it came out of the cache, nothing was kept. */
export interface DryScan {
  readonly days: number;
  readonly workers: number;
  /** From the first day's start to the last day's end, milliseconds. */
  readonly elapsed: number;
  /** Days times variants. */
  readonly variantDays: number;
  readonly contractDays: number;
  readonly rows: number;
  readonly bytes: number;
  readonly phases: readonly Phase[];
}

export interface DryScanRequest {
  readonly plan: RunPlan;
  readonly strategy: ParsedStrategy;
  readonly host: WorkerHost;
  readonly workers: number;
  readonly open: () => EngineOpen;
  readonly signal?: AbortSignal;
}

/** Runs portions from all over the plan until they hold ten days. Undefined when it was stopped. */
export async function dryScan({ plan, strategy, host, workers, open, signal }: DryScanRequest): Promise<DryScan | undefined> {
  const portions = spread(plan.portions);
  const sums = { load: 0, simulate: 0, contractDays: 0, rows: 0, bytes: 0, reading: 0, days: 0 };
  const started = performance.now();
  const ended = await runBacktest({
    plan: { ...plan, portions }, strategies: [strategy], host, workers, signal,
    // Room for nothing: what is read is counted and not kept.
    init: () => ({ ...open(), keep: { warm: 0, hot: 0 } }),
    onOutcome(_, { milliseconds, contractsRead }) {
      sums.days++;
      sums.load += milliseconds.load;
      sums.simulate += milliseconds.simulate;
      sums.contractDays += contractsRead;
    },
    onKept({ reads }) {
      sums.rows += reads.rows;
      sums.bytes += reads.bytes;
      sums.reading += reads.milliseconds;
    },
  });
  if (ended === "stopped") return undefined;
  const { days, contractDays, rows, bytes, load, reading, simulate } = sums;
  const phases: Phase[] = [
    { name: "read and decode Parquet", milliseconds: Math.min(load, reading) },
    { name: "rows to slices and grids", milliseconds: Math.max(0, load - reading) },
    { name: "simulate", milliseconds: simulate },
  ];
  return { days, workers: Math.min(workers, portions.length), elapsed: performance.now() - started, variantDays: days * strategy.variants.length, contractDays, rows, bytes, phases };
}

/** Portions at even distances that hold ten days or the fewest above. */
function spread(portions: readonly PlannedPortion[]): readonly PlannedPortion[] {
  const all = portions.reduce((sum, { dates }) => sum + dates.length, 0);
  const wanted = Math.max(1, Math.min(portions.length, Math.ceil((DAYS / Math.max(1, all)) * portions.length)));
  const chosen: PlannedPortion[] = [];
  let days = 0;
  for (let i = 0; i < wanted && days < DAYS; i++) {
    const portion = portions[Math.floor((i * portions.length) / wanted)];
    // Of a month of one expiry the first days are enough.
    const dates = portion.dates.slice(0, DAYS - days);
    chosen.push({ dates, chunks: portion.chunks.map((chunk) => ({ ...chunk, dates: chunk.dates.filter((date) => dates.includes(date)) })) });
    days += dates.length;
  }
  return chosen;
}

/** What a scan says of a run of so many days with so many workers, of which a share is in the cache already. */
export function estimateOf(scan: DryScan, days: number, workers: number, cachedShare: number): { readonly bytes: number; readonly seconds: number } {
  const cold = (days * (1 - cachedShare)) / Math.max(1, scan.days);
  return { bytes: scan.bytes * cold, seconds: ((scan.elapsed * scan.workers) / 1000 / Math.max(1, workers)) * cold };
}
