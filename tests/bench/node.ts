/** Figures under Node: the built workers for loading, the engine in this thread for simulating. */
import { mkdtempSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { runDate } from "../../src/core/engine/run-date.ts";
import { instantiateKernels } from "../../src/core/kernels.ts";
import { defaultRules } from "../../src/core/market/rules.ts";
import { parseStrategy } from "../../src/core/strategy/parse.ts";
import type { ParsedStrategy } from "../../src/core/strategy/types.ts";
import { createDaySource } from "../../src/data/day-data.ts";
import { openNodeFolder } from "../../src/data/folder-node.ts";
import { createParquetWasmReader } from "../../src/data/parquet-wasm-reader.ts";
import { unpackChunk } from "../../src/pool/packed-plan.ts";
import type { RunPlan } from "../../src/pool/protocol.ts";
import type { WorkerHost } from "../../src/pool/worker-host.ts";
import { createNodeHost } from "../../src/pool/spawn-node.ts";
import { contractDay } from "./contract-day.ts";
import { CATALOGUE_FILES, CONTRACT_DAY_OVER, HOURLY, manyFiles, tradingFolder, yearFolder } from "./folders.ts";
import { hotRuns } from "./hot-runs.ts";
import { median, type Measurement } from "./measurement.ts";

const REPEATS = 5;
const YEAR = 250;
const SIMULATED_DAYS = 1_200;
const STRADDLE = "name: two legs\nuniverse: { symbol: BANKNIFTY }\ntime: { window: \"09:20-15:20\" }\nentry: { legs: [{ cp: CE, lots: -1 }, { cp: PE, lots: -1 }] }\nexit: { stop_loss: { pct: 60 }, target: { pct: 60 } }\nsampling: { first_trades: 0 }\n";

/** @param cli folder of the built command line */
export async function measureNode(cli: string): Promise<Measurement[]> {
  const host = createNodeHost(pathToFileURL(join(cli, "worker.js")));
  // Indexes are kept from run to run: these measurements begin without one.
  process.env.STRADDLE_CACHE = mkdtempSync(join(tmpdir(), "straddle-bench-"));
  const opened = async (root: string): Promise<number> => {
    const started = performance.now();
    const worker = host.spawn("catalogue");
    await worker.api.open({ kind: "node", root }, {}, () => undefined);
    const took = performance.now() - started;
    worker.end();
    return took;
  };
  const many = await manyFiles();
  const cold = await opened(many);
  const warm = [];
  for (let i = 0; i < REPEATS; i++) warm.push(await opened(many));

  const root = await tradingFolder();
  const source = { kind: "node", root } as const;
  const worker = host.spawn("catalogue");
  await worker.api.open(source, {}, () => undefined);
  const plan = await worker.api.plan([parseStrategy(HOURLY)], () => undefined);
  worker.end();
  return [
    { name: `catalogue of ${CATALOGUE_FILES} files, first time`, where: "Node", value: cold, unit: "ms", over: "1 opening, worker start included" },
    { name: `catalogue of ${CATALOGUE_FILES} files, again`, where: "Node", value: median(warm), unit: "ms", over: `median of ${REPEATS}` },
    ...(await overAYear(host)),
    { name: "cold contract-day, Parquet to grid, one worker", where: "Node", value: await contractDay(host, source, HOURLY), unit: "ms", goal: 10, over: CONTRACT_DAY_OVER },
    await simulated("simulate, 2 legs with stop and target", STRADDLE, root, plan, 40),
    await simulated("simulate, 2 legs struck anew every hour", HOURLY.replace("first_trades: 100", "first_trades: 0"), root, plan, undefined),
  ];
}

/** Two workers over a year of sparse rows: past the cache, out of it, and out of memory. */
async function overAYear(host: WorkerHost): Promise<Measurement[]> {
  const { days, contractDays, cold, warm, live2, live4 } = await hotRuns(host, { kind: "node", root: await yearFolder(YEAR) });
  const over = `${contractDays} contract-days of ${days} days, 2 workers`;
  return [
    { name: "contract-day of sparse rows, cold", where: "Node", value: cold, unit: "ms", over },
    { name: "contract-day of sparse rows, warm", where: "Node", value: warm, unit: "ms", goal: 1, over },
    { name: `live change of a stop, 2 legs over ${days} days`, where: "Node", value: live2, unit: "ms", goal: 100, over: "median of 15, to the last outcome" },
    { name: `live change of a stop, 4 legs over ${days} days`, where: "Node", value: live4, unit: "ms", goal: 150, over: "median of 15, to the last outcome" },
  ];
}

/** Mean time of the simulation of one day and variant, with everything it needs in memory. */
async function simulated(name: string, text: string, root: string, plan: RunPlan, goal: number | undefined): Promise<Measurement> {
  const strategy: ParsedStrategy = parseStrategy(text);
  const kernels = instantiateKernels(new WebAssembly.Module(readFileSync(join(import.meta.dirname, "../../build/kernels.wasm"))));
  const reader = await createParquetWasmReader(readFileSync(createRequire(import.meta.url).resolve("parquet-wasm/esm/parquet_wasm_bg.wasm")));
  const days = createDaySource({ folder: await openNodeFolder(root), reader, kernels, rules: defaultRules });
  const chunk = unpackChunk(plan.portions[0].chunks[0], plan.files);
  const { dates } = chunk;
  let count = 0;
  let milliseconds = 0;
  // One date after another, since the rows of dates that are over are dropped.
  for (const date of dates) {
    for (let i = -1; i < SIMULATED_DAYS / dates.length; i++) {
      const [outcome] = await runDate({ date, strategies: [{ strategy, recordSample: false }], open: () => days.day(chunk, date), rules: defaultRules, kernels });
      if (outcome.parts[0].kind !== "run") throw new Error(`a day of the benchmark was not run: ${JSON.stringify(outcome)}`);
      if (i < 0) continue;
      count++;
      milliseconds += outcome.milliseconds.simulate;
    }
  }
  return { name, where: "Node", value: (milliseconds / count) * 1000, unit: "µs", over: `mean of ${count} day jobs over ${dates.length} dates, rows in memory`, goal };
}
