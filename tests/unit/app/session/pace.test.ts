import { expect, it } from "vitest";
import { paceOf, secondsOf } from "../../../../src/app/session/pace.ts";

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
