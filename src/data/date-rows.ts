import type { NamedStrike } from "../core/engine/ports.ts";
import type { ContractId } from "../core/market/contract-id.ts";
import type { FileFingerprint } from "../core/results/types.ts";
import type { DayNumber } from "../core/time.ts";
import type { ChunkRows, DaySlice } from "./chunk-rows.ts";

/** What has been worked out of a date, and the files that it was worked out of. */
export interface Worked {
  readonly value: unknown;
  readonly files: readonly FileFingerprint[];
}

/** What has been worked out of a date, by name. */
export type Recalled = Map<string, Promise<Worked>>;

/** What one date of a chunk answers. Every answer is the same each time. */
export interface DateRows {
  /** What has been worked out of these rows, where it lasts as long as they do: longer than a run. */
  readonly recalled?: Recalled;
  expiries(): Promise<readonly DayNumber[]>;
  /** Strikes of an expiry whose contracts may have rows, ascending. */
  strikes(expiry: DayNumber): Promise<readonly NamedStrike[]>;
  /** `key` is the contract's. */
  contract(contract: ContractId, key: string): Promise<DaySlice | undefined>;
  spot(): Promise<DaySlice | undefined>;
  future(): Promise<DaySlice | undefined>;
  vix(): Promise<DaySlice | undefined>;
  hasRows(): Promise<boolean>;
  inputs(): string;
}

export function dateRows(rows: ChunkRows, date: DayNumber): DateRows {
  return {
    expiries: () => rows.expiries(date),
    strikes: async (expiry) => namedStrikes(await rows.contracts(date, expiry)),
    contract: (contract) => rows.contract(contract, date),
    spot: () => rows.spot(date),
    future: () => rows.future(date),
    vix: () => rows.vix(date),
    hasRows: () => rows.hasRows(date),
    inputs: () => rows.inputs(date),
  };
}

function namedStrikes(contracts: readonly ContractId[]): NamedStrike[] {
  const sides = new Map<number, { ce: boolean; pe: boolean }>();
  for (const { strike, cp } of contracts) {
    const found = sides.get(strike) ?? { ce: false, pe: false };
    if (cp === "CE") found.ce = true;
    else found.pe = true;
    sides.set(strike, found);
  }
  return [...sides].map(([strike, { ce, pe }]) => ({ strike, ce, pe })).sort((a, b) => a.strike - b.strike);
}
