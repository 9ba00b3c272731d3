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
import { runProduct } from "../../support/product.ts";
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

/** The product's engine on the day, as it is or behind a fault. */
async function tried(hide: Second | undefined, fault: (day: CountedDay) => CountedDay): Promise<TriedDay> {
  const day = <D>(data: D): D => fault(hide === undefined ? (data as CountedDay) : hiddenAfter(data as CountedDay, hide)) as D;
  const { trades, skips } = await runProduct(folder, STRATEGY, { day });
  return { trades, skips };
}

function check(fault: (day: CountedDay) => CountedDay): Promise<LookAheadDay> {
  const run = async (hide: readonly (Second | undefined)[]): Promise<TriedDay[]> => {
    const days: TriedDay[] = [];
    for (const second of hide) days.push(await tried(second, fault));
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
    const fallen = found.moments.filter(({ missing, instead }) => missing.length > 0 && instead.length > 0);
    expect(fallen.length).toBeGreaterThan(0);
    expect(fallen[0].missing[0]).toMatch(/^v1, (position \d+, )?leg [12]: /);
  });

  it("says why where the engine does not run the day", async () => {
    const found = await lookAhead({ variants: [], date, run: async () => [{ why: "the folder is gone" }], draw: (seconds) => seconds });
    expect(found).toEqual({ date, moments: [], why: "the engine does not run the day any more: the folder is gone" });
    expect(standsUp(found)).toBe(false);
  });
});
