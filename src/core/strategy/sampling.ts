import type { ParsedStrategy } from "./types.ts";

/** So many trades of a run are kept with all their inputs at most: each takes some kilobytes. */
const MOST_SAMPLED = 20_000;

/** First trades of each variant that are kept with their inputs: `sampling.first_trades`, or its even share of what a run keeps. */
export function sampleLimits({ variants }: ParsedStrategy): readonly number[] {
  const share = Math.max(1, Math.floor(MOST_SAMPLED / variants.length));
  return variants.map(({ strategy }) => Math.min(strategy.sampling.first_trades, share));
}
