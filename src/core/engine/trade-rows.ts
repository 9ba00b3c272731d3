/** A closed position as rows of the trade table, and as the sampled inputs of its decisions and fills. */
import { ENTRY_REASONS, EXIT_REASONS, LEG_KINDS, SIDES, TRADE_FLAGS, type SampledTrade } from "../results/types.ts";
import { blankTrade, type TradeBuilder } from "../results/trade-builder.ts";
import type { FillModel } from "../strategy/types.ts";
import type { DayMarket } from "./day-market.ts";
import type { DayFees } from "./fees.ts";
import type { Extremes } from "./path-store.ts";
import type { LegTrade, Position } from "./position.ts";
import type { MomentReader } from "./trade-sample.ts";

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
  /** Receives the inputs of trades, when they are wanted, until it holds `until` of them. */
  readonly sample: { readonly reader: MomentReader; readonly into: SampledTrade[]; readonly until: number } | null;
}

/** One record for all trades: the table copies it. */
const record = blankTrade();

/** Every trade has its exit. */
export function writeTrades({ market, fees, trades, sample }: TradeSink, variant: number, position: Position, { lowest, highest }: Extremes, model: FillModel): void {
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
    record.variant = variant;
    record.date = market.date;
    record.positionId = position.id;
    record.legId = place + 1;
    record.expiry = market.expiryOf(contract);
    record.strike = future ? NaN : market.contract(contract).strike;
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
    trades.push(record);
    if (!sample || sample.into.length >= sample.until) continue;
    const moment = (s: number, words: string) => sample.reader.moment(s, legsAt(position, trade, s), words);
    sample.into.push({
      variant,
      date: market.date,
      positionId: position.id,
      legId: place + 1,
      entryDecision: moment(trade.decision, trade.rule()),
      entryFill: { ...moment(trade.filled, `fill ${model}`), beforeSlippage: entry.before },
      exitDecision: moment(exit.decision, exit.rule()),
      exitFill: { ...moment(exit.second, exit.stale ? "stale_exit: closed at the mark" : `fill ${model}`), beforeSlippage: exit.before },
    });
  }
}

/** The contracts of a position's legs at a second, by place: the sampled trade's own, and of the others what they held last. */
function legsAt({ contracts, trades }: Position, own: LegTrade, s: number): readonly number[] {
  return contracts.map((chosen, place) => (place === own.place ? own.contract : (trades.findLast((trade) => trade.place === place && trade.filled <= s)?.contract ?? chosen)));
}
