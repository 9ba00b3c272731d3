/** Semantics §5: the value of every metric at a second, by its definition. Null: missing. */
import type { Fact } from "../../src/core/facts/day-facts.ts";
import type { Regime } from "../../src/core/facts/regimes.ts";
import type { Metric } from "../../src/core/strategy/condition.ts";
import type { Field } from "../../src/core/strategy/metrics.ts";
import { seriesKey, type Series } from "../../src/core/strategy/series.ts";
import { greeksOf, type Greeks } from "./black76.ts";
import type { Bug } from "./bugs.ts";
import { daysBetween } from "./dates.ts";
import { indicatorAt, type Bar, type Indicator } from "./indicators.ts";
import type { SessionHours } from "./rules.ts";
import { bySecond, remembered } from "./memory.ts";
import { chosenAt, membersAt, rupees, slotOf, valueAt, type Instrument, type Instruments, type Legs, type Quantity } from "./series.ts";
import { finite } from "./values.ts";

export interface MetricDay extends Instruments {
  readonly date: string;
  readonly expiry: string;
  readonly session: SessionHours;
  /** Where spot comes from. */
  readonly source: string;
  /** Where IV and Greeks come from. */
  readonly greeks: "computed" | "data";
  /** Rupees: synthetic F of the expiry, or spot where it has none. */
  forward(expiry: string, second: number): number | null;
  /** Seconds to the close of the expiry day. */
  secondsLeft(expiry: string, second: number): number;
  /** Last value of the latest earlier date, rupees. */
  previousClose(series: Series, chosen: readonly (Instrument | null)[]): number | null;
  /** Facts and regimes of the date as far as they are known at a second. */
  fact(fact: Fact, second: number): number | null;
  regime(regime: Regime, second: number): number | null;
}

/** The open position as conditions see it. */
export interface Held {
  readonly legs: Legs;
  /** Of its first fill. */
  readonly fillSecond: number;
  /** Paise, as the decision of that second saw them; undefined before the fill. */
  readonly path: ReadonlyMap<number, { readonly pnl: number; readonly peak: number }>;
}

const YEAR = 365 * 86_400;

/** Of an option alone. */
export function greekAt(day: MetricDay, instrument: Instrument, second: number, rate: number, part: keyof Greeks): number | null {
  if (instrument.option === undefined) return null;
  return day.greeks === "data" ? finite(slotOf(instrument, second)?.columns?.[part]) : (computedGreeks(day, instrument, instrument.option, second, rate)?.[part] ?? null);
}

function computedGreeks(day: MetricDay, instrument: Instrument, option: NonNullable<Instrument["option"]>, second: number, rate: number): Greeks | null {
  return bySecond(instrument, `greeks ${day.source} ${rate}`, (s) => {
    const price = MID(instrument, s);
    const forward = day.forward(option.expiry, s);
    if (price === null || forward === null) return null;
    return greeksOf({ ...option, forward, price, time: day.secondsLeft(option.expiry, s) / YEAR, rate });
  })(second);
}

const BID: Quantity = (i, s) => rupees(slotOf(i, s)?.bid ?? null);
const ASK: Quantity = (i, s) => rupees(slotOf(i, s)?.ask ?? null);
const both = (i: Instrument, s: number, of: (bid: number, ask: number) => number): number | null => {
  const slot = slotOf(i, s);
  return slot === null || slot.bid === null ? null : of(slot.bid, slot.ask!);
};
const MID: Quantity = (i, s) => both(i, s, (bid, ask) => (bid + ask) / 2 / 100);
const SPREAD: Quantity = (i, s) => both(i, s, (bid, ask) => (ask - bid) / 100);
const SPREAD_TICKS: Quantity = (i, s) => both(i, s, (bid, ask) => (ask - bid) / 5);
const OI: Quantity = (i, s) => slotOf(i, s)?.oi ?? null;
const PRICE: Quantity = (i, s) => i.price(s);

const MICROPRICE: Quantity = (i, s) => {
  const slot = slotOf(i, s);
  const bid = slot?.book?.bids[0];
  const ask = slot?.book?.asks[0];
  return bid && ask ? (bid.price * ask.quantity + ask.price * bid.quantity) / (bid.quantity + ask.quantity) / 100 : null;
};

const imbalance = (levels: number): Quantity => (i, s) => {
  const book = slotOf(i, s)?.book;
  if (!book) return null;
  const total = (side: typeof book.bids) => side.slice(0, levels).reduce((sum, level) => sum + (level?.quantity ?? 0), 0);
  const [bids, asks] = [total(book.bids), total(book.asks)];
  return bids + asks === 0 ? null : (bids - asks) / (bids + asks);
};

const column = (name: string): Quantity => (i, s) => {
  const value = finite(slotOf(i, s)?.columns?.[name]);
  return value !== null && value < 0 && name !== "changeper" ? null : value;
};

/** Volume of one second: what the cumulative volume rose by. The first value of the session counts 0. */
const volumeOf = (open: number): Quantity => (i, s) => {
  const now = slotOf(i, s)?.volume ?? null;
  const before = s > open ? (slotOf(i, s - 1)?.volume ?? null) : null;
  if (now === null) return null;
  return before === null ? 0 : Math.max(0, now - before);
};

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
}

interface PriceRange {
  readonly first: number;
  readonly high: number;
  readonly low: number;
}

/** Everything that the value of a metric at a second depends on. */
class View {
  constructor(
    readonly day: MetricDay,
    readonly held: Held | null,
    readonly second: number,
    readonly bug?: Bug,
  ) {}

  get open(): number {
    return this.day.session.open;
  }

  get legs(): Legs {
    return this.held?.legs ?? [];
  }

  at(second: number): View {
    return new View(this.day, this.held, second, this.bug);
  }

  /** The series' own value now. */
  now(series: Series, quantity: Quantity): number | null {
    return valueAt(this.day, series, this.second, this.second, quantity, this.legs, this.bug);
  }

  /** What a series was at seconds up to now. */
  history(series: Series, field: Field): (second: number) => number | null {
    const quantity = fieldOf(field, this);
    return bySecond(this.day, `history ${this.nameOf(series)} ${field}`, (u) => valueAt(this.day, series, this.second, u, quantity, this.legs, this.bug));
  }

  /** Of a series that follows its own contracts: with their names. */
  nameOf(series: Series): string {
    const own = series.kind === "leg" || chosenAt(series, this.second, this.second - 1, this.bug) === this.second;
    return `${seriesKey(series)} ${own ? membersAt(this.day, series, this.second, this.legs, this.bug).map((member) => member?.key).join() : ""}`;
  }

  /** What has gathered from the open to a second, now by default: each second's from that of the second before. */
  sinceOpen<T>(name: string, series: Series, nothing: T, next: (before: T, second: number) => T, to = this.second): T {
    const gathered = remembered(this.day, `${name} since the open of ${this.nameOf(series)}`, () => [nothing]);
    for (let u = this.open + gathered.length - 1; u <= to; u++) gathered.push(next(gathered.at(-1)!, u));
    return gathered[to - this.open + 1];
  }

  prices(series: Series, to = this.second): PriceRange | null {
    const priceAt = this.history(series, "price");
    const next = (before: PriceRange | null, u: number): PriceRange | null => {
      const price = priceAt(u);
      if (price === null) return before;
      return before === null ? { first: price, high: price, low: price } : { first: before.first, high: Math.max(before.high, price), low: Math.min(before.low, price) };
    };
    return this.sinceOpen("prices", series, null, next, to);
  }
}

export function metricAt(metric: Metric, day: MetricDay, held: Held | null, second: number, bug?: Bug): number | null {
  return value(metric, new View(day, held, second, bug));
}

function value(metric: Metric, view: View): number | null {
  const { day, second, held, open } = view;
  if (second < open) return null;
  switch (metric.name) {
    case "SPOT":
    case "PRICE_LTP":
      return view.now(metric.args.of, PRICE);
    case "OPEN_DAY":
      return view.prices(metric.args.of)?.first ?? null;
    case "HIGH_DAY":
      return view.prices(metric.args.of)?.high ?? null;
    case "LOW_DAY":
      return view.prices(metric.args.of)?.low ?? null;
    case "PREV_CLOSE":
      return previousClose(metric.args.of, view);
    case "GAP_PCT": {
      const first = view.prices(metric.args.of)?.first;
      const before = previousClose(metric.args.of, view);
      return first === undefined || before === null ? null : (first / before - 1) * 100;
    }
    case "FIELD":
      return view.now(metric.args.of, column(metric.args.name));
    case "LAG":
      return value(metric.args.x, view.at(second - metric.args.seconds + (view.bug === "lag_one_short" ? 1 : 0)));
    case "BID_L1":
      return view.now(metric.args.of, BID);
    case "ASK_L1":
      return view.now(metric.args.of, ASK);
    case "MID":
      return view.now(metric.args.of, MID);
    case "SPREAD_L1":
      return view.now(metric.args.of, SPREAD);
    case "SPREAD_TICKS":
      return view.now(metric.args.of, SPREAD_TICKS);
    case "OI":
      return view.now(metric.args.of, OI);
    case "MICROPRICE":
      return view.now(metric.args.of, MICROPRICE);
    case "IMBALANCE":
      return view.now(metric.args.of, imbalance(metric.args.levels));
    case "VOL":
      return volume(metric.args.of, metric.args.seconds + (view.bug === "vol_one_longer" ? 1 : 0), view);
    case "VWAP":
      return vwap(metric.args.of, view);
    case "RV":
      return realised(metric.args.of, metric.args.seconds, view);
    case "ORB_HIGH":
      return openingRange(metric.args.of, metric.args.minutes * 60, view)?.high ?? null;
    case "ORB_LOW":
      return openingRange(metric.args.of, metric.args.minutes * 60, view)?.low ?? null;
    case "IV":
    case "DELTA":
    case "GAMMA":
    case "THETA":
    case "VEGA": {
      const { rate, of } = metric.args;
      const part = ({ IV: "iv", DELTA: "delta", GAMMA: "gamma", THETA: "theta", VEGA: "vega" } as const)[metric.name];
      return view.now(of, (i, s) => greekAt(day, i, s, rate, part));
    }
    case "DAY":
      return day.fact(metric.args.fact, second);
    case "REGIME":
      return day.regime(metric.args.regime, second);
    case "TIME":
      return second;
    case "DTE":
      return daysBetween(day.date, day.expiry);
    case "WEEKDAY":
      return new Date(`${day.date}T00:00:00Z`).getUTCDay() || 7;
    case "PNL":
      return rupees(held?.path.get(second)?.pnl ?? null);
    case "PEAK_PNL":
      return rupees(held?.path.get(second)?.peak ?? null);
    case "DRAWDOWN": {
      const then = held?.path.get(second);
      return then ? rupees(then.peak - then.pnl) : null;
    }
    case "HOLD_SECS":
      return held && second >= held.fillSecond ? second - held.fillSecond : null;
    default:
      return indicator(metric, view);
  }
}

function largest(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((a, b) => Math.max(a, b));
}

function smallest(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((a, b) => Math.min(a, b));
}

function previousClose(series: Series, { day, second, legs, bug }: View): number | null {
  const chosen = membersAt(day, series, second, legs, bug);
  return remembered(day, `previous close ${seriesKey(series)} ${chosen.map((member) => member?.key).join()}`, () => day.previousClose(series, chosen));
}

/** Whatever has no volume counts 0, also one side of a straddle; but nothing is said of a leg that the block has not got. */
function volume(series: Series, span: number, { day, second, open, legs, bug }: View): number | null {
  if (second - open < span - 1 || (series.kind === "leg" && legs[series.leg - 1] === undefined)) return null;
  const increase = volumeOf(open);
  return range(second - span + 1, second).reduce(
    (sum, u) => membersAt(day, series, chosenAt(series, second, u, bug), legs, bug).reduce((total, member) => total + (member === null ? 0 : (increase(member, u) ?? 0)), sum),
    0,
  );
}

/** Of a straddle, the sum of the two sides' own. */
function vwap(series: Series, view: View): number | null {
  if (series.kind === "straddle") {
    const [call, put] = [0, 1].map((cp) => vwap({ kind: "contract", cp, atm: 0, now: series.now }, view));
    return call === null || put === null ? null : call + put;
  }
  const [priceAt, volumeAt] = [view.history(series, "price"), view.history(series, "volume")];
  const { turnover, total } = view.sinceOpen("turnover", series, { turnover: 0, total: 0 }, (before, u) => {
    const [price, traded] = [priceAt(u), volumeAt(u)];
    return price === null || traded === null ? before : { turnover: before.turnover + price * traded, total: before.total + traded };
  });
  return total === 0 ? null : turnover / total;
}

function realised(series: Series, n: number, view: View): number | null {
  if (view.second - view.open < n) return null;
  const values = range(view.second - n, view.second).map(view.history(series, "price"));
  if (values.some((v) => v === null || v <= 0)) return null;
  const squares = values.slice(1).reduce((sum: number, v, i) => sum + Math.log(v! / values[i]!) ** 2, 0);
  return Math.sqrt(squares) * 100;
}

/** What the prices had come to by the last second of the span. */
function openingRange(series: Series, span: number, view: View): PriceRange | null {
  const last = view.open + span - 1;
  return view.second < last ? null : view.prices(series, last);
}

function indicator(metric: Indicator, view: View): number | null {
  const { of, field, bar } = metric.args;
  const source = `${view.nameOf(of)} ${field} ${bar}`;
  // A bar is known at the last second of its span; the one that the session cuts off never is.
  const completed = Math.floor((view.second - view.open + (view.bug === "bars_known_a_second_late" ? 0 : 1)) / bar);
  return remembered(view.day, `${metric.key} ${source} ${completed}`, () => {
    const made = remembered<(Bar | null)[]>(view.day, `bars ${source}`, () => []);
    while (made.length < completed) made.push(barOf(of, field, view, view.open + made.length * bar, bar));
    const bars: Bar[] = [];
    for (const one of made.slice(0, completed)) {
      const before = bars.at(-1);
      if (one !== null) bars.push(one);
      else if (before) bars.push({ high: before.close, low: before.close, close: before.close });
    }
    return indicatorAt(metric, bars);
  });
}

/** Null when no second of the bar has a value. */
function barOf(series: Series, field: Field, view: View, from: number, span: number): Bar | null {
  const values = range(from, from + span - 1).map(view.history(series, field)).filter((v) => v !== null);
  if (values.length === 0) return null;
  return { high: largest(values)!, low: smallest(values)!, close: field === "volume" ? values.reduce((a, b) => a + b, 0) : values.at(-1)! };
}

function fieldOf(field: Field, { day, open }: View): Quantity {
  switch (field) {
    case "price":
      return PRICE;
    case "mid":
      return MID;
    case "volume":
      return volumeOf(open);
    case "oi":
      return OI;
    case "spread":
      return SPREAD;
    case "iv":
      return (i, s) => greekAt(day, i, s, 0, "iv");
  }
}
