/** Folders of made-up one-second spot, one file a day, for studies: tests want quirks in few rows, the bench every second of years. */
import { defaultRules } from "../../src/core/market/rules.ts";
import { Random } from "../../src/core/sample/random.ts";
import type { ParquetOptions } from "../../src/core/sample/parquet-bytes.ts";
import { timeColumn } from "../../src/core/sample/table.ts";
import { isoDate, SECONDS_PER_DAY, type DayNumber } from "../../src/core/time.ts";
import { writeTables } from "./write-table.ts";

export interface SpotFolder {
  readonly root: string;
  readonly from: DayNumber;
  /** Trading days. */
  readonly days: number;
  readonly seed: number;
  /** Whether a second of the session has a row; default every one. `day` counts from 0. */
  readonly has?: (day: number, second: number) => boolean;
  readonly options?: ParquetOptions;
}

/** A random walk in steps of 5 paise, with a gap each night and days of their own volatility. Returns the dates. */
export function writeSpotFolder({ root, from, days, seed, has = () => true, options }: SpotFolder): DayNumber[] {
  const random = new Random(seed);
  const dates: DayNumber[] = [];
  let paise = 5_000_000;
  for (let date = from; dates.length < days; date++) {
    const session = defaultRules.session(date);
    if (session === undefined || session === "closed") continue;
    const day = dates.push(date) - 1;
    const wild = 1 + Math.floor(random.next() * 30);
    paise += 5 * Math.round((random.next() - 0.5) * 20_000);
    const clock: number[] = [];
    const price: number[] = [];
    for (let second = session.open; second < session.close; second++) {
      paise += 5 * Math.round((random.next() - 0.5) * wild);
      if (!has(day, second) || session.breaks.some(([start, end]) => second >= start && second < end)) continue;
      clock.push((date * SECONDS_PER_DAY + second) * 1000);
      price.push(paise / 100);
    }
    const columns = [timeColumn("timestamp", Float64Array.from(clock), "us", "UTC"), { name: "price", type: "double", values: Float64Array.from(price) } as const];
    writeTables(root, `spot/banknifty/${isoDate(date)}.parquet`, [{ rows: clock.length, columns }], options);
  }
  return dates;
}
