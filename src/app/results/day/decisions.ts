/** What was decided and filled on a day, in the order of its seconds. */
import { SKIP_WORDS } from "../../../core/results/skip-words.ts";
import type { LegInputs, MomentInputs, SampledArming, SampledSkip, SampledTrade } from "../../../core/results/types.ts";
import type { Second } from "../../../core/time.ts";
import { momentsOf, whyText, type TradeMoment } from "../moments.ts";

export interface DayDecision {
  readonly second: Second;
  readonly what: string;
  /** Position and leg, `3.1`; empty for an entry that did not happen. */
  readonly leg: string;
  readonly inputs: MomentInputs | undefined;
  readonly legInputs: LegInputs | undefined;
  readonly why: string;
}

export function dayDecisions(sample: readonly SampledTrade[], { skips, armings }: { readonly skips: readonly SampledSkip[]; readonly armings: readonly SampledArming[] }): readonly DayDecision[] {
  const row = (positionId: number, legId: number, { name, inputs, leg }: Pick<TradeMoment, "name" | "inputs" | "leg">): DayDecision =>
    ({ second: inputs.second, what: name, leg: positionId === 0 ? "" : `${positionId}.${legId}`, inputs, legInputs: leg, why: whyText({ inputs, leg }) });
  // Legs that waited, those among them that never entered.
  const armed = armings.flatMap(({ positionId, inputs }) => inputs.legs.filter(({ wait }) => wait !== null).map((leg) => row(positionId, leg.legId, { name: "Armed", inputs, leg })));
  const moments = sample.flatMap((trade) => momentsOf(trade).filter(({ name }) => name !== "Armed").map((moment) => row(trade.positionId, trade.legId, moment)));
  const skipped = skips.map(({ skip, inputs }): DayDecision => ({
    second: skip.first, what: skip.count === 1 ? "No entry" : `No entry × ${skip.count}`, leg: "", inputs: inputs ?? undefined, legInputs: undefined, why: SKIP_WORDS[skip.reason],
  }));
  return [...armed, ...moments, ...skipped].sort((a, b) => a.second - b.second);
}
