/** A closed position as rows of the trade table. */
import { ENTRY_REASONS, EXIT_REASONS, LEG_KINDS, SIDES, TRADE_FLAGS } from "../results/types.ts";
import { blankTrade, type TradeBuilder } from "../results/trade-builder.ts";
import type { DayMarket } from "./day-market.ts";
import type { DayFees } from "./fees.ts";
import type { Extremes } from "./path-store.ts";
import type { Position } from "./position.ts";

const BUY = SIDES.indexOf("BUY");
const SELL = SIDES.indexOf("SELL");
const FUTURE = LEG_KINDS.indexOf("FUT");
const STALE_EXIT = 1 << TRADE_FLAGS.indexOf("stale_exit");
/** Bit of the n-th block of `entries`; the first has none. */
const blockFlag = (id: number) => (id === 1 ? 0 : 1 << TRADE_FLAGS.indexOf(`entry_${id}`));

export interface TradeSink {
  readonly market: DayMarket;
  readonly fees: DayFees;
  readonly trades: TradeBuilder;
}

/** One record for all trades: the table copies it. */
const record = blankTrade();

/** Every trade has its exit. Answers the first of as many rows, which stand one behind another and belong to no variant yet. */
export function writeTrades({ market, fees, trades }: TradeSink, position: Position, { lowest, highest }: Extremes): number {
  const first = trades.rows;
  const { open } = market.session;
  const flag = blockFlag(position.block.id);
  for (const trade of position.trades) {
    const { contract, place, units, entry } = trade;
    const exit = trade.exit!;
    const future = market.isFuture(contract);
    const feesOf = future ? fees.future : fees.option;
    const lots = Math.abs(trade.lots);
    const quantity = Math.abs(units);
    const long = units > 0;
    record.date = market.date;
    record.positionId = position.id;
    record.legId = place + 1;
    record.expiry = market.expiryOf(contract);
    record.strike = future ? NaN : market.chainOf(contract).strike(contract).strike;
    record.cp = future ? FUTURE : contract & 1;
    record.side = long ? BUY : SELL;
    record.lots = lots;
    record.qty = quantity;
    record.decisionEntry = trade.decision + open;
    record.tsEntry = trade.filled + open;
    record.entryPx = entry.price;
    record.decisionExit = exit.decision + open;
    record.tsExit = exit.second + open;
    record.exitPx = exit.price;
    record.slippage = (Math.abs(entry.price - entry.before) + Math.abs(exit.price - exit.before)) * quantity;
    record.fees = feesOf(entry.price, quantity, lots, long) + feesOf(exit.price, quantity, lots, !long);
    record.pnl = (exit.price - entry.price) * units;
    record.reasonEntry = ENTRY_REASONS.indexOf(trade.reason);
    record.reasonExit = EXIT_REASONS.indexOf(exit.reason);
    record.mae = lowest;
    record.mfe = highest;
    record.windowId = position.window.id;
    record.flags = flag | (exit.stale ? STALE_EXIT : 0);
    trades.add(record);
  }
  return first;
}
