import type { Second } from "../time.ts";
import type { Random } from "./random.ts";

/** How often a contract's snapshots come, in seconds. */
export interface Cadence {
  /** Within `nearSteps` strikes of spot. */
  readonly near: number;
  /** From about twelve strikes on. */
  readonly far: number;
  readonly nearSteps: number;
  /**
   * When given, contracts are quick only within `around` seconds of the open and of every `every` seconds after it. Between,
   * the snapshots of all contracts come together, at multiples of `idle` seconds after the open or a second later.
   */
  readonly busy?: Busy;
  /** How many times rarer the rows of all but the nearest expiry are; default 1. */
  readonly laterExpiries?: number;
}

export interface Busy {
  readonly every: number;
  readonly around: number;
  readonly idle: number;
}

/** The user's data: every second near the money, every 20–30 s far away. */
export const FULL_CADENCE: Cadence = { near: 1, far: 25, nearSteps: 3 };

/** The cadence of an expiry that is the `rank`-th alive, from 0. */
export function cadenceOfExpiry(cadence: Cadence, rank: number): Cadence {
  const { laterExpiries: slower = 1, near, far, busy } = cadence;
  if (rank === 0 || slower === 1) return cadence;
  return { ...cadence, near: near * slower, far: far * slower, busy: busy && { ...busy, idle: busy.idle * slower } };
}

const STEPS_FROM_NEAR_TO_FAR = 9;

/**
 * Seconds until the next snapshot, irregular.
 * @param sinceOpen seconds after the session's open
 * @param steps distance of the strike from spot in strike steps
 */
export function untilNextRow(cadence: Cadence, random: Random, sinceOpen: Second, steps: number): number {
  const { near, far, nearSteps, busy } = cadence;
  const share = Math.min(1, Math.max(0, steps - nearSteps) / STEPS_FROM_NEAR_TO_FAR);
  const mean = near + (far - near) * share;
  if (busy) {
    const sinceBusy = (sinceOpen + busy.around) % busy.every;
    if (sinceBusy > 2 * busy.around) {
      const wanted = sinceOpen + Math.max(busy.idle / 2, mean) * random.next();
      const together = Math.ceil((wanted + 2) / busy.idle) * busy.idle + random.integer(0, 1);
      return Math.min(busy.every - sinceBusy, together - sinceOpen);
    }
  }
  if (mean < 2) return random.chance(0.05) ? Math.ceil(mean) + 1 : random.chance(mean - Math.floor(mean)) ? Math.ceil(mean) : Math.floor(mean);
  return Math.round(mean * (0.8 + 0.4 * random.next()));
}
