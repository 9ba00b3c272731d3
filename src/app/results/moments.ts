/** A sampled trade as the four moments that made it, each with what its own leg showed. */
import type { LegInputs, MomentInputs, SampledTrade } from "../../core/results/types.ts";
import type { Paise } from "../../core/money.ts";

export interface TradeMoment {
  readonly name: "Entry decision" | "Entry fill" | "Exit decision" | "Exit fill";
  readonly inputs: MomentInputs;
  /** Of the trade's own leg; undefined where the moment shows nothing of it. */
  readonly leg: LegInputs | undefined;
  readonly beforeSlippage?: Paise;
}

export function momentsOf(trade: SampledTrade): TradeMoment[] {
  const legOf = (inputs: MomentInputs) => inputs.legs.find((leg) => leg.legId === trade.legId);
  const { entryDecision, entryFill, exitDecision, exitFill } = trade;
  return [
    { name: "Entry decision", inputs: entryDecision, leg: legOf(entryDecision) },
    { name: "Entry fill", inputs: entryFill, leg: legOf(entryFill), beforeSlippage: entryFill.beforeSlippage },
    { name: "Exit decision", inputs: exitDecision, leg: legOf(exitDecision) },
    { name: "Exit fill", inputs: exitFill, leg: legOf(exitFill), beforeSlippage: exitFill.beforeSlippage },
  ];
}
