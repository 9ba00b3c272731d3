/** A closed position as rows of the trade table. */
import { ENTRY_REASONS, LEG_KINDS, SIDES, TRADE_FLAGS } from "../results/types.ts";
import type { TradeBuilder, TradeEntry } from "../results/trade-builder.ts";
import { formatRupees, PRICE_LIMIT, type Paise } from "../money.ts";
import type { DayMarket } from "./day-market.ts";
import type { DayFees } from "./fees.ts";
import type { ExitTable } from "./exit-table.ts";
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

/** The entry of a trade as it has been written: others that leave it at another time have the same. */
export interface WrittenEntry {
  /** Its place in the trade table. */
  readonly place: number;
  /** Of the entry alone, paise. */
  readonly fees: Paise;
}

/** Throws a RangeError where sums of the position's amounts go beyond the paise that numbers hold exactly (2⁵³). */
function mindSize(trades: readonly LegTrade[], { ways, price, lowest, highest }: ExitTable): void {
  const legs = trades.length;
  let units = 0;
  for (let i = 0; i < legs; i++) units += Math.abs(trades[i].units);
  // Whatever the prices are.
  if (units * PRICE_LIMIT <= Number.MAX_SAFE_INTEGER) return;
  for (let way = 0; way < ways; way++) {
    let turnover = 0;
    for (let i = 0; i < legs; i++) turnover += Math.abs(trades[i].units) * Math.max(trades[i].entry.price, price[way * legs + i]);
    const most = Math.max(turnover, -lowest[way], highest[way]);
    if (most > Number.MAX_SAFE_INTEGER) throw new RangeError(`A position worth ${formatRupees(most)} rupees is too large to be worked out to the paisa; amounts may reach ${formatRupees(Number.MAX_SAFE_INTEGER)}. Take fewer lots.`);
  }
}

/** Answers the first of the rows, one for each exit of the table in its order; they belong to no variant yet. */
export function writeTrades({ market, fees, trades }: TradeSink, position: Position, exits: ExitTable): number {
  mindSize(position.trades, exits);
  const { ways, decision, second, before, price, reason, stale, lowest, highest } = exits;
  const legs = position.trades.length;
  const first = trades.addRows(ways * legs);
  const { rows } = trades;
  const { open } = market.session;
  const flag = blockFlag(position.block.id);
  for (let i = 0; i < legs; i++) {
    const trade = position.trades[i];
    const { units, entry, contract } = trade;
    const feesOf = market.isFuture(contract) ? fees.future : fees.option;
    const lots = Math.abs(trade.lots);
    const quantity = Math.abs(units);
    const entered = (trade.written ??= { place: trades.addEntry(entryOf(market, position, trade)), fees: feesOf(entry.price, quantity, lots, units > 0) });
    const slipped = Math.abs(entry.price - entry.before);
    for (let at = i, way = 0; way < ways; at += legs, way++) {
      const row = first + at;
      rows.entry[row] = entered.place;
      rows.decisionExit[row] = decision[at] + open;
      rows.tsExit[row] = second[at] + open;
      rows.exitPx[row] = price[at];
      rows.slippage[row] = (slipped + Math.abs(price[at] - before[at])) * quantity;
      rows.fees[row] = entered.fees + feesOf(price[at], quantity, lots, units < 0);
      rows.pnl[row] = (price[at] - entry.price) * units;
      rows.mae[row] = lowest[way];
      rows.mfe[row] = highest[way];
      rows.reasonExit[row] = reason[at];
      rows.flags[row] = flag | (stale[at] * STALE_EXIT);
    }
  }
  return first;
}

function entryOf(market: DayMarket, position: Position, { contract, place, lots, units, entry, decision, filled, reason }: LegTrade): TradeEntry {
  const { open } = market.session;
  const future = market.isFuture(contract);
  return {
    date: market.date, positionId: position.id, legId: place + 1,
    expiry: market.expiryOf(contract), strike: future ? NaN : market.chainOf(contract).strike(contract).strike, cp: future ? FUTURE : contract & 1,
    side: units > 0 ? BUY : SELL, lots: Math.abs(lots), qty: Math.abs(units),
    decisionEntry: decision + open, tsEntry: filled + open, entryPx: entry.price, reasonEntry: ENTRY_REASONS.indexOf(reason), windowId: position.window.id,
  };
}
