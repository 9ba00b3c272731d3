/** A closed position as rows of the trade table. */
import { ENTRY_REASONS, EXIT_REASONS, LEG_KINDS, SIDES, TRADE_FLAGS, type ExitReason } from "../results/types.ts";
import type { TradeBuilder, TradeRecord } from "../results/trade-builder.ts";
import { formatRupees, type Paise } from "../money.ts";
import type { DayMarket } from "./day-market.ts";
import type { DayFees } from "./fees.ts";
import type { Extremes } from "./path-store.ts";
import type { LegExit, LegTrade, Position } from "./position.ts";

const BUY = SIDES.indexOf("BUY");
const SELL = SIDES.indexOf("SELL");
const EXIT_CODES: ReadonlyMap<ExitReason, number> = new Map(EXIT_REASONS.map((reason, code) => [reason, code]));
const FUTURE = LEG_KINDS.indexOf("FUT");
const STALE_EXIT = 1 << TRADE_FLAGS.indexOf("stale_exit");
/** Bit of the n-th block of `entries`; the first has none. */
const blockFlag = (id: number) => (id === 1 ? 0 : 1 << TRADE_FLAGS.indexOf(`entry_${id}`));

export interface TradeSink {
  readonly market: DayMarket;
  readonly fees: DayFees;
  readonly trades: TradeBuilder;
}

/** The entry of a trade as it has been written: others that leave it at another time have the same. */
export interface WrittenEntry {
  readonly row: number;
  /** Of the entry alone, paise. */
  readonly fees: Paise;
}

/** Throws a RangeError where sums of the position's amounts go beyond the paise that numbers hold exactly (2⁵³). */
function mindSize(trades: readonly LegTrade[], exits: readonly LegExit[], { lowest, highest }: Extremes): void {
  let turnover = 0;
  for (let i = 0; i < trades.length; i++) turnover += Math.abs(trades[i].units) * Math.max(trades[i].entry.price, exits[i].price);
  const most = Math.max(turnover, -lowest, highest);
  if (most > Number.MAX_SAFE_INTEGER) throw new RangeError(`A position worth ${formatRupees(most)} rupees is too large to be worked out to the paisa; amounts may reach ${formatRupees(Number.MAX_SAFE_INTEGER)}. Take fewer lots.`);
}

/** `exits`: of its trades, in their order. Answers the first of as many rows, which stand one behind another and belong to no variant yet. */
export function writeTrades({ market, fees, trades }: TradeSink, position: Position, exits: readonly LegExit[], extremes: Extremes): number {
  mindSize(position.trades, exits, extremes);
  const { lowest, highest } = extremes;
  const first = trades.rows;
  const { open } = market.session;
  const flag = blockFlag(position.block.id);
  for (let i = 0; i < exits.length; i++) {
    const trade = position.trades[i];
    const exit = exits[i];
    const { units, entry, contract } = trade;
    const feesOf = market.isFuture(contract) ? fees.future : fees.option;
    const lots = Math.abs(trade.lots);
    const quantity = Math.abs(units);
    if (trade.written) trades.addLike(trade.written.row);
    else {
      trade.written = { row: trades.rows, fees: feesOf(entry.price, quantity, lots, units > 0) };
      trades.add(entryRecord(market, position, trade));
    }
    trades.end({
      decisionExit: exit.decision + open, tsExit: exit.second + open, exitPx: exit.price,
      slippage: (Math.abs(entry.price - entry.before) + Math.abs(exit.price - exit.before)) * quantity,
      fees: trade.written.fees + feesOf(exit.price, quantity, lots, units < 0),
      pnl: (exit.price - entry.price) * units, mae: lowest, mfe: highest,
      reasonExit: EXIT_CODES.get(exit.reason)!, flags: flag | (exit.stale ? STALE_EXIT : 0),
    });
  }
  return first;
}

/** Without the exit. */
function entryRecord(market: DayMarket, position: Position, { contract, place, lots, units, entry, decision, filled, reason }: LegTrade): TradeRecord {
  const { open } = market.session;
  const future = market.isFuture(contract);
  return {
    variant: 0, date: market.date, positionId: position.id, legId: place + 1,
    expiry: market.expiryOf(contract), strike: future ? NaN : market.chainOf(contract).strike(contract).strike, cp: future ? FUTURE : contract & 1,
    side: units > 0 ? BUY : SELL, lots: Math.abs(lots), qty: Math.abs(units),
    decisionEntry: decision + open, tsEntry: filled + open, entryPx: entry.price, decisionExit: 0, tsExit: 0, exitPx: 0,
    slippage: 0, fees: 0, pnl: 0, mae: 0, mfe: 0, reasonEntry: ENTRY_REASONS.indexOf(reason), reasonExit: 0, windowId: position.window.id, flags: 0,
  };
}
