/**
 * Runs `work` in a task of its own, after those that wait already. Messages would not do: Chromium hands out several in one task. Timers
 * alone, where there is nothing else, wait long in a hidden tab.
 */
export const inNextTask: (work: () => void) => void =
  "setImmediate" in globalThis ? (work) => void setImmediate(work)
  : "scheduler" in globalThis ? (work) => void scheduler.postTask(work)
  : (work) => void setTimeout(work);
