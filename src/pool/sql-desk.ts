/** The workers of an SQL console: one that answers every query, and others that take a part of those that can be answered in parts. */
import { transfer } from "comlink";
import type { Progress } from "../data/catalogue/types.ts";
import type { SqlPart, Spread } from "../data/views/spread.ts";
import type { CatalogueWorkerApi, SourceDescriptor, SqlDeskOpen, SqlQuestion, SqlReply, SqlWorkerApi } from "./protocol.ts";
import { StandingWorker } from "./standing-worker.ts";
import { movedSource } from "./transfers.ts";
import { WorkerLost, type WorkerHost } from "./worker-host.ts";

export interface SqlDesk {
  readonly api: Pick<SqlWorkerApi, "ask" | "parquetOf">;
  /** Ends all workers at once, and with them whatever they are doing. */
  end(): void;
}

/**
 * Starts a worker that runs queries over the folder of a catalogue, and joins the two. The others follow when a query wants them.
 * @param hangAfter a worker that has given no sign of life for so long counts as hung, milliseconds; default five minutes
 */
export async function startSqlDesk(host: WorkerHost, catalogue: Pick<CatalogueWorkerApi, "answer">, describe: () => SourceDescriptor, open: SqlDeskOpen, hangAfter?: number): Promise<SqlDesk> {
  const desk = new Desk(host, catalogue, describe, open, hangAfter);
  await desk.worker(0).start();
  return { api: { ask: (...asked) => desk.ask(...asked), parquetOf: (arrow) => desk.worker(0).askTwice("writing Parquet", (api) => api.parquetOf(arrow)) }, end: () => desk.end() };
}

class Desk {
  readonly #host: WorkerHost;
  readonly #catalogue: Pick<CatalogueWorkerApi, "answer">;
  readonly #describe: () => SourceDescriptor;
  readonly #open: SqlDeskOpen;
  readonly #hangAfter: number | undefined;
  readonly #workers: StandingWorker<"sql">[] = [];
  #ended = false;

  constructor(host: WorkerHost, catalogue: Pick<CatalogueWorkerApi, "answer">, describe: () => SourceDescriptor, open: SqlDeskOpen, hangAfter: number | undefined) {
    this.#host = host;
    this.#catalogue = catalogue;
    this.#describe = describe;
    this.#open = open;
    this.#hangAfter = hangAfter;
  }

  /** A query whose worker crashes or hangs is asked once more, of new workers. */
  async ask(...asked: Parameters<SqlWorkerApi["ask"]>): Promise<SqlReply> {
    try {
      return await this.#ask(...asked);
    } catch (error) {
      if (!(error instanceof WorkerLost) || this.#ended) throw error;
      this.#endWorkers();
    }
    try {
      return await this.#ask(...asked);
    } catch (error) {
      if (!(error instanceof WorkerLost) || this.#ended) throw error;
      this.#endWorkers();
      throw new WorkerLost(`The query failed twice: ${error.message.replace(/\.$/, "")}. The next query has new workers.`);
    }
  }

  async #ask(question: SqlQuestion, progress: (progress: Progress) => void, ...kept: AskedOfRuns): Promise<SqlReply> {
    const started = performance.now();
    const first = this.worker(0);
    const { workers } = this.#open;
    const spread = workers < 2 ? { why: "" } : await first.ask("reading the query", (api, alive) => api.spread(question.sql, workers, heard(progress, alive)));
    let alone = "why" in spread ? spread.why : "";
    if (!("why" in spread)) {
      const parts = await this.#askParts(question, spread, progress);
      const answer = "why" in parts ? undefined : await first.ask("putting the parts together", (api) => api.combine(spread, parts.answers, question));
      if (answer) return { ...answer, workers, milliseconds: performance.now() - started };
      alone = "why" in parts ? parts.why : "its parts are too large to be put together";
    }
    const reply = await first.ask("answering the query", (api, alive) => api.ask(question, heard(progress, alive), ...kept));
    return reply.kind === "answer" ? { ...reply, milliseconds: performance.now() - started, ...(alone !== "" && { alone }) } : reply;
  }

  end(): void {
    this.#ended = true;
    this.#endWorkers();
  }

  #endWorkers(): void {
    for (const worker of this.#workers.splice(0)) worker.end();
  }

  /** All parts at once; why not, in words, where one of them cannot be answered by itself. */
  async #askParts(question: SqlQuestion, spread: Spread, progress: (progress: Progress) => void): Promise<{ readonly answers: readonly SqlPart[] } | { readonly why: string }> {
    const { workers, memoryMb } = this.#open;
    const told: Progress[] = [];
    const tell = (index: number, own: Progress): void => {
      told[index] = own;
      const all = told.filter((one) => one?.phase === own.phase);
      progress({ ...own, done: all.reduce((sum, { done }) => sum + done, 0), total: all.reduce((sum, { total }) => sum + total, 0) });
    };
    const all = Array.from({ length: workers }, (_, index) => this.worker(index));
    const started = await Promise.allSettled(all.map((worker) => worker.start()));
    const missing = started.find(({ status }) => status === "rejected") as PromiseRejectedResult | undefined;
    if (missing) return { why: `another could not be started (${(missing.reason as Error).message})` };
    const answers = await Promise.all(all.map((worker, index) => {
      const part = { index, of: workers, memoryMb: Math.floor(memoryMb / workers) };
      return worker.ask("answering a part of the query", (api, alive) => api.askPart(question, spread, part, heard((own) => tell(index, own), alive)));
    }));
    const failed = answers.find((answer) => "why" in answer);
    return failed && "why" in failed ? failed : { answers: answers as SqlPart[] };
  }

  /** One that could not be started is tried again by the next query. */
  worker(index: number): StandingWorker<"sql"> {
    return (this.#workers[index] ??= new StandingWorker({ host: this.#host, kind: "sql", hangAfter: this.#hangAfter, open: (api, alive) => this.#ready(api, alive) }));
  }

  async #ready(api: SqlWorkerApi, alive: () => void): Promise<void> {
    const { workers: _, ...open } = this.#open;
    const { port1, port2 } = new MessageChannel();
    await this.#catalogue.answer(transfer(port1, [port1]));
    await api.init(movedSource(this.#describe()));
    await api.openViews(transfer({ ...open, catalogue: port2 }, [port2]), alive);
  }
}

/** Progress is a sign of life, too. */
function heard(progress: (progress: Progress) => void, alive: () => void): (progress: Progress) => void {
  return (own) => {
    alive();
    progress(own);
  };
}

type AskedOfRuns = Parameters<SqlWorkerApi["ask"]> extends [unknown, unknown, ...infer Rest] ? Rest : never;
