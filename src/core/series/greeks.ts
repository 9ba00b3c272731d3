/** Implied volatility and Greeks of one option side by Black-76 on the forward (semantics §5). */
import { operandOf, type Operand, type Series, type SeriesDay } from "./series-day.ts";
import type { OptionSide } from "../market/types.ts";

/** What is priced. One contract, or a splice of contracts of one side and expiry. */
export interface OptionInputs {
  readonly cp: OptionSide;
  /** Rupees: the forward of the expiry. */
  readonly forward: Series;
  /** Rupees: the option's mid. */
  readonly price: Series;
  /** Rupees; a series where the contract changes during the day. */
  readonly strike: Operand;
  /** Seconds from the open (place 0) to the close of the expiry day. */
  readonly secondsLeft: number;
  /** A fraction per year, continuous; 0 unless the strategy gives one. */
  readonly rate: number;
}

/** Fractions per year; 0 where the price is not above intrinsic, missing where no volatility makes such a price. */
export interface Volatility {
  readonly inputs: OptionInputs;
  readonly series: Series;
}

/** `from` and `to` limit the seconds that are computed; the others hold whatever was there. */
export function impliedVolatility(day: SeriesDay, inputs: OptionInputs, from = 0, to = day.seconds): Volatility {
  const series = day.newSeries();
  const { forward, price, secondsLeft, rate } = inputs;
  day.kernels.run.impliedVolatility(forward.pointer, price.pointer, ...operandOf(inputs.strike), inputs.cp === "CE", secondsLeft, rate, from, to, series.pointer);
  return { inputs, series };
}

/** `IV`: percent per year, as VIX is; missing where the price has no time value. */
export function volatilityPercent(day: SeriesDay, volatility: Volatility): Series {
  const out = day.newSeries();
  day.kernels.run.volatilityPercent(volatility.series.pointer, day.seconds, out.pointer);
  return out;
}

/** In the order in which the kernel takes their addresses. */
const GREEKS = ["delta", "gamma", "theta", "vega"] as const;
export type Greek = (typeof GREEKS)[number];

/** Delta, gamma per rupee, theta in rupees per calendar day, vega in rupees per 1 % of volatility. */
export function greek(day: SeriesDay, which: Greek, { inputs, series }: Volatility, from = 0, to = day.seconds): Series {
  const out = day.newSeries();
  const [delta, gamma, theta, vega] = GREEKS.map((name) => (name === which ? out.pointer : 0));
  day.kernels.run.greeks(
    inputs.forward.pointer, inputs.price.pointer, series.pointer, ...operandOf(inputs.strike), inputs.cp === "CE", inputs.secondsLeft, inputs.rate,
    from, to, delta, gamma, theta, vega,
  );
  return out;
}
