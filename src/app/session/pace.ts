import type { DryScan } from "../../pool/dry-scan.ts";

/** How long a run or a scan took, and what that says of a grid. Milliseconds. */
export interface Pace {
  /** Reading a day, all variants together. */
  readonly read: number;
  /** Simulating one variant on one day. */
  readonly simulate: number;
}

/** What the days of a run took. */
export interface RunTimes {
  readonly load: number;
  readonly simulate: number;
  readonly days: number;
  /** Days times variants. */
  readonly variantDays: number;
}

/** Undefined for a run in which nothing was simulated. */
export function paceOf({ load, simulate, days, variantDays }: RunTimes): Pace | undefined {
  return variantDays === 0 ? undefined : { read: load / days, simulate: simulate / variantDays };
}

/** Undefined for a scan that says nothing of single variants, as those that were made by an earlier version. */
export function paceOfScan({ days, variantDays, phases }: DryScan): Pace | undefined {
  if (!(variantDays > 0)) return undefined;
  const took = (simulating: boolean) => phases.reduce((sum, { name, milliseconds }) => ((name === "simulate") === simulating ? sum + milliseconds : sum), 0);
  return paceOf({ load: took(false), simulate: took(true), days, variantDays });
}

/** Seconds for so many days and variants on so many workers. */
export function secondsOf({ read, simulate }: Pace, days: number, variants: number, workers: number): number {
  return (days * (read + variants * simulate)) / Math.min(workers, days) / 1000;
}
