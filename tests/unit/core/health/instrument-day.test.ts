import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClockColumn, RowBatch } from "../../../../src/core/grid/slice-rows.ts";
import { inspectRows } from "../../../../src/core/health/inspect-rows.ts";
import { measureDay } from "../../../../src/core/health/instrument-day.ts";
import type { Session } from "../../../../src/core/market/types.ts";
import { flagsOf, ROW_FLAGS, ROW_QUALITY } from "../../../../src/core/quality/row-quality.ts";
import { dayNumber, SECONDS_PER_DAY } from "../../../../src/core/time.ts";
import { testKernels } from "../../../support/memory-day.ts";
import { slowFlags, slowMeasures, type SlowRow } from "./slow-health.ts";

const kernels = testKernels();
const DAY = dayNumber("2024-08-23");
/** Ten minutes with a break of one. */
const SESSION: Session = { open: 33_300, close: 33_900, breaks: [[33_600, 33_660]] };
const MISSING = -(2n ** 63n);
const BOGUS = 19_800_000_000n;

function clock(at: number | null): bigint {
  return at === null ? BOGUS : BigInt(Math.round((DAY * SECONDS_PER_DAY + at) * 1e6));
}

function batchOf(rows: readonly SlowRow[]): RowBatch {
  const column = (values: readonly bigint[]): ClockColumn => ({ values: BigInt64Array.from(values), unit: "us", shift: 0 });
  const numbers = (of: (row: SlowRow) => number | null) => Float64Array.from(rows, (row) => of(row) ?? NaN);
  return {
    rows: rows.length, file: 0,
    clock: column(rows.map(({ at, fromTs }) => (fromTs ? MISSING : clock(at)))),
    fallbackClock: column(rows.map(({ at }) => clock(at))),
    lastTrade: null,
    price: numbers(({ price }) => price), bid: numbers(({ bid }) => bid), ask: numbers(({ ask }) => ask),
    fields: new Map([["volume", numbers(({ volume }) => volume)]]),
  };
}

function inspected(rows: readonly SlowRow[]) {
  const inspection = inspectRows(kernels, [batchOf(rows)], (date) => (date === DAY ? SESSION : undefined), { ticks: true });
  const day = inspection.dates.find(({ date }) => date === DAY);
  return { inspection, day, measured: day && measureDay(kernels, day, { hasQuotes: true, barSpan: undefined, withoutClock: inspection.withoutClock.length }) };
}

const sound = (at: number, more: Partial<SlowRow> = {}): SlowRow => ({ at, fromTs: false, price: 100, bid: 99.95, ask: 100.05, volume: null, ...more });

describe("a day of one instrument", () => {
  it("is counted as docs/data-health.md works it out by hand", () => {
    const { measured, inspection } = inspected([
      sound(33_290, { bid: null, ask: null }),
      sound(33_302),
      sound(33_303, { bid: 100.1 }),
      sound(33_304.5, { bid: 100.05, price: 0 }),
      sound(33_400, { ask: 100.15, volume: 50 }),
      sound(33_399, { price: null, volume: 75 }),
      sound(33_401, { price: 100.02, volume: 75 }),
      sound(33_610),
      { ...sound(0), at: null },
      sound(33_700, { fromTs: true, volume: 60 }),
      sound(33_900),
    ]);
    expect(inspection.withoutClock).toEqual(Int32Array.of(8));
    expect(measured).toMatchObject({
      rows: 10, inSession: 7, first: 33_302, last: 33_700, sessionSeconds: 540, missingSeconds: 533,
      // 33305–33398, 33402–33599, 33701–33899; before the break and after it are stretches of their own.
      gaps: 3, gapSeconds: 94 + 198 + 199, longestGap: 199,
      unquotedSeconds: 2,
      // The quote of 33302 lasts until 33398, those of 33401 until 33599 and, across the break, 33660–33699, that of 33700 until the close.
      staleSeconds: (33_398 - 33_332) + (33_599 - 33_431) + 40 + (33_899 - 33_730),
      // Two ticks at 33302, 33399, 33401 and 33700, four at 33400.
      spreads: [0, 4, 0, 1, 0, 0, 0, 0, 0],
      flags: { bad_clock: 1, clock_from_ts: 1, out_of_session: 3, out_of_order: 1, crossed: 1, locked: 1, one_sided: 0, zero_price: 1, bad_price: 1, off_tick: 1, volume_falls: 2, duplicate: 0 },
    });
  });

  it("agrees with the slow and obvious way on rows of every kind", () => {
    const at = fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 33_290, max: 33_910 }).map((second) => second) }, { weight: 2, arbitrary: fc.integer({ min: 66_580, max: 67_820 }).map((half) => half / 2) }, { weight: 1, arbitrary: fc.constant(null) });
    const rupees = fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 1_990, max: 2_010 }).map((ticks) => ticks / 20) }, { weight: 1, arbitrary: fc.constantFrom(0, -1, null, NaN, Infinity, 99.97, 0.05) });
    const volume = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constantFrom(null, -1));
    const row = fc.record({ at, fromTs: fc.boolean(), price: rupees, bid: rupees, ask: rupees, volume }).map((one): SlowRow => ({ ...one, fromTs: one.fromTs && one.at !== null }));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), (rows) => {
        const { day, measured, inspection } = inspected(rows);
        const slow = slowFlags(rows, SESSION);
        expect([...(day?.quality ?? [])].map(flagsOf)).toEqual(slow.map(({ flags }) => ROW_FLAGS.filter((flag) => flags.has(flag))));
        expect(inspection.withoutClock.length).toBe(rows.filter((one) => one.at === null).length);
        if (measured) expect(measured).toMatchObject(slowMeasures(rows, SESSION));
        else expect(slow).toEqual([]);
      }),
      { numRuns: 400, seed: 6 },
    );
  });

  it("knows no missing seconds of bars, and a gap only where a bar is missing", () => {
    const rows = [0, 1, 3].map((minute) => sound(33_359 + minute * 60, { bid: null, ask: null }));
    const { day } = inspected(rows);
    const measured = measureDay(kernels, day!, { hasQuotes: false, barSpan: 60, withoutClock: 0 });
    // Between the bars of 09:17 and 09:19 one is missing; after 09:19 there is a break, and after it no bar comes.
    expect(measured).toMatchObject({ missingSeconds: null, ages: null, spreads: null, staleSeconds: null, barSpan: 60, gaps: 2, longestGap: 240 });
  });

  it("counts rows of a closed day, and calls all of them out of session", () => {
    const inspection = inspectRows(kernels, [batchOf([sound(33_400)])], () => undefined, { ticks: true });
    expect(measureDay(kernels, inspection.dates[0], { hasQuotes: true, barSpan: undefined, withoutClock: 0 })).toMatchObject({ rows: 1, inSession: 0, first: null, sessionSeconds: 0, longestGap: 0, flags: { out_of_session: 1 } });
  });
});

it("gives every flag a bit of its own", () => {
  const bits = Object.values(ROW_QUALITY);
  expect(bits.reduce((all, bit) => all | bit, 0)).toBe(2 ** bits.length - 1);
});
