/** What is moved to a worker instead of being copied. */
import { transfer } from "comlink";
import { tradeBuffers } from "../core/results/trade-builder.ts";
import type { DayOutcome, TradeColumns } from "../core/results/types.ts";
import type { EngineInit, RunPlan, SourceDescriptor } from "./protocol.ts";

export function movedSource(source: SourceDescriptor): SourceDescriptor {
  return source.kind === "broker" ? transfer(source, [source.port]) : source;
}

export function movedInit(init: EngineInit): EngineInit {
  return init.source.kind === "broker" ? transfer(init, [init.source.port]) : init;
}

/** The caller's trades are empty afterwards. */
export function movedOutcome(outcome: DayOutcome): DayOutcome {
  return transfer(outcome, tradeBuffers(outcome.trades));
}

export function movedOutcomes(outcomes: readonly DayOutcome[]): readonly DayOutcome[] {
  return transfer(outcomes, outcomes.flatMap(({ trades }) => tradeBuffers(trades)));
}

/** The caller's trades are empty afterwards. */
export function movedTrades(trades: TradeColumns): TradeColumns {
  return transfer(trades, tradeBuffers(trades));
}

export function movedPlan(plan: RunPlan): RunPlan {
  return transfer(plan, [plan.files.text.buffer, plan.files.ends.buffer, ...[...plan.portions.flatMap(({ chunks }) => chunks), ...plan.earlier].map(({ files }) => files.buffer)]);
}
