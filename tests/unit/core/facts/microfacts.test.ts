import { expect, it } from "vitest";
import { DayGrids } from "../../../../src/core/engine/day-grids.ts";
import { MICROFACT_NAMES, microfacts } from "../../../../src/core/facts/microfacts.ts";
import type { Slice } from "../../../../src/core/grid/slice.ts";
import { sliceOf, testKernels } from "../../../support/memory-day.ts";

const SESSION = { open: 33_300, close: 33_300 + 120, breaks: [] };

/** A contract that is quoted from second 2 on, and traded once a second with one gap. */
function contract(): Slice {
  const seconds = Array.from({ length: 120 }, (_, s) => s).filter((s) => s >= 2 && (s < 50 || s > 54));
  const rows = seconds.map((s) => ({ second: SESSION.open + s, price: 10_000 + ((s * 37) % 11) * 5, bid: 9_990, ask: 10_010 + (s % 3) * 5 }));
  const level = (of: (s: number) => number) => Float64Array.from(seconds, of);
  const fields = new Map([
    ["bq0", level((s) => 100 + s)], ["bp0", level(() => 99.9)], ["sq0", level(() => 50)], ["sp0", level(() => 100.1)],
    ...[1, 2, 3, 4].flatMap((i) => [[`bq${i}`, level(() => 10)], [`bp${i}`, level(() => 99)], [`sq${i}`, level(() => (i === 4 ? 0 : 10))], [`sp${i}`, level(() => 101)]] as const),
    ["volume", level((s) => s * s)],
  ]);
  return { ...sliceOf(rows), fields };
}

it("works out every microfact by hand's rules", () => {
  const kernels = testKernels();
  const slice = contract();
  const facts = microfacts(new DayGrids(kernels, SESSION), slice);
  const rowAt = (s: number) => slice.second.findLastIndex((second) => second <= SESSION.open + s);
  for (let s = 0; s < 120; s++) {
    const row = rowAt(s);
    const at = Object.fromEntries(MICROFACT_NAMES.map((name) => [name, facts[name][s]]));
    if (row < 0) {
      expect(Object.values(at).every(Number.isNaN), `second ${s}`).toBe(true);
      continue;
    }
    const price = slice.price[row] / 100;
    const [bid, ask] = [slice.bid[row] / 100, slice.ask[row] / 100];
    const [bq, sq] = [slice.fields.get("bq0")![row], 50];
    const volumeAt = (t: number) => (rowAt(t) < 0 ? NaN : slice.fields.get("volume")![rowAt(t)]);
    expect(at.price).toBe(price);
    expect(at.mid).toBeCloseTo((bid + ask) / 2, 10);
    expect(at.spread_ticks).toBeCloseTo((ask - bid) / 0.05, 8);
    expect(at.microprice).toBeCloseTo((bid * sq + ask * bq) / (bq + sq), 10);
    expect(at.imbalance).toBeCloseTo((bq + 40 - (sq + 30)) / (bq + 40 + sq + 30), 10);
    expect(at.volume).toBe(s === 2 ? 0 : volumeAt(s) - volumeAt(s - 1));
    const before = rowAt(s - 1);
    if (before < 0) expect(at.ret).toBeNaN();
    else expect(at.ret).toBeCloseTo((price / (slice.price[before] / 100) - 1) * 100, 10);
    for (const [name, span] of [["rv_10s", 10], ["rv_60s", 60]] as const) {
      if (rowAt(s - span) < 0) expect(at[name], `${name} at ${s}`).toBeNaN();
      else expect(at[name]).toBeCloseTo(100 * Math.hypot(...Array.from({ length: span }, (_, i) => Math.log(slice.price[rowAt(s - i)] / slice.price[rowAt(s - i - 1)]))), 8);
    }
  }
});

it("gives the memory back, and misses what the slice has no column for", () => {
  const kernels = testKernels();
  const grids = new DayGrids(kernels, SESSION);
  const bare = { ...contract(), fields: new Map() };
  microfacts(grids, bare);
  const mark = kernels.run.mark();
  const facts = microfacts(grids, bare);
  expect(kernels.run.mark()).toBe(mark);
  for (const name of ["microprice", "imbalance", "volume"] as const) expect(facts[name].every(Number.isNaN), name).toBe(true);
});
