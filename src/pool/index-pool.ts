/** Spreads the reading of footers and clocks over workers, for the catalogue. */
import type { RulesOverride } from "../core/market/override.ts";
import { isMemoryRefused } from "../core/memory.ts";
import { ParquetError } from "../data/ports.ts";
import type { CatalogueFile, ClockProbe, ClockZone, FileProblem, Layout } from "../data/catalogue/types.ts";
import type { FactsFound } from "../data/facts.ts";
import { HANG_AFTER, inTime, WorkerHung } from "./in-time.ts";
import type { IndexWorkerApi, SourceDescriptor } from "./protocol.ts";
import { movedSource } from "./transfers.ts";
import type { HostedWorker, WorkerHost } from "./worker-host.ts";

/** Workers without work are ended after this time, milliseconds: an index is read rarely, memory is wanted by runs. */
const IDLE_AFTER = 5_000;

/** To start a worker takes longer than so many files: they wait for one that is busy. */
const WORTH_A_WORKER = 24;

type Answer = FactsFound | { readonly problem: FileProblem };

interface Seat {
  readonly worker: HostedWorker<"index">;
  readonly ready: Promise<IndexWorkerApi>;
  /** Files it is at. */
  busy: number;
}

export class IndexPool {
  readonly #all = new Set<Seat>();
  /** Those that take work of several requests. */
  readonly #shared = new Set<Seat>();
  #idle: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  /**
   * @param source called once per worker: a port to the page's files cannot be shared
   * @param alive called whenever a worker has answered or is given up
   */
  constructor(
    private readonly host: WorkerHost,
    private readonly workers: number,
    private readonly source: () => SourceDescriptor,
    private readonly rules?: RulesOverride,
    private readonly alive: () => void = () => undefined,
  ) {}

  /** Facts per file in order. A file on which a worker crashes or hangs gives a problem and costs no other file. */
  async facts(files: readonly CatalogueFile[], zones: Partial<Record<Layout, ClockZone>>): Promise<readonly Answer[]> {
    if (files.length === 1) return [await this.#factsOf(files[0], zones)];
    try {
      return await this.#inSeat(this.#seat(), files.length, (api) => api.facts(files, zones));
    } catch (error) {
      if (this.#isEnd(error)) throw error;
      const answers: Answer[] = [];
      for (const file of files) answers.push(await this.#factsOf(file, zones));
      return answers;
    }
  }

  async #factsOf(file: CatalogueFile, zones: Partial<Record<Layout, ClockZone>>): Promise<Answer> {
    try {
      return (await this.#run((api) => api.facts([file], zones)))[0];
    } catch (error) {
      if (this.#isEnd(error)) throw error;
      return { problem: crashProblem(file.path, error) };
    }
  }

  /** Throws ParquetError. */
  async probe(file: CatalogueFile): Promise<ClockProbe> {
    let answer: ClockProbe | { readonly problem: FileProblem };
    try {
      answer = await this.#run((api) => api.probe(file));
    } catch (error) {
      if (this.#isEnd(error)) throw error;
      answer = { problem: crashProblem(file.path, error) };
    }
    if (!("problem" in answer)) return answer;
    const { path, message } = answer.problem;
    throw new ParquetError(path, message, { fault: faultOf(answer.problem) });
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#idle);
    this.#endAll();
  }

  /** What fails may only have been beside a file on which its worker crashed or hung: the second time it has a worker for itself. */
  async #run<T>(work: (api: IndexWorkerApi) => Promise<T>): Promise<T> {
    try {
      return await this.#inSeat(this.#seat(), 1, work);
    } catch (error) {
      if (this.#isEnd(error)) throw error;
      return this.#inSeat(this.#newSeat(), 1, work);
    }
  }

  async #inSeat<T>(seat: Seat, files: number, work: (api: IndexWorkerApi) => Promise<T>): Promise<T> {
    clearTimeout(this.#idle);
    seat.busy += files;
    try {
      return await inTime(work(await seat.ready), HANG_AFTER, "reading footers and clocks");
    } catch (error) {
      // What state the worker is in is not known: it gets no new work, but may finish what it has.
      this.#shared.delete(seat);
      throw error;
    } finally {
      this.alive();
      seat.busy -= files;
      if (seat.busy === 0 && !this.#shared.has(seat)) this.#end(seat);
      if ([...this.#all].every(({ busy }) => busy === 0)) this.#idle = setTimeout(() => this.#endAll(), IDLE_AFTER);
    }
  }

  /** The least busy worker; a new one while all have enough to do and there may be more. */
  #seat(): Seat {
    const free = [...this.#shared].reduce<Seat | undefined>((least, seat) => (least && least.busy <= seat.busy ? least : seat), undefined);
    if (free && (free.busy < WORTH_A_WORKER || this.#shared.size >= this.workers)) return free;
    const seat = this.#newSeat();
    this.#shared.add(seat);
    return seat;
  }

  #newSeat(): Seat {
    const worker = this.host.spawn("index");
    const ready = inTime(worker.api.init(movedSource(this.source()), this.rules), HANG_AFTER, "getting ready").then(
      () => worker.api,
      (error: unknown) => {
        throw new IndexNotReady(error);
      },
    );
    // Whoever waits for it is told.
    ready.catch(() => undefined);
    const seat: Seat = { worker, ready, busy: 0 };
    this.#all.add(seat);
    return seat;
  }

  /** Of the whole pool, not of one file. */
  #isEnd(error: unknown): boolean {
    return this.#closed || error instanceof IndexNotReady;
  }

  #end(seat: Seat): void {
    seat.worker.end();
    this.#all.delete(seat);
    this.#shared.delete(seat);
  }

  #endAll(): void {
    for (const seat of this.#all) this.#end(seat);
  }
}

/** No worker can read the folder at all. */
class IndexNotReady extends Error {
  override readonly name = "IndexNotReady";
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function crashProblem(path: string, error: unknown): FileProblem {
  const said = error instanceof Error ? error.message : String(error);
  if (error instanceof WorkerHung) return { path, kind: "gone", fatal: true, message: `reading it does not end: ${said}. See whether the disk or the network that it lies on answers, then refresh the folder; until then it is not used.` };
  if (isMemoryRefused(error)) return { path, kind: "memory", fatal: true, message: `${said} Until then it is not used.` };
  return { path, kind: "corrupt", fatal: true, message: `reading it failed (${said}). Copy the file again from its source; it is not used.` };
}

function faultOf({ kind }: FileProblem): ParquetError["fault"] {
  const faults: readonly string[] = ["not_parquet", "corrupt", "mixed_expiries", "wrong_type", "missing_column", "gone", "permission", "changed", "memory"] satisfies ParquetError["fault"][];
  return faults.includes(kind) ? (kind as ParquetError["fault"]) : "corrupt";
}
