/** Figures under Node: the built workers for loading, the built engine in this thread for simulating. */
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createNodeHost } from "../../src/pool/spawn-node.ts";
import { build } from "vite";
import { buildKernels } from "../../scripts/build-kernels.mjs";
import { contractDay } from "./contract-day.ts";
import { CATALOGUE_FILES, CONTRACT_DAY_OVER, HOURLY, manyFiles, tradingFolder } from "./folders.ts";
import { median, type Measurement } from "./measurement.ts";

const REPEATS = 5;

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
  return [
    { name: `catalogue of ${CATALOGUE_FILES} files, first time`, where: "Node", value: cold, unit: "ms", over: "1 opening, worker start included" },
    { name: `catalogue of ${CATALOGUE_FILES} files, again`, where: "Node", value: median(warm), unit: "ms", over: `median of ${REPEATS}` },
    { name: "cold contract-day, Parquet to grid, one worker", where: "Node", value: await contractDay(host, source, HOURLY), unit: "ms", goal: 10, over: CONTRACT_DAY_OVER },
    ...(await measureEngine()),
  ];
}

async function measureEngine(): Promise<Measurement[]> {
  const outDir = join(import.meta.dirname, "../../build/bench/engine");
  await build({
    configFile: false, publicDir: false, logLevel: "error",
    build: { ssr: true, target: "node20", minify: false, outDir, emptyOutDir: true, rolldownOptions: { input: { engine: join(import.meta.dirname, "engine.ts") }, output: { entryFileNames: "[name].js" } } },
  });
  const engine = (await import(/* @vite-ignore */ pathToFileURL(join(outDir, "engine.js")).href)) as typeof import("./engine.ts");
  const kernels = new WebAssembly.Module(readFileSync(await buildKernels()));
  return [...(await engine.measureSimulation(kernels)), ...engine.measureSeries(kernels)];
}
