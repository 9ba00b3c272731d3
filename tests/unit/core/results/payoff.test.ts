/** Payoffs worked out by hand, and against the kernels that strategies see. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HeldLeg, PayoffMoment } from "../../../../src/core/results/payoff-moment.ts";
import { breakEvens, extremesAtExpiry, greeksOf, payoffSpots, pnlAtExpiry, pnlNow, reachOf, sumOfGreeks } from "../../../../src/core/results/payoff.ts";
import { greek, impliedVolatility, type Greek } from "../../../../src/core/series/greeks.ts";
import { normalCdf } from "../../../../src/core/series/black76.ts";
import { normal, price } from "../series/black76.ts";
import { onDay, put } from "../series/support.ts";

const YEAR = 365 * 86_400;
const WEEK = 7 / 365;

function leg(given: Partial<HeldLeg> & Pick<HeldLeg, "cp" | "units" | "entry">): HeldLeg {
  return { name: "leg", strike: 50_000, expiry: 20_000, mid: given.entry, forward: 50_000, volatility: 0.15, years: WEEK, ...given };
}
const position = (legs: readonly HeldLeg[], more: Partial<PayoffMoment> = {}): PayoffMoment => ({ spot: 50_000, realised: 0, legs, ...more });

/** Sold at 300 and 280, 15 units each. */
const STRADDLE = position([leg({ cp: "CE", units: -15, entry: 300 }), leg({ cp: "PE", units: -15, entry: 280 })]);
const CONDOR = position([
  leg({ cp: "CE", units: -15, strike: 50_500, entry: 120 }), leg({ cp: "PE", units: -15, strike: 49_500, entry: 110 }),
  leg({ cp: "CE", units: 15, strike: 51_000, entry: 40 }), leg({ cp: "PE", units: 15, strike: 49_000, entry: 50 }),
]);

it("knows the normal distribution to the last digits", () => {
  for (let x = -9; x <= 9; x += 0.37) expect(Math.abs(normalCdf(x) - normal(x))).toBeLessThan(1e-14);
  for (const x of [-8, -7.2, -7, -5]) expect(normalCdf(x) / normal(x)).toBeCloseTo(1, 7);
});

describe("at expiry", () => {
  it("a short straddle keeps its premium at the strike and loses what spot moves beyond", () => {
    expect(pnlAtExpiry(STRADDLE, 50_000)).toBe(15 * 580);
    expect(pnlAtExpiry(STRADDLE, 50_580)).toBe(0);
    expect(pnlAtExpiry(STRADDLE, 49_000)).toBe(15 * (580 - 1000));
    expect(extremesAtExpiry(STRADDLE)).toEqual({ best: 8700, worst: -Infinity });
    const spots = payoffSpots(50_000, 0.05, [50_000]);
    const ends = breakEvens(spots, spots.map((spot) => pnlAtExpiry(STRADDLE, spot)));
    expect(ends.map((spot) => Number(spot.toFixed(6)))).toEqual([49_420, 50_580]);
  });

  it("an iron condor is limited on both sides", () => {
    // Taken in: 120 + 110 − 40 − 50 = 140; the wings are 500 wide.
    expect(extremesAtExpiry(CONDOR)).toEqual({ best: 15 * 140, worst: 15 * (140 - 500) });
    expect(pnlAtExpiry(CONDOR, 50_640)).toBe(0);
  });

  it("a bought call has no limit above, a sold put the strike's as its worst", () => {
    expect(extremesAtExpiry(position([leg({ cp: "CE", units: 15, entry: 300 })]))).toEqual({ best: Infinity, worst: -4500 });
    expect(extremesAtExpiry(position([leg({ cp: "PE", units: -15, entry: 280 })]))).toEqual({ best: 4200, worst: 15 * (280 - 50_000) });
  });

  it("a future covers a sold call: what is made below is lost above", () => {
    const covered = position([leg({ cp: "FUT", strike: NaN, units: 15, entry: 50_100, forward: 50_100, volatility: NaN }), leg({ cp: "CE", strike: 50_500, units: -15, entry: 120 })]);
    expect(pnlAtExpiry(covered, 50_500)).toBe(15 * (400 + 120));
    expect(pnlAtExpiry(covered, 52_000)).toBe(15 * (400 + 120));
    expect(extremesAtExpiry(covered)?.best).toBe(7800);
    expect(pnlNow(covered, 50_000)).toBeCloseTo(15 * 120 - 15 * price({ cp: "CE", forward: 50_000, strike: 50_500, time: WEEK, rate: 0, sigma: 0.15 }), 8);
  });

  it("counts what closed legs of the position have made", () => {
    expect(pnlAtExpiry({ ...STRADDLE, realised: -1234.5 }, 50_000)).toBe(8700 - 1234.5);
  });

  it("a calendar spread is drawn when its nearer leg expires, the later one still with its time value", () => {
    const far = leg({ cp: "CE", units: 15, entry: 500, expiry: 20_021, years: 4 * WEEK, forward: 50_200 });
    const spread = position([leg({ cp: "CE", units: -15, entry: 300 }), far]);
    const left = price({ cp: "CE", forward: 50_400 * (50_200 / 50_000) ** 0.75, strike: 50_000, time: 3 * WEEK, rate: 0, sigma: 0.15 });
    expect(pnlAtExpiry(spread, 50_400)).toBeCloseTo(15 * (300 - 400) + 15 * (left - 500), 8);
    expect(extremesAtExpiry(spread)).toBeUndefined();
  });
});

describe("now", () => {
  it("is what the legs cost now against what they were filled at, and bends towards expiry", () => {
    const mids = (["CE", "PE"] as const).map((cp) => price({ cp, forward: 50_000, strike: 50_000, time: WEEK, rate: 0, sigma: 0.15 }));
    expect(pnlNow(STRADDLE, 50_000)).toBeCloseTo(15 * (580 - mids[0] - mids[1]), 8);
    expect(pnlNow(STRADDLE, 50_000)).toBeLessThan(pnlAtExpiry(STRADDLE, 50_000));
    expect(pnlNow(STRADDLE, 60_000)).toBeCloseTo(pnlAtExpiry(STRADDLE, 60_000), 8);
  });

  it("is unknown where a volatility is, though expiry is known", () => {
    const blind = position([leg({ cp: "CE", units: -15, entry: 300, volatility: NaN })]);
    expect(pnlNow(blind, 50_000)).toBeNaN();
    expect(pnlAtExpiry(blind, 50_000)).toBe(4500);
    expect(greeksOf(blind.legs[0]).vega).toBeNaN();
  });

  it("of an option without time value is what it is worth at expiry", () => {
    const deep = position([leg({ cp: "CE", units: 15, strike: 48_000, entry: 2100, volatility: 0 })]);
    expect(pnlNow(deep, 50_000)).toBe(15 * (2000 - 2100));
    expect(greeksOf(deep.legs[0])).toEqual({ delta: 15, gamma: 0, theta: 0, vega: 0 });
  });
});

describe("Greeks", () => {
  const given = fc.record({
    cp: fc.constantFrom("CE" as const, "PE" as const), forward: fc.double({ min: 10_000, max: 60_000, noNaN: true }), deviations: fc.double({ min: -3, max: 3, noNaN: true }),
    seconds: fc.integer({ min: 3600, max: YEAR / 4 }), sigma: fc.double({ min: 0.05, max: 1, noNaN: true }), units: fc.integer({ min: -900, max: 900 }),
  });

  it("are those of the kernels, times the units", () => {
    fc.assert(
      fc.property(given, ({ cp, forward, deviations, seconds, sigma, units }) =>
        onDay(1, (day) => {
          const time = seconds / YEAR;
          const strike = forward * Math.exp(deviations * sigma * Math.sqrt(time));
          const premium = price({ cp, forward, strike, time, rate: 0, sigma });
          const found = impliedVolatility(day, { cp, forward: put(day, [forward]), price: put(day, [premium]), strike, secondsLeft: seconds, rate: 0 });
          const volatility = day.value(found.series, 0)!;
          const own = greeksOf(leg({ cp, units, entry: premium, forward, strike, volatility, years: time }));
          const near = (which: Greek, scale: number) => expect(Math.abs(own[which] - units * day.value(greek(day, which, found), 0)!) / scale).toBeLessThan(1e-11 * Math.max(1, Math.abs(units)));
          near("delta", 1);
          near("gamma", 1 / (forward * sigma * Math.sqrt(time)));
          near("theta", forward);
          near("vega", forward);
          // The curve goes through what the option costs now.
          expect(Math.abs(pnlNow(position([leg({ cp, units, entry: premium, forward, strike, volatility, years: time })], { spot: forward }), forward))).toBeLessThan(1e-11 * forward * Math.max(1, Math.abs(units)));
        }),
      ),
      { numRuns: 300 },
    );
  });

  it("of a position are the sums of its legs'", () => {
    const [call, put, both] = [greeksOf(STRADDLE.legs[0]), greeksOf(STRADDLE.legs[1]), sumOfGreeks(STRADDLE.legs.map(greeksOf))];
    expect(both.delta).toBeCloseTo(call.delta + put.delta, 12);
    expect([both.gamma < 0, both.theta > 0, both.vega < 0]).toEqual([true, true, true]);
    expect(greeksOf(leg({ cp: "FUT", strike: NaN, units: -30, entry: 50_000, volatility: NaN }))).toEqual({ delta: -30, gamma: 0, theta: 0, vega: 0 });
  });
});

it("draws so far that strikes and expected moves are in view, with every strike a point of the line", () => {
  // 2.5 · 15 % · √(7/365) = 5.19 %
  expect(reachOf(STRADDLE)).toBe(0.055);
  expect(reachOf(position([leg({ cp: "CE", units: 1, strike: 53_900, entry: 1, volatility: 0 })]))).toBe(0.1);
  expect(reachOf(position([leg({ cp: "CE", units: 1, entry: 1, volatility: NaN })]))).toBe(0.01);
  const spots = payoffSpots(50_000, 0.05, [40_000, 50_123, 50_500]);
  expect([spots[0], spots.at(-1)]).toEqual([47_500, 52_500]);
  expect(spots).toContain(50_123);
  expect(spots).not.toContain(40_000);
});
