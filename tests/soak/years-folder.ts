/** Years of weekly contracts around a spot that stays near, a row a minute in each: many days of little, which differ from each other only in their prices. */
import { defaultRules } from "../../src/core/market/rules.ts";
import { contractFileName } from "../../src/core/sample/contract-name.ts";
import { Random } from "../../src/core/sample/random.ts";
import { timeColumn, type SampleColumn } from "../../src/core/sample/table.ts";
import { dayNumber, isoDate, SECONDS_PER_DAY, type DayNumber } from "../../src/core/time.ts";
import { writeTables } from "../support/write-table.ts";

const SYMBOL = "BANKNIFTY";
const FROM = dayNumber("2019-08-19");
const STEP = 100;
const STRIKES_EACH_SIDE = 2;
/** Rupees that spot goes up and then down every day, so that every day asks for as many contracts; and how far it strays from that. */
const SWING = 120;
const STRAY = 20;
const EVERY = 60;

/** Sells the straddle every hour, with a stop that ends some of the days, on rows that are a minute apart. */
export const YEARS_STRATEGY = `name: Years
universe: { symbol: ${SYMBOL}, spot_max_age: 60 }
time: { window: "09:20-15:20" }
entry: { legs: [{ cp: CE, lots: -1 }, { cp: PE, lots: -1 }], rebalance: { every: 1h } }
exit: { stop_loss: { rupees: 1500 } }
fill: { ttl: 60, patience: 60 }
`;

/** Writes so many trading days from 2019-08-19 on. */
export function writeYears(root: string, days: number, seed: number): void {
  const random = new Random(seed);
  const expiries = defaultRules.expiries(SYMBOL);
  let cycle: { readonly expiry: DayNumber; readonly monthly: boolean; readonly dates: DayNumber[] } | undefined;
  let listed = 30_000;
  const finish = () => {
    if (cycle) writeCycle(root, cycle, listed, random);
    listed += STEP * random.integer(-2, 2);
  };
  for (let date = FROM, done = 0; done < days; date++) {
    if (typeof defaultRules.session(date) !== "object") continue;
    const next = expiries.find((one) => one.date >= date);
    if (!next) throw new RangeError(`${isoDate(date)}: the rules know no expiry after this date; write fewer days`);
    if (cycle?.expiry !== next.date) {
      finish();
      cycle = { expiry: next.date, monthly: next.monthly, dates: [] };
    }
    cycle.dates.push(date);
    done++;
  }
  finish();
}

/** The contracts of one expiry and the spot of its days. */
function writeCycle(root: string, { expiry, monthly, dates }: { readonly expiry: DayNumber; readonly monthly: boolean; readonly dates: readonly DayNumber[] }, listed: number, random: Random): void {
  const clock: number[] = [];
  const spot: number[] = [];
  for (const date of dates) {
    const session = defaultRules.session(date);
    if (typeof session !== "object") throw new RangeError(`${isoDate(date)} is no trading day`);
    const from = clock.length;
    for (let second = session.open; second < session.close; second += EVERY) {
      clock.push(date * SECONDS_PER_DAY + second);
      spot.push(Math.round(20 * (listed + SWING * Math.sin((2 * Math.PI * (second - session.open)) / (session.close - session.open)))) / 20 + 0.05 * random.integer(-STRAY * 20, STRAY * 20));
    }
    writeRows(root, `spot/banknifty/${isoDate(date)}.parquet`, clock.slice(from), { price: spot.slice(from) });
  }
  const last = expiry * SECONDS_PER_DAY + 15.5 * 3600;
  for (let i = -STRIKES_EACH_SIDE; i <= STRIKES_EACH_SIDE; i++) {
    const strike = listed + i * STEP;
    for (const cp of ["CE", "PE"] as const) {
      const price = clock.map((at, row) => {
        const inside = Math.max(0, cp === "CE" ? spot[row] - strike : strike - spot[row]);
        const days = Math.max(0, last - at) / SECONDS_PER_DAY;
        return Math.round((inside + 90 * Math.sqrt(days + 0.01) * Math.exp(-(Math.abs(spot[row] - strike) / 400)) + random.integer(1, 20) / 4) * 20) / 20;
      });
      writeRows(root, `options/${contractFileName({ symbol: SYMBOL, expiry, monthly, strike, cp }, "nse")}.parquet`, clock, { price, bp0: price.map((one) => one - 0.05), sp0: price.map((one) => one + 0.1) });
    }
  }
}

function writeRows(root: string, path: string, seconds: readonly number[], values: Readonly<Record<string, readonly number[]>>): void {
  const columns = Object.entries(values).map(([name, of]): SampleColumn => ({ name, type: "double", values: Float64Array.from(of) }));
  writeTables(root, path, [{ rows: seconds.length, columns: [timeColumn("timestamp", Float64Array.from(seconds, (at) => at * 1000), "us", "UTC"), ...columns] }]);
}
