/** Random conditions (semantics §5) whose thresholds lie where the generated markets move, so that they are now true, now false. */
import fc from "fast-check";
import { clockOf } from "../reference/dates.ts";
import type { Era } from "./eras.ts";

export interface Setting {
  readonly era: Era;
  /** Seconds of the day in which rows come. */
  readonly from: number;
  readonly to: number;
  /** From the start of the first window to the end of the last. */
  readonly start: number;
  readonly end: number;
  /** Series that the market has rows of. */
  readonly future: boolean;
  readonly vix: boolean;
  /** Whether conditions may ask for facts of days. */
  readonly facts: boolean;
  /** Legs of the position that the condition belongs to; 0 in `entry.when`. */
  readonly legs: number;
}

/** Metrics that can be compared with each other, and numbers among which they move. */
interface Group {
  /** How often, default 2: about twice the number of its metrics that no other group has. */
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

/** Minutes after which the first rows of each stretch are in the opening range, and a range that ends before any. */
function rangeMinutes({ era, from: start }: Setting): fc.Arbitrary<number> {
  const seen = era.stretches.filter(([first]) => first <= start).map(([first]) => Math.floor((first - 33_300) / 60) + 1);
  return from(1, ...seen, ...seen, ...seen.map((minutes) => minutes + 1));
}

/** Facts of days, and regimes. */
function ofDays(era: Era): Group[] {
  return [
    { weight: 3, metric: of("DAY", { fact: from("gap", "range5", "range5", "prev_change", "prev_range", "prev_rv", "prev_range5") }), near: from(-2, -0.5, -0.1, 0, 0.05, 0.1, 0.5, 2) },
    { weight: 3, metric: of("DAY", { fact: from("open", "prev_open", "prev_high", "prev_low", "prev_close") }), near: steps(era.center, era.step / 4, 6) },
    { weight: 1, metric: of("REGIME", { of: from("gap", "rv", "range5") }), near: from(1, 5, 10) },
  ];
}

function groups(setting: Setting): Group[] {
  const { era, from: start, to, future, vix, facts, legs } = setting;
  const index = from("spot", "spot", ...(future ? ["future"] : []));
  const leg = fc.integer({ min: 1, max: Math.max(1, legs) }).map((n) => `leg:${n}`);
  const away = fc.record({ atm: from(-1, 1, 2), cp: from("CE", "PE") });
  const awayNow = fc.record({ "atm@now": from(-1, 1, 2), cp: from("CE", "PE") });
  const contract = fc.oneof({ weight: 4, arbitrary: from("atm_ce", "atm_pe", "atm_ce@now", "atm_pe@now") as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: away }, { weight: 1, arbitrary: awayNow }, ...(legs > 0 ? [{ weight: 3, arbitrary: leg }] : []));
  const straddle = from("straddle", "straddle@now");
  const premium = (series: fc.Arbitrary<unknown>) =>
    oneOf(
      ...["PRICE_LTP", "BID_L1", "ASK_L1", "MID", "MICROPRICE", "VWAP", "VWAP", "SPOT", "OPEN_DAY", "HIGH_DAY", "LOW_DAY", "PREV_CLOSE"].map((name) => of(name, { of: series })),
      ...averages({ of: series, field: from("price", "mid") }),
      of("FIELD", { name: from("avgPrice", "price", "bp0", "sp1"), of: series }),
    );
  const any = fc.oneof({ weight: 3, arbitrary: contract }, { weight: 1, arbitrary: straddle as fc.Arbitrary<unknown> });
  const span = from({ seconds: 1 }, { seconds: 5 }, { seconds: 10 }, { seconds: 30 }, { minutes: 1 });
  const withSpan = (metric: string, series: fc.Arbitrary<unknown>) => fc.record({ span, of: series }).map(({ span: length, of: name }) => ({ metric, args: { ...length, of: name } }));
  const oscillators = (name: string, args: Record<string, fc.Arbitrary<unknown>>) => of(name, { n: from(2, 3), of: oneOf(index, any), field: from("price"), bar: BAR, ...args });
  const range = (name: string) => of(name, { minutes: rangeMinutes(setting), of: index });
  const all: Group[] = [
    {
      weight: 16,
      metric: fc.oneof(
        { weight: 12, arbitrary: oneOf(of("SPOT", { of: index }), from("SPOT"), ...["OPEN_DAY", "HIGH_DAY", "LOW_DAY", "PREV_CLOSE", "PREV_CLOSE"].map((name) => of(name, { of: index })), ...averages({ of: index })) },
        // Mostly not known yet, or of no row.
        { weight: 14, arbitrary: oneOf(range("ORB_HIGH"), range("ORB_LOW")) },
      ),
      near: steps(era.center, era.step / 4, 6),
    },
    { weight: 16, metric: premium(contract), near: steps(era.step, 0.5, era.step) },
    { weight: 8, metric: premium(straddle), near: steps(2.25 * era.step, 0.5, era.step) },
    { weight: 3, metric: of("SPREAD_L1", { of: any }), near: from(0.1, 0.5, 1, 1.5, 2) },
    { weight: 3, metric: of("SPREAD_TICKS", { of: any }), near: from(2, 10, 20, 30, 40) },
    { weight: 6, metric: oneOf(of("OI", { of: contract }), of("EMA", { n: BARS, of: contract, field: from("oi"), bar: BAR }), of("FIELD", { name: from("oi"), of: contract })), near: steps(1000, 50, 8) },
    { weight: 3, metric: of("IMBALANCE", { levels: from(1, 2, 5), of: contract }), near: from(-0.5, -0.2, 0, 0.2, 0.5) },
    { weight: 3, metric: oneOf(withSpan("VOL", any), withSpan("VOL", straddle), from("VOL_1S", "VOL_1M", "VOL_2M"), of("SMA", { n: BARS, of: any, field: from("volume"), bar: BAR }), ...(future ? [withSpan("VOL", from("future"))] : [])), near: fc.integer({ min: 0, max: 60 }).map((k) => k * era.lot) },
    { weight: 3, metric: oscillators("RSI", {}), near: from(0, 20, 40, 50, 60, 80, 100) },
    { weight: 5, metric: oscillators("ATR", { field: from("price", "price", "mid") }), near: from(0, 0.5, 1, 2, 5, 12.5, 25, 40) },
    { weight: 3, metric: of("MACD", { fast: from(1, 2, 3), slow: from(2, 4), signal: from(1, 2, 3), out: from("line", "signal", "hist"), of: oneOf(index, any), bar: BAR }), near: from(-10, -2, -0.5, 0, 0.5, 2, 10) },
    { weight: 3, metric: oneOf(withSpan("RV", oneOf(index, any)), from("RV_10S", "RV_60S")), near: from(0, 0.02, 0.05, 0.1, 0.5, 2, 5) },
    { weight: 4, metric: oneOf(of("IV", { of: contract }), of("EMA", { n: from(1, 2), of: contract, field: from("iv"), bar: from("5s", "10s") })), near: from(2, 4, 5, 6, 8, 10, 15, 20, 25, 40) },
    { weight: 3, metric: of("DELTA", { of: any, rate: from(0, 0, 0.06) }), near: from(-0.7, -0.5, -0.3, -0.1, 0, 0.1, 0.3, 0.45, 0.5, 0.55, 0.7, 1) },
    { weight: 3, metric: of("GAMMA", { of: any, rate: from(0, 0, 0.06) }), near: from(0, 0.0003, 0.0006, 0.001, 0.0015, 0.002, 0.003) },
    { weight: 3, metric: of("THETA", { of: any, rate: from(0, 0, 0.06) }), near: from(-400, -200, -100, -60, -40, -30, -20, -10, -5) },
    { weight: 3, metric: of("VEGA", { of: any, rate: from(0, 0, 0.06) }), near: from(1, 2, 3, 5, 8, 11, 14, 20, 30) },
    { weight: 5, metric: oneOf(of("GAP_PCT", { of: oneOf(index, any) }), from("GAP_PCT")), near: from(-40, -10, -2, -0.5, -0.1, 0, 0.1, 0.5, 2, 10, 40) },
    ...(facts ? ofDays(era) : []),
    { weight: 1, metric: from("TIME"), near: fc.integer({ min: 0, max: 12 }).map((k) => clockOf(Math.round(start + ((to - start) * k) / 12))) },
    { weight: 3, metric: from("DTE"), near: from(0, 1, 2, 3, 7, 10) },
    { weight: 3, metric: from("WEEKDAY"), near: from(1, 2, 3, 4, 5) },
    { weight: 1, metric: of("FIELD", { name: from("bo0", "bo0", "changeper"), of: contract }), near: from(-1, 1, 2, 3, 4) },
  ];
  if (vix) all.push({ weight: 5, metric: oneOf(from("VIX"), of("EMA", { n: BARS, of: from("vix"), bar: BAR }), of("HIGH_DAY", { of: from("vix") }), of("PREV_CLOSE", { of: from("vix") })), near: steps(13, 0.25, 4) });
  if (legs > 0) {
    const rupees = steps(0, era.lot / 2, 8);
    all.push(
      { weight: 14, metric: from("PNL", "PEAK_PNL"), near: rupees },
      { weight: 8, metric: from("DRAWDOWN"), near: rupees.map(Math.abs) },
      { weight: 6, metric: from("HOLD_SECS"), near: from(1, 2, 5, 10, 30, 60, 120) },
    );
  }
  return all;
}

function comparison({ metric, near }: Group): fc.Arbitrary<object> {
  const lagged = fc.record({ x: metric, seconds: from(1, 2, 5, 20) }).map((args) => ({ metric: "LAG", args }));
  const plain = fc.oneof({ weight: 6, arbitrary: metric }, { weight: 1, arbitrary: lagged as fc.Arbitrary<unknown> });
  const several = fc.array(plain, { minLength: 2, maxLength: 3 });
  const worked = fc.oneof(
    several.map((operands) => ({ div: [{ add: operands }, operands.length] })),
    several.map((min) => ({ min })),
    several.map((max) => ({ max })),
    fc.tuple(plain, from(0.5, 0.998, 1, 1.002, 2)).map(([x, k]) => ({ mul: [x, k] })),
    fc.tuple(plain, from(0, 0.998, 1, 1.002, 2)).map(([x, k]) => ({ div: [x, k] })),
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

/** Two ways to the same number, which the computer may round apart. */
function alike(setting: Setting): fc.Arbitrary<object> {
  const contract = from("atm_ce", "atm_pe", "atm_ce@now", ...(setting.legs > 0 ? ["leg:1", "leg:1"] : []));
  const metric = (name: string, args: object) => ({ metric: name, args });
  const pair = fc.oneof(
    contract.map((series) => [{ sub: [metric("ASK_L1", { of: series }), metric("BID_L1", { of: series })] }, metric("SPREAD_L1", { of: series })]),
    contract.map((series) => [{ mul: [metric("SPREAD_TICKS", { of: series }), 0.05] }, metric("SPREAD_L1", { of: series })]),
    contract.map((series) => [{ div: [{ add: [metric("BID_L1", { of: series }), metric("ASK_L1", { of: series })] }, 2] }, metric("MID", { of: series })]),
    from("", "@now").map((now) => [{ add: [metric("MID", { of: `atm_ce${now}` }), metric("MID", { of: `atm_pe${now}` })] }, metric("MID", { of: `straddle${now}` })]),
    fc.tuple(contract, BARS, BAR).map(([series, n, bar]) => [metric("BB_UPPER", { n, k: 0, of: series, bar }), metric("SMA", { n, of: series, bar })]),
  );
  const op = from("gt", "gte", "lt", "lte", "eq", "ne", "crosses_above", "crosses_below");
  return fc.tuple(op, pair).map(([name, sides]) => ({ [name]: sides }));
}

/** One comparison after the other has the say: each for an equal share of the time, so that none hides another. */
function inTurns({ start, end }: Setting, leaf: fc.Arbitrary<object>): fc.Arbitrary<object> {
  return fc.array(leaf, { minLength: 5, maxLength: 9 }).map((leaves) => {
    const from = (turn: number) => start + Math.round(((end - start) * turn) / leaves.length);
    return { any: leaves.map((one, turn) => ({ all: [{ between: ["TIME", clockOf(from(turn)), clockOf(from(turn + 1) - 1)] }, one] })) };
  });
}

/** Comparisons: alone, joined to three levels, and in turns. */
export function conditionFor(setting: Setting): fc.Arbitrary<object> {
  const leaf = fc.oneof(...groups(setting).map((group) => ({ weight: group.weight ?? 2, arbitrary: comparison(group) })), { weight: 3, arbitrary: alike(setting) });
  const branch = (inner: fc.Arbitrary<object>): fc.Arbitrary<object> =>
    fc.oneof(
      { weight: 3, arbitrary: fc.array(inner, { minLength: 1, maxLength: 3 }).map((any) => ({ any })) },
      { weight: 2, arbitrary: fc.array(inner, { minLength: 1, maxLength: 2 }).map((all) => ({ all })) },
      { weight: 1, arbitrary: inner.map((not) => ({ not })) },
    );
  const two = branch(leaf);
  return fc.oneof({ weight: 1, arbitrary: leaf }, { weight: 1, arbitrary: two }, { weight: 1, arbitrary: branch(fc.oneof(leaf, two)) }, { weight: 15, arbitrary: inTurns(setting, fc.oneof({ weight: 5, arbitrary: leaf }, { weight: 1, arbitrary: two })) });
}
