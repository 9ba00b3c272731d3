/** Four made-up Mondays, each with its own weekly expiry: for what the sample that ships is too small for. */
import { writeSample } from "../../src/cli/sample.ts";
import { dayNumber } from "../../src/core/time.ts";
import { tempFolder } from "./temp-folder.ts";

/** Quick around every fifth minute, when the strategies enter and leave; little is needed between. */
const CADENCE = { near: 2, far: 8, nearSteps: 4, busy: { every: 300, around: 35, idle: 60 } };
const MONDAYS = ["2024-08-19", "2024-08-26", "2024-09-02", "2024-09-09"];

export async function mondays(): Promise<string> {
  const out = tempFolder();
  for (const [i, monday] of MONDAYS.entries()) await writeSample({ out, from: dayNumber(monday), days: 1, seed: i, expiriesAlive: 1, strikesEachSide: 8, quirks: false, cadence: CADENCE });
  return out;
}
