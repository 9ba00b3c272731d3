/** Semantics §4, costs: per leg and fill, each component rounded half up to the paisa. */
import type { Costs } from "../../src/core/strategy/types.ts";
import type { Bug } from "./bugs.ts";
import { exact, productRounded, times } from "./exact.ts";
import { costRatesOf } from "./rules.ts";

export interface Fill {
  readonly date: string;
  /** Paise per unit, slippage included. */
  readonly price: number;
  readonly qty: number;
  readonly lots: number;
  readonly buys: boolean;
  readonly future: boolean;
  /** Orders that the quantity goes in as. */
  readonly orders: number;
}

/** Fees of one fill in paise. */
export function feesOf(costs: Costs, fill: Fill, bug?: Bug): number {
  const turnover = fill.price * fill.qty;
  const rounded = (...factors: number[]) => (bug === "fees_round_down" ? roundedDown(factors) : productRounded(...factors));
  if ("none" in costs) return 0;
  if ("preset" in costs) {
    const rates = costRatesOf(fill.date, fill.future && bug !== "futures_pay_as_options")!;
    const brokerage = rounded(rates.brokerage, 100, fill.orders);
    const stt = fill.buys && bug !== "stt_on_buys" ? 0 : rounded(turnover, rates.stt, 0.01);
    const exchange = rounded(turnover, rates.exchange, 0.01);
    const sebi = rounded(turnover, rates.sebi, 0.01);
    const stamp = fill.buys ? rounded(turnover, rates.stamp, 0.01) : 0;
    const taxed = brokerage + exchange + sebi + (bug === "gst_on_everything" ? stt + stamp : 0);
    return brokerage + stt + exchange + sebi + stamp + rounded(taxed, rates.gst, 0.01);
  }
  return rounded(costs.per_order, 100, fill.orders) + rounded(costs.per_lot, fill.lots, 100) + rounded(costs.taxes_bps, 0.0001, turnover);
}

function roundedDown(factors: number[]): number {
  const product = factors.map(exact).reduce(times);
  return Number(product.n / product.d);
}
