import { expect, it } from "vitest";
import { payoffShape } from "../../../../src/core/strategy/payoff-shape.ts";

const leg = (cp: "CE" | "PE", lots: number, strike: Parameters<typeof payoffShape>[0][number]["strike"]) => ({ cp, lots, strike });
const shape = (...legs: Parameters<typeof payoffShape>[0]) => [...payoffShape(legs, 101)];

it("of a short straddle is a tent: best in the middle, a loss far away, the same on both sides", () => {
  const values = shape(leg("CE", -1, { atm: 0 }), leg("PE", -1, { atm: 0 }));
  expect(values.indexOf(Math.max(...values))).toBe(50);
  expect(values[50]).toBeGreaterThan(0);
  expect(values[0]).toBe(-1);
  expect(values[0]).toBeCloseTo(values[100], 3);
});

it("of an iron condor is limited on both sides", () => {
  const values = shape(leg("CE", -1, { delta: 0.25 }), leg("PE", -1, { delta: 0.25 }), leg("CE", 1, { atm: 12 }), leg("PE", 1, { atm: 12 }));
  expect(values[0]).toBeCloseTo(values[3], 6);
  expect(values[100]).toBeCloseTo(values[97], 6);
  expect(values[50]).toBeGreaterThan(0);
  expect(values[0]).toBeLessThan(0);
});

it("of a bought call loses its premium below and gains above, whatever chose its strike", () => {
  for (const strike of [{ atm: 2 }, { premium: 200 }, { delta: 0.4 }, { strike: 51_000 }]) {
    const values = shape(leg("CE", 1, strike));
    expect(values[0]).toBeLessThan(0);
    expect(values[100]).toBe(1);
  }
});
