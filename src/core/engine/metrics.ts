/** Every metric of semantics §5 by second, computed once a day and shared by all variants that use it. */
import { FACTS, knownFrom, REGIME_KNOWN, type DayFacts, type Known } from "../facts/day-facts.ts";
import type { Field, MetricName } from "../strategy/metrics.ts";
import { seriesKey, type Series as SeriesName } from "../strategy/series.ts";
import type { Metric, Operand as OperandNode } from "../strategy/condition.ts";
import { absolute, arithmetic } from "../series/arithmetic.ts";
import { closes, ranges, sums } from "../series/bars.ts";
import { greek, impliedVolatility, volatilityPercent, type Greek, type OptionInputs } from "../series/greeks.ts";
import { atr, bollinger, ema, macd, rsi, sma, supertrend, wma } from "../series/indicators.ts";
import type { Operand, Series, SeriesDay } from "../series/series-day.ts";
import { lag, openingRange, realisedVolatility, soFar, trailingSum, vwap } from "../series/trailing.ts";
import { OPTION_SIDES } from "../results/types.ts";
import type { Strategy } from "../strategy/types.ts";
import { isoDate, SECONDS_PER_DAY, weekday, type DayNumber } from "../time.ts";
import type { Chain } from "./chain.ts";
import type { GREEK_COLUMNS } from "./field-series.ts";
import { NotRun } from "./not-run.ts";
import { hasOwnHistory, type PreviousCloses } from "./previous-close.ts";
import type { Instrument, Quantity } from "./instrument-values.ts";
import type { Sources, Splice } from "./sources.ts";

/** The instruments of the day beside its contracts; undefined where the data has none. */
export interface DayInstruments {
  readonly spot: Instrument;
  readonly future: Instrument | undefined;
  readonly vix: Instrument | undefined;
  /** Synthetic forward of an expiry, or spot in seconds that have none: what Greeks are computed on. */
  forward(chain: Chain): Series;
  /** Whether the forward of an expiry is its own, not spot in its stead. */
  hasForward(chain: Chain): boolean;
  /** Close of an expiry's day, seconds of that day. */
  expiryClose(expiry: DayNumber): number;
}

/** What a metric is computed of, once every name is resolved. */
type Source =
  | { readonly kind: "instrument"; readonly instrument: Instrument; readonly contract?: number }
  | { readonly kind: "spliced"; readonly splice: Splice }
  | { readonly kind: "sum"; readonly parts: readonly [Source, Source] };

const FIELD_QUANTITY: Record<Exclude<Field, "iv">, Quantity> = { price: { kind: "price" }, mid: { kind: "mid" }, volume: { kind: "volume" }, oi: { kind: "oi" }, spread: { kind: "spread" } };
const QUOTE_METRICS: Partial<Record<MetricName, Quantity>> = {
  SPOT: { kind: "price" }, PRICE_LTP: { kind: "price" }, BID_L1: { kind: "bid" }, ASK_L1: { kind: "ask" }, MID: { kind: "mid" },
  SPREAD_L1: { kind: "spread" }, SPREAD_TICKS: { kind: "spreadTicks" }, OI: { kind: "oi" }, MICROPRICE: { kind: "microprice" },
};
const GREEK_METRICS: Partial<Record<MetricName, Greek>> = { DELTA: "delta", GAMMA: "gamma", THETA: "theta", VEGA: "vega" };

/** What a leg that is the future has its previous close from. */
export const THE_FUTURE: SeriesName = { kind: "future" };

export class DayMetrics {
  private readonly done = new Map<string, Operand>();

  constructor(
    readonly day: SeriesDay,
    readonly sources: Sources,
    readonly instruments: DayInstruments,
    private readonly closes: PreviousCloses,
    /** Of the whole day: what is not known yet at a second is missing there. Null where none are asked for. */
    private readonly facts: DayFacts | null,
    private readonly greeks: Strategy["universe"]["greeks"],
  ) {}

  /** A metric that does not depend on a position, or on its legs `contracts` alone. */
  metric(metric: Metric, contracts: readonly number[] = []): Operand {
    const key = metricKey(metric, contracts);
    const known = this.done.get(key);
    if (known !== undefined) return known;
    const value = this.compute(metric, contracts);
    this.done.set(key, value);
    return value;
  }

  operand(node: OperandNode, metric: (metric: Metric) => Operand): Operand {
    if (node.kind === "constant") return node.value;
    if (node.kind === "metric") return metric(node);
    const [first, ...rest] = node.operands.map((operand) => this.operand(operand, metric));
    if (node.op === "abs") return typeof first === "number" ? Math.abs(first) : absolute(this.day, first);
    return arithmetic(this.day, node.op, [first, rest[0], ...rest.slice(1)]);
  }

  private compute(metric: Metric, contracts: readonly number[]): Operand {
    const { market } = this.sources;
    switch (metric.name) {
      case "TIME":
        return this.ramp(market.session.open);
      case "DTE":
        return market.expiry - market.date;
      case "WEEKDAY":
        return weekday(market.date);
      case "DAY":
        return this.knownFrom(FACTS[metric.args.fact].known, this.facts?.values[metric.args.fact] ?? null);
      case "REGIME":
        return this.knownFrom(REGIME_KNOWN[metric.args.regime], this.facts?.regimes[metric.args.regime] ?? null);
      case "LAG":
        return this.lagged(this.metric(metric.args.x, contracts), metric.args.seconds);
      case "PNL":
      case "DRAWDOWN":
      case "PEAK_PNL":
      case "HOLD_SECS":
        throw new Error(`${metric.name} is no metric of the day alone.`);
      default: {
        const { of } = metric.args;
        // A block may have fewer legs than another: what is said of a leg that it has not got is unknown.
        if (of.kind === "leg" && contracts[of.leg - 1] === undefined) return this.constant(NaN);
        // The contracts of a spliced series play no part in its previous close.
        if (metric.name === "PREV_CLOSE" && !hasOwnHistory(of)) return this.orMissing(this.closes.series(of));
        return isNow(of) ? this.now(metric, of) : this.ofSource(metric, this.source(of, contracts));
      }
    }
  }

  lagged(operand: Operand, seconds: number): Operand {
    return lag(this.day, typeof operand === "number" ? this.constant(operand) : operand, seconds);
  }

  /** A value of the day, missing before it is known. */
  private knownFrom(known: Known, value: number | null): Series {
    const out = this.orMissing(value);
    const first = this.instruments.spot.grid.prices(this.day.seconds).findIndex((price) => price > 0);
    const from = knownFrom(known, first < 0 ? null : first) ?? this.day.seconds;
    this.day.kernels.f64.fill(NaN, out.pointer >> 3, (out.pointer >> 3) + Math.min(from, this.day.seconds));
    return out;
  }

  private constant(value: number): Series {
    const out = this.day.newSeries();
    this.day.kernels.f64.fill(value, out.pointer >> 3, (out.pointer >> 3) + this.day.slots);
    return out;
  }

  private orMissing(value: number | null): Series {
    return this.constant(value ?? NaN);
  }

  /** The close of the contracts that the source is, or of what the series stood for then. */
  private previousClose(of: SeriesName, source: Source): Series {
    if (!hasOwnHistory(of)) return this.orMissing(this.closes.series(of));
    if (source.kind === "instrument" && this.sources.market.isFuture(source.contract!)) return this.orMissing(this.closes.series(THE_FUTURE));
    const parts = source.kind === "sum" ? source.parts : [source];
    const contracts = parts.map((part) => {
      if (part.kind !== "instrument" || part.contract === undefined) throw new Error("Only contracts have closes of their own.");
      return this.sources.market.contract(part.contract);
    });
    return this.orMissing(this.closes.contracts(contracts));
  }

  private ramp(first: number): Series {
    const out = this.day.newSeries();
    const memory = this.day.kernels.f64;
    for (let s = 0; s < this.day.slots; s++) memory[(out.pointer >> 3) + s] = first + s;
    return out;
  }

  /** The own history of the contracts that are chosen at s: the metric of each, put together second by second. */
  private now(metric: Metric, of: SeriesName): Series {
    const { sources, day } = this;
    if (metric.name === "VOL") return this.volumeNow(metric, of);
    if (of.kind === "contract") return this.contractNow(metric, of.cp, of.atm);
    const [calls, puts] = [sources.splice(0, 0), sources.splice(1, 0)];
    // A pair is known by the places of its call and put; the straddle's own history is that of the pair.
    const memory = day.kernels.i32;
    const pairs = new Map<number, number>();
    const which = day.kernels.run.alloc(day.seconds * 4);
    const view = day.kernels.i32;
    for (let s = 0; s < day.seconds; s++) {
      const [call, put] = [(memory === view ? memory : view)[(calls.which >> 2) + s], view[(puts.which >> 2) + s]];
      let place = -1;
      if (call >= 0 && put >= 0) {
        const pair = call * puts.contracts.length + put;
        place = pairs.get(pair) ?? pairs.size;
        pairs.set(pair, place);
      }
      view[(which >> 2) + s] = place;
    }
    const splice = { which, contracts: [...pairs.keys()] };
    return sources.splicedSeries(splice, (pair) => {
      const parts = [calls.contracts[Math.floor(pair / puts.contracts.length)], puts.contracts[pair % puts.contracts.length]].map((contract): Source => ({ kind: "instrument", instrument: sources.contract(contract), contract }));
      return this.ofSource(metric, { kind: "sum", parts: [parts[0], parts[1]] }) as Series;
    });
  }

  private contractNow(metric: Metric, cp: number, atm: number): Series {
    const { sources } = this;
    const single = (contract: number) => this.ofSource(metric, { kind: "instrument", instrument: sources.contract(contract), contract }) as Series;
    return sources.splicedSeries(sources.splice(cp, atm), (contract) => sources.cached(`${metric.key} of ${contract}`, () => single(contract)));
  }

  /** A side that no contract is chosen for counts 0, as everywhere in VOL: only a span that began before the open is missing. */
  private volumeNow(metric: Extract<Metric, { readonly name: "VOL" }>, of: SeriesName): Series {
    const { day, sources } = this;
    const sides = of.kind === "contract" ? [of] : OPTION_SIDES.map((_, cp) => ({ cp, atm: 0 }));
    const [first, ...rest] = sides.map(({ cp, atm }) => sources.orZero(this.contractNow(metric, cp, atm)));
    return arithmetic(day, "add", [trailingSum(day, this.constant(0), metric.args.seconds), first, ...rest]);
  }

  private source(of: SeriesName, contracts: readonly number[]): Source {
    const { instruments, sources } = this;
    switch (of.kind) {
      case "spot":
        return { kind: "instrument", instrument: instruments.spot };
      case "future":
      case "vix": {
        const instrument = instruments[of.kind];
        if (!instrument) throw new Error(`The data has no ${of.kind}.`);
        return { kind: "instrument", instrument };
      }
      case "leg":
        return { kind: "instrument", instrument: sources.contract(contracts[of.leg - 1]), contract: contracts[of.leg - 1] };
      case "contract":
        return { kind: "spliced", splice: sources.splice(of.cp, of.atm) };
      case "straddle":
        return { kind: "sum", parts: [{ kind: "spliced", splice: sources.splice(0, 0) }, { kind: "spliced", splice: sources.splice(1, 0) }] };
    }
  }

  /** A quantity of a source by second. The parts of a sum are missing together. */
  private value(source: Source, quantity: Quantity): Series {
    const { sources, day } = this;
    switch (source.kind) {
      case "instrument":
        return sources.of(source.instrument, quantity);
      case "spliced":
        return sources.of(sources.spliced(source.splice), quantity);
      case "sum": {
        const [a, b] = source.parts.map((part) => this.value(part, quantity));
        return arithmetic(day, "add", [a, b]);
      }
    }
  }

  private ofSource(metric: Metric, source: Source): Operand {
    const { day } = this;
    const quote = QUOTE_METRICS[metric.name];
    if (quote) return this.value(source, quote);
    const which = GREEK_METRICS[metric.name];
    if (which && "rate" in metric.args) return this.greek(source, which, metric.args.rate);
    switch (metric.name) {
      case "FIELD":
        return this.value(source, { kind: "field", name: metric.args.name });
      case "IMBALANCE":
        return this.value(source, { kind: "imbalance", levels: metric.args.levels });
      case "OPEN_DAY":
        return soFar(day, this.value(source, { kind: "price" }), "open");
      case "HIGH_DAY":
        return soFar(day, this.value(source, { kind: "price" }), "high");
      case "LOW_DAY":
        return soFar(day, this.value(source, { kind: "price" }), "low");
      case "ORB_HIGH":
      case "ORB_LOW":
        return openingRange(day, this.value(source, { kind: "price" }), metric.name === "ORB_HIGH" ? "high" : "low", metric.args.minutes * 60);
      case "PREV_CLOSE":
        return this.previousClose(metric.args.of, source);
      case "GAP_PCT": {
        const opened = soFar(day, this.value(source, { kind: "price" }), "open");
        return arithmetic(day, "mul", [arithmetic(day, "sub", [arithmetic(day, "div", [opened, this.previousClose(metric.args.of, source)]), 1]), 100]);
      }
      case "VOL":
        return trailingSum(day, this.volume(source), metric.args.seconds);
      case "VWAP":
        return this.vwap(source);
      case "RV":
        return realisedVolatility(day, this.value(source, { kind: "price" }), metric.args.seconds);
      case "IV":
        return this.volatility(source, metric.args.rate);
      default:
        return this.indicator(metric, source);
    }
  }

  /** As VOL counts it: a missing side of a straddle is 0. */
  private volume(source: Source): Series {
    const sides = source.kind === "sum" ? source.parts : [source];
    const [first, second] = sides.map((side) => this.value(side, { kind: "volume" }));
    return second === undefined ? first : this.sources.sumOrZero(first, second);
  }

  /** Of a straddle: the sum of the two. */
  private vwap(source: Source): Series {
    if (source.kind === "sum") return arithmetic(this.day, "add", [this.vwap(source.parts[0]), this.vwap(source.parts[1])]);
    return vwap(this.day, this.value(source, { kind: "price" }), this.value(source, { kind: "volume" }));
  }

  private indicator(metric: Metric, source: Source): Series {
    const { day } = this;
    if (!("bar" in metric.args)) throw new Error(`${metric.name} has no bars.`);
    const { field, bar } = metric.args;
    const values = field === "iv" ? this.volatility(source, 0) : this.value(source, FIELD_QUANTITY[field]);
    if (metric.name === "ATR") return atr(day, ranges(day, values, bar), metric.args.n);
    if (metric.name === "SUPERTREND") return supertrend(day, ranges(day, values, bar), metric.args.n, metric.args.mult);
    const bars = field === "volume" ? sums(day, values, bar) : closes(day, values, bar);
    switch (metric.name) {
      case "EMA":
        return ema(day, bars, metric.args.n);
      case "SMA":
        return sma(day, bars, metric.args.n);
      case "WMA":
        return wma(day, bars, metric.args.n);
      case "RSI":
        return rsi(day, bars, metric.args.n);
      case "BB_UPPER":
        return bollinger(day, bars, metric.args.n, metric.args.k);
      case "BB_LOWER":
        return bollinger(day, bars, metric.args.n, -metric.args.k);
      case "MACD":
        return macd(day, bars, metric.args);
      default:
        throw new Error(`${metric.name} is no indicator.`);
    }
  }

  /** What an option's volatility and Greeks are found from. */
  optionInputs(contract: number, rate: number): OptionInputs {
    const { sources, instruments } = this;
    const { market } = sources;
    const chain = market.chainOf(contract);
    const { expiry } = chain.terms;
    return {
      cp: OPTION_SIDES[contract & 1],
      forward: instruments.forward(chain),
      price: sources.of(sources.contract(contract), { kind: "mid" }),
      strike: market.contract(contract).strike,
      secondsLeft: (expiry - market.date) * SECONDS_PER_DAY + instruments.expiryClose(expiry) - market.session.open,
      rate,
    };
  }

  private implied(contract: number, rate: number) {
    return impliedVolatility(this.day, this.optionInputs(contract, rate));
  }

  /** A Greek or IV as it stands in the contract's latest row. Throws NotRun where the rows have no such column. */
  private fromData(contract: number, name: (typeof GREEK_COLUMNS)[number]): Series {
    const { sources } = this;
    const instrument = sources.contract(contract);
    if (!sources.market.slice(contract)?.fields.has(name)) {
      const { symbol, expiry, strike, cp } = sources.market.contract(contract);
      throw new NotRun("unreadable", `universe.greeks is data, but the rows of ${symbol} ${isoDate(expiry)} ${strike} ${cp} have no column "${name}"; add it, or write greeks: computed`);
    }
    return sources.of(instrument, { kind: "field", name });
  }

  /** Percent a year; as the data has it with `greeks: data`. */
  private volatility(source: Source, rate: number): Series {
    if (this.greeks === "data") return this.perContract(source, "iv of the data", (contract) => this.fromData(contract, "iv"));
    return this.perContract(source, `iv ${rate}`, (contract) => volatilityPercent(this.day, this.implied(contract, rate)));
  }

  private greek(source: Source, which: Greek, rate: number): Series {
    if (this.greeks === "data") return this.perContract(source, `${which} of the data`, (contract) => this.fromData(contract, which));
    return this.perContract(source, `${which} ${rate}`, (contract) => greek(this.day, which, this.implied(contract, rate)));
  }

  /** Delta or theta of a contract at one second; null where it has none. */
  greekAt(which: Greek, contract: number, s: number): number | null {
    const { day } = this;
    if (this.greeks === "data") return day.value(this.fromData(contract, which), s);
    const inputs = this.optionInputs(contract, 0);
    return day.kernels.scoped(() => day.value(greek(day, which, impliedVolatility(day, inputs, s, s + 1), s, s + 1), s));
  }

  private perContract(source: Source, key: string, of: (contract: number) => Series): Series {
    const { sources, day } = this;
    switch (source.kind) {
      case "instrument":
        if (source.contract === undefined) throw new Error("Only a contract has Greeks.");
        if (sources.market.isFuture(source.contract)) return this.constant(NaN);
        return sources.cached(`${source.instrument.key} ${key}`, () => of(source.contract!));
      case "spliced":
        return sources.cached(`${source.splice.key} ${key}`, () => sources.splicedSeries(source.splice, (contract) => sources.cached(`contract ${contract} ${key}`, () => of(contract))));
      case "sum":
        return arithmetic(day, "add", [this.perContract(source.parts[0], key, of), this.perContract(source.parts[1], key, of)]);
    }
  }
}

function isNow(of: SeriesName): boolean {
  return (of.kind === "contract" || of.kind === "straddle") && of.now;
}

/** `leg:n` is another contract in every position: the key says which. */
function metricKey(metric: Metric, contracts: readonly number[]): string {
  return contracts.length === 0 || !dependsOnLegs(metric) ? metric.key : `${metric.key} legs ${contracts.join(",")}`;
}

export function dependsOnLegs(metric: Metric): boolean {
  if (metric.name === "LAG") return dependsOnLegs(metric.args.x);
  return "of" in metric.args && seriesKey(metric.args.of).startsWith("leg:");
}
