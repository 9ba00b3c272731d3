import { WorkerLost } from "./worker-host.ts";

/** A worker that has not answered for so long counts as hung, milliseconds. Cold days on slow disks take seconds. */
export const HANG_AFTER = 300_000;

/** The same of a worker that itself waits so long for others: it has to outlast one of them that hangs. */
export const WAITING_HANG_AFTER = HANG_AFTER + 60_000;

/** A worker that is there and does not answer. */
export class WorkerHung extends WorkerLost {
  override readonly name = "WorkerHung";
  /** @param doing what it was at, in words */
  constructor(milliseconds: number, doing: string) {
    super(`The worker gave no sign of life for ${milliseconds / 1000} seconds (${doing})`);
  }
}

/** The answer, or a rejection with WorkerHung when it has not come in time. `doing`: what the worker is at, in words. */
export async function inTime<T>(answer: Promise<T>, milliseconds: number, doing: string): Promise<T> {
  return aliveInTime(() => answer, milliseconds, doing);
}

/** The same of work that may take longer, as long as it calls `alive` in time. */
export async function aliveInTime<T>(ask: (alive: () => void) => Promise<T>, milliseconds: number, doing: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let alive: () => void = () => undefined;
  const late = new Promise<never>((_, reject) => {
    alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => reject(new WorkerHung(milliseconds, doing)), milliseconds);
    };
  });
  alive();
  try {
    return await Promise.race([ask(() => timer !== undefined && alive()), late]);
  } finally {
    clearTimeout(timer);
    timer = undefined;
  }
}
