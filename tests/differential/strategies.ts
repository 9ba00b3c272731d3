/** Random strategies for a market: windows inside its active minutes, thresholds that its coarse prices hit exactly. */
import fc from "fast-check";
import { clockOf } from "../reference/dates.ts";
import type { Era } from "./eras.ts";

/** A strategy as JSON text, which is YAML. */
export type StrategyText = string;

const AFTER_CLOSE = 55_800;

/** One or two windows within a stretch of `length` seconds, as offsets; the last may run to the end of the stretch. */
function windowOffsets(length: number): fc.Arbitrary<readonly (readonly [number, number])[]> {
  const start = fc.constantFrom(0, 0, 10, 31, 60, length - 45);
  const span = fc.constantFrom(20, 70, 130, 200, length, length);
  const one = fc.tuple(start, span).map(([s, l]) => [[s, Math.min(s + l, length)] as const]);
  const two = fc.tuple(start, fc.constantFrom(30, 70, 130), fc.constantFrom(0, 0, 1, 15), fc.constantFrom(30, 90, length)).map(([s, l, pause, l2]) => {
    const first = [s, Math.min(s + l, length - 40)] as const;
    const second = [Math.min(first[1] + pause, length - 30), length] as const;
    return [first, [second[0], Math.min(second[0] + l2, length)] as const];
  });
  return fc.oneof({ weight: 1, arbitrary: one }, { weight: 1, arbitrary: two });
}

export function threshold(era: Era): fc.Arbitrary<object> {
  const points = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 60 })).map((k) => k / 2);
  return fc.oneof(
    { weight: 2, arbitrary: points.map((n) => ({ rupees: n * era.lot })) },
    { weight: 1, arbitrary: fc.constantFrom(0.5, 1, 2.5, 5, 10, 33.3).map((pct) => ({ pct })) },
    { weight: 2, arbitrary: points.map((n) => ({ points: n })) },
  );
}

function legs(era: Era): fc.Arbitrary<readonly object[]> {
  const selector: fc.Arbitrary<object> = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: -2, max: 2 }).map((atm) => ({ atm })) },
    { weight: 1, arbitrary: fc.integer({ min: -3, max: 3 }).map((k) => ({ strike: era.center + k * era.step })) },
  );
  const leg = fc.record({ cp: fc.constantFrom("CE", "PE"), lots: fc.constantFrom(-1, -1, -2, 1, 3), strike: selector });
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant([{ cp: "CE", lots: -1 }, { cp: "PE", lots: -1 }]) },
    { weight: 2, arbitrary: leg.map((one) => [one]) },
    { weight: 4, arbitrary: fc.array(leg, { minLength: 1, maxLength: 3 }) },
  );
}

export const maybe = <T>(weight: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | "none"> => fc.oneof({ weight: 10 - weight, arbitrary: fc.constant("none" as const) }, { weight, arbitrary });

export const oneIn = (n: number): fc.Arbitrary<boolean> => fc.integer({ min: 1, max: n }).map((k) => k === n);

/** A trail that starts at the last price, above what the book then offers: the second of the fill decides. */
const EAGER_EXIT = { trail: { step: { points: 0.5 } } };
const EAGER_FILL = { model: "ltp", slippage: { base: 0 } };

/** Strategies as JSON for one era; `now` and then an impossible time is left out rather than clamped into place. */
export function strategyFor(era: Era): fc.Arbitrary<StrategyText> {
  const universe = fc.record({
    symbol: fc.constant(era.symbol),
    expiry: fc.oneof({ weight: 7, arbitrary: fc.constant("nearest") }, { weight: 3, arbitrary: fc.constantFrom("next", "weekly", "monthly", "next", ...era.expiries.map((e) => e.date)) }),
    dte: maybe(1, fc.constantFrom([0, 1], [1, 30], [0, 9], [0, 40])),
    spot: fc.oneof({ weight: 8, arbitrary: fc.constant("auto") }, { weight: 2, arbitrary: fc.constantFrom("files", "future", "synthetic", "synthetic", "synthetic", "synthetic") }),
    spot_max_age: fc.constantFrom(30, 30, 30, 30, 30, 5, 2),
    expiry_missing: fc.constantFrom("use_next", "use_next", "use_next", "skip"),
  }).map((u) => ({ ...u, expiry_missing: u.expiry === "nearest" ? u.expiry_missing : "use_next" }));
  const fill = fc.record({
    model: fc.constantFrom("touch", "touch", "mid", "ltp", "ltp"),
    latency: fc.constantFrom(0, 1, 1, 2, 5),
    ttl: fc.constantFrom(0, 1, 3, 3, 3, 3, 6, 6),
    patience: fc.constantFrom(0, 5, 10, 30, 30, 30, 60),
    max_spread_ticks: fc.constantFrom(0, 0, 0, 0, 10, 20),
    slippage: fc.record({ base: fc.constantFrom(0, 0, 0.2, 1), alpha_spread: fc.constantFrom(0, 0, 0.14, 0.07), beta_rv: fc.constantFrom(0, 0, 0, 1, 0.3) }),
  });
  const entry = fc.record({
    legs: legs(era),
    rebalance: maybe(6, fc.oneof(fc.constantFrom("1m", "1m", "5m"), fc.constant({ every: "1m", align: "clock" }))),
    cooldown: fc.constantFrom(0, 1, 5, 20, 70),
    max_per_day: fc.constantFrom(1, 2),
  });
  const exit = fc.record({
    stop_loss: maybe(2, threshold(era)),
    target: maybe(3, threshold(era)),
    trail: maybe(3, fc.record({ activate: maybe(4, threshold(era)), step: fc.oneof(threshold(era), fc.constantFrom({ points: 0.5 }, { points: 1 })) })),
  });
  const costs = fc.constantFrom({ preset: "nse" }, { preset: "nse" }, { none: true }, { per_order: 20.5, per_lot: 1.25, taxes_bps: 12.5 });

  // The longer stretch three times in four.
  const byLength = era.stretches.toSorted((a, b) => b[1] - b[0] - (a[1] - a[0]));
  return fc.constantFrom(byLength[0], byLength[0], byLength[0], byLength[1]).chain(([from, to]) =>
    fc.record({ universe, fill, entry, exit, costs, windows: windowOffsets(to - from), at: maybe(2, fc.constantFrom(0, 7, 19)), exitAt: maybe(3, fc.constantFrom(0, 1, 5, 12)), late: oneIn(8), eager: oneIn(8) }).map(({ windows, at, exitAt, late, eager, ...rest }) => {
      const window = windows.map(([start, end]) => `${clockOf(from + start)}-${clockOf(from + end)}`);
      // Held by the sessions that close at 15:40 alone.
      if (late && to <= AFTER_CLOSE) window.push(`${clockOf(AFTER_CLOSE + 60)}-${clockOf(AFTER_CLOSE + 300)}`);
      const [start, end] = windows[0];
      return JSON.stringify({
        name: "random",
        universe: rest.universe,
        time: { window },
        entry: { ...rest.entry, at: at === "none" ? "none" : clockOf(from + start + Math.min(at, end - start - 1)) },
        exit: { ...(eager ? EAGER_EXIT : rest.exit), at: exitAt === "none" ? "none" : clockOf(from + Math.max(end - exitAt, start + 1)) },
        fill: eager ? { ...rest.fill, ...EAGER_FILL } : rest.fill,
        costs: rest.costs,
      });
    }),
  );
}

/** Now and then the same strategy as several variants, which must not mix. */
export function maybeSwept(strategies: fc.Arbitrary<StrategyText>): fc.Arbitrary<StrategyText> {
  const stops = fc.constantFrom([1, 2.5, 7], [0.5, 10]);
  const latencies = fc.constantFrom([0, 1], [1, 3]);
  const swept = fc.tuple(strategies, stops, latencies).map(([text, STOP, LATENCY]) => {
    const strategy = JSON.parse(text) as { exit: object; fill: object };
    return JSON.stringify({
      ...strategy, exit: { ...strategy.exit, stop_loss: { points: "$STOP" } }, fill: { ...strategy.fill, latency: "$LATENCY" },
      params: { STOP: 1, LATENCY: 1 }, sweep: { STOP, LATENCY },
    });
  });
  return fc.oneof({ weight: 9, arbitrary: strategies }, { weight: 1, arbitrary: swept });
}
