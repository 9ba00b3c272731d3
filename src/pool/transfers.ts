/** What is moved to a worker instead of being copied. */
import { transfer } from "comlink";
import { recordingBuffers } from "../core/engine/day-recording.ts";
import { pathBuffers } from "../core/results/day-path.ts";
import { tradeBuffers } from "../core/results/trade-builder.ts";
import type { DayOutcome, TradeColumns } from "../core/results/types.ts";
import type { DayReplay, EngineInit, RunPlan, SourceDescriptor } from "./protocol.ts";

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

export function movedReplay(replay: DayReplay): DayReplay {
  return transfer(replay, [...tradeBuffers(replay.outcome.trades), ...(replay.recorded ? [...recordingBuffers(replay.recorded.recording), ...pathBuffers(replay.recorded.path)] : [])]);
}

/** The caller's trades are empty afterwards. */
export function movedTrades(trades: TradeColumns): TradeColumns {
  return transfer(trades, tradeBuffers(trades));
}

export function movedPlan(plan: RunPlan): RunPlan {
  return transfer(plan, [plan.files.text.buffer, plan.files.ends.buffer, ...[...plan.portions.flatMap(({ chunks }) => chunks), ...plan.earlier].map(({ files }) => files.buffer)]);
}
