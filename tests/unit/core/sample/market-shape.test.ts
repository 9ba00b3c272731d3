import { describe, expect, it } from "vitest";
import { FULL_CADENCE } from "../../../../src/core/sample/cadence.ts";
import type { Sample, SampleFile } from "../../../../src/core/sample/sample.ts";
import type { SampleTable } from "../../../../src/core/sample/table.ts";
import { smallSample } from "../../../support/layouts.ts";
import { columnOf } from "../../../support/tables.ts";

const DAY_SECONDS = 86_400;

/** The latest mid of each second of one day, NaN before the first. */
function mids(table: SampleTable, date: number): Float64Array {
  const clock = columnOf(table, "timestamp", "time")!;
  const bid = columnOf(table, "bp0", "double")!.values;
  const ask = columnOf(table, "sp0", "double")!.values;
  const perSecond = clock.unit === "ms" ? 1000n : 1_000_000n;
  const grid = new Float64Array(22_500).fill(NaN);
  for (let r = 0; r < table.rows; r++) {
    const second = Number(clock.values[r] / perSecond) - date * DAY_SECONDS - 33_300;
    if (second >= 0 && second < 22_500 && bid[r] > 0 && ask[r] > bid[r]) grid[second] = (bid[r] + ask[r]) / 2;
  }
  for (let s = 1; s < grid.length; s++) if (Number.isNaN(grid[s])) grid[s] = grid[s - 1];
  return grid;
}

interface Quotes {
  readonly strike: number;
  readonly ce: Float64Array;
  readonly pe: Float64Array;
}

function nearestExpiry(sample: Sample, date: number): Quotes[] {
  const expiry = sample.days[0].expiries[0].date;
  const tables = new Map(sample.files.filter((file) => file.contract?.expiry === expiry).map((file) => [`${file.contract!.strike}${file.contract!.cp}`, [...file.tables()][0]]));
  const strikes = [...new Set([...tables.keys()].map((key) => Number(key.slice(0, -2))))].sort((a, b) => a - b);
  return strikes.map((strike) => ({ strike, ce: mids(tables.get(`${strike}CE`)!, date), pe: mids(tables.get(`${strike}PE`)!, date) }));
}

function spotAt(file: SampleFile, date: number, second: number): number {
  const [table] = [...file.tables()];
  const clock = columnOf(table, "timestamp", "time")!.values;
  let value = NaN;
  for (let r = 0; r < table.rows && Number(clock[r] / 1_000_000n) - date * DAY_SECONDS - 33_300 <= second; r++) value = columnOf(table, "price", "double")!.values[r];
  return value;
}

describe("the made-up market", () => {
  const cadence = { ...FULL_CADENCE, near: 1, far: 4, nearSteps: 3 };
  const sample = smallSample({ seed: 11, days: 1, quirks: false, strikesEachSide: 4, expiriesAlive: 1, cadence });
  const date = sample.days[0].date;
  const quotes = nearestExpiry(sample, date);
  const moments = [600, 5000, 11_000, 17_000, 22_000];

  it("has calls that fall and puts that rise with the strike", () => {
    for (const s of moments) {
      for (let i = 1; i < quotes.length; i++) {
        expect(quotes[i].ce[s], `CE ${quotes[i].strike} at ${s}`).toBeLessThan(quotes[i - 1].ce[s]);
        expect(quotes[i].pe[s], `PE ${quotes[i].strike} at ${s}`).toBeGreaterThan(quotes[i - 1].pe[s]);
      }
    }
  });

  it("keeps put–call parity around a forward a little above spot", () => {
    const spotFile = sample.files.find(({ kind }) => kind === "spot")!;
    for (const s of moments) {
      const spot = spotAt(spotFile, date, s);
      for (const { strike, ce, pe } of quotes) {
        const forward = strike + ce[s] - pe[s];
        expect(Math.abs(forward - spot * (1 + (0.065 * 2.2) / 365)), `${strike} at ${s}`).toBeLessThan(20);
      }
    }
  });

  it("has a positive spread of whole ticks, five ordered levels and quantities in lots", () => {
    const file = sample.files.find(({ contract }) => contract?.cp === "CE" && contract.strike === Math.round(sample.days[0].open / 100) * 100)!;
    const [table] = [...file.tables()];
    const number = (name: string): Float64Array => columnOf(table, name, "double")!.values;
    const lots = (name: string): Int32Array => columnOf(table, name, "int")!.values;
    const volume = lots("volume");
    const wrong: string[] = [];
    const claim = (holds: boolean, what: string, r: number): void => { if (!holds) wrong.push(`row ${r}: ${what}`); };
    let rows = 0;
    for (let r = 0; r < table.rows; r++) {
      if (number("bp0")[r] === 0) continue;
      rows++;
      claim(number("bp0")[r] < number("sp0")[r], "spread", r);
      for (let level = 0; level < 5; level++) {
        const [bid, ask] = [number(`bp${level}`)[r], number(`sp${level}`)[r]];
        if (level > 0) claim(bid < number(`bp${level - 1}`)[r] && ask > number(`sp${level - 1}`)[r], `order of level ${level}`, r);
        claim(lots(`bq${level}`)[r] % 15 === 0 && lots(`sq${level}`)[r] % 15 === 0, `lots of level ${level}`, r);
        claim(Math.abs(bid * 20 - Math.round(bid * 20)) < 1e-6 && Math.abs(ask * 20 - Math.round(ask * 20)) < 1e-6, `ticks of level ${level}`, r);
      }
      if (r > 0) claim(volume[r] >= volume[r - 1], "volume", r);
    }
    expect(wrong).toEqual([]);
    expect(rows).toBeGreaterThan(10_000);
  });

  it("moves the ATM strike most hours", () => {
    let moved = 0;
    let hours = 0;
    for (const seed of [1, 2, 3, 4]) {
      const week = smallSample({ seed, days: 1, quirks: false, expiriesAlive: 1 });
      const spotFile = week.files.find(({ kind }) => kind === "spot")!;
      const atm = [0, 1, 2, 3, 4, 5, 6].map((hour) => Math.round(spotAt(spotFile, date, hour * 3600 + 1) / 100));
      for (let i = 1; i < atm.length; i++) {
        hours++;
        if (atm[i] !== atm[i - 1]) moved++;
      }
    }
    expect(moved / hours).toBeGreaterThan(0.5);
  });

  it("has rows every second near the money and every 20–30 s far away", () => {
    const full = smallSample({ seed: 1, days: 1, quirks: false, expiriesAlive: 1, strikesEachSide: 16, cadence: FULL_CADENCE });
    const rowsOf = (strike: number): number => [...full.files.find(({ contract }) => contract?.strike === strike && contract.cp === "CE")!.tables()][0].rows;
    const atm = Math.round(full.days[0].open / 100) * 100;
    const strikes = full.files.flatMap(({ contract }) => (contract ? [contract.strike] : []));
    expect(Math.max(...strikes.map(rowsOf))).toBeGreaterThan(19_000);
    expect(rowsOf(atm)).toBeGreaterThan(10_000);
    const farthest = rowsOf(Math.min(...strikes));
    expect(22_500 / farthest).toBeGreaterThan(18);
    expect(22_500 / farthest).toBeLessThan(30);
  });
});
