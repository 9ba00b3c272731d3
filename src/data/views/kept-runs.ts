import type { ReadTrades } from "../../core/results/read-trades-csv.ts";

/** A run as queries see it. */
export interface KeptRun {
  readonly id: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly started: number;
  readonly days: number;
  readonly resultHash: string | undefined;
  /** Total net P&L in paise. */
  readonly variants: readonly { readonly variant: string; readonly trades: number; readonly positions: number; readonly total: number }[];
}

/** The runs that are kept where the query is asked. */
export interface KeptRuns {
  list(): Promise<readonly KeptRun[]>;
  /** Undefined for a run of which only the figures are kept. */
  trades(id: string): Promise<ReadTrades | undefined>;
}
