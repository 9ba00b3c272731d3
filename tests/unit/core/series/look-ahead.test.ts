import fc from "fast-check";
import { expect, it } from "vitest";
import { arithmetic } from "../../../../src/core/series/arithmetic.ts";
import { closes, ranges, sums } from "../../../../src/core/series/bars.ts";
import { compare, edges } from "../../../../src/core/series/conditions.ts";
import { greek, impliedVolatility } from "../../../../src/core/series/greeks.ts";
import { atr, bollinger, ema, macd, rsi, sma, supertrend, wma } from "../../../../src/core/series/indicators.ts";
import type { Series, SeriesDay } from "../../../../src/core/series/series-day.ts";
import { lag, openingRange, realisedVolatility, soFar, trailingSum, vwap } from "../../../../src/core/series/trailing.ts";
import { onDay, put, read, readTruths, rupees, sameLength } from "./support.ts";

const metrics: Record<string, (day: SeriesDay, x: Series, y: Series) => Series> = {
  add: (day, x, y) => arithmetic(day, "add", [x, y]),
  lag: (day, x) => lag(day, x, 3),
  trailingSum: (day, x) => trailingSum(day, x, 4),
  open: (day, x) => soFar(day, x, "open"),
  high: (day, x) => soFar(day, x, "high"),
  low: (day, x) => soFar(day, x, "low"),
  openingRange: (day, x) => openingRange(day, x, "high", 9),
  vwap,
  realisedVolatility: (day, x) => realisedVolatility(day, x, 5),
  ema: (day, x) => ema(day, closes(day, x, 3), 2),
  emaOfVolume: (day, x) => ema(day, sums(day, x, 3), 2),
  sma: (day, x) => sma(day, closes(day, x, 2), 3),
  wma: (day, x) => wma(day, closes(day, x, 2), 3),
  bollinger: (day, x) => bollinger(day, closes(day, x, 2), 3, 2),
  rsi: (day, x) => rsi(day, closes(day, x, 2), 3),
  macd: (day, x) => macd(day, closes(day, x, 1), { fast: 2, slow: 4, signal: 3, out: "hist" }),
  atr: (day, x) => atr(day, ranges(day, x, 3), 2),
  supertrend: (day, x) => supertrend(day, ranges(day, x, 3), 2, 1),
  delta: (day, x, y) => greek(day, "delta", impliedVolatility(day, { cp: "CE", forward: x, price: y, strike: 100, secondsLeft: 90_000, rate: 0 })),
};

it("nothing after a second changes what is known at it", () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(metrics)), sameLength(rupees, 4), fc.nat(69), (name, [x, y, laterX, laterY], cut) => {
      const known = Math.min(cut, x.length);
      const run = (a: typeof x, b: typeof y) =>
        onDay(x.length, (day) => {
          const [first, second] = [put(day, a), put(day, b)];
          const metric = metrics[name](day, first, second);
          const truths = readTruths(day, edges(day, compare(day, "crosses_above", metric, second)));
          return { values: read(day, metric).slice(0, known), truths: truths.slice(0, known) };
        });
      const changed = run([...x.slice(0, known), ...laterX.slice(known)], [...y.slice(0, known), ...laterY.slice(known)]);
      expect(changed).toEqual(run(x, y));
    }),
    { numRuns: 2000 },
  );
});
