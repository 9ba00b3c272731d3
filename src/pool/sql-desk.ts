/** The workers of an SQL console: one that answers every query, and others that take a part of those that can be answered in parts. */
import { transfer } from "comlink";
import type { Progress } from "../data/catalogue/types.ts";
import type { SqlPart, Spread } from "../data/views/spread.ts";
import type { CatalogueWorkerApi, SourceDescriptor, SqlDeskOpen, SqlQuestion, SqlReply, SqlWorkerApi } from "./protocol.ts";
import { movedSource } from "./transfers.ts";
import type { HostedWorker, WorkerHost } from "./worker-host.ts";

export interface SqlDesk {
  readonly api: Pick<SqlWorkerApi, "ask" | "parquetOf">;
  /** Ends all workers at once, and with them whatever they are doing. */
  end(): void;
}

/** Starts a worker that runs queries over the folder of a catalogue, and joins the two. The others follow when a query wants them. */
export async function startSqlDesk(host: WorkerHost, catalogue: Pick<CatalogueWorkerApi, "answer">, describe: () => SourceDescriptor, open: SqlDeskOpen): Promise<SqlDesk> {
  const desk = new Desk(host, catalogue, describe, open);
  await desk.first();
  return { api: { ask: (...asked) => desk.ask(...asked), parquetOf: async (arrow) => (await desk.first()).api.parquetOf(arrow) }, end: () => desk.end() };
}

class Desk {
  readonly #host: WorkerHost;
  readonly #catalogue: Pick<CatalogueWorkerApi, "answer">;
  readonly #describe: () => SourceDescriptor;
  readonly #open: SqlDeskOpen;
  readonly #workers: HostedWorker<"sql">[] = [];
  readonly #starting: Promise<HostedWorker<"sql">>[] = [];

  constructor(host: WorkerHost, catalogue: Pick<CatalogueWorkerApi, "answer">, describe: () => SourceDescriptor, open: SqlDeskOpen) {
    this.#host = host;
    this.#catalogue = catalogue;
    this.#describe = describe;
    this.#open = open;
  }

  first(): Promise<HostedWorker<"sql">> {
    return this.#worker(0);
  }

  async ask(question: SqlQuestion, progress: (progress: Progress) => void, ...kept: AskedOfRuns): Promise<SqlReply> {
    const started = performance.now();
    const { api } = await this.first();
    const { workers } = this.#open;
    const spread = workers < 2 ? { why: "" } : await api.spread(question.sql, workers, progress);
    let alone = "why" in spread ? spread.why : "";
    if (!("why" in spread)) {
      const parts = await this.#askParts(question, spread, progress);
      const answer = "why" in parts ? undefined : await api.combine(spread, parts.answers, question);
      if (answer) return { ...answer, workers, milliseconds: performance.now() - started };
      alone = "why" in parts ? parts.why : "its parts are too large to be put together";
    }
    const reply = await api.ask(question, progress, ...kept);
    return reply.kind === "answer" ? { ...reply, milliseconds: performance.now() - started, ...(alone !== "" && { alone }) } : reply;
  }

  end(): void {
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
    const started = await Promise.allSettled(Array.from({ length: workers }, (_, index) => this.#worker(index)));
    const missing = started.find(({ status }) => status === "rejected") as PromiseRejectedResult | undefined;
    if (missing) return { why: `another could not be started (${(missing.reason as Error).message})` };
    const answers = await Promise.all((started as PromiseFulfilledResult<HostedWorker<"sql">>[]).map(({ value: { api } }, index) => {
      return api.askPart(question, spread, { index, of: workers, memoryMb: Math.floor(memoryMb / workers) }, (own) => tell(index, own));
    }));
    const failed = answers.find((answer) => "why" in answer);
    return failed && "why" in failed ? failed : { answers: answers as SqlPart[] };
  }

  #worker(index: number): Promise<HostedWorker<"sql">> {
    // One that could not be started is tried again by the next query.
    this.#starting[index] ??= this.#start().catch((error: unknown) => {
      delete this.#starting[index];
      throw error;
    });
    return this.#starting[index];
  }

  async #start(): Promise<HostedWorker<"sql">> {
    const { workers: _, ...open } = this.#open;
    const worker = this.#host.spawn("sql");
    this.#workers.push(worker);
    try {
      const { port1, port2 } = new MessageChannel();
      await this.#catalogue.answer(transfer(port1, [port1]));
      await worker.api.init(movedSource(this.#describe()));
      await worker.api.openViews(transfer({ ...open, catalogue: port2 }, [port2]));
      return worker;
    } catch (error) {
      worker.end();
      throw error;
    }
  }
}

type AskedOfRuns = Parameters<SqlWorkerApi["ask"]> extends [unknown, unknown, ...infer Rest] ? Rest : never;
