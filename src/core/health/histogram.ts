/** The steps of a histogram over whole numbers from 0. */
export interface Steps {
  readonly words: readonly string[];
  /** The step of every number up to the last edge, and of any above it. */
  readonly table: Uint8Array;
}

/** By upper edge: a value belongs to the first step whose edge is not below it; what is above the last belongs to one more. */
function steps(edges: readonly number[], words: readonly string[]): Steps {
  const table = Uint8Array.from({ length: edges[edges.length - 1] + 2 }, (_, value) => edges.filter((edge) => value > edge).length);
  return { words, table };
}

/** Age of the latest valid quote in seconds, of each second of the session. */
export const AGE_STEPS = steps(
  [0, 1, 2, 3, 5, 10, 30, 60, 300],
  ["0 s", "1 s", "2 s", "3 s", "4–5 s", "6–10 s", "11–30 s", "31–60 s", "61–300 s", "over 300 s"],
);

/** Ask − bid in ticks, of each row with a valid quote. */
export const SPREAD_STEPS = steps(
  [1, 2, 3, 5, 10, 20, 50, 100],
  ["1 tick", "2 ticks", "3 ticks", "4–5 ticks", "6–10 ticks", "11–20 ticks", "21–50 ticks", "51–100 ticks", "over 100 ticks"],
);

export function emptyCounts({ words }: Steps): number[] {
  return new Array<number>(words.length).fill(0);
}

export function addCounts(into: number[], from: readonly number[]): void {
  from.forEach((count, step) => (into[step] += count));
}
