import type { Second } from "../time.ts";
import type { Random } from "./random.ts";

/** How often a contract's snapshots come, in seconds. */
export interface Cadence {
  /** Within `nearSteps` strikes of spot. */
  readonly near: number;
  /** From about twelve strikes on. */
  readonly far: number;
  readonly nearSteps: number;
  /** When given, contracts are quick only within `around` seconds of the open and of every `every` seconds after it; else every `idle`. */
  readonly busy?: { readonly every: number; readonly around: number; readonly idle: number };
}

/** The user's data: every second near the money, every 20–30 s far away. */
export const FULL_CADENCE: Cadence = { near: 1, far: 25, nearSteps: 3 };

const STEPS_FROM_NEAR_TO_FAR = 9;

/**
 * Seconds until the next snapshot, irregular.
 * @param sinceOpen seconds after the session's open
 * @param steps distance of the strike from spot in strike steps
 */
export function untilNextRow(cadence: Cadence, random: Random, sinceOpen: Second, steps: number): number {
  const { near, far, nearSteps, busy } = cadence;
  const share = Math.min(1, Math.max(0, steps - nearSteps) / STEPS_FROM_NEAR_TO_FAR);
  let mean = near + (far - near) * share;
  if (busy) {
    const fromAnchor = (sinceOpen + busy.around) % busy.every;
    if (fromAnchor > 2 * busy.around) {
      const untilBusy = busy.every - fromAnchor;
      return Math.max(1, Math.min(untilBusy, Math.round(Math.max(mean, busy.idle) * (0.8 + 0.4 * random.next()))));
    }
  }
  if (mean < 2) return random.chance(0.05) ? Math.ceil(mean) + 1 : random.chance(mean - Math.floor(mean)) ? Math.ceil(mean) : Math.floor(mean);
  mean *= 0.8 + 0.4 * random.next();
  return Math.round(mean);
}
