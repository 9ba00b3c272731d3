import { Worker } from "node:worker_threads";
import nodeEndpoint from "comlink/dist/esm/node-adapter.mjs";
import { compileParquetModule } from "../data/parquet-module-node.ts";
import { remoteApi, WorkerLost, type WorkerApis, type WorkerHost, type WorkerKind } from "./worker-host.ts";

let decoder: Promise<WebAssembly.Module> | undefined;

/** For workers that are started when those before have ended. */
function holdDecoder(): void {
  decoder ??= compileParquetModule();
  // A worker that cannot load it says so.
  decoder.catch(() => undefined);
}

/** Workers as threads of Node. `entry` is the built worker module, which runs the kind that it is told. */
export function createNodeHost(entry: URL): WorkerHost {
  return {
    spawn<K extends WorkerKind>(kind: K) {
      if (kind === "care" || kind === "engine") holdDecoder();
      const worker = new Worker(entry, { workerData: kind });
      const lost = new Promise<WorkerLost>((resolve) => {
        worker.once("error", (error: Error) => resolve(new WorkerLost(`The ${kind} worker crashed: ${error.message}`, { cause: error })));
        worker.once("exit", (code) => resolve(new WorkerLost(`The ${kind} worker ended with status ${code}`)));
      });
      return {
        api: remoteApi<WorkerApis[K]>(nodeEndpoint(worker), lost),
        end: () => void worker.terminate(),
      };
    },
  };
}
