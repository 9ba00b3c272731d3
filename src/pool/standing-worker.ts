/** A worker that answers one question after another for as long as it is wanted. */
import { aliveInTime, HANG_AFTER } from "./in-time.ts";
import { WorkerLost, type HostedWorker, type WorkerApis, type WorkerHost, type WorkerKind } from "./worker-host.ts";

export interface StandingOptions<K extends WorkerKind> {
  readonly host: WorkerHost;
  readonly kind: K;
  /** Makes a new worker ready. Called once per worker; `alive` may be called at any time while it gets ready or works. */
  readonly open: (api: WorkerApis[K], alive: () => void) => Promise<void>;
  /** One that has given no sign of life for so long counts as hung, milliseconds; default five minutes. */
  readonly hangAfter?: number;
}

interface Standing<K extends WorkerKind> {
  readonly hosted: HostedWorker<K>;
  readonly ready: Promise<void>;
  /** Of the questions that wait for it. */
  readonly waiting: Set<() => void>;
}

/** It starts at the first question. One that is lost or hangs is replaced. */
export class StandingWorker<K extends WorkerKind> {
  readonly #options: StandingOptions<K>;
  #worker: Standing<K> | undefined;
  #ended = false;

  constructor(options: StandingOptions<K>) {
    this.#options = options;
  }

  /** Resolves when the worker is ready; rejects with the reason why it cannot be, and the next question starts another. */
  async start(): Promise<void> {
    await this.#started();
  }

  /** Rejects with WorkerLost when the worker was lost over the question. `doing`: what it is asked, in words. */
  async ask<T>(doing: string, question: (api: WorkerApis[K], alive: () => void) => Promise<T>): Promise<T> {
    const worker = await this.#started();
    let heard: () => void = () => undefined;
    try {
      return await aliveInTime((alive) => {
        heard = alive;
        worker.waiting.add(alive);
        return question(worker.hosted.api, alive);
      }, this.#options.hangAfter ?? HANG_AFTER, doing);
    } catch (error) {
      if (error instanceof WorkerLost) this.#letGo(worker);
      throw error;
    } finally {
      worker.waiting.delete(heard);
    }
  }

  /** The same, asked once more where the worker was lost. */
  async askTwice<T>(doing: string, question: (api: WorkerApis[K], alive: () => void) => Promise<T>): Promise<T> {
    try {
      return await this.ask(doing, question);
    } catch (error) {
      if (!(error instanceof WorkerLost) || this.#ended) throw error;
      return this.ask(doing, question);
    }
  }

  /** Ends the worker at once, whatever it is doing. */
  end(): void {
    this.#ended = true;
    if (this.#worker) this.#letGo(this.#worker);
  }

  async #started(): Promise<Standing<K>> {
    const worker = (this.#worker ??= this.#spawn());
    try {
      await worker.ready;
      return worker;
    } catch (error) {
      this.#letGo(worker);
      throw error;
    }
  }

  #spawn(): Standing<K> {
    const { host, kind, open, hangAfter = HANG_AFTER } = this.#options;
    const hosted = host.spawn(kind);
    const waiting = new Set<() => void>();
    const ready = aliveInTime((alive) => open(hosted.api, () => [alive, ...waiting].forEach((heard) => heard())), hangAfter, "getting ready");
    return { hosted, waiting, ready };
  }

  #letGo(worker: Standing<K>): void {
    worker.hosted.end();
    if (this.#worker === worker) this.#worker = undefined;
  }
}
