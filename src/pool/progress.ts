/** How far a run has come. */
export interface RunProgress {
  readonly done: number;
  readonly total: number;
  /** Missing until a first day is done. */
  readonly secondsLeft?: number;
}

const REPORT_EVERY = 250;

/** Counts days and reports at most four times a second, and at the last day. */
export function createRunProgress(total: number, report: (progress: RunProgress) => void): { dayDone(): void } {
  const started = performance.now();
  let reported = -Infinity;
  let done = 0;
  return {
    dayDone() {
      done++;
      const now = performance.now();
      if (done < total && now - reported < REPORT_EVERY) return;
      reported = now;
      report({ done, total, secondsLeft: ((now - started) / 1000 / done) * (total - done) });
    },
  };
}
