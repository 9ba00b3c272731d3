/** The wire to the worker that works days of a run out anew. */
import type { RulesOverride } from "../core/market/override.ts";
import type { TextTable } from "../core/results/recorded-run.ts";
import type { FileFingerprint } from "../core/results/types.ts";
import type { DayVerdict } from "../core/results/verification.ts";
import type { StrategyVariant } from "../core/strategy/types.ts";
import type { DayNumber } from "../core/time.ts";
import type { PackedFiles, RunPlan, SourceDescriptor } from "./protocol.ts";

export interface VerifyOpen {
  readonly source: SourceDescriptor;
  /** The user's own rows over the market rules. */
  readonly rules?: RulesOverride;
  readonly variants: readonly StrategyVariant[];
  /** Of the days that will be asked for. */
  readonly plan: Pick<RunPlan, "portions" | "earlier" | "files">;
  /** What the folder has by name, whatever an index knows of it. */
  readonly named: PackedFiles;
  /** Files as the run found them. */
  readonly ledger: readonly FileFingerprint[];
}

/** What the run says of a date. */
export interface RunDayRows {
  readonly trades: TextTable;
  /** Null where they were not kept. */
  readonly skips: TextTable | null;
  /** Reasons for which parts of it were not run. */
  readonly notRun: readonly string[];
  readonly spotSources: readonly string[] | null;
}

/** Works out days with the reference engine. It is slow, and holds nothing that cannot be read again. */
export interface VerifyWorkerApi {
  open(open: VerifyOpen): Promise<void>;
  /** What stands in the way becomes an `unverified` day. `reads` is called with the path of every file before it is read. */
  day(date: DayNumber, run: RunDayRows, reads: (path: string) => void): Promise<DayVerdict>;
}
