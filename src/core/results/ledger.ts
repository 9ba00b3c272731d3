/** run.json: everything that is needed to know what a run was, and to run it again (semantics §6). */
import type { ParsedStrategy } from "../strategy/types.ts";
import { isoDate, type IsoDate } from "../time.ts";
import { canonicalHash } from "./hash.ts";
import type { RunMerge } from "./merge.ts";
import { doubtsJson, type RunDoubt } from "./run-doubts.ts";
import type { DayNotRun, SpotSource } from "./types.ts";

/** How the clocks of one layout of the folder were read. */
export interface LedgerZone {
  readonly layout: string;
  readonly zone: string;
  readonly source: string;
  /** Of a layout that holds bars: which end of its span a bar's clock was taken for. */
  readonly bars?: "start" | "end";
}

/** A file that could not be used, or could with a remark. */
export interface LedgerProblem {
  readonly path: string;
  readonly kind: string;
  readonly fatal: boolean;
  readonly message: string;
}

/** The thresholds of data health that a run was made under, by their keys, and the days that ran against them. */
export interface LedgerQuarantine {
  readonly thresholds: Readonly<Record<string, number | string>>;
  readonly overruled: readonly { readonly symbol: string; readonly date: IsoDate; readonly reasons: readonly string[] }[];
}

export interface LedgerInput {
  readonly runId: string;
  readonly strategy: ParsedStrategy;
  readonly rulesVersion: string;
  /** Rules of the run that are not certain. */
  readonly uncertainRules: readonly RunDoubt[];
  readonly engineVersion: string;
  /** Name of the granted folder. */
  readonly folder: string;
  readonly clockZones: readonly LedgerZone[];
  /** What the catalogue has to say about single files. */
  readonly problems?: readonly LedgerProblem[];
  readonly reader: string;
  readonly workers: number;
  readonly merge: RunMerge;
  /** Dates that the plan left out before any was read. */
  readonly plannedOut: readonly DayNotRun[];
  /** Absent: no thresholds were set, and no day was kept from running for its health. */
  readonly quarantine?: LedgerQuarantine;
  /** What the run took place on, in words: processor, cores, memory, browser or runtime. */
  readonly machine: Readonly<Record<string, string | number>>;
  readonly started: Date;
  readonly finished: Date;
  /** True when the user stopped the run: the days not reached are in no list. */
  readonly stopped: boolean;
  readonly resultHash: string;
}

/** The content of run.json. Equal runs differ in `run_id`, `machine`, `workers` and the timings only. */
export function ledgerJson(input: LedgerInput) {
  const { merge } = input;
  const { places: _, ...strategy } = input.strategy;
  const totals = merge.totals();
  const notRun = [...input.plannedOut, ...merge.notRun()].sort((a, b) => a.date - b.date);
  const files = merge.files();
  return {
    run_id: input.runId,
    result_hash: input.resultHash,
    stopped: input.stopped,
    strategy,
    strategy_hash: canonicalHash(strategy),
    rules_version: input.rulesVersion,
    uncertain_rules: doubtsJson(input.uncertainRules),
    engine_version: input.engineVersion,
    data: {
      folder: input.folder,
      reader: input.reader,
      clock_zones: input.clockZones,
      spot_sources: merge.spotSources().map(({ date, ...source }) => ({ date: isoDate(date), ...source })),
      spot_source_days: countSources(merge),
      fingerprint: canonicalHash(files),
      files,
      problems: (input.problems ?? []).map(({ path, kind, fatal, message }) => ({ path, kind, used: !fatal, message })),
    },
    days: {
      run: merge.daysRun().map(isoDate),
      skipped: notRun.filter((day) => day.reason !== "quarantined").map(dayJson),
      quarantined: notRun.filter((day) => day.reason === "quarantined").map(dayJson),
      expiry_gap: merge.expiryGaps().map(isoDate),
    },
    quarantine: input.quarantine ?? null,
    contracts_read: totals.contractsRead,
    quality: totals.quality,
    machine: input.machine,
    timings: {
      started: input.started.toISOString(),
      finished: input.finished.toISOString(),
      milliseconds: input.finished.getTime() - input.started.getTime(),
      workers: input.workers,
      load_milliseconds: totals.loadMilliseconds,
      simulate_milliseconds: totals.simulateMilliseconds,
    },
  };
}

function dayJson(day: DayNotRun) {
  return { ...day, date: isoDate(day.date) };
}

function countSources(merge: RunMerge): Partial<Record<SpotSource, number>> {
  const counts: Partial<Record<SpotSource, number>> = {};
  for (const { source } of merge.spotSources()) counts[source] = (counts[source] ?? 0) + 1;
  return counts;
}
