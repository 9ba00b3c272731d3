/** Hands tasks that do not depend on each other to workers. */
import { aliveInTime, HANG_AFTER, inTime } from "./in-time.ts";
import type { HostedWorker, WorkerApis, WorkerHost, WorkerKind } from "./worker-host.ts";

export interface TaskPoolRequest<K extends WorkerKind, T, R> {
  readonly host: WorkerHost;
  readonly kind: K;
  readonly tasks: readonly T[];
  /** At most. */
  readonly workers: number;
  /** Makes a new worker ready. Called once per worker. */
  readonly open: (api: WorkerApis[K]) => Promise<void>;
  /** `alive`: the worker is still at it. */
  readonly work: (api: WorkerApis[K], task: T, alive: () => void) => Promise<R>;
  /** A worker that has given no sign of life for so long counts as hung, milliseconds; default five minutes. */
  readonly hangAfter?: number;
  /** What the workers do, in words. */
  readonly doing: string;
  readonly onDone: (task: T, result: R) => void;
  /** A task in smaller ones, tried apart when it has failed as a whole; alone, or absent: it is tried again as it is. */
  readonly split?: (task: T) => readonly T[];
  /** Two workers have failed on the task; the others go on. */
  readonly onFailed: (task: T, error: unknown) => void;
  /** Ends the workers at once; what has come stays. */
  readonly signal?: AbortSignal;
}

/**
 * Resolves when every task is done or has failed twice, or with "stopped" after the signal. Rejects when no worker could be made ready.
 */
export async function runTasks<K extends WorkerKind, T, R>(request: TaskPoolRequest<K, T, R>): Promise<"done" | "stopped"> {
  const { host, kind, signal, hangAfter = HANG_AFTER, doing } = request;
  if (signal?.aborted) return "stopped";
  const running = new Set<HostedWorker<K>>();
  const tasks = [...request.tasks];
  let next = 0;

  const start = async (): Promise<HostedWorker<K>> => {
    const worker = host.spawn(kind);
    running.add(worker);
    await inTime(request.open(worker.api), hangAfter, "getting ready");
    return worker;
  };
  const end = (worker: HostedWorker<K>): void => {
    worker.end();
    running.delete(worker);
  };

  const lane = async (): Promise<void> => {
    let worker: HostedWorker<K> | undefined;
    while (next < tasks.length && !signal?.aborted) {
      const task = tasks[next++];
      for (let attempt = 1; ; attempt++) {
        worker ??= await start();
        try {
          const { api } = worker;
          const result = await aliveInTime((alive) => request.work(api, task, alive), hangAfter, doing);
          if (!signal?.aborted) request.onDone(task, result);
          break;
        } catch (error) {
          if (signal?.aborted) return;
          // What state the worker is in is not known.
          end(worker);
          worker = undefined;
          const parts = attempt === 1 ? (request.split?.(task) ?? [task]) : [];
          if (parts.length === 1) continue;
          if (parts.length > 1) {
            tasks.push(...parts);
            break;
          }
          request.onFailed(task, error);
          break;
        }
      }
    }
    if (worker) end(worker);
  };

  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  signal?.addEventListener("abort", stop, { once: true });
  const all = Promise.all(Array.from({ length: Math.min(request.workers, request.tasks.length) }, lane));
  try {
    await Promise.race([all, stopped]);
    return signal?.aborted ? "stopped" : "done";
  } finally {
    signal?.removeEventListener("abort", stop);
    for (const worker of running) end(worker);
    // The calls of ended workers reject after nobody waits for them any more.
    all.catch(() => undefined);
  }
}
