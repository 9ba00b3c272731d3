/** What a health check is asked, plans and finds. Everything here can be structured-cloned. */
import type { DayHealth, InstrumentReport } from "../core/health/day-health.ts";
import type { SymbolName } from "../core/market/types.ts";
import type { DayNumber } from "../core/time.ts";
import type { PackedFiles, PlannedChunk } from "./protocol.ts";

export interface HealthQuestion {
  /** All symbols when absent. */
  readonly symbols?: readonly SymbolName[];
  /** Inclusive; open where absent. */
  readonly from?: DayNumber;
  readonly to?: DayNumber;
  /** Only these of the dates, where given. */
  readonly dates?: readonly DayNumber[];
  /** Inspect again what is known: for reports by instrument, which are not kept. */
  readonly anew?: boolean;
}

/** A date of a symbol that is to be inspected. */
export interface HealthDay {
  readonly symbol: SymbolName;
  readonly date: DayNumber;
  /** What its health depends on. */
  readonly key: string;
}

export interface HealthPlan {
  readonly days: readonly HealthDay[];
  /** Days whose files are as they were when they were inspected. */
  readonly kept: readonly DayHealth[];
  readonly tasks: readonly PlannedChunk[];
  readonly files: PackedFiles;
  /** What keeps a symbol from being inspected: a choice that the user has to make first. */
  readonly refused: readonly { readonly symbol: SymbolName; readonly message: string }[];
}

/** A day that is done. `reports` may be dropped: of many days they take much room. */
export interface HealthFound {
  readonly key: string;
  readonly day: DayHealth;
  readonly reports: readonly InstrumentReport[];
}
