/** Spreads the reading of footers and clocks over workers, for the catalogue. */
import { ParquetError } from "../data/ports.ts";
import type { CatalogueFile, ClockProbe, ClockZone, FileProblem, Layout } from "../data/catalogue/types.ts";
import type { FactsFound } from "../data/facts.ts";
import type { IndexWorkerApi, SourceDescriptor } from "./protocol.ts";
import { movedSource } from "./transfers.ts";
import type { HostedWorker, WorkerHost } from "./worker-host.ts";

/** Workers without work are ended after this time, milliseconds: an index is read rarely, memory is wanted by runs. */
const IDLE_AFTER = 5_000;

interface Seat {
  readonly worker: HostedWorker<"index">;
  readonly ready: Promise<IndexWorkerApi>;
  busy: number;
}

export class IndexPool {
  readonly #seats: Seat[] = [];
  #idle: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  /** @param source called once per worker: a port to the page's files cannot be shared */
  constructor(
    private readonly host: WorkerHost,
    private readonly workers: number,
    private readonly source: () => SourceDescriptor,
  ) {}

  /** Facts per file in order. A file on which a worker crashes twice gives a problem and costs no other file. */
  async facts(files: readonly CatalogueFile[], zones: Partial<Record<Layout, ClockZone>>): Promise<readonly (FactsFound | { readonly problem: FileProblem })[]> {
    try {
      return await this.#run((api) => api.facts(files, zones));
    } catch (error) {
      if (this.#closed) throw error;
      if (files.length === 1) return [{ problem: crashProblem(files[0].path, error) }];
      const single: (FactsFound | { readonly problem: FileProblem })[] = [];
      for (const file of files) single.push(...(await this.facts([file], zones)));
      return single;
    }
  }

  /** Throws ParquetError. */
  async probe(file: CatalogueFile): Promise<ClockProbe> {
    let answer: ClockProbe | { readonly problem: FileProblem };
    try {
      answer = await this.#run((api) => api.probe(file));
    } catch (error) {
      if (this.#closed) throw error;
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

  /** Twice, since what fails first may only have been next to a file on which its worker crashed. */
  async #run<T>(work: (api: IndexWorkerApi) => Promise<T>): Promise<T> {
    try {
      return await this.#runOnce(work);
    } catch (error) {
      if (this.#closed) throw error;
      return this.#runOnce(work);
    }
  }

  async #runOnce<T>(work: (api: IndexWorkerApi) => Promise<T>): Promise<T> {
    clearTimeout(this.#idle);
    const seat = this.#seat();
    seat.busy++;
    try {
      return await work(await seat.ready);
    } catch (error) {
      // What state the worker is in is not known: it gets no new work, but may finish what it has.
      this.#retire(seat);
      throw error;
    } finally {
      seat.busy--;
      if (seat.busy === 0 && !this.#seats.includes(seat)) seat.worker.end();
      if (this.#seats.every(({ busy }) => busy === 0)) this.#idle = setTimeout(() => this.#endAll(), IDLE_AFTER);
    }
  }

  /** The least busy worker; a new one while all are busy and there may be more. */
  #seat(): Seat {
    const free = this.#seats.reduce<Seat | undefined>((least, seat) => (least && least.busy <= seat.busy ? least : seat), undefined);
    if (free && (free.busy === 0 || this.#seats.length >= this.workers)) return free;
    const worker = this.host.spawn("index");
    const ready = worker.api.init(movedSource(this.source())).then(() => worker.api);
    // Whoever waits for it is told.
    ready.catch(() => undefined);
    const seat: Seat = { worker, ready, busy: 0 };
    this.#seats.push(seat);
    return seat;
  }

  #retire(seat: Seat): void {
    const at = this.#seats.indexOf(seat);
    if (at >= 0) this.#seats.splice(at, 1);
  }

  #endAll(): void {
    for (const seat of this.#seats.splice(0)) seat.worker.end();
  }
}

function crashProblem(path: string, error: unknown): FileProblem {
  const said = error instanceof Error ? error.message : String(error);
  return { path, kind: "corrupt", fatal: true, message: `reading it failed (${said}). Copy the file again from its source; it is not used.` };
}

function faultOf({ kind }: FileProblem): ParquetError["fault"] {
  const faults: readonly string[] = ["not_parquet", "corrupt", "mixed_expiries", "wrong_type", "missing_column", "gone", "permission", "changed"] satisfies ParquetError["fault"][];
  return faults.includes(kind) ? (kind as ParquetError["fault"]) : "corrupt";
}
