/** A sampled trade as the moments that made it, each with what its own leg showed. */
import type { LegInputs, MomentInputs, SampledTrade } from "../../core/results/types.ts";
import { waitInputWords } from "../../core/results/wait-words.ts";
import type { Paise } from "../../core/money.ts";
import { MISSING } from "../ui/format.ts";

export interface TradeMoment {
  readonly name: "Armed" | "Leg held" | "Entry decision" | "Entry fill" | "Exit decision" | "Exit fill";
  readonly inputs: MomentInputs;
  /** Of the trade's own leg; undefined where the moment shows nothing of it. */
  readonly leg: LegInputs | undefined;
  readonly beforeSlippage?: Paise;
}

export function momentsOf(trade: SampledTrade): TradeMoment[] {
  const own = (legs: readonly LegInputs[]) => legs.find((leg) => leg.legId === trade.legId);
  const moment = (name: TradeMoment["name"], inputs: MomentInputs): TradeMoment => ({ name, inputs, leg: own(inputs.legs) });
  const { armed, entryDecision, entryFill, exitDecision, exitFill } = trade;
  const held = own((armed ?? entryDecision).held);
  return [
    // Of a roll, which opens another contract than the leg held.
    ...(held ? [{ name: "Leg held" as const, inputs: armed ?? entryDecision, leg: held }] : []),
    ...(armed ? [moment("Armed", armed)] : []),
    moment("Entry decision", entryDecision),
    { ...moment("Entry fill", entryFill), beforeSlippage: entryFill.beforeSlippage },
    moment("Exit decision", exitDecision),
    { ...moment("Exit fill", exitFill), beforeSlippage: exitFill.beforeSlippage },
  ];
}

export const ATM_HINT = "Listed strike nearest to spot; after ~ by its name alone, since the run reads no rows of it";

/** `51000`; `~51000` is the nearest strike by name, of which the run has read no rows. */
export function atmText({ atm, atmByName }: Pick<MomentInputs, "atm" | "atmByName">): string {
  return atm === null ? MISSING : `${atmByName ? "~" : ""}${atm}`;
}

/** Why the moment is, and what the leg waits for. */
export function whyText({ inputs, leg }: Pick<TradeMoment, "inputs" | "leg">): string {
  return leg?.wait ? `${inputs.rule}; ${waitInputWords(leg.wait)}` : inputs.rule;
}
