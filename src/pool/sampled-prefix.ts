import type { DayOutcome } from "../core/results/types.ts";
import { sampleLimits } from "../core/strategy/sampling.ts";
import type { ParsedStrategy } from "../core/strategy/types.ts";
import type { DayNumber } from "../core/time.ts";

/**
 * Tells whether a day may still hold one of the first trades that the sample shows: as long as the days done without a gap
 * from the first on have too few. Days are done in any order, so some record what is not shown in the end.
 */
export class SampledPrefix {
  readonly #dates: readonly DayNumber[];
  /** Trades that are still to be sampled, by variant. */
  readonly #left: Float64Array;
  /** Trades by variant of the days that are done and still wait for an earlier one. */
  readonly #done = new Map<DayNumber, Uint32Array>();
  #reached = 0;

  /** @param dates of the run, ascending */
  constructor(dates: readonly DayNumber[], strategy: ParsedStrategy) {
    this.#dates = dates;
    this.#left = Float64Array.from(sampleLimits(strategy));
  }

  wants(): boolean {
    return this.#left.some((left) => left > 0);
  }

  /** Must come before the outcome's trades are moved elsewhere. */
  add(outcome: DayOutcome): void {
    if (!this.wants()) return;
    const counts = new Uint32Array(this.#left.length);
    for (const variant of outcome.trades.variant) counts[variant]++;
    this.#done.set(outcome.date, counts);
    for (;;) {
      const date = this.#dates[this.#reached];
      const next = this.#done.get(date);
      if (next === undefined) return;
      this.#done.delete(date);
      this.#reached++;
      for (let variant = 0; variant < next.length; variant++) this.#left[variant] -= next[variant];
    }
  }
}
