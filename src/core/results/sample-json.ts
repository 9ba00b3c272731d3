import { formatMoment, type DayNumber } from "../time.ts";
import { rupees, rupeesOrNull } from "./json-money.ts";
import type { TradeLabels } from "./labels.ts";
import { createTradeRowText, TRADE_FIELDS, type TradeField } from "./trade-text.ts";
import type { BookLevel, LegInputs, MomentInputs, SampledTrade, TradeColumns, WaitInputs } from "./types.ts";

/**
 * The content of sample.json: for each sampled trade its fields as they stand in trades.csv, and what the market showed
 * at each decision and fill. Prices in rupees, ages in seconds, null where there is none.
 * @param sample in the order of the trades (`RunMerge.sample`)
 * @param trades of the same run (`RunMerge.trades`). Throws an Error when a sampled trade is not among them.
 */
export function sampleJson(sample: readonly SampledTrade[], trades: TradeColumns, labels: TradeLabels) {
  const rowText = createTradeRowText(labels);
  let row = 0;
  return sample.map((sampled) => {
    while (row < trades.length && !isTradeOf(trades, row, sampled)) row++;
    if (row === trades.length) {
      throw new Error(`the sample holds ${labels.variants[sampled.variant]} position ${sampled.positionId} leg ${sampled.legId}, which is not among the trades that follow`);
    }
    const fields = rowText(trades, row);
    return {
      trade: Object.fromEntries(TRADE_FIELDS.map((name, i) => [name, fields[i]])) as Record<TradeField, string>,
      ...(sampled.armed && { armed: momentJson(sampled.armed, sampled.date) }),
      entry_decision: momentJson(sampled.entryDecision, sampled.date),
      entry_fill: fillJson(sampled.entryFill, sampled.date),
      exit_decision: momentJson(sampled.exitDecision, sampled.date),
      exit_fill: fillJson(sampled.exitFill, sampled.date),
    };
  });
}

/** Whether a row of the run's trades is the sampled one. */
export function isTradeOf(trades: TradeColumns, row: number, sampled: SampledTrade): boolean {
  return trades.variant[row] === sampled.variant && trades.positionId[row] === sampled.positionId && trades.legId[row] === sampled.legId && trades.tsEntry[row] === sampled.entryFill.second;
}

function fillJson(fill: SampledTrade["entryFill"], date: DayNumber) {
  return { ...momentJson(fill, date), price_before_slippage: rupees(fill.beforeSlippage) };
}

function momentJson(moment: MomentInputs, date: DayNumber) {
  return {
    time: formatMoment(date, moment.second),
    rule: moment.rule,
    spot: rupeesOrNull(moment.spot),
    spot_age: moment.spotAge,
    atm: moment.atm,
    ...(moment.atmByName && { atm_by_name: true }),
    pnl: rupeesOrNull(moment.pnl),
    legs: moment.legs.map(legJson),
    ...(moment.held.length > 0 && { held: moment.held.map(legJson) }),
    metrics: Object.fromEntries(moment.metrics.map(({ metric, value }) => [metric, value])),
  };
}

function legJson(leg: LegInputs) {
  return {
    leg_id: leg.legId,
    contract: leg.contract,
    bid: rupeesOrNull(leg.bid),
    ask: rupeesOrNull(leg.ask),
    quote_age: leg.quoteAge,
    spread_ticks: leg.spreadTicks,
    price: rupeesOrNull(leg.price),
    price_age: leg.priceAge,
    levels: leg.levels && leg.levels.map(levelJson),
    ...(leg.wait && { wait: waitJson(leg.wait) }),
  };
}

/** Halves of a paisa stay. */
function waitJson({ rule, premium, reference, threshold }: WaitInputs) {
  const rupees = (paise: number | null) => (paise === null ? null : paise / 100);
  return { rule, premium: rupees(premium), reference: rupees(reference), threshold: rupees(threshold) };
}

function levelJson({ bid, bidQuantity, ask, askQuantity }: BookLevel) {
  return { bid: rupeesOrNull(bid), bid_quantity: bidQuantity, ask: rupeesOrNull(ask), ask_quantity: askQuantity };
}
