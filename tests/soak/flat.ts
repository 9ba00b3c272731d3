/** Whether what something holds stays where it was after the first tenth of the work. */
export interface Held {
  /** How much of the work was done, in any unit, ascending. */
  readonly done: number;
  readonly bytes: number;
}

const FIRST = 0.1;
/** Growth after the first tenth, as a share of the most that was held in it. */
export const MOST_GROWTH = 0.1;

/** By how much the most of the last nine tenths is above the most of the first, as a share of that. Throws a RangeError where a part has no sample. */
export function growthAfterFirstTenth(samples: readonly Held[]): number {
  const from = samples[0]?.done ?? 0;
  const until = from + FIRST * ((samples.at(-1)?.done ?? 0) - from);
  const most = (wanted: (held: Held) => boolean) => Math.max(...samples.filter(wanted).map(({ bytes }) => bytes));
  const growth = most(({ done }) => done > until) / most(({ done }) => done <= until) - 1;
  if (!Number.isFinite(growth)) throw new RangeError(`${samples.length} samples are too few to tell how memory grows`);
  return growth;
}

/** A few of the samples, in megabytes, for whoever reads the log. */
export function curve(samples: readonly Held[], points = 11): string {
  const chosen = Array.from({ length: Math.min(points, samples.length) }, (_, i) => samples[Math.round((i * (samples.length - 1)) / (Math.min(points, samples.length) - 1))]);
  return chosen.map(({ bytes }) => (bytes / 2 ** 20).toFixed(1)).join(" ");
}
