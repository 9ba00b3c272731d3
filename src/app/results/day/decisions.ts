/** What was decided and filled on a day, in the order of its seconds. */
import { SKIP_WORDS } from "../../../core/results/skip-words.ts";
import type { DayOutcome, LegInputs, MomentInputs, SampledSkip } from "../../../core/results/types.ts";
import type { WaitingLeg } from "../../../core/results/waiting-legs.ts";
import { formatClock, type Second } from "../../../core/time.ts";
import { momentsOf } from "../moments.ts";

export interface DayDecision {
  readonly second: Second;
  readonly what: string;
  /** Position and leg, `3.1`; empty for an entry that did not happen. */
  readonly leg: string;
  readonly inputs: MomentInputs | undefined;
  readonly legInputs: LegInputs | undefined;
  readonly why: string;
}

/** @param waits legs of `trades` that were armed with their position and filled later */
export function dayDecisions({ trades, sample }: Pick<DayOutcome, "trades" | "sample">, waits: readonly WaitingLeg[], skips: readonly SampledSkip[]): readonly DayDecision[] {
  const moments = sample.flatMap((trade) =>
    momentsOf(trade).map(({ name, inputs, leg }): DayDecision => ({ second: inputs.second, what: name, leg: `${trade.positionId}.${trade.legId}`, inputs, legInputs: leg, why: inputs.rule })),
  );
  const skipped = skips.map(({ skip, inputs }): DayDecision => ({
    second: skip.first, what: skip.count === 1 ? "No entry" : `No entry × ${skip.count}`, leg: "", inputs: inputs ?? undefined, legInputs: undefined, why: SKIP_WORDS[skip.reason],
  }));
  const armed = waits.map(({ row, armed: second, filled }): DayDecision => ({
    second, what: "Leg armed", leg: `${trades.positionId[row]}.${trades.legId[row]}`, inputs: undefined, legInputs: undefined, why: `waits for its premium, filled ${formatClock(filled)}`,
  }));
  return [...armed, ...moments, ...skipped].sort((a, b) => a.second - b.second);
}
