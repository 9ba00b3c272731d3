import { expect, it } from "vitest";
import { paceOf, paceOfScan, secondsOf } from "../../../../src/app/session/pace.ts";

it("reads a day once for all variants, and simulates each", () => {
  // Four days of three variants: 2 s of reading, 1.2 s of simulating.
  const pace = paceOf({ load: 2000, simulate: 1200, days: 4, variantDays: 12 });
  expect(pace).toEqual({ read: 500, simulate: 100 });
  expect(secondsOf(pace!, 10, 24, 1)).toBe(29);
  expect(secondsOf(pace!, 10, 24, 2)).toBe(14.5);
  // More workers than days have nothing to do.
  expect(secondsOf(pace!, 2, 1, 8)).toBe(0.6);
  expect(paceOf({ load: 0, simulate: 0, days: 0, variantDays: 0 })).toBeUndefined();
});

it("takes the pace of a scan where there is no run", () => {
  const scan = {
    days: 4, workers: 1, elapsed: 3_300, variantDays: 12, contractDays: 40, rows: 1, bytes: 1,
    phases: [{ name: "read and decode Parquet", milliseconds: 1_500 }, { name: "rows to slices and grids", milliseconds: 500 }, { name: "simulate", milliseconds: 1_200 }],
  } as const;
  expect(paceOfScan(scan)).toEqual({ read: 500, simulate: 100 });
  // One that an earlier version has left behind.
  const { variantDays: _, ...earlier } = scan;
  expect(paceOfScan(earlier as typeof scan)).toBeUndefined();
});
