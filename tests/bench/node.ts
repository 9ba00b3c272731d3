/** Figures under Node: the built workers for loading, the built engine in this thread for simulating. */
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { WorkerHost } from "../../src/pool/worker-host.ts";
import { createNodeHost } from "../../src/pool/spawn-node.ts";
import { buildKernels } from "../../scripts/build-kernels.mjs";
import { coldContractDays } from "./cold.ts";
import { contractDay } from "./contract-day.ts";
import { CATALOGUE_FILES, manyFiles, tradingFolder, yearFolder } from "./folders.ts";
import { hotRuns, LIVE_OVER } from "./hot-runs.ts";
import { median, type Measurement } from "./measurement.ts";

const REPEATS = 5;
const YEAR = 250;

/** What is measured of the engine alone: engine.ts, built as the product is. */
export type BuiltEngine = typeof import("./engine.ts");

/** What can be measured alone. */
export const NODE_PARTS = ["catalogue", "live", "contract-day", "engine"] as const;
export type NodePart = (typeof NODE_PARTS)[number];

/** @param cli folder of the built command line */
export async function measureNode(cli: string, engine: BuiltEngine, parts: readonly NodePart[] = NODE_PARTS): Promise<Measurement[]> {
  const kernels = new WebAssembly.Module(readFileSync(await buildKernels()));
  const host = createNodeHost(pathToFileURL(join(cli, "worker.js")));
  // Indexes are kept from run to run: these measurements begin without one.
  process.env.STRADDLE_CACHE = mkdtempSync(join(tmpdir(), "straddle-bench-"));
  const measure: { readonly [P in NodePart]: () => Promise<Measurement[]> } = {
    catalogue: () => catalogue(host),
    live: () => overAYear(host),
    "contract-day": async () => {
      const source = { kind: "node", root: await tradingFolder() } as const;
      return coldContractDays("Node", (strategy) => contractDay(host, source, strategy));
    },
    engine: async () => [...(await engine.measureSimulation(kernels)), ...engine.measureSeries(kernels)],
  };
  const measurements: Measurement[] = [];
  for (const part of parts) measurements.push(...(await measure[part]()));
  return measurements;
}

async function catalogue(host: WorkerHost): Promise<Measurement[]> {
  const many = await manyFiles();
  const opened = async (): Promise<number> => {
    const started = performance.now();
    const worker = host.spawn("catalogue");
    await worker.api.open({ kind: "node", root: many }, {}, () => undefined);
    const took = performance.now() - started;
    worker.end();
    return took;
  };
  const cold = await opened();
  const warm = [];
  for (let i = 0; i < REPEATS; i++) warm.push(await opened());
  return [
    { name: `catalogue of ${CATALOGUE_FILES} files, first time`, where: "Node", value: cold, unit: "ms", over: "1 opening, worker start included" },
    { name: `catalogue of ${CATALOGUE_FILES} files, again`, where: "Node", value: median(warm), unit: "ms", over: `median of ${REPEATS}` },
  ];
}

/** Two workers over a year of sparse rows: past the cache, out of it, and out of memory. */
async function overAYear(host: WorkerHost): Promise<Measurement[]> {
  const { days, contractDays, cold, warm, live2, live4, hotReads } = await hotRuns(host, { kind: "node", root: await yearFolder(YEAR) });
  const over = `${contractDays} contract-days of ${days} days, 2 workers`;
  return [
    { name: "contract-day of sparse rows, cold", where: "Node", value: cold, unit: "ms", over },
    { name: "contract-day of sparse rows, warm", where: "Node", value: warm, unit: "ms", goal: 1, over },
    { name: "files and parts of the cache that the redraws read", where: "Node", value: hotReads, unit: "reads", goal: 0, over: "all of them together" },
    { name: `live change of a stop, 2 legs over ${days} days`, where: "Node", value: live2, unit: "ms", goal: 100, over: LIVE_OVER },
    { name: `live change of a stop, 4 legs over ${days} days`, where: "Node", value: live4, unit: "ms", goal: 150, over: LIVE_OVER },
  ];
}
