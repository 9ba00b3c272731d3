/** Product against reference on facts of the day and regimes, over more dates than the other generated markets have: a label needs twenty before it. */
import { beforeAll, describe, expect, it } from "vitest";
import { SEEN_FACTS } from "../../src/core/facts/day-facts.ts";
import { REGIMES } from "../../src/core/facts/regimes.ts";
import { defaultRules } from "../../src/core/market/rules.ts";
import { Random } from "../../src/core/sample/random.ts";
import { dayNumber, formatClock, isoDate } from "../../src/core/time.ts";
import { parseRow } from "../golden/row-text.ts";
import { writeRows } from "../golden/write-files.ts";
import { runReference } from "../reference/engine.ts";
import { readFolder, type RawFile } from "../reference/read-folder.ts";
import { openProduct, type OpenProduct } from "../support/product.ts";
import { tempFolder } from "../support/temp-folder.ts";

const OPEN = 33_300;
const EXPIRY = dayNumber("2024-08-21");
/** Days with spot before the expiry, and how many of the last of them have the contract, too. */
const DAYS = 46;
const LISTED = 16;

let files: readonly RawFile[];
let product: OpenProduct;

/** A walk of few values a day: some days begin late, some after the first five minutes, and one has no spot at all. */
function writeMarket(folder: string): void {
  const random = new Random("day facts");
  const dates: number[] = [];
  for (let date = EXPIRY - 1; dates.length < DAYS; date--) {
    const session = defaultRules.session(date);
    if (session !== undefined && session !== "closed") dates.unshift(date);
  }
  let price = 50_000;
  const step = (most: number) => (price += random.integer(-most, most) * 5);
  const spot = dates.flatMap((date, day) => {
    if (day === DAYS - 9) return [];
    step(40);
    const first = day % 7 === 3 ? random.integer(310, 560) : day % 3 === 1 ? random.integer(5, 200) : 0;
    const seconds = [first, ...Array.from({ length: 5 }, () => random.integer(first, first + 280)), ...Array.from({ length: 6 }, () => random.integer(1_000, 22_499))].sort((a, b) => a - b);
    return seconds.map((second) => parseRow(`${isoDate(date)}T${formatClock(OPEN + second)} p${step(1 + (day % 5) * 4)}`, isoDate(date)));
  });
  writeRows(folder, { path: "banknifty_spot.parquet", rows: spot });
  const quotes = dates.slice(-LISTED).flatMap((date) => ["09:15:00 99/101", "09:25:00 89/91", "12:00:00 89/91"].map((row) => parseRow(`${isoDate(date)}T${row}`, isoDate(date))));
  writeRows(folder, { path: "banknifty2482150000ce.parquet", rows: quotes });
}

const strategyOf = (condition: object) => JSON.stringify({
  name: "facts", universe: { symbol: "BANKNIFTY", spot: "files" }, time: { window: "09:15-09:25", from: "2024-07-15" }, costs: { none: true },
  entry: { when: condition, legs: [{ cp: "CE", lots: -1, strike: { strike: 50_000 } }] }, fill: { ttl: 20_000 },
});

const THINGS = [...SEEN_FACTS.map((fact) => ({ name: `DAY ${fact}`, metric: { metric: "DAY", args: { fact } } })), ...REGIMES.map((of) => ({ name: `REGIME ${of}`, metric: { metric: "REGIME", args: { of } } }))];
/** Thresholds among which the values of the market lie. */
function thresholds(name: string): readonly number[] {
  if (name.startsWith("REGIME")) return [3, 7];
  return /open|high|low|close/.test(name) ? [49_800, 50_100] : /gap|change/.test(name) ? [-0.05, 0.05] : [0.05, 0.2];
}

beforeAll(async () => {
  const folder = tempFolder();
  writeMarket(folder);
  files = await readFolder(folder);
  product = await openProduct(folder);
}, 60_000);

describe("product and reference give the same trades for", () => {
  it.each(THINGS)("$name", async ({ name, metric }) => {
    let some = false;
    for (const threshold of thresholds(name)) {
      const text = strategyOf({ gt: [metric, threshold] });
      const wanted = runReference(files, text);
      const found = await product.run(text);
      expect({ trades: found.trades, skips: found.skips, notRun: found.notRun }, text).toEqual({ trades: wanted.trades, skips: wanted.skips, notRun: wanted.notRun });
      if (found.trades.length > 0 && found.trades.length < LISTED) some = true;
    }
    // Days on which it holds and days on which it does not.
    expect(some).toBe(true);
  }, 60_000);
});
