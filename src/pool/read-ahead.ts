/** Reads what a run would read before anybody starts it, so that the run finds it in the cache and in memory. */
import type { ParsedStrategy } from "../core/strategy/types.ts";
import type { EngineLane, LaneRun } from "./engine-lane.ts";
import { HANG_AFTER } from "./in-time.ts";
import type { EnginePool } from "./engine-pool.ts";
import type { EngineOpen, PlannedPortion, RunPlan } from "./protocol.ts";

export interface ReadAheadRequest {
  readonly plan: RunPlan;
  /** Those that the plan was made for, in the same order. */
  readonly strategies: readonly ParsedStrategy[];
  /** The workers of the runs that will follow: what is read stays with them. */
  readonly pool: EnginePool;
  readonly workers: number;
  /** Called once per worker: a port to the page's files cannot be shared. */
  readonly init: () => EngineOpen;
  readonly onDay: () => void;
  /** Steps aside at once; what has been read stays. */
  readonly signal: AbortSignal;
}

export type ReadAheadEnd =
  | { readonly kind: "done" | "stopped" }
  /** Nothing more can be kept; why, in words. */
  | { readonly kind: "full"; readonly message: string };

/**
 * One worker reads at a time and the others rest, so that page and machine stay free; portions are dealt out evenly, since each
 * stays with the worker that holds its rows. The newest dates come first: they are looked at most. Rejects when a worker cannot go on.
 */
export async function readAhead({ plan, strategies, pool, workers, init, onDay, signal }: ReadAheadRequest): Promise<ReadAheadEnd> {
  const run: LaneRun = { plan, strategies, look: true, ahead: true, open: init, hangAfter: HANG_AFTER };
  const lanes = pool.lanes(workers, plan.portions.length);
  const dealt = new Map<EngineLane, number>(lanes.map((lane) => [lane, 0]));
  for (const portion of plan.portions.toReversed()) {
    if (signal.aborted) return { kind: "stopped" };
    const lane = pool.ownerOf(portion) ?? leastDealt(dealt);
    dealt.set(lane, dealt.get(lane)! + portion.dates.length);
    pool.own(portion, lane);
    const ended = await inTurn(lane, portion);
    if (ended) return ended;
  }
  return { kind: "done" };

  async function inTurn(lane: EngineLane, portion: PlannedPortion): Promise<ReadAheadEnd | undefined> {
    const stepAside = () => lane.abandon();
    signal.addEventListener("abort", stepAside, { once: true });
    try {
      for (let left = portion.dates; left.length > 0; ) {
        const done = await lane.readDays(run, portion, left);
        if (signal.aborted) return { kind: "stopped" };
        for (let day = 0; day < done; day++) onDay();
        left = left.slice(done);
      }
      const notes = await lane.finish(run);
      if (notes && notes.hot.refused > 0) pool.overflowed = true;
      return notes?.trouble === undefined ? undefined : { kind: "full", message: notes.trouble };
    } catch (error) {
      // Its worker was ended to make way.
      if (signal.aborted) return { kind: "stopped" };
      throw error;
    } finally {
      signal.removeEventListener("abort", stepAside);
    }
  }
}

function leastDealt(dealt: ReadonlyMap<EngineLane, number>): EngineLane {
  return [...dealt].reduce((least, one) => (one[1] < least[1] ? one : least))[0];
}
