/** A run as the history keeps it. */
import type { ReadTrades } from "../../core/results/read-trades-csv.ts";
import type { ParsedStrategy } from "../../core/strategy/types.ts";
import type { KeptVariant, Provenance } from "../../pool/protocol.ts";

export interface RunRecord {
  readonly id: string;
  readonly name: string;
  readonly tags: readonly string[];
  readonly notes: string;
  /** Absent for trades that were imported. */
  readonly made?: Provenance & {
    /** As it was typed. */
    readonly text: string;
    readonly strategy: ParsedStrategy;
    readonly folder: string;
    readonly reader: string;
    readonly resultHash: string;
    /** The user stopped it: some days are missing. */
    readonly stopped: boolean;
  };
  /** When it was started or imported, milliseconds since 1970. */
  readonly when: number;
  readonly days: number;
  readonly trades: number;
  readonly variants: readonly KeptVariant[];
  /** More trades than fit are not kept: such a run can be compared by its figures only. */
  readonly tradesKept: boolean;
}

/** So many trades of a run are kept, some 30 MB. */
export const MOST_TRADES_KEPT = 300_000;

/** The history of this browser. */
export interface RunStore {
  list(): Promise<readonly RunRecord[]>;
  save(record: RunRecord, trades?: ReadTrades): Promise<void>;
  trades(id: string): Promise<ReadTrades | undefined>;
  remove(id: string): Promise<void>;
}
