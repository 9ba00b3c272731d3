import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { datesOfRows, sliceRows, type ClockColumn, type RowBatch } from "../../../../src/core/grid/slice-rows.ts";
import { toPaise } from "../../../../src/core/money.ts";
import { dayNumber, SECONDS_PER_DAY } from "../../../../src/core/time.ts";
import { testKernels } from "../../../support/memory-day.ts";

const kernels = testKernels();
const DAY = dayNumber("2024-08-23");
const NEXT = DAY + 3;
const session = { open: 33300, close: 55800, breaks: [] as [number, number][] };
const sessionOf = () => session;
const MISSING = -(2n ** 63n);

/** Microseconds of a wall clock. */
const clock = (day: number, second: number) => BigInt(Math.round((day * SECONDS_PER_DAY + second) * 1e6));
const column = (values: readonly bigint[], unit: ClockColumn["unit"] = "us", shift = 0): ClockColumn => ({ values: BigInt64Array.from(values), unit, shift });

function batch(rows: readonly { t: bigint; ts?: bigint; price?: number; bid?: number; ask?: number; traded?: bigint }[], file = 0): RowBatch {
  const numbers = (of: (row: (typeof rows)[number]) => number | undefined) => Float64Array.from(rows, (row) => of(row) ?? NaN);
  return {
    rows: rows.length,
    file,
    clock: column(rows.map((row) => row.t)),
    fallbackClock: column(rows.map((row) => row.ts ?? MISSING)),
    lastTrade: column(rows.map((row) => row.traded ?? MISSING)),
    price: numbers((row) => row.price),
    bid: numbers((row) => row.bid),
    ask: numbers((row) => row.ask),
  };
}

describe("clocks", () => {
  it("takes ts where timestamp is bogus, drops a row with neither, and floors to the second", () => {
    const slices = sliceRows(kernels, [batch([
      { t: clock(0, 19800), ts: clock(DAY, 33301.9), price: 1 },
      { t: MISSING, ts: clock(0, 19800), price: 2 },
      { t: clock(DAY, 33303.999999), price: 3 },
    ])], sessionOf);
    expect([...slices.keys()]).toEqual([DAY]);
    expect([...slices.get(DAY)!.second]).toEqual([33301, 33303]);
    expect(slices.get(DAY)!.quality).toMatchObject({ rows: 2, bad_clock: 1 });
  });

  it.each([["s", 1n], ["ms", 1000n], ["us", 1_000_000n], ["ns", 1_000_000_000n]] as const)("reads %s and shifts true instants to IST", (unit, perSecond) => {
    const instant = BigInt(DAY * SECONDS_PER_DAY + 33300 - 19800) * perSecond;
    const slices = sliceRows(kernels, [{ ...batch([{ t: 0n, price: 5 }]), clock: column([instant], unit, 19800) }], sessionOf);
    expect([...slices.get(DAY)!.second]).toEqual([33300]);
  });

  it("puts rows in clock order, ties in row order, and counts those that run backwards", () => {
    const slices = sliceRows(kernels, [batch([
      { t: clock(NEXT, 33300), price: 9 },
      { t: clock(DAY, 33310), price: 3 },
      { t: clock(DAY, 33305), price: 1 },
      { t: clock(DAY, 33305), price: 2 },
    ])], sessionOf);
    expect([...slices.keys()]).toEqual([DAY, NEXT]);
    expect([...slices.get(DAY)!.price]).toEqual([100, 200, 300]);
    expect(slices.get(DAY)!.quality.out_of_order).toBe(2);
  });

  it("orders rows that are late, ahead of their time, repeated or shuffled as a stable sort does", () => {
    const second = fc.integer({ min: 33300, max: 33340 });
    const nearlyInOrder = fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: -30, max: 30 }) })), { maxLength: 60 }).map((steps) => {
      let at = 33320;
      return steps.map(([step, astray]) => (at += step) + astray);
    });
    fc.assert(
      fc.property(fc.oneof(nearlyInOrder, fc.array(second, { maxLength: 60 })), (seconds) => {
        const rows = seconds.map((at, row) => ({ at, price: row + 1 }));
        const slice = sliceRows(kernels, [batch(rows.map(({ at, price }) => ({ t: clock(DAY, at), price })))], sessionOf).get(DAY);
        const sorted = rows.filter(({ at }) => at >= session.open).sort((a, b) => a.at - b.at);
        expect([...(slice?.price ?? [])]).toEqual(sorted.map(({ price }) => price * 100));
        expect([...(slice?.second ?? [])]).toEqual(sorted.map(({ at }) => at));
      }),
      { numRuns: 500, seed: 12 },
    );
  });

  it("judges order within a file: the next file may start earlier", () => {
    const slices = sliceRows(kernels, [batch([{ t: clock(DAY, 33310), price: 2 }], 0), batch([{ t: clock(DAY, 33305), price: 1 }], 1)], sessionOf);
    expect([...slices.get(DAY)!.price]).toEqual([100, 200]);
    expect(slices.get(DAY)!.quality.out_of_order).toBe(0);
  });

  it("leaves rows outside the session and in breaks out, and counts them", () => {
    const withBreak = () => ({ open: 33300, close: 45000, breaks: [[36000, 41400]] as [number, number][] });
    const slices = sliceRows(kernels, [batch([33299, 33300, 35999, 36000, 41399, 41400, 44999, 45000].map((s) => ({ t: clock(DAY, s), price: s / 100 })))], withBreak);
    expect([...slices.get(DAY)!.second]).toEqual([33300, 35999, 41400, 44999]);
    expect(slices.get(DAY)!.quality.out_of_session).toBe(4);
  });

  it("tells the dates of rows without their prices", () => {
    const clocks = [33299, 33300, 55800].map((s) => clock(DAY, s)).concat(clock(NEXT, 56000), MISSING);
    expect(datesOfRows(kernels, [{ rows: 5, file: 0, clock: column(clocks), fallbackClock: null }], sessionOf)).toEqual({
      dates: [{ date: DAY, rows: 3, inSession: 1 }, { date: NEXT, rows: 1, inSession: 0 }],
      badClock: 1,
    });
  });
});

describe("prices and quotes", () => {
  const one = (row: Parameters<typeof batch>[0][number]) => sliceRows(kernels, [batch([row])], sessionOf).get(DAY)!;

  it.each([
    ["a valid quote", 100, 100.5, [10000, 10050], {}],
    ["crossed", 100.5, 100, [0, 0], { crossed: 1 }],
    ["locked", 100, 100, [0, 0], { crossed: 1 }],
    ["no ask", 100, 0, [0, 0], { one_sided: 1 }],
    ["missing bid", NaN, 100, [0, 0], { one_sided: 1 }],
    ["negative bid", -5, 100, [0, 0], { one_sided: 1 }],
    ["infinite ask", 100, Infinity, [0, 0], { one_sided: 1 }],
    ["off the tick", 100.02, 100.5, [10002, 10050], { off_tick: 1 }],
    ["an odd number of ticks", 100.05, 100.15, [10005, 10015], {}],
    ["a part of a paisa beside the tick", 100.051, 100.5, [10005, 10050], { off_tick: 1 }],
    ["the largest price there is", 1, 19_999_999.95, [100, 1_999_999_995], {}],
    ["more than any price", 1, 20_000_000, [0, 0], { one_sided: 1 }],
  ])("%s", (_what, bid, ask, expected, counts) => {
    const slice = one({ t: clock(DAY, 33300), price: 100, bid, ask });
    expect([slice.bid[0], slice.ask[0]]).toEqual(expected);
    expect(slice.quality).toMatchObject({ crossed: 0, one_sided: 0, off_tick: 0, ...counts });
  });

  it("counts a price's age from the same day's last trade, unless that is later than the row", () => {
    const at = clock(DAY, 34000);
    const since = (traded: bigint) => one({ t: at, price: 1, traded }).priceSecond[0];
    expect([since(clock(DAY, 33999)), since(clock(DAY, 32400)), since(clock(DAY, 34001)), since(clock(DAY - 1, 33999)), since(MISSING)]).toEqual([33999, 32400, 34000, 34000, 34000]);
  });

  it("rounds half away from zero exactly as money does", () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 2_000_000_000 }), (thousandths) => {
      const rupees = thousandths / 1000;
      expect(one({ t: clock(DAY, 33300), price: rupees }).price[0]).toBe(toPaise(rupees));
      expect(toPaise(rupees)).toBe(Math.floor((thousandths + 5) / 10));
    }));
  });

  it("picks selected rows in the order given", () => {
    const rows = batch([1, 2, 3, 4].map((price) => ({ t: clock(DAY, 33300), price })));
    expect([...sliceRows(kernels, [{ ...rows, select: Int32Array.of(3, 1) }], sessionOf).get(DAY)!.price]).toEqual([400, 200]);
  });
});
