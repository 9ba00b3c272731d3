/** Random conditions (semantics §5) whose thresholds lie where the generated markets move, so that they are now true, now false. */
import fc from "fast-check";
import { clockOf } from "../reference/dates.ts";
import type { Era } from "./eras.ts";

export interface Setting {
  readonly era: Era;
  /** Seconds of the day in which rows come. */
  readonly from: number;
  readonly to: number;
  /** Series that the market has rows of. */
  readonly future: boolean;
  readonly vix: boolean;
  /** Legs of the position that the condition belongs to; 0 in `entry.when`. */
  readonly legs: number;
}

/** Metrics that can be compared with each other, and numbers among which they move. */
interface Group {
  /** How often, default 1. */
  readonly weight?: number;
  readonly metric: fc.Arbitrary<unknown>;
  readonly near: fc.Arbitrary<unknown>;
}

const from = fc.constantFrom;
const of = <T>(metric: string, args: Record<string, fc.Arbitrary<T> | fc.Arbitrary<unknown>>) => fc.record(args).map((values) => ({ metric, args: values }));
const oneOf = (...arbitraries: fc.Arbitrary<unknown>[]) => fc.oneof(...arbitraries);
const steps = (center: number, step: number, most: number) => fc.integer({ min: -most, max: most }).map((k) => Math.round((center + k * step) * 1000) / 1000);

const BAR = from("5s", "10s", "10s", "30s", "1m");
const BARS = from(1, 2, 3, 5);

/** Indicators whose values are of the kind of their series. */
function averages(args: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown>[] {
  return [
    ...["EMA", "SMA", "WMA"].map((name) => of(name, { n: BARS, ...args, bar: BAR })),
    of("BB_UPPER", { n: from(2, 3, 5), k: from(0, 1, 2), ...args, bar: BAR }),
    of("BB_LOWER", { n: from(2, 3, 5), k: from(1, 2), ...args, bar: BAR }),
    of("SUPERTREND", { n: from(2, 3), mult: from(0.5, 1.5, 3), ...args, bar: from("5s", "10s") }),
  ];
}

function groups({ era, from: start, to, future, vix, legs }: Setting): Group[] {
  const index = from("spot", "spot", ...(future ? ["future"] : []));
  const leg = fc.integer({ min: 1, max: Math.max(1, legs) }).map((n) => `leg:${n}`);
  const away = fc.record({ atm: from(-1, 1, 2), cp: from("CE", "PE") });
  const awayNow = fc.record({ "atm@now": from(-1, 1, 2), cp: from("CE", "PE") });
  const contract = fc.oneof({ weight: 4, arbitrary: from("atm_ce", "atm_pe", "atm_ce@now", "atm_pe@now") as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: away }, { weight: 1, arbitrary: awayNow }, ...(legs > 0 ? [{ weight: 3, arbitrary: leg }] : []));
  const straddle = from("straddle", "straddle@now");
  const premium = (series: fc.Arbitrary<unknown>) =>
    oneOf(
      ...["PRICE_LTP", "BID_L1", "ASK_L1", "MID", "MICROPRICE", "VWAP", "SPOT", "OPEN_DAY", "HIGH_DAY", "LOW_DAY", "PREV_CLOSE"].map((name) => of(name, { of: series })),
      ...averages({ of: series, field: from("price", "mid") }),
      of("FIELD", { name: from("avgPrice", "price", "bp0", "sp1"), of: series }),
    );
  const any = fc.oneof({ weight: 3, arbitrary: contract }, { weight: 1, arbitrary: straddle as fc.Arbitrary<unknown> });
  const span = from({ seconds: 1 }, { seconds: 5 }, { seconds: 10 }, { seconds: 30 }, { minutes: 1 });
  const withSpan = (metric: string, series: fc.Arbitrary<unknown>) => fc.record({ span, of: series }).map(({ span: length, of: name }) => ({ metric, args: { ...length, of: name } }));
  const oscillators = (name: string, args: Record<string, fc.Arbitrary<unknown>>) => of(name, { n: from(2, 3), of: oneOf(index, any), field: from("price"), bar: BAR, ...args });
  const all: Group[] = [
    {
      weight: 6,
      metric: oneOf(
        of("SPOT", { of: index }), from("SPOT"), ...["OPEN_DAY", "HIGH_DAY", "LOW_DAY", "PREV_CLOSE"].map((name) => of(name, { of: index })),
        ...averages({ of: index }), of("ORB_HIGH", { minutes: from(1, 2, (Math.floor((start - 33_300) / 60) + 2)) }), of("ORB_LOW", { minutes: from(1, (Math.floor((start - 33_300) / 60) + 1)) }),
      ),
      near: steps(era.center, era.step / 4, 6),
    },
    { weight: 5, metric: premium(contract), near: steps(era.step, 0.5, 2 * era.step) },
    { weight: 3, metric: premium(straddle), near: steps(2 * era.step, 1, era.step) },
    { metric: of("SPREAD_L1", { of: any }), near: from(0.1, 0.5, 1, 1.5, 2) },
    { metric: of("SPREAD_TICKS", { of: any }), near: from(2, 10, 20, 30, 40) },
    { weight: 2, metric: oneOf(of("OI", { of: contract }), of("EMA", { n: BARS, of: contract, field: from("oi"), bar: BAR }), of("FIELD", { name: from("oi"), of: contract })), near: steps(1000, 50, 8) },
    { metric: of("IMBALANCE", { levels: from(1, 2, 5), of: contract }), near: from(-0.5, -0.2, 0, 0.2, 0.5) },
    { metric: oneOf(withSpan("VOL", any), withSpan("VOL", straddle), from("VOL_1S", "VOL_1M", "VOL_2M"), of("SMA", { n: BARS, of: contract, field: from("volume"), bar: BAR }), ...(future ? [withSpan("VOL", from("future"))] : [])), near: fc.integer({ min: 0, max: 60 }).map((k) => k * era.lot) },
    { metric: oscillators("RSI", {}), near: from(0, 20, 40, 50, 60, 80, 100) },
    { metric: oscillators("ATR", { field: from("price", "price", "mid") }), near: from(0, 0.5, 1, 2, 5, 12.5, 25, 40) },
    { metric: of("MACD", { fast: from(1, 2, 3), slow: from(2, 4), signal: from(1, 2, 3), out: from("line", "signal", "hist"), of: oneOf(index, any), bar: BAR }), near: from(-10, -2, -0.5, 0, 0.5, 2, 10) },
    { metric: oneOf(withSpan("RV", oneOf(index, any)), from("RV_10S", "RV_60S")), near: from(0, 0.02, 0.05, 0.1, 0.5, 2, 5) },
    { metric: oneOf(of("IV", { of: contract }), of("EMA", { n: from(1, 2), of: contract, field: from("iv"), bar: from("5s", "10s") })), near: from(2, 4, 5, 6, 8, 10, 15, 20, 25, 40) },
    { metric: of("DELTA", { of: any, rate: from(0, 0, 0.06) }), near: from(-0.7, -0.5, -0.3, -0.1, 0, 0.1, 0.3, 0.45, 0.5, 0.55, 0.7, 1) },
    { metric: of("GAMMA", { of: any, rate: from(0, 0, 0.06) }), near: from(0, 0.0003, 0.0006, 0.001, 0.0015, 0.002, 0.003) },
    { metric: of("THETA", { of: any, rate: from(0, 0, 0.06) }), near: from(-400, -200, -100, -60, -40, -30, -20, -10, -5) },
    { metric: of("VEGA", { of: any, rate: from(0, 0, 0.06) }), near: from(1, 2, 3, 5, 8, 11, 14, 20, 30) },
    { metric: oneOf(of("GAP_PCT", { of: oneOf(index, any) }), from("GAP_PCT")), near: from(-40, -10, -2, -0.5, -0.1, 0, 0.1, 0.5, 2, 10, 40) },
    { metric: from("TIME"), near: fc.integer({ min: 0, max: 12 }).map((k) => clockOf(Math.round(start + ((to - start) * k) / 12))) },
    { metric: from("DTE"), near: from(0, 1, 2, 3, 7, 10) },
    { metric: from("WEEKDAY"), near: from(1, 2, 3, 4, 5) },
    { metric: of("FIELD", { name: from("bo0", "bo0", "changeper"), of: contract }), near: from(-1, 1, 2, 3, 4) },
  ];
  if (vix) all.push({ weight: 2, metric: oneOf(from("VIX"), of("EMA", { n: BARS, of: from("vix"), bar: BAR }), of("HIGH_DAY", { of: from("vix") }), of("PREV_CLOSE", { of: from("vix") })), near: steps(13, 0.25, 4) });
  if (legs > 0) {
    const rupees = steps(0, era.lot / 2, 24);
    all.push(
      { weight: 4, metric: from("PNL", "PEAK_PNL"), near: rupees },
      { weight: 2, metric: from("DRAWDOWN"), near: rupees.map(Math.abs) },
      { weight: 2, metric: from("HOLD_SECS"), near: from(1, 2, 5, 10, 30, 60, 120) },
    );
  }
  return all;
}

function comparison({ metric, near }: Group): fc.Arbitrary<object> {
  const lagged = fc.record({ x: metric, seconds: from(1, 2, 5, 20) }).map((args) => ({ metric: "LAG", args }));
  const plain = fc.oneof({ weight: 6, arbitrary: metric }, { weight: 1, arbitrary: lagged as fc.Arbitrary<unknown> });
  const worked = fc.oneof(
    fc.tuple(from("add", "min", "max"), fc.array(plain, { minLength: 2, maxLength: 3 })).map(([op, operands]) => (op === "add" ? { div: [{ add: operands }, operands.length] } : { [op]: operands })),
    fc.tuple(plain, from(0.5, 1, 2)).map(([x, k]) => ({ mul: [x, k] })),
    fc.tuple(plain, from(0, 1, 2, 4)).map(([x, k]) => ({ div: [x, k] })),
    fc.tuple(plain, from(-0.5, 0, 0.5, 2)).map(([x, k]) => ({ sub: [x, k] })),
    plain.map((x) => ({ abs: x })),
  ) as fc.Arbitrary<unknown>;
  const lhs = fc.oneof({ weight: 4, arbitrary: plain }, { weight: 1, arbitrary: worked });
  const rhs = fc.oneof({ weight: 4, arbitrary: near }, { weight: 2, arbitrary: plain }, { weight: 1, arbitrary: worked });
  const change = fc.tuple(from("gt", "gte", "lt", "lte", "eq", "ne"), metric, from(1, 5, 20), from(0, 0, 0.5, 1, -1)).map(([op, x, seconds, by]) => ({ [op]: [{ sub: [x, { metric: "LAG", args: { x, seconds } }] }, by] }));
  const ratio = fc.tuple(from("gte", "lt", "ne"), metric, metric, from(0.5, 0.99, 1, 1.01)).map(([op, a, b, k]) => ({ [op]: [{ div: [a, b] }, k] }));
  return fc.oneof(
    { weight: 6, arbitrary: fc.tuple(from("gt", "gte", "lt", "lte"), lhs, rhs).map(([op, a, b]) => ({ [op]: [a, b] })) },
    { weight: 2, arbitrary: fc.tuple(from("eq", "ne"), lhs, rhs).map(([op, a, b]) => ({ [op]: [a, b] })) },
    { weight: 3, arbitrary: fc.tuple(from("crosses_above", "crosses_below"), lhs, rhs).map(([op, a, b]) => ({ [op]: [a, b] })) },
    { weight: 2, arbitrary: fc.tuple(lhs, near, near).map(([x, a, b]) => ({ between: typeof a === "number" && typeof b === "number" && a > b ? [x, b, a] : [x, a, b] })) },
    { weight: 1, arbitrary: change },
    { weight: 1, arbitrary: ratio },
  );
}

/** Comparisons, alone and joined to three levels. */
export function conditionFor(setting: Setting): fc.Arbitrary<object> {
  const leaf = fc.oneof(...groups(setting).map((group) => ({ weight: group.weight ?? 1, arbitrary: comparison(group) })));
  const branch = (inner: fc.Arbitrary<object>): fc.Arbitrary<object> =>
    fc.oneof(
      { weight: 3, arbitrary: fc.array(inner, { minLength: 1, maxLength: 3 }).map((any) => ({ any })) },
      { weight: 2, arbitrary: fc.array(inner, { minLength: 1, maxLength: 2 }).map((all) => ({ all })) },
      { weight: 1, arbitrary: inner.map((not) => ({ not })) },
    );
  const two = branch(leaf);
  return fc.oneof({ weight: 3, arbitrary: leaf }, { weight: 4, arbitrary: two }, { weight: 2, arbitrary: branch(fc.oneof(leaf, two)) });
}
