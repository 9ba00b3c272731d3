/** Entry of every thread under Node: runs the kind of worker that it is told. */
import { availableParallelism } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { expose } from "comlink";
import nodeEndpoint from "comlink/dist/esm/node-adapter.mjs";
import { cachePlace } from "../src/data/hot/cache-place-node.ts";
import { createNodeIndexStore } from "../src/data/index-store-node.ts";
import { createNodeHost } from "../src/pool/spawn-node.ts";
import type { WorkerApis, WorkerKind } from "../src/pool/worker-host.ts";
import { loadDuckdb, nodePlatform } from "./platform-node.ts";

const start: { readonly [K in WorkerKind]: () => Promise<WorkerApis[K]> } = {
  engine: async () => (await import("./engine-worker.ts")).createEngineWorker(nodePlatform),
  index: async () => (await import("./index-worker.ts")).createIndexWorker(nodePlatform),
  care: async () => (await import("./care-worker.ts")).createCareWorker(nodePlatform),
  verify: async () => (await import("./verify-worker.ts")).createVerifyWorker(nodePlatform),
  results: async () => (await import("./results-worker.ts")).createResultsWorker(),
  sql: async () => {
    const [{ createSqlWorker }, { openFileSource }] = await Promise.all([import("./sql-worker.ts"), import("../src/sql/file-source-node.ts")]);
    return createSqlWorker({ ...nodePlatform, openSync: openFileSource, loadDuckdb });
  },
  catalogue: async () =>
    (await import("./catalogue-worker.ts")).createCatalogueWorker({
      openSource: nodePlatform.openSource,
      host: createNodeHost(new URL(import.meta.url)),
      indexWorkers: availableParallelism(),
      openStore(source) {
        if (source.kind !== "node") throw new Error(`A source of the kind "${source.kind}" has no index under Node`);
        return createNodeIndexStore(cachePlace(), source.root);
      },
    }),
};

if (!parentPort) throw new Error("This module runs in a thread that the command line starts");
expose(await start[workerData as WorkerKind](), nodeEndpoint(parentPort));
