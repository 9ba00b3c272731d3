/** A closed position as rows of the trade table. */
import { ENTRY_REASONS, EXIT_REASONS, LEG_KINDS, SIDES, TRADE_FLAGS } from "../results/types.ts";
import type { TradeBuilder, TradeRecord } from "../results/trade-builder.ts";
import type { Paise } from "../money.ts";
import type { DayMarket } from "./day-market.ts";
import type { DayFees, FeesOf } from "./fees.ts";
import type { Extremes } from "./path-store.ts";
import type { LegTrade, Position } from "./position.ts";

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

/** What a trade's rows have in common, whoever ends it when; and what its entry cost, paise. */
export interface EntryRecord {
  readonly record: TradeRecord;
  readonly fees: Paise;
}

/** Every trade has its exit. Answers the first of as many rows, which stand one behind another and belong to no variant yet. */
export function writeTrades({ market, fees, trades }: TradeSink, position: Position, { lowest, highest }: Extremes): number {
  const first = trades.rows;
  const { open } = market.session;
  const flag = blockFlag(position.block.id);
  for (const trade of position.trades) {
    const { units, entry } = trade;
    const exit = trade.exit!;
    const feesOf = market.isFuture(trade.contract) ? fees.future : fees.option;
    const opened = (trade.opened ??= entryRecord(market, feesOf, position, trade));
    const { record } = opened;
    const quantity = Math.abs(units);
    record.decisionExit = exit.decision + open;
    record.tsExit = exit.second + open;
    record.exitPx = exit.price;
    record.slippage = (Math.abs(entry.price - entry.before) + Math.abs(exit.price - exit.before)) * quantity;
    record.fees = opened.fees + feesOf(exit.price, quantity, record.lots, units < 0);
    record.pnl = (exit.price - entry.price) * units;
    record.reasonExit = EXIT_REASONS.indexOf(exit.reason);
    record.mae = lowest;
    record.mfe = highest;
    record.flags = flag | (exit.stale ? STALE_EXIT : 0);
    trades.add(record);
  }
  return first;
}

function entryRecord(market: DayMarket, feesOf: FeesOf, position: Position, { contract, place, lots, units, entry, decision, filled, reason }: LegTrade): EntryRecord {
  const { open } = market.session;
  const future = market.isFuture(contract);
  const [quantity, ofLots] = [Math.abs(units), Math.abs(lots)];
  const record = {
    variant: 0, date: market.date, positionId: position.id, legId: place + 1,
    expiry: market.expiryOf(contract), strike: future ? NaN : market.chainOf(contract).strike(contract).strike, cp: future ? FUTURE : contract & 1,
    side: units > 0 ? BUY : SELL, lots: ofLots, qty: quantity,
    decisionEntry: decision + open, tsEntry: filled + open, entryPx: entry.price, decisionExit: 0, tsExit: 0, exitPx: 0,
    slippage: 0, fees: 0, pnl: 0, mae: 0, mfe: 0, reasonEntry: ENTRY_REASONS.indexOf(reason), reasonExit: 0, windowId: position.window.id, flags: 0,
  };
  return { record, fees: feesOf(entry.price, quantity, ofLots, units > 0) };
}
