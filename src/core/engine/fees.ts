/** Semantics §4 "Costs": per leg and fill, in paise, each component rounded half up. */
import type { CostRates, MarketRules } from "../market/types.ts";
import { roundHalfUp, type Paise } from "../money.ts";
import type { CompiledStrategy } from "../strategy/compile.ts";
import type { Costs, Strategy } from "../strategy/types.ts";
import { isoDate, type DayNumber } from "../time.ts";
import { tradesFuture } from "./leg-contracts.ts";
import { NotRun } from "./not-run.ts";

/** Percentages of the schedule have at most five decimals: a rate is an integer of ten millionths. */
const RATE_SCALE = 10_000_000;

/** amount × percent / 100, rounded half up, in integers: a half is a half, not a binary fraction near it. */
function percentOf(amount: Paise, percent: number): Paise {
  const rate = Math.round(percent * (RATE_SCALE / 100));
  return Math.floor((amount * rate * 2 + RATE_SCALE) / (2 * RATE_SCALE));
}

/** One fill, as fees see it. */
export interface FeeFill {
  readonly price: Paise;
  readonly quantity: number;
  readonly lots: number;
  readonly buys: boolean;
  readonly future: boolean;
}

/** Fees of one fill in paise. */
export type FeesOf = (fill: FeeFill) => Paise;

/** The `nse` schedule of a date; only what is traded has to be known. */
export interface FeeRates {
  readonly option: CostRates | undefined;
  readonly future: CostRates | undefined;
}

/** The fee rule of a strategy on a date. `rates` are needed for the preset only. `freeze`: an order of more units goes in as several. */
export function feesOf(costs: Costs, rates: FeeRates, freeze = Infinity): FeesOf {
  const orders = (quantity: number) => Math.ceil(quantity / freeze);
  if ("none" in costs) return () => 0;
  if ("preset" in costs) {
    return ({ price, quantity, buys, future }) => {
      const schedule = future ? rates.future : rates.option;
      if (!schedule) throw new Error("The nse preset needs the cost schedule of the date.");
      const turnover = price * quantity;
      const brokerage = roundHalfUp(schedule.brokerage * 100) * orders(quantity);
      const exchange = percentOf(turnover, schedule.exchangePct);
      const sebi = percentOf(turnover, schedule.sebiPct);
      const stt = buys ? 0 : percentOf(turnover, schedule.sttSellPct);
      const stamp = buys ? percentOf(turnover, schedule.stampBuyPct) : 0;
      return brokerage + exchange + sebi + stt + stamp + percentOf(brokerage + exchange + sebi, schedule.gstPct);
    };
  }
  return ({ price, quantity, lots }) =>
    roundHalfUp(costs.per_order * 100) * orders(quantity) + roundHalfUp(costs.per_lot * 100 * lots) + roundHalfUp((price * quantity * costs.taxes_bps) / 10_000);
}

/** The same by the market rules of a date. Throws NotRun where they do not reach. */
export function dayFees({ costs, fill, universe: { symbol } }: Strategy, compiled: CompiledStrategy, rules: MarketRules, date: DayNumber): FeesOf {
  const preset = "preset" in costs;
  const rates = { option: rules.costs(symbol, date, "option"), future: tradesFuture([compiled]) ? rules.costs(symbol, date, "future") : undefined };
  if (preset && !rates.option) throw new NotRun("no_rule", `the market rules have no nse cost schedule for ${symbol} on ${isoDate(date)}`);
  if (preset && tradesFuture([compiled]) && !rates.future) throw new NotRun("no_rule", `the market rules have no nse cost schedule for futures of ${symbol} on ${isoDate(date)}`);
  const freeze = fill.slice === "freeze" ? rules.freezeQuantity(symbol, date) : Infinity;
  if (freeze === undefined) throw new NotRun("no_rule", `the market rules have no freeze quantity for ${symbol} on ${isoDate(date)}`);
  return feesOf(costs, rates, freeze);
}
