/** Semantics §4 "Costs": per leg and fill, in paise, each component rounded half up. */
import type { CostRates } from "../market/types.ts";
import { roundHalfUp, type Paise } from "../money.ts";
import type { Costs } from "../strategy/types.ts";

/** Percentages of the schedule have at most five decimals: a rate is an integer of ten millionths. */
const RATE_SCALE = 10_000_000;

/** A percentage as the integer that `share` takes. */
function rateOf(percent: number): number {
  return Math.round(percent * (RATE_SCALE / 100));
}

/** amount × percent / 100, rounded half up, in integers: a half is a half, not a binary fraction near it. */
function share(amount: Paise, rate: number): Paise {
  return Math.floor((amount * rate * 2 + RATE_SCALE) / (2 * RATE_SCALE));
}

/** Fees of one fill in paise. */
export type FeesOf = (price: Paise, quantity: number, lots: number, buys: boolean) => Paise;

/** The fee rule of a strategy on a date. `rates` are needed for the preset only. */
export function feesOf(costs: Costs, rates: CostRates | undefined): FeesOf {
  if ("none" in costs) return () => 0;
  if ("preset" in costs) {
    if (!rates) throw new Error("The nse preset needs the cost schedule of the date.");
    const brokerage = roundHalfUp(rates.brokerage * 100);
    const [exchangeRate, sebiRate, sttRate, stampRate, gstRate] = [rates.exchangePct, rates.sebiPct, rates.sttSellPct, rates.stampBuyPct, rates.gstPct].map(rateOf);
    return (price, quantity, _lots, buys) => {
      const turnover = price * quantity;
      const exchange = share(turnover, exchangeRate);
      const sebi = share(turnover, sebiRate);
      const stt = buys ? 0 : share(turnover, sttRate);
      const stamp = buys ? share(turnover, stampRate) : 0;
      return brokerage + exchange + sebi + stt + stamp + share(brokerage + exchange + sebi, gstRate);
    };
  }
  return (price, quantity, lots) =>
    roundHalfUp(costs.per_order * 100) + roundHalfUp(costs.per_lot * 100 * lots) + roundHalfUp((price * quantity * costs.taxes_bps) / 10_000);
}
