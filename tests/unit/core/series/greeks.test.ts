import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { greek, impliedVolatility, volatilityPercent, type Greek, type OptionInputs } from "../../../../src/core/series/greeks.ts";
import type { OptionSide } from "../../../../src/core/market/types.ts";
import { price, type BlackInputs } from "./black76.ts";
import { expectNear, onDay, put, read, type Values } from "./support.ts";

const YEAR = 365 * 86_400;
const side = fc.constantFrom<OptionSide>("CE", "PE");

interface Asked extends BlackInputs {
  /** Instead of Black's price. */
  readonly premium?: number | null;
}

/** What the kernels say in one second, `before` seconds after the open. */
function at(asked: Asked, before = 0): { iv: number | null } & Record<Greek, number | null> {
  return onDay(before + 1, (day) => {
    const all = (value: number | null) => put(day, Array(before + 1).fill(value));
    const inputs: OptionInputs = {
      cp: asked.cp,
      forward: all(asked.forward),
      price: all(asked.premium === undefined ? price(asked) : asked.premium),
      strike: asked.strike,
      secondsLeft: asked.time * YEAR + before,
      rate: asked.rate,
    };
    const volatility = impliedVolatility(day, inputs);
    const value = (which: Greek) => day.value(greek(day, which, volatility), before);
    return { iv: day.value(volatilityPercent(day, volatility), before), delta: value("delta"), gamma: value("gamma"), theta: value("theta"), vega: value("vega") };
  });
}

/** Within a few standard deviations, so that there is a time value to find. */
const inputs = fc
  .record({
    cp: side,
    forward: fc.double({ min: 1000, max: 60_000, noNaN: true }),
    deviations: fc.double({ min: -5, max: 5, noNaN: true }),
    seconds: fc.oneof(fc.integer({ min: 1, max: 22_500 }), fc.integer({ min: 22_500, max: 2 * YEAR })),
    sigma: fc.double({ min: 0.02, max: 3, noNaN: true }),
    rate: fc.constantFrom(0, 0, 0.065, -0.01),
  })
  .map(({ cp, forward, deviations, seconds, sigma, rate }): BlackInputs => {
    const time = seconds / YEAR;
    return { cp, forward, strike: forward * Math.exp(deviations * sigma * Math.sqrt(time)), time, rate, sigma };
  });

describe("implied volatility", () => {
  it("gives the price back to 1e-10, from a cold start", () => {
    fc.assert(
      fc.property(inputs, (given) => {
        const premium = price(given);
        const { iv } = at(given);
        // Deep in the money, or worth nothing against the forward, Black's price itself has too few digits to compare.
        const intrinsic = Math.max(0, (given.cp === "CE" ? 1 : -1) * (given.forward - given.strike));
        const value = premium * Math.exp(given.rate * given.time) - intrinsic;
        if (value < 1e-7 * premium || premium < 1e-5 * given.forward) return;
        expect(iv).not.toBeNull();
        expect(Math.abs(price({ ...given, sigma: iv! / 100 }) / premium - 1)).toBeLessThan(1e-10);
      }),
      { numRuns: 3000 },
    );
  });

  it("gives every price of a moving day back, each from the solution before it", () => {
    const tick = fc.record({ move: fc.integer({ min: -400, max: 400 }), sigma: fc.double({ min: 0.08, max: 0.6, noNaN: true }), jump: fc.boolean() });
    fc.assert(
      fc.property(fc.array(tick, { minLength: 2, maxLength: 60 }), side, fc.constantFrom(0, 0.07), (ticks, cp, rate) =>
        onDay(ticks.length, (day) => {
          let forward = 50_000;
          let sigma = 0.15;
          const path = ticks.map(({ move, sigma: next, jump }, s): BlackInputs => {
            forward += move / 4;
            sigma = jump ? next : sigma;
            return { cp, forward, strike: 50_500, time: (90_000 - s) / YEAR, rate, sigma };
          });
          const prices = path.map(price);
          const volatility = impliedVolatility(day, { cp, forward: put(day, path.map((one) => one.forward)), price: put(day, prices), strike: 50_500, secondsLeft: 90_000, rate });
          const back = read(day, volatility.series).map((found, s) => price({ ...path[s], sigma: found! }));
          expectNear(back, prices, 1e-10);
        }),
      ),
      { numRuns: 300 },
    );
  });

  it("follows strikes that change during the day", () => {
    const strikes = [49_900, 50_000, 50_000, 50_100, 49_900];
    onDay(5, (day) => {
      const black = strikes.map((strike, s): BlackInputs => ({ cp: "PE", forward: 50_020, strike, time: (200_000 - s) / YEAR, rate: 0, sigma: 0.1 + s / 50 }));
      const volatility = impliedVolatility(day, { cp: "PE", forward: put(day, Array(5).fill(50_020)), price: put(day, black.map(price)), strike: put(day, strikes), secondsLeft: 200_000, rate: 0 });
      expectNear(read(day, volatilityPercent(day, volatility)), [10, 12, 14, 16, 18], 1e-9);
    });
  });

  it("is another where the forward or the strike alone moves", () => {
    const forwards = [50_000, 50_100, 50_100, 50_000];
    const strikes = [50_000, 50_000, 50_050, 50_050];
    onDay(4, (day) => {
      const volatility = impliedVolatility(day, { cp: "CE", forward: put(day, forwards), price: put(day, Array(4).fill(400)), strike: put(day, strikes), secondsLeft: 200_000, rate: 0 });
      const alone = forwards.map((forward, s) => at({ cp: "CE", forward, strike: strikes[s], time: (200_000 - s) / YEAR, rate: 0, sigma: NaN, premium: 400 }).iv!);
      expectNear(read(day, volatilityPercent(day, volatility)), alone, 1e-9);
      expect(new Set(alone).size).toBe(4);
    });
  });

  it("is the same for put and call of one strike, by parity", () => {
    fc.assert(
      fc.property(inputs, (given) => {
        const call = { ...given, cp: "CE" as const };
        const put = { ...given, cp: "PE" as const };
        const [a, b] = [at(call), at({ ...put, premium: price(call) - Math.exp(-given.rate * given.time) * (given.forward - given.strike) })];
        if (a.iv === null || b.iv === null || Math.abs(Math.log(given.forward / given.strike)) > given.sigma * Math.sqrt(given.time)) return;
        expect(b.iv / a.iv).toBeCloseTo(1, 7);
        expect(a.delta! - b.delta!).toBeCloseTo(Math.exp(-given.rate * given.time), 7);
      }),
      { numRuns: 300 },
    );
  });

  it("computes only the seconds it is asked for", () => {
    onDay(40, (day) => {
      const flat = (value: number) => put(day, Array(40).fill(value));
      const found = impliedVolatility(day, { cp: "CE", forward: flat(50_000), price: flat(300), strike: 50_000, secondsLeft: 300_000, rate: 0 }, 20, 21);
      const whole = impliedVolatility(day, found.inputs);
      expect(day.value(found.series, 20)).toBeCloseTo(day.value(whole.series, 20)!, 12);
    });
  });
});

describe("published values:", () => {
  // Haug, The Complete Guide to Option Pricing Formulas, 2nd ed., 1.1.3: F = X = 19, T = 0.75, r = 10 %, σ = 28 %: 1.7011.
  it("Haug's option on Brent futures", () => {
    for (const cp of ["CE", "PE"] as const) {
      const haug = { cp, forward: 19, strike: 19, time: 0.75, rate: 0.1, sigma: 0.28 };
      expect(price(haug)).toBeCloseTo(1.7011, 4);
      expect(at({ ...haug, premium: 1.7011 }).iv).toBeCloseTo(28, 2);
    }
  });

  // Haug 2.1.1: a futures option, F = 105, X = 100, T = 0.5, r = 10 %, σ = 36 %: deltas 0.5946 and −0.3566.
  it("Haug's deltas of a futures option", () => {
    const haug = { forward: 105, strike: 100, time: 0.5, rate: 0.1, sigma: 0.36 };
    expect(at({ ...haug, cp: "CE" }).delta).toBeCloseTo(0.5946, 4);
    expect(at({ ...haug, cp: "PE" }).delta).toBeCloseTo(-0.3566, 4);
  });

  // Haug 2.3.1, gamma of a stock: S = 55, X = 60, T = 0.75, r = b = 10 %, σ = 30 %: 0.0278 per S, F = S·e^(bT).
  it("Haug's gamma", () => {
    const carry = Math.exp(0.1 * 0.75);
    const { gamma } = at({ cp: "CE", forward: 55 * carry, strike: 60, time: 0.75, rate: 0.1, sigma: 0.3 });
    expect(gamma! * carry * carry).toBeCloseTo(0.0278, 4);
  });

  // Haug, as QuantLib's test suite cites him, vega of the same option: 18.9358 per 1.00 of volatility.
  it("Haug's vega", () => {
    const { vega } = at({ cp: "PE", forward: 55 * Math.exp(0.1 * 0.75), strike: 60, time: 0.75, rate: 0.1, sigma: 0.3 });
    expect(vega! * 100).toBeCloseTo(18.9358, 4);
  });

  // Hull, Options, Futures, and Other Derivatives, Black's model: a put on crude oil futures, F = K = 20, 4 months, r = 9 %, σ = 25 %: 1.12.
  it("Hull's put on crude oil futures", () => {
    const hull: BlackInputs = { cp: "PE", forward: 20, strike: 20, time: 4 / 12, rate: 0.09, sigma: 0.25 };
    expect(price(hull)).toBeCloseTo(1.12, 2);
    expect(at(hull).iv).toBeCloseTo(25, 8);
  });

  // Hull, "The Greek letters": S = 49, K = 50, r = 5 %, σ = 20 %, T = 0.3846: Δ 0.522, Γ 0.066, vega 12.1, Θ −4.31 a year.
  it("Hull's Greeks of a stock option", () => {
    const [rate, time] = [0.05, 0.3846];
    const carry = Math.exp(rate * time);
    const found = at({ cp: "CE", forward: 49 * carry, strike: 50, time, rate, sigma: 0.2 });
    expect(found.delta! * carry).toBeCloseTo(0.522, 3);
    expect(found.gamma! * carry * carry).toBeCloseTo(0.066, 3);
    expect(found.vega! * 100).toBeCloseTo(12.1, 1);
    // With the stock fixed, its forward falls by r·F a year as time passes.
    expect(found.theta! * 365 - rate * 49 * carry * found.delta!).toBeCloseTo(-4.31, 2);
  });
});

describe("Greeks", () => {
  it("are the slopes of the price", () => {
    fc.assert(
      fc.property(inputs, (given) => {
        const { forward, time, sigma } = given;
        const total = sigma * Math.sqrt(time);
        // Where the option has a value to differentiate, and steps that are small against all that matters.
        if (Math.abs(Math.log(forward / given.strike)) > 2 * total || time < 3600 / YEAR || sigma < 0.05) return;
        const found = at(given);
        const slope = (of: (step: number) => BlackInputs, step: number) => (price(of(step)) - price(of(-step))) / (2 * step);
        const near = (value: number | null, wanted: number, scale: number) => expect(Math.abs(value! - wanted) / scale).toBeLessThan(1e-4);
        const df = forward * total * 1e-3;
        near(found.delta, slope((step) => ({ ...given, forward: forward + step }), df), 1);
        const bend = (price({ ...given, forward: forward + df }) - 2 * price(given) + price({ ...given, forward: forward - df })) / (df * df);
        near(found.gamma, bend, 1 / (forward * total));
        near(found.vega! * 100, slope((step) => ({ ...given, sigma: sigma + step }), sigma * 1e-3), forward * Math.sqrt(time));
        near(found.theta! * 365, -slope((step) => ({ ...given, time: time + step }), time * 1e-3), (forward * sigma) / Math.sqrt(time));
      }),
      { numRuns: 1000 },
    );
  });

  const flat: BlackInputs = { cp: "CE", forward: 50_100, strike: 50_000, time: 2 / 365, rate: 0, sigma: 0.15 };

  it("of a price at or below intrinsic are those of an option without time value, and it has no volatility", () => {
    for (const premium of [100, 99.5, 0.05]) {
      expect(at({ ...flat, premium })).toEqual({ iv: null, delta: 1, gamma: 0, theta: 0, vega: 0 });
      expect(at({ ...flat, cp: "PE", forward: 49_900, premium })).toMatchObject({ iv: null, delta: -1, gamma: 0 });
    }
  });

  it("see no time value in what is only rounding of the forward", () => {
    expect(at({ ...flat, forward: 50_123.45, premium: 123.45 }).iv).toBeNull();
  });

  it("are missing without a mid, a forward, or a price that any volatility makes", () => {
    const nothing = { iv: null, delta: null, gamma: null, theta: null, vega: null };
    expect(at({ ...flat, premium: null })).toEqual(nothing);
    expect(at({ ...flat, forward: NaN, premium: 300 })).toEqual(nothing);
    expect(at({ ...flat, premium: 50_100 })).toEqual(nothing);
    expect(at({ ...flat, cp: "PE", premium: 60_000 })).toEqual(nothing);
  });

  it("of an option whose time is over are decided by its moneyness", () => {
    expect(at({ ...flat, time: 0, premium: 120 })).toEqual({ iv: null, delta: 1, gamma: 0, theta: 0, vega: 0 });
    expect(at({ ...flat, time: 0, forward: 49_000, premium: 0.05 })).toMatchObject({ iv: null, delta: 0 });
    expect(at({ ...flat, time: 0, forward: 50_000, premium: 5 })).toMatchObject({ iv: null, delta: 0.5 });
    expect(at({ ...flat, time: -1 / 365, premium: 120 })).toMatchObject({ iv: null, delta: 1 });
  });

  it("hold in the last second before expiry, far out of the money, and at the highest volatility", () => {
    for (const given of [
      { ...flat, forward: 50_000.5, time: 1 / YEAR },
      { ...flat, strike: 70_000, time: 30 / 365, premium: 0.05 },
      { ...flat, strike: 30_000, cp: "PE" as const, time: 1 / 365, premium: 0.025 },
      { ...flat, sigma: 9, time: 1 },
    ]) {
      const premium = "premium" in given ? given.premium : price(given);
      const { iv, delta } = at(given);
      expect(Math.abs(price({ ...given, sigma: iv! / 100 }) / premium - 1)).toBeLessThan(1e-10);
      expect(Math.abs(delta!)).toBeLessThanOrEqual(1);
    }
  });

  it("are finite and within their bounds for any price, however deep in or out of the money and however near the expiry", () => {
    const quoted = fc.record({
      cp: side,
      forward: fc.double({ min: 0.05, max: 200_000, noNaN: true }),
      strike: fc.double({ min: 0.05, max: 200_000, noNaN: true }),
      time: fc.oneof(fc.constantFrom(-1, 0, 1), fc.integer({ min: 0, max: 2 * YEAR })).map((seconds) => seconds / YEAR),
      rate: fc.constantFrom(0, 0.07),
      premium: fc.oneof(fc.constantFrom(0, 0.025, 0.05), fc.double({ min: 0.05, max: 200_000, noNaN: true })),
    });
    fc.assert(
      fc.property(quoted, (given) => {
        const { iv, delta, gamma, theta, vega } = at({ ...given, sigma: 0 });
        if (delta === null) {
          expect([iv, gamma, theta, vega]).toEqual([null, null, null, null]);
          return;
        }
        const size = given.cp === "CE" ? delta : -delta;
        for (const value of [delta, gamma!, theta!, vega!]) expect(Number.isFinite(value)).toBe(true);
        expect([size >= 0, size <= 1, gamma! >= 0, vega! >= 0, iv === null || (iv > 0 && Number.isFinite(iv))]).toEqual([true, true, true, true, true]);
      }),
      { numRuns: 2000 },
    );
  });

  it("do not depend on the second of the day but through the time left", () => {
    const values = (before: number): Values => Object.values(at(flat, before));
    expectNear(values(1000), values(0), 1e-12);
  });
});
