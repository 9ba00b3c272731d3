/** Semantics §4 "Costs": per leg and fill, in paise, each component rounded half up. */
import type { CostRates, InstrumentKind, MarketRules } from "../market/types.ts";
import { roundHalfUp, type Paise } from "../money.ts";
import type { CompiledStrategy } from "../strategy/compile.ts";
import type { Costs, Strategy } from "../strategy/types.ts";
import { isoDate, type DayNumber } from "../time.ts";
import { tradesFuture } from "./leg-contracts.ts";
import { NotRun } from "./not-run.ts";

/** Percentages of the schedule have at most five decimals: a rate is an integer of ten millionths. */
const RATE_SCALE = 10_000_000;

/** A percentage as the integer that `share` takes. */
function rateOf(percent: number): number {
  return Math.round(percent * (RATE_SCALE / 100));
}

/** amount × percent / 100, rounded half up, in integers: a half is a half, not a binary fraction near it. */
function share(amount: Paise, rate: number): Paise {
  const twice = amount * rate * 2 + RATE_SCALE;
  return twice <= Number.MAX_SAFE_INTEGER ? Math.floor(twice / (2 * RATE_SCALE)) : largeShare(amount, rate);
}

/** Of a turnover so large that the product is no exact integer: what makes whole paise is taken apart. */
function largeShare(amount: Paise, rate: number): Paise {
  const rest = amount % RATE_SCALE;
  return ((amount - rest) / RATE_SCALE) * rate + share(rest, rate);
}

/** Fees of one fill in paise. */
export type FeesOf = (price: Paise, quantity: number, lots: number, buys: boolean) => Paise;

/** The fee rule of a strategy on a date. `rates` are needed for the preset only. `freeze`: an order of more units goes in as several. */
export function feesOf(costs: Costs, rates: CostRates | undefined, freeze = Infinity): FeesOf {
  const orders = (quantity: number) => (freeze === Infinity ? 1 : Math.ceil(quantity / freeze));
  if ("none" in costs) return () => 0;
  if ("preset" in costs) {
    if (!rates) throw new Error("The nse preset needs the cost schedule of the date.");
    const perOrder = roundHalfUp(rates.brokerage * 100);
    const [exchangeRate, sebiRate, sttRate, stampRate, gstRate] = [rates.exchangePct, rates.sebiPct, rates.sttSellPct, rates.stampBuyPct, rates.gstPct].map(rateOf);
    return (price, quantity, _lots, buys) => {
      const turnover = price * quantity;
      const brokerage = perOrder * orders(quantity);
      const exchange = share(turnover, exchangeRate);
      const sebi = share(turnover, sebiRate);
      const stt = buys ? 0 : share(turnover, sttRate);
      const stamp = buys ? share(turnover, stampRate) : 0;
      return brokerage + exchange + sebi + stt + stamp + share(brokerage + exchange + sebi, gstRate);
    };
  }
  return (price, quantity, lots) =>
    roundHalfUp(costs.per_order * 100) * orders(quantity) + roundHalfUp(costs.per_lot * 100 * lots) + roundHalfUp((price * quantity * costs.taxes_bps) / 10_000);
}

/** Of options and of futures, each by its own schedule. */
export interface DayFees {
  readonly option: FeesOf;
  readonly future: FeesOf;
}

/** By the market rules of a date; what is not traded need not be known. Throws NotRun where they do not reach. */
export function dayFees({ costs, fill, universe: { symbol } }: Strategy, compiled: CompiledStrategy, rules: MarketRules, date: DayNumber): DayFees {
  const freeze = fill.slice === "freeze" ? rules.freezeQuantity(symbol, date) : Infinity;
  if (freeze === undefined) throw new NotRun("no_rule", `the market rules have no freeze quantity for ${symbol} on ${isoDate(date)}`);
  const of = (kind: InstrumentKind): FeesOf => {
    const rates = rules.costs(symbol, date, kind);
    if ("preset" in costs && !rates) throw new NotRun("no_rule", `the market rules have no nse cost schedule for ${kind === "future" ? "futures of " : ""}${symbol} on ${isoDate(date)}`);
    return feesOf(costs, rates, freeze);
  };
  const option = of("option");
  return { option, future: tradesFuture([compiled]) ? of("future") : option };
}
