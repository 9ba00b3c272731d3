/** A closed position as rows of the trade table. */
import { ENTRY_REASONS, EXIT_REASONS, SIDES } from "../results/types.ts";
import { blankTrade, type TradeBuilder } from "../results/trade-builder.ts";
import type { DayMarket } from "./day-market.ts";
import type { FeesOf } from "./fees.ts";
import type { Position } from "./position.ts";

const STALE_EXIT = 1;
const BUY = SIDES.indexOf("BUY");
const SELL = SIDES.indexOf("SELL");

export interface TradeSink {
  readonly market: DayMarket;
  readonly feesOf: FeesOf;
  readonly trades: TradeBuilder;
}

/** One record for all trades: the table copies it. */
const record = blankTrade();

/** Every leg has its exit. */
export function writeTrades({ market, feesOf, trades }: TradeSink, variant: number, position: Position): void {
  const { open } = market.session;
  position.legs.forEach(({ contract: number, lots: signed, units, entry, exit: closed }, i) => {
    const exit = closed!;
    const lots = Math.abs(signed);
    const quantity = Math.abs(units);
    const long = units > 0;
    record.variant = variant;
    record.date = market.date;
    record.positionId = position.id;
    record.legId = i + 1;
    record.expiry = market.expiry;
    record.strike = market.strikes[number >> 1].strike;
    record.cp = number & 1;
    record.side = long ? BUY : SELL;
    record.lots = lots;
    record.qty = quantity;
    record.decisionEntry = position.decision + open;
    record.tsEntry = position.filled + open;
    record.entryPx = entry.price;
    record.decisionExit = exit.decision + open;
    record.tsExit = exit.second + open;
    record.exitPx = exit.price;
    record.slippage = (Math.abs(entry.price - entry.before) + Math.abs(exit.price - exit.before)) * quantity;
    record.fees = feesOf(entry.price, quantity, lots, long) + feesOf(exit.price, quantity, lots, !long);
    record.pnl = (exit.price - entry.price) * units;
    record.reasonEntry = ENTRY_REASONS.indexOf(position.reason);
    record.reasonExit = EXIT_REASONS.indexOf(exit.reason);
    record.windowId = position.window.id;
    record.flags = exit.stale ? STALE_EXIT : 0;
    trades.push(record);
  });
}
