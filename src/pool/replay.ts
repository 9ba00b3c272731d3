/** One day of one variant once more, with everything recorded, in a worker of its own. */
import type { ParsedStrategy } from "../core/strategy/types.ts";
import { isoDate, type DayNumber } from "../core/time.ts";
import type { DayReplay, EngineOpen, RunPlan } from "./protocol.ts";
import { movedOpen } from "./transfers.ts";
import type { WorkerHost } from "./worker-host.ts";

export interface ReplayOf {
  readonly plan: RunPlan;
  /** `ofOneDay`: the plan was made for it. */
  readonly strategy: ParsedStrategy;
  readonly date: DayNumber;
}

/** Rejects in words when the plan does not hold the date. */
export async function replayDay(host: WorkerHost, open: EngineOpen, { plan, strategy, date }: ReplayOf): Promise<DayReplay> {
  const worker = host.spawn("engine");
  try {
    await worker.api.open(movedOpen(open));
    await worker.api.begin({ strategies: [strategy], look: false, plan: { files: plan.files, earlier: plan.earlier } });
    const portion = plan.portions.find(({ dates }) => dates.includes(date));
    if (!portion) throw new Error(`The data holds no day ${isoDate(date)} that this strategy can be run on.`);
    return await worker.api.replay(date, portion);
  } finally {
    worker.end();
  }
}
