/** Results as they stream in: asked for no faster than they can be made, and shown in an animation frame. */

import { drawn } from "../ui/later.ts";

/** Least time between two drawings of streaming results, milliseconds; slower where a snapshot takes longer. */
const SNAPSHOT_EVERY = 150;

export function createSnapshots<T>(make: () => Promise<T | undefined>, show: (made: T) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last: Promise<void> = Promise.resolve();
  let pause = 0;
  async function take(): Promise<void> {
    const from = performance.now();
    const made = await make();
    pause = Math.max(SNAPSHOT_EVERY, 3 * (performance.now() - from));
    await new Promise<void>((resolve) => nextFrame(resolve));
    if (made !== undefined) show(made);
    await drawn();
  }
  async function now(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    await last;
    await take();
  }
  return {
    /** Before long. */
    request() {
      timer ??= setTimeout(() => {
        // The snapshot at the end of the run tells of a failure.
        last = take().catch(() => undefined).finally(() => (timer = undefined));
      }, pause);
    },
    now,
    /** The last one of a run; the next run's first comes without a pause. */
    async last() {
      await now();
      pause = 0;
    },
  };
}

/** A hidden tab draws no frames; the run must go on there all the same. */
function nextFrame(then: () => void): void {
  if (document.hidden) setTimeout(then, 200);
  else requestAnimationFrame(then);
}
