import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { closes, ranges, sums, type RangeBars } from "../../../../src/core/series/bars.ts";
import { atr, bollinger, ema, macd, rsi, sma, supertrend, wma } from "../../../../src/core/series/indicators.ts";
import type { Bars, Series, SeriesDay } from "../../../../src/core/series/series-day.ts";
import { carried, expectNear, onDay, put, read, rupees, sameLength, type Values } from "./support.ts";
import { loadTaLib, type TaLib } from "./ta-lib.ts";

let taLib: TaLib;
beforeAll(async () => {
  taLib = await loadTaLib();
});

const length = fc.integer({ min: 2, max: 20 });
const presentOf = (values: Values) => values.filter((value) => value !== null);

/** TA-Lib on the bars that have a value, with the bars before them in front. */
function expected(name: string, columns: readonly Values[], options: readonly number[], output = 0, outputs = 1): Values {
  const found = taLib(name, columns.map(presentOf), options, outputs)[output];
  return [...Array<null>(columns[0].length - found.length).fill(null), ...found];
}

/** An indicator over one-second bars, which are the values themselves. */
function overSeconds(values: Values, of: (day: SeriesDay, bars: Bars) => Series): Values {
  return onDay(values.length, (day) => read(day, of(day, closes(day, put(day, values), 1))));
}

describe("indicators of one series agree with TA-Lib:", () => {
  const agrees = (wanted: (values: Values, n: number) => Values, found: (day: SeriesDay, bars: Bars, n: number) => Series, within = 1e-9) =>
    fc.assert(
      fc.property(carried, length, (values, n) => expectNear(overSeconds(values, (day, bars) => found(day, bars, n)), wanted(values, n), within)),
      { numRuns: 300 },
    );

  it("EMA", () => agrees((values, n) => expected("EMA", [values], [n]), ema));
  it("SMA", () => agrees((values, n) => expected("SMA", [values], [n]), sma));
  it("WMA", () => agrees((values, n) => expected("WMA", [values], [n]), wma));
  it("RSI", () => agrees((values, n) => expected("RSI", [values], [n]), rsi));
  // TA-Lib's variance is the difference of two large numbers, off by up to 1e-11 of them: its root is that loose.
  const [upper, lower] = [0, 2];
  it("BB_UPPER", () => agrees((values, n) => expected("BBANDS", [values], [n, 2.5, 1.5, 0], upper, 3), (day, bars, n) => bollinger(day, bars, n, 2.5), 1e-6));
  it("BB_LOWER", () => agrees((values, n) => expected("BBANDS", [values], [n, 2.5, 1.5, 0], lower, 3), (day, bars, n) => bollinger(day, bars, n, -1.5), 1e-6));

  it("MACD, also with a fast average longer than the slow one", () => {
    fc.assert(
      fc.property(carried, length, length, fc.integer({ min: 2, max: 9 }), (values, fast, slow, signal) => {
        for (const [i, out] of (["line", "signal", "hist"] as const).entries()) {
          expectNear(overSeconds(values, (day, bars) => macd(day, bars, { fast, slow, signal, out })), expected("MACD", [values], [fast, slow, signal], i, 3), 1e-9);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("ATR, on the high, low and close of bars of several seconds", () => {
    fc.assert(
      fc.property(carried, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 8 }), (values, bar, n) =>
        onDay(values.length, (day) => {
          const twin = twinBars(values, bar);
          const columns = (["high", "low", "close"] as const).map((of) => twin.map((one) => one[of]));
          const perBar = twin.length === 0 ? [] : expected("ATR", columns, [n]);
          expectNear(read(day, atr(day, ranges(day, put(day, values), bar), n)), held(perBar, bar, values.length), 1e-9);
        }),
      ),
      { numRuns: 300 },
    );
  });
});

interface TwinBar {
  high: number | null;
  low: number | null;
  close: number | null;
}

/** Bars by the words of semantics §5: completed ones from the open; a second without a value holds the one before. */
function twinBars(values: Values, bar: number): TwinBar[] {
  const bars: TwinBar[] = [];
  for (let from = 0; from + bar <= values.length; from += bar) {
    const inside = presentOf(values.slice(from, from + bar));
    const close = presentOf(values.slice(0, from + bar)).at(-1) ?? null;
    bars.push(inside.length === 0 ? { high: close, low: close, close } : { high: Math.max(...inside), low: Math.min(...inside), close });
  }
  return bars;
}

function held(perBar: Values, bar: number, seconds: number): Values {
  return Array.from({ length: seconds }, (_, s) => (s < bar - 1 ? null : perBar[Math.floor((s + 1) / bar) - 1]));
}

function readBars(day: SeriesDay, { count }: Bars, at: number): Values {
  return Array.from(day.kernels.f64.subarray(at >> 3, (at >> 3) + count), (value) => (Number.isNaN(value) ? null : value));
}

describe("bars", () => {
  it("are made of completed spans, carrying values over seconds that miss them", () => {
    fc.assert(
      fc.property(sameLength(rupees, 1), fc.integer({ min: 1, max: 80 }), ([values], bar) =>
        onDay(values.length, (day) => {
          const series = put(day, values);
          const twin = twinBars(values, bar);
          const found: RangeBars = ranges(day, series, bar);
          expect(readBars(day, found, found.values)).toEqual(twin.map(({ close }) => close));
          expect(readBars(day, found, found.high)).toEqual(twin.map(({ high }) => high));
          expect(readBars(day, found, found.low)).toEqual(twin.map(({ low }) => low));
          // The SMA of one bar is the bar.
          expect(read(day, sma(day, found, 1))).toEqual(held(twin.map(({ close }) => close), bar, values.length));
        }),
      ),
      { numRuns: 300 },
    );
  });

  it("of volume are sums", () => {
    onDay(8, (day) => {
      const bars = sums(day, put(day, [null, null, null, 5, null, 7, 1, 2]), 2);
      expect(readBars(day, bars, bars.values)).toEqual([null, 5, 7, 3]);
    });
  });

  it("are known at the last second of their span, never before", () => {
    const found = onDay(190, (day) => {
      const bars = closes(day, put(day, Array.from({ length: 190 }, (_, s) => s)), 60);
      return read(day, ema(day, bars, 2));
    });
    // Bars close at 59, 119, 179: the mean of the first two, then + 2/3 of the way to the third.
    expect(found.slice(0, 119)).toEqual(Array(119).fill(null));
    expect(found.slice(119, 179)).toEqual(Array(60).fill(89));
    expectNear(found.slice(179), Array(11).fill(149));
  });

  it("longer than the session, or too few for an indicator, leave it missing all day", () => {
    for (const [bar, n] of [[60, 2], [1, 51], [1, 2 ** 33], [2 ** 33, 1]] as const) {
      onDay(50, (day) => {
        const bars = ranges(day, put(day, Array(50).fill(100)), bar);
        for (const one of [ema, sma, wma, rsi]) expect(read(day, one(day, bars, n))).toEqual(Array(50).fill(null));
        for (const one of [atr(day, bars, n), supertrend(day, bars, n, 3)]) expect(read(day, one)).toEqual(Array(50).fill(null));
        expect(read(day, macd(day, bars, { fast: 1, slow: n, signal: 2, out: "line" }))).toEqual(Array(50).fill(null));
      });
    }
  });
});

describe("worked by hand:", () => {
  it("RSI of 14 bars", () => {
    const prices = [44.34, 44.09, 44.15, 43.61, 44.33, 44.83, 45.1, 45.42, 45.84, 46.08, 45.89, 46.03, 45.61, 46.28, 46.28, 46.0, 46.03];
    const found = overSeconds(prices, (day, bars) => rsi(day, bars, 14));
    // Gains 3.34, losses 1.40 over 14 changes: 100 · 3.34/4.74; then each average · 13/14 plus the new change.
    expect(found[13]).toBeNull();
    expect(found[14]).toBeCloseTo(70.4641, 4);
    expect(found[15]).toBeCloseTo(66.2496, 4);
    expect(found[16]).toBeCloseTo(66.4809, 4);
  });

  it("RSI is 0 when nothing moved", () => {
    expect(overSeconds(Array(6).fill(250.05), (day, bars) => rsi(day, bars, 3))).toEqual([null, null, null, 0, 0, 0]);
  });

  it("a MACD whose signal is one bar is its own signal, where TA-Lib fails", () => {
    const values = [10, 20, 30, 40, 50, 40];
    const found = (out: "line" | "signal" | "hist") => overSeconds(values, (day, bars) => macd(day, bars, { fast: 2, slow: 3, signal: 1, out }));
    // Fast, seeded by bars 2 and 3: 25, 35, 45, 41⅔; slow: 20, 30, 40, 40.
    expectNear(found("line"), [null, null, 5, 5, 5, 5 / 3]);
    expectNear(found("signal"), found("line"));
    expectNear(found("hist"), [null, null, 0, 0, 0, 0]);
  });

  it("an EMA of one bar is the bar", () => {
    expectNear(overSeconds([null, 101.35, 99.05, 250], (day, bars) => ema(day, bars, 1)), [null, 101.35, 99.05, 250]);
  });

  it("the bands lie on the mean when nothing moves, exactly, after any storm", () => {
    const values = [50_000, 10, 99_999.95, 3, ...Array<number>(20).fill(101.35)];
    for (const k of [2, -2]) expect(overSeconds(values, (day, bars) => bollinger(day, bars, 5, k)).slice(8)).toEqual(Array(16).fill(101.35));
  });

  it("ATR and SUPERTREND of seven bars of three seconds", () => {
    // Bars (high, low, close): (12,10,11) (13,11,13) (15,12,15) (15,11,11) (12,6,6) (9,6,9) (16,9,16); true ranges 2 3 4 6 3 7.
    const seconds = [10, 12, 11, 11, 12, 13, 12, 14, 15, 15, 13, 11, 12, 8, 6, 6, 7, 9, 9, 12, 16];
    onDay(21, (day) => {
      const bars = ranges(day, put(day, seconds), 3);
      const at = (series: Series) => [8, 11, 14, 17, 20].map((s) => day.value(series, s));
      // (2 + 3)/2, (2.5 + 4)/2, (3.25 + 6)/2, (4.625 + 3)/2, (3.8125 + 7)/2
      expect(at(atr(day, bars, 2))).toEqual([2.5, 3.25, 4.625, 3.8125, 5.40625]);
      // Upper: 13.5 + 2.5, then 16.25 and 13.625 of which the former is not lower, then 11.3125; the last stays under 17.90625.
      // The last close, 16, is over it: up, at the lower band. That fell with the close of 6 under it to 3.6875, then rose.
      expect(at(supertrend(day, bars, 2, 1))).toEqual([16, 16, 13.625, 11.3125, 7.09375]);
    });
  });
});

describe("SUPERTREND", () => {
  it("agrees with the formula of the docs", () => {
    fc.assert(
      fc.property(sameLength(fc.integer({ min: 9000, max: 11_000 }).map((p) => p / 100), 1, 120), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 6 }), fc.constantFrom(0.5, 1, 3), ([values], bar, n, mult) =>
        onDay(values.length, (day) => {
          const bars = ranges(day, put(day, values), bar);
          const ranged = read(day, atr(day, bars, n));
          const twin = twinBars(values, bar);
          const perBar: (number | null)[] = [];
          let [upper, lower, up] = [0, 0, false];
          twin.forEach(({ high, low, close }, i) => {
            const range = ranged[(i + 1) * bar - 1];
            if (range === null) return void perBar.push(null);
            const before = twin[i - 1].close!;
            const [basicUpper, basicLower] = [(high! + low!) / 2 + mult * range, (high! + low!) / 2 - mult * range];
            const first = perBar[i - 1] === null;
            if (first || basicUpper < upper || before > upper) upper = basicUpper;
            if (first || basicLower > lower || before < lower) lower = basicLower;
            if (first) up = false;
            else if (up && close! < lower) up = false;
            else if (!up && close! > upper) up = true;
            perBar.push(up ? lower : upper);
          });
          expectNear(read(day, supertrend(day, bars, n, mult)), held(perBar, bar, values.length));
        }),
      ),
      { numRuns: 300 },
    );
  });
});
