/** One day of one variant once more, with everything recorded, in a worker of its own. */
import type { ParsedStrategy } from "../core/strategy/types.ts";
import { isoDate, type DayNumber } from "../core/time.ts";
import { HANG_AFTER, inTime, WorkerHung } from "./in-time.ts";
import type { DayReplay, EngineOpen, RunPlan } from "./protocol.ts";
import { movedOpen } from "./transfers.ts";
import type { WorkerHost } from "./worker-host.ts";

export interface ReplayOf {
  readonly plan: RunPlan;
  /** `ofOneDay`: the plan was made for it. */
  readonly strategy: ParsedStrategy;
  readonly date: DayNumber;
}

/** Rejects in words when the plan does not hold the date, and when replaying it does not end. */
export async function replayDay(host: WorkerHost, open: EngineOpen, { plan, strategy, date }: ReplayOf): Promise<DayReplay> {
  const worker = host.spawn("engine");
  try {
    const portion = plan.portions.find(({ dates }) => dates.includes(date));
    if (!portion) throw new Error(`The data holds no day ${isoDate(date)} that this strategy can be run on.`);
    await inTime(worker.api.open(movedOpen(open)), HANG_AFTER, "getting ready");
    await inTime(worker.api.begin({ strategies: [strategy], look: false, plan: { files: plan.files, earlier: plan.earlier } }), HANG_AFTER, "getting ready");
    return await inTime(worker.api.replay(date, portion), HANG_AFTER, `replaying ${isoDate(date)}`);
  } catch (error) {
    if (!(error instanceof WorkerHung)) throw error;
    throw new Error(`${isoDate(date)} cannot be looked at, since reading it does not end: ${error.message}. See whether the disk or the network that the data lies on answers, then open the day again.`, { cause: error });
  } finally {
    worker.end();
  }
}
