import { Worker } from "node:worker_threads";
import nodeEndpoint from "comlink/dist/esm/node-adapter.mjs";
import { remoteApi, WorkerLost, type WorkerApis, type WorkerHost, type WorkerKind } from "./worker-host.ts";

/** Workers as threads of Node. `entry` is the built worker module, which runs the kind that it is told. */
export function createNodeHost(entry: URL): WorkerHost {
  return {
    spawn<K extends WorkerKind>(kind: K) {
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
