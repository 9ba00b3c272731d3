import { isoDate, type DayNumber } from "../core/time.ts";
import type { DayOutcome } from "../core/results/types.ts";
import type { DayOrder, EngineInit, PlannedPortion } from "./protocol.ts";
import { movedInit } from "./transfers.ts";
import { WorkerLost, type HostedWorker, type WorkerHost } from "./worker-host.ts";

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

/** One place in the pool: a worker, and after it has crashed or hung the next one. */
export class EngineLane {
  #worker: HostedWorker<"engine"> | undefined;
  #portion: PlannedPortion | undefined;

  constructor(
    private readonly host: WorkerHost,
    private readonly init: () => EngineInit,
    private readonly hangAfter: number,
  ) {}

  /** Rejects when the day could not be computed, with LaneNotReady when no worker was there; the worker is gone then. */
  async runDay(portion: PlannedPortion, date: DayNumber, orders: readonly DayOrder[]): Promise<readonly DayOutcome[]> {
    try {
      const { api } = await this.#ready();
      if (this.#portion !== portion) {
        await api.beginPortion(portion);
        this.#portion = portion;
      }
      return await this.#inTime(api.runDay(date, orders), isoDate(date));
    } catch (error) {
      this.end();
      throw error;
    }
  }

  end(): void {
    this.#worker?.end();
    this.#worker = undefined;
    this.#portion = undefined;
  }

  async #ready(): Promise<HostedWorker<"engine">> {
    if (this.#worker) return this.#worker;
    try {
      this.#worker = this.host.spawn("engine");
      await this.#inTime(this.#worker.api.init(movedInit(this.init())), "getting ready");
      return this.#worker;
    } catch (error) {
      throw new LaneNotReady(error, error instanceof WorkerLost);
    }
  }

  async #inTime<T>(answer: Promise<T>, doing: string): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new WorkerLost(`The worker gave no sign of life for ${this.hangAfter / 1000} seconds (${doing})`)), this.hangAfter);
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
