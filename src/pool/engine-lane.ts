import { isoDate, type DayNumber } from "../core/time.ts";
import type { DayOutcome } from "../core/results/types.ts";
import type { StudyDay } from "../core/studies/study-day.ts";
import type { KeptNotes } from "../data/hot/kept-slices.ts";
import { noReads } from "../data/hot/reads.ts";
import { inTime } from "./in-time.ts";
import { unpackDays } from "./packed-days.ts";
import type { DayWork, EngineOpen, EngineRun, EngineWorkerApi, PlannedPortion, RunPlan } from "./protocol.ts";
import { movedOpen } from "./transfers.ts";
import { WorkerLost, type HostedWorker, type WorkerHost } from "./worker-host.ts";

/** A worker that is busy when its run is stopped has so long to end its day, milliseconds, before it is ended itself. */
const GRACE = 300;

/** A worker could not be made ready for days. */
export class LaneNotReady extends Error {
  override readonly name = "LaneNotReady";
  constructor(
    readonly reason: unknown,
    /** It crashed, rather than saying what is wrong. */
    readonly lost: boolean,
  ) {
    super(String(reason), { cause: reason });
  }
}

/** What the lanes of one run share. */
export interface LaneRun extends Omit<EngineRun, "plan"> {
  readonly plan: RunPlan;
  /** Called once per worker: a port to the page's files cannot be shared. */
  readonly open: () => EngineOpen;
  readonly hangAfter: number;
}

/** One place in the pool: a worker, and after it has crashed or hung the next one. It serves one run after another. */
export class EngineLane {
  readonly #host: WorkerHost;
  #worker: HostedWorker<"engine"> | undefined;
  /** The run that the worker is ready for, and the plan whose files it has. */
  #run: LaneRun | undefined;
  #plan: RunPlan | undefined;
  #portion: PlannedPortion | undefined;
  #working: Promise<unknown> | undefined;

  constructor(host: WorkerHost) {
    this.#host = host;
  }

  get isReady(): boolean {
    return this.#worker !== undefined;
  }

  /**
   * At least the first day, and as many more as are done in a moment: one list of outcomes per day. Rejects when a day could not
   * be computed, with LaneNotReady when no worker was there; the worker is gone then.
   */
  async runDays(run: LaneRun, portion: PlannedPortion, days: readonly DayWork[]): Promise<readonly (readonly DayOutcome[])[]> {
    const dates = days.map(({ date }) => date);
    return this.#work(run, portion, dates, async (api, next) => byDay(days, unpackDays(await api.runDays(days, next))));
  }

  /** The same without results: how many of the dates are done. */
  async readDays(run: LaneRun, portion: PlannedPortion, dates: readonly DayNumber[]): Promise<number> {
    return this.#work(run, portion, dates, (api, next) => api.readDays(dates, next));
  }

  /** Days of the study that runs: at least the first of the dates, and as many more as are done in a moment. */
  async studyDays(run: LaneRun, portion: PlannedPortion, dates: readonly DayNumber[]): Promise<readonly StudyDay[]> {
    return this.#work(run, portion, dates, (api, next) => api.studyDays(dates, next));
  }

  async #work<T>(run: LaneRun, portion: PlannedPortion, dates: readonly DayNumber[], ask: (api: EngineWorkerApi, next: PlannedPortion | undefined) => Promise<T>): Promise<T> {
    return this.#alone(async () => {
      try {
        const { api } = await this.#ready(run);
        const answer = await inTime(ask(api, this.#portion === portion ? undefined : portion), run.hangAfter, datesInWords(dates));
        this.#portion = portion;
        return answer;
      } catch (error) {
        this.end();
        throw error;
      }
    });
  }

  /** The run is over for this lane. */
  async finish(run: LaneRun): Promise<KeptNotes | undefined> {
    if (!this.#worker || this.#run !== run) return undefined;
    const { api } = this.#worker;
    try {
      return await this.#alone(() => inTime(api.finish(), run.hangAfter, "keeping what was read"));
    } catch (error) {
      this.end();
      return { hot: { bytes: 0, budget: 0, refused: 0 }, reads: { ...noReads(), files: 0 }, trouble: `what was read last is not kept for the next run: ${error instanceof Error ? error.message : String(error)}` };
    }
  }

  /** Nobody waits for this lane any more: it keeps its worker if that is done within a moment. */
  abandon(): void {
    const working = this.#working;
    if (!working) return;
    setTimeout(() => {
      if (this.#working === working) this.end();
    }, GRACE);
  }

  end(): void {
    this.#worker?.end();
    this.#worker = undefined;
    this.#run = undefined;
    this.#plan = undefined;
    this.#portion = undefined;
  }

  /** One call after another, also those of a run that was abandoned. */
  async #alone<T>(work: () => Promise<T>): Promise<T> {
    while (this.#working) await this.#working;
    const working = work();
    const settled = working.then(
      () => undefined,
      () => undefined,
    );
    this.#working = settled;
    void settled.then(() => this.#working === settled && (this.#working = undefined));
    return working;
  }

  async #ready(run: LaneRun): Promise<HostedWorker<"engine">> {
    try {
      if (!this.#worker) {
        this.#worker = this.#host.spawn("engine");
        await inTime(this.#worker.api.open(movedOpen(run.open())), run.hangAfter, "getting ready");
      }
      if (this.#run !== run) {
        const { plan, strategies, study, paths, look, ahead } = run;
        const begun = this.#worker.api.begin({ strategies, study, paths, look, ahead, ...(this.#plan !== plan && { plan: { files: plan.files, earlier: plan.earlier } }) });
        await inTime(begun, run.hangAfter, "getting ready");
        if (this.#plan !== plan) this.#portion = undefined;
        this.#run = run;
        this.#plan = plan;
      }
      return this.#worker;
    } catch (error) {
      throw new LaneNotReady(error, error instanceof WorkerLost);
    }
  }
}

/** One list per day that was done. */
function byDay(days: readonly DayWork[], outcomes: readonly DayOutcome[]): readonly (readonly DayOutcome[])[] {
  if (outcomes.length === 0) return days.map(() => []);
  const done: (readonly DayOutcome[])[] = [];
  let at = 0;
  for (let day = 0; day < days.length && at < outcomes.length; day++) done.push(outcomes.slice(at, (at += days[day].orders.length)));
  return done;
}

function datesInWords(dates: readonly DayNumber[]): string {
  return dates.length === 1 ? isoDate(dates[0]) : `${isoDate(dates[0])} and the dates after it`;
}
