/** The look-ahead check finds an engine that looks ahead, and says so; the product's own stands. */
import { describe, expect, it } from "vitest";
import type { Slice } from "../../../src/core/grid/slice.ts";
import { standsUp, type LookAheadDay } from "../../../src/core/results/verification.ts";
import { parseStrategy } from "../../../src/core/strategy/parse.ts";
import { isoDate, type Second } from "../../../src/core/time.ts";
import type { CountedDay } from "../../../src/data/day-data.ts";
import { hiddenAfter } from "../../../src/data/hidden-rows.ts";
import { lookAhead, type TriedDay } from "../../../src/pool/look-ahead.ts";
import { smallSample, writeLayouts } from "../../support/layouts.ts";
import { openProduct } from "../../support/product.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const STRATEGY = `
name: Watched
universe: { symbol: BANKNIFTY }
entry: { at: ["09:20", "10:30", "11:30", "12:30", "13:30", "14:30"], max_per_day: 6, rebalance: 1h, legs: [{ cp: CE, lots: -1, stop_loss: { pct: 20 } }, { cp: PE, lots: -1, stop_loss: { pct: 20 } }] }
exit: { target: { pct: 10 } }
`;
const sample = smallSample({ seed: 8, days: 1 });
const date = isoDate(sample.days[0].date);
const folder = writeLayouts(sample, tempFolder()).raw;

/** A planted fault: every row is seen so many seconds before it comes. */
function early(day: CountedDay, seconds: number): CountedDay {
  const moved = (slice: Slice | undefined): Slice | undefined => slice && { ...slice, second: slice.second.map((second) => Math.max(33_300, second - seconds)), priceSecond: slice.priceSecond.map((second) => Math.max(33_300, second - seconds)) };
  return { ...day, load: async (contracts) => (await day.load(contracts)).map(moved), spot: async () => moved(await day.spot()), future: async () => moved(await day.future()) };
}

/** The check of the product's engine on the day, as it is or behind a fault. */
async function check(fault: (day: CountedDay) => CountedDay): Promise<LookAheadDay> {
  let hide: Second | undefined;
  const day = <D>(data: D): D => fault(hide === undefined ? (data as CountedDay) : hiddenAfter(data as CountedDay, hide)) as D;
  const product = await openProduct(folder, { day });
  const run = async (seconds: readonly (Second | undefined)[]): Promise<TriedDay[]> => {
    const days: TriedDay[] = [];
    for (hide of seconds) days.push(await product.run(STRATEGY));
    return days;
  };
  return lookAhead({ variants: parseStrategy(STRATEGY).variants, date, run, draw: (seconds) => seconds });
}

describe("the look-ahead check", () => {
  it("finds that every decision of the engine stands when everything after it is hidden", async () => {
    const found = await check((day) => day);
    expect(found.moments.length).toBeGreaterThan(10);
    expect(found.moments.reduce((sum, { decided }) => sum + decided, 0)).toBeGreaterThan(50);
    expect(found.moments.flatMap(({ missing, instead }) => [...missing, ...instead])).toEqual([]);
    expect(standsUp(found)).toBe(true);
  });

  it("names moment and decision of an engine that sees a second ahead", async () => {
    const found = await check((day) => early(day, 1));
    expect(standsUp(found)).toBe(false);
    const lines = found.moments.flatMap(({ missing, instead }) => [...missing, ...instead]);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines[0]).toMatch(/^v1, (position \d+, )?leg [12]: /);
  });

  it("says why where the engine does not run the day", async () => {
    const found = await lookAhead({ variants: [], date, run: async () => [{ why: "the folder is gone" }], draw: (seconds) => seconds });
    expect(found).toEqual({ date, moments: [], why: "the engine does not run the day any more: the folder is gone" });
    expect(standsUp(found)).toBe(false);
  });
});
