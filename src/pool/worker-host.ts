/** How workers are started, called and ended, whatever they run on: the browser's workers or Node's threads. */
import { proxy, wrap, type Endpoint } from "comlink";
import type { CareWorkerApi, CatalogueWorkerApi, EngineWorkerApi, IndexWorkerApi, ResultsWorkerApi, SqlWorkerApi } from "./protocol.ts";
import type { VerifyWorkerApi } from "./verify-protocol.ts";

export interface WorkerApis {
  readonly engine: EngineWorkerApi;
  readonly index: IndexWorkerApi;
  readonly catalogue: CatalogueWorkerApi;
  readonly results: ResultsWorkerApi;
  readonly sql: SqlWorkerApi;
  readonly care: CareWorkerApi;
  readonly verify: VerifyWorkerApi;
}
export type WorkerKind = keyof WorkerApis;

export interface HostedWorker<K extends WorkerKind> {
  /** The worker's functions. A call rejects with `WorkerLost` when the worker crashes or is ended before it answers. */
  readonly api: WorkerApis[K];
  /** Ends the worker at once, whatever it is doing. */
  end(): void;
}

export interface WorkerHost {
  spawn<K extends WorkerKind>(kind: K): HostedWorker<K>;
}

/** A worker is gone before it answered. */
export class WorkerLost extends Error {
  override readonly name: string = "WorkerLost";
}

/** The functions of a worker behind an endpoint. Functions among the arguments stay where they are and are called back. */
export function remoteApi<Api extends object>(endpoint: Endpoint, lost: Promise<WorkerLost>): Api {
  const remote = wrap<Record<string, (...args: unknown[]) => unknown>>(endpoint);
  const gone = lost.then((error) => {
    throw error;
  });
  // Between calls nobody listens.
  gone.catch(() => undefined);
  const call = (name: string) => (...args: unknown[]) =>
    Promise.race([remote[name](...args.map((arg) => (typeof arg === "function" ? proxy(arg) : arg))), gone]);
  // Not a thenable, or awaiting it would call the worker.
  return new Proxy({} as Api, { get: (_, name) => (name === "then" || typeof name === "symbol" ? undefined : call(name)) });
}
