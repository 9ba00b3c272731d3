/** Semantics §4: the price of a fill. Which second it happens in is the business of the fills kernel. */
import { TICK_PAISE, type Paise } from "../money.ts";
import type { FillModel, Strategy } from "../strategy/types.ts";
import type { GridView } from "./grid-view.ts";

/** Codes of the kernel assembly/fills.ts. */
export const FILL_MODEL_CODES: Record<FillModel, number> = { touch: 0, mid: 1, ltp: 2, depth: 3 };

/** Seconds of mid changes in rv10, and so the divisor of its sample variance plus one. */
const RV_SECONDS = 10;
/** No sell fills below one tick. */
const LEAST_SELL: Paise = TICK_PAISE;

/** The model's price in paise, before slippage, of a contract that is tradeable at `s`. */
export function priceBeforeSlippage(grid: GridView, s: number, model: number, buys: boolean): Paise {
  if (model === FILL_MODEL_CODES.ltp) return grid.price(s);
  if (model === FILL_MODEL_CODES.touch) return buys ? grid.ask(s) : grid.bid(s);
  // Half a paisa cannot survive: the mid goes to the tick that is worse for the trader.
  const ticks = (grid.bid(s) + grid.ask(s)) / (2 * TICK_PAISE);
  return (buys ? Math.ceil(ticks) : Math.floor(ticks)) * TICK_PAISE;
}

/** Slippage in ticks: ⌈base + alpha_spread × spread_ticks + beta_rv × rv10 − 1e-9⌉, from the last valid quote of any age. */
export function slippageTicks(grid: GridView, s: number, slippage: Strategy["fill"]["slippage"]): number {
  const spread = slippage.alpha_spread === 0 ? 0 : slippage.alpha_spread * grid.spreadTicks(s);
  const volatility = slippage.beta_rv === 0 ? 0 : slippage.beta_rv * rv10(grid, s);
  return Math.max(0, Math.ceil(slippage.base + spread + volatility - 1e-9));
}

/** Sample standard deviation of the last ten 1-second changes of mid, in ticks; 0 without a quote at each of s−10…s. */
export function rv10(grid: GridView, s: number): number {
  // Quotes are carried forward: one at s−10 means one at every later second.
  if (s < RV_SECONDS || grid.bid(s - RV_SECONDS) === 0) return 0;
  const midTicks = (at: number) => (grid.bid(at) + grid.ask(at)) / (2 * TICK_PAISE);
  const mean = (midTicks(s) - midTicks(s - RV_SECONDS)) / RV_SECONDS;
  let squares = 0;
  for (let at = s - RV_SECONDS + 1; at <= s; at++) squares += (midTicks(at) - midTicks(at - 1) - mean) ** 2;
  return Math.sqrt(squares / (RV_SECONDS - 1));
}

/** The price paid or received: buys pay the slippage, sells receive less, and never sell under 0.05. */
export function withSlippage(before: Paise, ticks: number, buys: boolean): Paise {
  return buys ? before + ticks * TICK_PAISE : Math.max(LEAST_SELL, before - ticks * TICK_PAISE);
}
