import { describe, expect, it } from "vitest";
import { DayGrids, GRID_ARRAYS } from "../../../../src/core/engine/day-grids.ts";
import { KeptGrids } from "../../../../src/core/engine/kept-grids.ts";
import { noQuality, type Slice } from "../../../../src/core/grid/slice.ts";
import type { Kernels } from "../../../../src/core/kernels.ts";
import { testKernels } from "../../../support/memory-day.ts";

const SESSION = { open: 33_300, close: 33_400, breaks: [] };
const BYTES = GRID_ARRAYS * 100 * 4;
const ROOM = 10 * BYTES;

function sliceOf(price: number): Slice {
  const one = Int32Array.of(price);
  return { length: 1, second: Int32Array.of(33_310), price: one, priceSecond: Int32Array.of(33_305), bid: one, ask: Int32Array.of(price + 5), fields: new Map(), quality: noQuality() };
}

/** Address, price and its age at second 20 of the grid that a day makes. */
function dayOf(kept: KeptGrids | undefined, kernels: Kernels, slice: Slice, since: "price" | "row" = "price") {
  const day = new DayGrids(kernels, SESSION, kept);
  const grid = day.of(slice, since);
  const seen = { pointer: grid.pointer, price: grid.price(20), age: grid.priceAge(20), ask: grid.ask(20) };
  day.release();
  return seen;
}

describe("grids kept from run to run", () => {
  const kernels = testKernels();

  it("are those that a day makes anew, and stay where later days allocate", () => {
    const kept = new KeptGrids(kernels, () => true);
    const [a, b] = [sliceOf(1000), sliceOf(2000)];
    kept.begin(ROOM);
    dayOf(kept, kernels, a);
    expect(kept.bytes).toBe(0);
    kept.begin(ROOM);
    const first = dayOf(kept, kernels, a);
    expect(kept.bytes).toBe(BYTES);
    expect(dayOf(kept, kernels, b).price).toBe(2000);
    expect(dayOf(kept, kernels, a)).toEqual(first);
    const { pointer: _, ...values } = first;
    expect(dayOf(undefined, kernels, a)).toMatchObject(values);
  });

  it("tell ages since the price from ages since the row", () => {
    const kept = new KeptGrids(kernels, () => true);
    const slice = sliceOf(1000);
    for (let run = 0; run < 3; run++) {
      kept.begin(ROOM);
      expect(dayOf(kept, kernels, slice, "price").age).toBe(15);
      expect(dayOf(kept, kernels, slice, "row").age).toBe(10);
    }
  });

  it("stand beside volume by second, of the same rows", () => {
    const kept = new KeptGrids(kernels, () => true);
    const slice = { ...sliceOf(1000), length: 2, second: Int32Array.of(33_310, 33_320), fields: new Map([["volume", Float64Array.of(40, 65)]]) };
    const addresses = Array.from({ length: 3 }, () => {
      kept.begin(ROOM - kept.bytes);
      const day = new DayGrids(kernels, SESSION, kept);
      const at = day.volume(slice);
      expect([9, 10, 19, 20, 21].map((s) => kernels.f64[(at >> 3) + s])).toEqual([NaN, 0, 0, 25, 0]);
      expect(day.of(sliceOf(3000), "price").price(20)).toBe(3000);
      day.release();
      return at;
    });
    expect(addresses[2]).toBe(addresses[1]);
  });

  it("stand beside series of one slice after another, as long as the same are looked at in the same seconds", () => {
    const kept = new KeptGrids(kernels, () => true);
    const [a, b] = [sliceOf(1000), sliceOf(2000)];
    let filled = 0;
    const seriesOf = (slices: readonly (Slice | undefined)[], runs: readonly number[]) => {
      const day = new DayGrids(kernels, SESSION, kept);
      const at = day.series("price", { slices, runs: Int32Array.from(runs) }, 800, (pointer) => (kernels.f64[pointer >> 3] = ++filled));
      day.release();
      return at === undefined ? undefined : kernels.f64[at >> 3];
    };
    const runs = [0, 0, 50, 1, 50, 100];
    kept.begin(ROOM);
    expect(seriesOf([a, b], runs)).toBeUndefined();
    seriesOf([a, b], runs);
    seriesOf([a, b], runs);
    kept.begin(ROOM);
    expect([seriesOf([a, b], runs), seriesOf([a, b], runs)]).toEqual([1, 1]);
    expect(seriesOf([a, b], [0, 0, 51, 1, 51, 100])).toBe(2);
    expect(seriesOf([a, undefined], [0, 0, 51, 1, 51, 100])).toBe(3);
    expect(seriesOf([undefined], [0, 0, 100])).toBeUndefined();
  });

  it("give their room to others when two runs have not used them", () => {
    const kept = new KeptGrids(kernels, () => true);
    const [a, b] = [sliceOf(1000), sliceOf(2000)];
    const run = (slice: Slice) => {
      kept.begin(BYTES - kept.bytes);
      return dayOf(kept, kernels, slice);
    };
    run(a);
    const { pointer } = run(a);
    expect(run(b).pointer).not.toBe(pointer);
    run(b);
    expect(run(b)).toMatchObject({ pointer, price: 2000 });
    expect(run(a)).toMatchObject({ price: 1000 });
    expect(run(b)).toMatchObject({ pointer, price: 2000 });
    expect(kept.bytes).toBe(BYTES);
  });

  it("are made within the room given, and of rows that stay alone", () => {
    const kept = new KeptGrids(kernels, (slice) => slice.price[0] === 1000);
    const slices = [sliceOf(1000), sliceOf(1000), sliceOf(3000)];
    for (let run = 0; run < 3; run++) {
      kept.begin(BYTES * 1.5 - kept.bytes);
      for (const slice of slices) expect(dayOf(kept, kernels, slice).price).toBe(slice.price[0]);
    }
    expect(kept.bytes).toBe(BYTES);
  });
});
