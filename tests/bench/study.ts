/** The Monday study over five years of one-second spot, beside native DuckDB and Polars over the same files in one run. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defaultRules } from "../../src/core/market/rules.ts";
import { createStudyMerge } from "../../src/core/studies/merge.ts";
import { parseStudy } from "../../src/core/studies/parse.ts";
import type { StudyReport } from "../../src/core/studies/report.ts";
import { isoDate } from "../../src/core/time.ts";
import { EnginePool } from "../../src/pool/engine-pool.ts";
import type { EngineOpen, SourceDescriptor } from "../../src/pool/protocol.ts";
import { runStudy } from "../../src/pool/run-study.ts";
import type { WorkerHost } from "../../src/pool/worker-host.ts";
import { FIVE_YEARS } from "./folders.ts";
import { median, type Measurement } from "./measurement.ts";
import { duckdbStudy } from "./peers/duckdb-study.ts";
import { polarsStudy } from "./peers/polars-study.ts";

const TEXT = readFileSync(join(import.meta.dirname, "../../strategies/studies/mondays-open-close.yaml"), "utf8");
const PASSES = 5;
const NAME = "Monday study, two windows";

/** What every rival has to come to: days, mean and median return of each window, in percent. */
export type StudyAnswer = readonly (readonly [days: number, mean: number, median: number])[];

interface Timed {
  readonly milliseconds: number;
  readonly answer: StudyAnswer;
}

/** Throws where two of them come to something else. */
export async function measureStudy(host: WorkerHost, root: string): Promise<Measurement[]> {
  const source: SourceDescriptor = { kind: "node", root };
  const { study } = parseStudy(TEXT);
  const worker = host.spawn("catalogue");
  try {
    await worker.api.open(source, {}, () => undefined);
    const plan = await worker.api.planStudy({ study }, () => undefined);
    if (plan.kind === "refused") throw new Error(plan.message);
    const mondays = plan.wanted.map((date) => join(root, `spot/banknifty/${isoDate(date)}.parquet`));
    const rows: Measurement[] = [];
    const answers = new Set<string>();
    const row = (where: string, over: string, { milliseconds, answer }: Timed, goal?: number) => {
      answers.add(JSON.stringify(answer.map(([days, ...figures]) => [days, ...figures.map((figure) => figure.toFixed(9))])));
      rows.push({ name: NAME, where, value: milliseconds, unit: "ms", over, ...(goal !== undefined && { goal }) });
    };
    const product = (keep: EngineOpen["keep"]) => async (pool: EnginePool): Promise<StudyAnswer> => {
      const merge = createStudyMerge(study, defaultRules, plan.notRun);
      await runStudy({ plan, study, host, pool, workers: 1, init: () => ({ source, reader: "parquet-wasm", keep }), onDay: merge.add });
      return answerOf(merge.report());
    };

    const over = `${plan.wanted.length} Mondays of ${FIVE_YEARS} days, 22,500 rows each, median of ${PASSES}`;
    const peers = [
      { where: "DuckDB, 1 thread, all files", work: await duckdbStudy([join(root, "spot/banknifty/*.parquet")]) },
      { where: "DuckDB, 1 thread, Mondays' files", work: await duckdbStudy(mondays) },
      { where: "Polars, all threads, all files", work: polarsStudy(join(root, "spot/banknifty/*.parquet")) },
    ];
    const native: number[] = [];
    for (const { where, work } of peers) {
      const timed = await passes(work);
      native.push(timed.milliseconds);
      row(where, over, timed);
    }
    const [, best] = native;
    const fresh = product(undefined);
    row("Straddle, 1 worker, cold", `${over}, Parquet, a new worker each time`, await passes(() => once(host, fresh)), Math.round(2 * best));
    const warm = product({ warm: 20e9, hot: 0 });
    await once(host, warm);
    row("Straddle, 1 worker, from the cache", `${over}, a new worker each time`, await passes(() => once(host, warm)));
    const hot = product({ warm: 20e9, hot: 2e9 });
    const pool = new EnginePool(host);
    await hot(pool);
    row("Straddle, 1 worker, warm", over, await passes(() => hot(pool)), Math.round(best));
    pool.end();
    if (answers.size > 1) throw new Error(`The figures differ: ${[...answers].join(" and ")}`);
    return rows;
  } finally {
    worker.end();
  }
}

async function once(host: WorkerHost, work: (pool: EnginePool) => Promise<StudyAnswer>): Promise<StudyAnswer> {
  const pool = new EnginePool(host);
  try {
    return await work(pool);
  } finally {
    pool.end();
  }
}

async function passes(work: () => Promise<StudyAnswer>): Promise<Timed> {
  const times: number[] = [];
  let answer = await work();
  for (let pass = 0; pass < PASSES; pass++) {
    const started = performance.now();
    answer = await work();
    times.push(performance.now() - started);
  }
  return { milliseconds: median(times), answer };
}

function answerOf({ study, statistics }: StudyReport): StudyAnswer {
  return study.windows.map((window) => {
    const { stats } = statistics.find((row) => row.window === window && row.metric === "return")!;
    return [stats.n, stats.mean!, stats.median!];
  });
}
