import { WorkerLost } from "./worker-host.ts";

/** A worker that has not answered for so long counts as hung, milliseconds. Cold days on slow disks take seconds. */
export const HANG_AFTER = 300_000;

/** A worker that is there and does not answer. */
export class WorkerHung extends WorkerLost {
  override readonly name = "WorkerHung";
}

/** The answer, or a rejection with WorkerHung when it has not come in time. `doing`: what the worker is at, in words. */
export async function inTime<T>(answer: Promise<T>, milliseconds: number, doing: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new WorkerHung(`The worker gave no sign of life for ${milliseconds / 1000} seconds (${doing})`)), milliseconds);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
