/** Figures under Node: the built workers for loading, the built engine in this thread for simulating. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { WorkerHost } from "../../src/pool/worker-host.ts";
import { createNodeHost } from "../../src/pool/spawn-node.ts";
import { buildKernels } from "../../scripts/build-kernels.mjs";
import { installPolarsBinary } from "../../scripts/lib/polars-binary.mjs";
import { cacheBytes } from "./cache-bytes.ts";
import { care } from "./care.ts";
import { coldContractDays } from "./cold.ts";
import { contractDay } from "./contract-day.ts";
import { contractFiles } from "./contract-files.ts";
import { CATALOGUE_FILES, fiveYearFolder, FIVE_YEARS, HOURLY, manyFiles, spotYears, tradingFolder, YEAR, yearFolder } from "./folders.ts";
import { hotMeasurements, hotRuns } from "./hot-runs.ts";
import { median, type Measurement } from "./measurement.ts";
import { measureStudy } from "./study.ts";

const REPEATS = 5;

/** What is measured of the engine alone: engine.ts, built as the product is. */
export type BuiltEngine = typeof import("./engine.ts");

/** What can be measured alone. */
export const NODE_PARTS = ["catalogue", "live", "five-years", "cache", "contract-day", "care", "peers", "engine", "study"] as const;
export type NodePart = (typeof NODE_PARTS)[number];

/** @param cli folder of the built command line */
export async function measureNode(cli: string, engine: BuiltEngine, parts: readonly NodePart[] = NODE_PARTS): Promise<Measurement[]> {
  const kernels = new WebAssembly.Module(readFileSync(await buildKernels()));
  const host = createNodeHost(pathToFileURL(join(cli, "worker.js")));
  const measure: { readonly [P in NodePart]: () => Promise<Measurement[]> } = {
    catalogue: () => catalogue(host),
    live: () => overAYear(host),
    "five-years": () => overFiveYears(host),
    cache: async () => cacheBytes(host, kernels, await tradingFolder(), HOURLY),
    peers: async () => {
      installPolarsBinary();
      const root = await tradingFolder();
      return engine.measurePeers(kernels, root, await contractFiles(host, { kind: "node", root }, HOURLY));
    },
    "contract-day": async () => {
      const source = { kind: "node", root: await tradingFolder() } as const;
      return coldContractDays("Node", (strategy) => contractDay(host, source, strategy));
    },
    care: async () => care(host, await tradingFolder()),
    study: async () => {
      installPolarsBinary();
      return measureStudy(host, await spotYears(FIVE_YEARS));
    },
    engine: async () => [...(await engine.measureSimulation(kernels)), ...engine.measureSeries(kernels)],
  };
  const measurements: Measurement[] = [];
  for (const part of parts) {
    // Indexes and slices are kept from run to run: each part begins without any, and leaves none behind.
    const cache = mkdtempSync(join(tmpdir(), "straddle-bench-"));
    process.env.STRADDLE_CACHE = cache;
    measurements.push(...(await measure[part]()));
    rmSync(cache, { recursive: true });
  }
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
  return hotMeasurements(await hotRuns(host, { kind: "node", root: await yearFolder(YEAR) }), "Node");
}

/** The same over five years of rows that come so rarely that all of them fit into memory. */
async function overFiveYears(host: WorkerHost): Promise<Measurement[]> {
  return hotMeasurements(await hotRuns(host, { kind: "node", root: await fiveYearFolder(FIVE_YEARS) }, [2]), "Node");
}
