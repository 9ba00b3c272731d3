import fc from "fast-check";
import { expect, it } from "vitest";
import { keyRuns, rowsOfRuns } from "../../../src/data/key-runs.ts";
import { rowsBetween } from "../../../src/data/row-clock.ts";
import { dayNumber, SECONDS_PER_DAY } from "../../../src/core/time.ts";

it("takes rows of one key together, whatever their order, and gives each of them once", () => {
  const values = fc.record({ strike: fc.constantFrom(50_000, 50_100, NaN), side: fc.constantFrom(-1, 0, 1), day: fc.constantFrom(1n, 2n) });
  fc.assert(fc.property(fc.array(values, { maxLength: 30 }), (rows) => {
    const piece = { rows: rows.length, columns: new Map([
      ["strike", { type: "number", values: Float64Array.from(rows, ({ strike }) => strike) }],
      ["opt_type", { type: "text", codes: Int32Array.from(rows, ({ side }) => side), dictionary: ["CE", "PE"] }],
      ["expiry", { type: "time", values: BigInt64Array.from(rows, ({ day }) => day), unit: "us", zone: null }],
      ["price", { type: "number", values: new Float64Array(rows.length) }],
    ] as const) };
    const runs = keyRuns(piece, ["strike", "opt_type", "expiry"]);
    const all = rowsOfRuns(runs, Int32Array.from(runs.starts, (_, run) => run));
    expect([...all]).toEqual(rows.map((_, row) => row));
    runs.starts.forEach((start, run) => {
      for (const row of rowsOfRuns(runs, Int32Array.of(run))) expect(rows[row]).toEqual(rows[start]);
    });
    // A missing strike is equal to nothing, so that each such row stands alone.
    for (let run = 1; run < runs.starts.length; run++) if (!Number.isNaN(rows[runs.starts[run]].strike)) expect(rows[runs.starts[run]]).not.toEqual(rows[runs.starts[run] - 1]);
    expect(runs.heads.columns.has("price")).toBe(false);
    expect(runs.heads.rows).toBe(runs.starts.length);
  }), { numRuns: 200, seed: 4 });
});

it("keeps rows without a clock at the ends of a piece, and leaves out other dates", () => {
  const day = dayNumber("2024-08-22");
  const clock = (days: readonly (number | null)[]) => ({ rows: days.length, file: 0, fallbackClock: null, clock: { values: BigInt64Array.from(days, (one) => (one === null ? 0n : BigInt(one * SECONDS_PER_DAY + 40_000))), unit: "s", shift: 0 } }) as const;
  expect(rowsBetween(clock([null, day, null, day, null, null]), day, day)).toEqual({ from: 0, to: 6 });
  expect(rowsBetween(clock([null, day - 1, null, day, day + 1, null]), day, day)).toEqual({ from: 3, to: 4 });
  expect(rowsBetween(clock([day - 1, day, day, null]), day, day)).toEqual({ from: 1, to: 4 });
  expect(rowsBetween(clock([day - 1, null, day + 1]), day, day)).toEqual({ from: 3, to: 3 });
  expect(rowsBetween(clock([]), day, day)).toEqual({ from: 0, to: 0 });
});
