/** The cost of a contract-day out of Parquet, for strategies that want more or fewer of the days that a file holds. */
import { PASSES, WARM_UPS, type ContractDays } from "./contract-day.ts";
import { HOURLY, SAMPLE_DAYS } from "./folders.ts";
import type { Measurement } from "./measurement.ts";

/** Milliseconds. */
const GOAL = 10;

/**
 * A file is read once for all its days, so what it costs is shared by those that are wanted: of the first run most of a file's days
 * are, of the second few.
 */
const RUNS = {
  "11 strikes around the money": {
    strategy: `
version: 1
name: Strikes around the money
universe: { symbol: BANKNIFTY, expiry: nearest }
time: { window: "09:15-15:25" }
entry:
  at: "09:20"
  legs:
    - { cp: CE, lots: -1, strike: { atm: $DISTANCE } }
    - { cp: PE, lots: -1, strike: { atm: $DISTANCE } }
sweep:
  DISTANCE: { from: -5, to: 5, step: 1 }
`,
  },
  "hourly ATM straddle": { strategy: HOURLY },
} as const;

export async function coldContractDays(where: string, measure: (strategyText: string) => Promise<ContractDays>): Promise<Measurement[]> {
  const rows: Measurement[] = [];
  for (const [asked, { strategy }] of Object.entries(RUNS)) {
    const { milliseconds, contractDays, files } = await measure(strategy);
    rows.push({
      name: `cold contract-day, Parquet to grid, one worker: ${asked}`,
      where,
      value: milliseconds,
      unit: "ms",
      over: `${contractDays} contract-days of ${files} files of ${SAMPLE_DAYS} days, spot included, median of ${PASSES} passes after ${WARM_UPS} to warm up`,
      goal: GOAL,
    });
  }
  return rows;
}
