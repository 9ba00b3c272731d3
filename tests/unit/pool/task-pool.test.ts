import { describe, expect, it, vi } from "vitest";
import type { CareWorkerApi } from "../../../src/pool/protocol.ts";
import { runTasks, type TaskPoolRequest } from "../../../src/pool/task-pool.ts";
import { WorkerLost, type WorkerHost } from "../../../src/pool/worker-host.ts";

/** Workers whose work is done by the request itself; a number that is in `deadly` ends its worker. */
function pool(request: Partial<TaskPoolRequest<"care", readonly number[], number>> & { readonly deadly?: readonly number[] }) {
  const count = { started: 0, ended: 0 };
  const host = { spawn: () => (count.started++, { api: {} as CareWorkerApi, end: () => void count.ended++ }) } as unknown as WorkerHost;
  const done: number[] = [];
  const failed: (readonly number[])[] = [];
  const run = runTasks<"care", readonly number[], number>({
    host, kind: "care", workers: 2, tasks: [[1, 2], [3], [4, 5, 6]],
    open: async () => undefined, doing: "adding",
    async work(_, task) {
      await Promise.resolve();
      if (task.some((one) => request.deadly?.includes(one))) throw new WorkerLost("crashed");
      return task.reduce((sum, one) => sum + one, 0);
    },
    onDone: (_, sum) => void done.push(sum),
    onFailed: (task) => void failed.push(task),
    ...request,
  });
  return { run, done, failed, count };
}

describe("tasks in workers", () => {
  it("are all done, and every worker is ended", async () => {
    const { run, done, failed, count } = pool({});
    expect(await run).toBe("done");
    expect([done.sort((a, b) => a - b), failed, count]).toEqual([[3, 3, 15], [], { started: 2, ended: 2 }]);
  });

  it("that end their worker are taken apart, and only the part that does it again is lost", async () => {
    const { run, done, failed, count } = pool({ deadly: [5], split: (task) => task.map((one) => [one]) });
    expect(await run).toBe("done");
    expect([done.sort((a, b) => a - b), failed]).toEqual([[3, 3, 4, 6], [[5]]]);
    expect(count.started).toBe(count.ended);
  });

  it("that take longer than the limit are waited for while they give signs of life, and no longer", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const { run, done, failed, count } = pool({
        workers: 1, hangAfter: 1_000,
        async work(_, task, alive) {
          for (const one of task) {
            if (one === 5) await new Promise(() => vi.advanceTimersByTime(1_000));
            vi.advanceTimersByTime(900);
            alive();
          }
          return task.length;
        },
      });
      expect(await run).toBe("done");
      expect([done, failed, count]).toEqual([[2, 1], [[4, 5, 6]], { started: 2, ended: 2 }]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("end with the reason when no worker can be made ready", async () => {
    const { run } = pool({ open: async () => Promise.reject(new Error("the folder may not be read")) });
    await expect(run).rejects.toThrow("the folder may not be read");
  });

  it("stop at the signal: what has come stays, nothing comes after it", async () => {
    const stop = new AbortController();
    const { run, done, count } = pool({
      workers: 1, signal: stop.signal,
      work: async (_, task) => {
        if (task.includes(3)) stop.abort();
        return task.length;
      },
    });
    expect(await run).toBe("stopped");
    expect([done, count]).toEqual([[2], { started: 1, ended: 1 }]);
  });
});
