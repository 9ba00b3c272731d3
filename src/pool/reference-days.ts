/** Days of a run worked out anew by the reference engine, in a worker of its own. */
import type { RulesOverride } from "../core/market/override.ts";
import type { RecordedRun } from "../core/results/recorded-run.ts";
import type { DayVerdict } from "../core/results/verification.ts";
import type { StrategyVariant } from "../core/strategy/types.ts";
import { dayNumber, type IsoDate } from "../core/time.ts";
import { aliveInTime, HANG_AFTER, inTime, WorkerHung } from "./in-time.ts";
import type { PackedFiles, RunPlan, SourceDescriptor } from "./protocol.ts";
import { movedOpen } from "./transfers.ts";
import type { RunDayRows } from "./verify-protocol.ts";
import { WorkerLost, type HostedWorker, type WorkerHost } from "./worker-host.ts";

export interface ReferenceOpen {
  readonly run: RecordedRun;
  readonly host: WorkerHost;
  /** Asked once for each worker: a port to the page's files cannot be shared. */
  readonly source: () => SourceDescriptor;
  readonly rules?: RulesOverride;
  readonly plan: RunPlan;
  /** What the folder has by name, whatever an index knows of it. */
  readonly named: PackedFiles;
  readonly variants: readonly StrategyVariant[];
  /** A worker that has begun no other file for so long counts as hung, milliseconds; default five minutes. */
  readonly hangAfter?: number;
}

/** A worker that dies of a day, for want of memory, or hangs over it costs that day alone. */
export class ReferenceDays {
  readonly #open: ReferenceOpen;
  #worker: HostedWorker<"verify"> | undefined;

  constructor(open: ReferenceOpen) {
    this.#open = open;
  }

  async day(date: IsoDate): Promise<DayVerdict> {
    const { run, variants, hangAfter = HANG_AFTER } = this.#open;
    let last: string | undefined;
    try {
      const api = await this.#opened();
      return await aliveInTime((alive) => api.day(dayNumber(date), dayRows(run, date), (path) => {
        last = path;
        alive();
      }), hangAfter, "working it out with the reference engine");
    } catch (error) {
      if (!(error instanceof WorkerLost)) throw error;
      this.end();
      const unseen = { variants: variants.length, trades: 0, skips: null, filesRead: 0, rowsRead: 0, spot: null, differences: [], notes: [], milliseconds: 0 };
      return { ...unseen, date, result: "unverified", why: lostOver(error, last) };
    }
  }

  end(): void {
    this.#worker?.end();
    this.#worker = undefined;
  }

  async #opened(): Promise<HostedWorker<"verify">["api"]> {
    if (this.#worker) return this.#worker.api;
    const { host, source, rules, run, plan: { portions, earlier, files }, named, variants, hangAfter = HANG_AFTER } = this.#open;
    const { api } = (this.#worker = host.spawn("verify"));
    await inTime(api.open(movedOpen({ source: source(), rules, variants, plan: { portions, earlier, files }, named, ledger: run.files })), hangAfter, "getting ready");
    return api;
  }
}

function lostOver(error: WorkerLost, last: string | undefined): string {
  if (error instanceof WorkerHung) return `the reference does not end${last === undefined ? "" : `; the last file that it began to read is ${last}, which may be damaged: copy it again from its source`} (${error.message})`;
  return `the reference was lost over it, probably for want of memory${last === undefined ? "" : `; the last file that it began to read is ${last}`} (${error.message})`;
}

function dayRows({ trades, skips, notRun, spotSources }: RecordedRun, date: IsoDate): RunDayRows {
  return {
    trades: trades.of(date), skips: skips && skips.of(date),
    notRun: notRun.flatMap((day) => (day.date === date ? [day.reason] : [])),
    spotSources: spotSources && spotSources.flatMap((day) => (day.date === date ? [day.source] : [])),
  };
}
