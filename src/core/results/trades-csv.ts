import type { TradeLabels } from "./labels.ts";
import { csvCell } from "./csv-cell.ts";
import { createTradeRowText, TRADE_FIELDS } from "./trade-text.ts";
import type { TradeColumns } from "./types.ts";

const ROWS_PER_CHUNK = 512;

/**
 * trades.csv: a header and one line per trade, in the order of the table, each ended by LF. Pieces of some 100 KB,
 * so that a caller can rest between them. Without its first column it is the text that `resultHash` covers.
 */
export function* tradesCsv(trades: TradeColumns, labels: TradeLabels, runId: string): Generator<string, void, void> {
  const safe: TradeLabels = { variants: labels.variants.map(csvCell), symbols: labels.symbols.map(csvCell) };
  yield* tradeLines(trades, safe, ["run_id"], [csvCell(runId)]);
}

/** The rows of semantics §6 without `run_id`, unquoted: what the result hash is taken of. */
export function hashedTradeLines(trades: TradeColumns, labels: TradeLabels): Generator<string, void, void> {
  return tradeLines(trades, labels, [], []);
}

function* tradeLines(trades: TradeColumns, labels: TradeLabels, leadHeader: readonly string[], lead: readonly string[]): Generator<string, void, void> {
  const rowText = createTradeRowText(labels);
  let text = `${[...leadHeader, ...TRADE_FIELDS].join(",")}\n`;
  for (let row = 0; row < trades.length; row++) {
    text += `${[...lead, ...rowText(trades, row)].join(",")}\n`;
    if ((row + 1) % ROWS_PER_CHUNK === 0) {
      yield text;
      text = "";
    }
  }
  if (text !== "") yield text;
}
