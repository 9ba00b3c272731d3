/** What is moved to a worker instead of being copied. */
import { transfer } from "comlink";
import { recordingBuffers } from "../core/engine/day-recording.ts";
import { pathBuffers } from "../core/results/day-path.ts";
import { tradeBuffers } from "../core/results/trade-builder.ts";
import type { TradeColumns } from "../core/results/types.ts";
import type { CopyPlan } from "./copy-plan.ts";
import type { HealthPlan } from "./health-protocol.ts";
import type { CareOpen, DayReplay, RunPlan, SourceDescriptor } from "./protocol.ts";

export function movedSource(source: SourceDescriptor): SourceDescriptor {
  return source.kind === "broker" ? transfer(source, [source.port]) : source;
}

export function movedOpen<Open extends { readonly source: SourceDescriptor }>(open: Open): Open {
  return open.source.kind === "broker" ? transfer(open, [open.source.port]) : open;
}

export function movedCare(open: CareOpen): CareOpen {
  return open.source.kind === "broker" ? transfer(open, [open.source.port]) : open;
}

export function movedReplay(replay: DayReplay): DayReplay {
  return transfer(replay, [...tradeBuffers(replay.outcome.trades), ...(replay.recorded ? [...recordingBuffers(replay.recorded.recording), ...pathBuffers(replay.recorded.path)] : [])]);
}

/** The caller's trades are empty afterwards. */
export function movedTrades(trades: TradeColumns): TradeColumns {
  return transfer(trades, tradeBuffers(trades));
}

export function movedPlan<P extends RunPlan>(plan: P): P {
  return transfer(plan, [plan.files.text.buffer, plan.files.ends.buffer, ...[...plan.portions.flatMap(({ chunks }) => chunks), ...plan.earlier].map(({ files }) => files.buffer)]);
}

export function movedCopyPlan(plan: CopyPlan): CopyPlan {
  return transfer(plan, [plan.files.text.buffer, plan.files.ends.buffer, ...plan.tasks.map(({ chunk }) => chunk.files.buffer)]);
}

export function movedHealthPlan(plan: HealthPlan): HealthPlan {
  return transfer(plan, [plan.files.text.buffer, plan.files.ends.buffer, ...plan.tasks.map(({ files }) => files.buffer)]);
}
