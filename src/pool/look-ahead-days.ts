/** Days of the product's engine for the look-ahead check, without anything kept, in a worker of its own. */
import type { RulesOverride } from "../core/market/override.ts";
import type { DayOutcome } from "../core/results/types.ts";
import type { LookAheadDay } from "../core/results/verification.ts";
import type { ParsedStrategy } from "../core/strategy/types.ts";
import { dayNumber, type DayNumber, type IsoDate, type Second } from "../core/time.ts";
import { HANG_AFTER, inTime, WorkerHung } from "./in-time.ts";
import { lookAhead, triedDay, type TriedDay } from "./look-ahead.ts";
import { unpackDays } from "./packed-days.ts";
import type { DayWork, EngineWorkerApi, PlannedPortion, RunPlan, SourceDescriptor } from "./protocol.ts";
import { movedOpen } from "./transfers.ts";
import { WorkerLost, type HostedWorker, type WorkerHost } from "./worker-host.ts";

export interface LookAheadOpen {
  readonly host: WorkerHost;
  /** Asked once for each worker: a port to the page's files cannot be shared. */
  readonly source: () => SourceDescriptor;
  readonly rules?: RulesOverride;
  readonly plan: RunPlan;
  /** The one that the plan was made for. */
  readonly strategy: ParsedStrategy;
}

/** A worker that dies of a day or hangs over it costs that day alone. */
export class LookAheadDays {
  readonly #open: LookAheadOpen;
  #worker: HostedWorker<"engine"> | undefined;
  #portion: PlannedPortion | undefined;

  constructor(open: LookAheadOpen) {
    this.#open = open;
  }

  /** @param draw draws so many of some seconds */
  async day(date: IsoDate, draw: (seconds: readonly Second[], most: number) => readonly Second[]): Promise<LookAheadDay> {
    const { plan, strategy } = this.#open;
    const day = dayNumber(date);
    const portion = plan.portions.find(({ dates }) => dates.includes(day));
    if (!portion) return { date, moments: [], why: "no file of the data may hold a row of the day any more" };
    try {
      return await lookAhead({ variants: strategy.variants, date, draw, run: async (hideAfter) => (await this.#run(day, portion, hideAfter)).map((outcome): TriedDay => triedDay(strategy, outcome)) });
    } catch (error) {
      if (!(error instanceof WorkerLost)) throw error;
      this.end();
      return { date, moments: [], why: error instanceof WorkerHung ? `the engine does not end (${error.message}); see whether the disk or the network that the data lies on answers` : `the engine was lost over it, probably for want of memory (${error.message})` };
    }
  }

  end(): void {
    this.#worker?.end();
    this.#worker = undefined;
    this.#portion = undefined;
  }

  async #run(date: DayNumber, portion: PlannedPortion, hideAfter: readonly (Second | undefined)[]): Promise<DayOutcome[]> {
    const work = hideAfter.map((second): DayWork => ({ date, orders: [{ strategy: 0, recordSample: false }], ...(second !== undefined && { hideAfter: second }) }));
    const done: DayOutcome[] = [];
    while (done.length < work.length) {
      const api = await this.#opened();
      const entered = portion === this.#portion ? undefined : portion;
      done.push(...unpackDays(await inTime(api.runDays(work.slice(done.length), entered), HANG_AFTER, "running the day with the future hidden")));
      this.#portion = portion;
    }
    return done;
  }

  async #opened(): Promise<EngineWorkerApi> {
    if (this.#worker) return this.#worker.api;
    const { host, source, rules, plan, strategy } = this.#open;
    const { api } = (this.#worker = host.spawn("engine"));
    await inTime(api.open(movedOpen({ source: source(), reader: "parquet-wasm", rules })), HANG_AFTER, "getting ready");
    await inTime(api.begin({ strategies: [strategy], look: false, plan: { files: plan.files, earlier: plan.earlier } }), HANG_AFTER, "getting ready");
    return api;
  }
}
