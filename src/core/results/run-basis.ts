/** What two runs have to have in common for their results to be comparable, as one tree that `differences` can walk. */
import type { Strategy } from "../strategy/types.ts";

export interface RunBasis {
  /** Of the variant that is compared. */
  readonly strategy: Strategy;
  readonly engineVersion: string;
  readonly rulesVersion: string;
  readonly folder: string;
  /** Hash over every file that was read. */
  readonly dataFingerprint: string;
  readonly reader: string;
  readonly days: number;
  readonly trades: number;
  readonly resultHash: string;
}

/** The strategy by path, then everything else that a result depends on, each under its name for people. */
export function basisTree({ strategy, engineVersion, rulesVersion, folder, dataFingerprint, reader, days, trades, resultHash }: RunBasis) {
  return { strategy, "engine version": engineVersion, "market rules": rulesVersion, "data folder": folder, "data read": dataFingerprint, reader, days, trades, "result hash": resultHash };
}
