/** A folder of very many contracts: small files of their expiry's rows, one file linked under many names. */
import { linkSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { defaultRules } from "../../src/core/market/rules.ts";
import { contractFileName } from "../../src/core/sample/contract-name.ts";
import { timeColumn } from "../../src/core/sample/table.ts";
import { isoDate, SECONDS_PER_DAY, type DayNumber } from "../../src/core/time.ts";
import { writeTables } from "../support/write-table.ts";

const SYMBOLS = ["BANKNIFTY", "NIFTY"];
/** Of one expiry: strikes of both sides. */
const PER_EXPIRY = 250;
const LOWEST = 30_000;

/** Writes so many weekly contracts that expire from 2019-06 on, the rows of each on the three trading days up to its expiry. */
export function writeContracts(root: string, contracts: number): void {
  mkdirSync(join(root, "options"), { recursive: true });
  const weekly = SYMBOLS.flatMap((symbol) => defaultRules.expiries(symbol).filter(({ date, monthly }) => !monthly && isoDate(date) >= "2019-06-01").map(({ date }) => ({ symbol, expiry: date })));
  const cycles = weekly.slice(0, Math.ceil(contracts / PER_EXPIRY));
  if (cycles.length * PER_EXPIRY < contracts) throw new RangeError(`there are ${weekly.length} weekly expiries, too few for ${contracts} contracts`);
  for (const [cycle, { symbol, expiry }] of cycles.entries()) {
    const paths = Array.from({ length: Math.min(PER_EXPIRY, contracts - cycle * PER_EXPIRY) }, (_, i) =>
      `options/${contractFileName({ symbol, expiry, monthly: false, strike: LOWEST + 100 * (i >> 1), cp: i % 2 === 0 ? "CE" : "PE" }, "nse_upper")}.parquet`);
    writeRows(root, paths[0], expiry);
    for (const path of paths.slice(1)) linkSync(join(root, paths[0]), join(root, path));
  }
}

function writeRows(root: string, path: string, expiry: DayNumber): void {
  const dates: DayNumber[] = [];
  for (let date = expiry; dates.length < 3; date--) if (typeof defaultRules.session(date) === "object") dates.unshift(date);
  const clock = dates.flatMap((date) => Array.from({ length: 20 }, (_, i) => (date * SECONDS_PER_DAY + 9.5 * 3600 + i * 900) * 1000));
  const price = (above: number) => ({ type: "double", values: Float64Array.from(clock, (_, i) => above + (i % 7)) }) as const;
  writeTables(root, path, [{ rows: clock.length, columns: [timeColumn("timestamp", Float64Array.from(clock), "us", "UTC"), { name: "price", ...price(100) }, { name: "bp0", ...price(99.5) }, { name: "sp0", ...price(100.5) }] }]);
}
