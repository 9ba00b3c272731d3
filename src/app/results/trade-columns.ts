/** The columns of the Trades table. Cells are text made from number columns when a row comes into view. */
import type { TradeLabels } from "../../core/results/labels.ts";
import { contractText, flagsText } from "../../core/results/trade-text.ts";
import { ENTRY_REASONS, EXIT_REASONS, SIDES, type TradeColumns } from "../../core/results/types.ts";
import { formatClock, isoDate, weekdayName } from "../../core/time.ts";
import { arrow, count, gainClass, pnl, price } from "../ui/format.ts";
import type { TableColumn } from "../ui/VirtualTable.tsx";

/**
 * What is looked at most comes first: from position to reason it is all in view in a window of 1440 pixels.
 * @param at the trade of a row of the table: rows are fewer than trades while a filter is on
 */
export function tradeTableColumns(trades: () => TradeColumns, labels: () => TradeLabels, at: (row: number) => number): TableColumn[] {
  const net = (i: number) => trades().pnl[i] - trades().fees[i];
  const symbol = (i: number) => labels().symbols[trades().variant[i]];
  const several = labels().variants.length > 1;
  const oneSymbol = new Set(labels().symbols).size < 2;
  const column = (header: string, width: number, text: (i: number) => string, more: Omit<TableColumn, "header" | "width" | "text"> = {}): TableColumn => ({
    header,
    width,
    text: (row) => text(at(row)),
    ...more,
  });
  return [
    column("#", Math.max(40, 16 + 8 * String(trades().length).length), (i) => String(trades().positionId[i]), { end: true, hint: "Number of the position in the run" }),
    ...(several ? [column("Variant", 64, (i) => labels().variants[trades().variant[i]])] : []),
    column("Date", 92, (i) => isoDate(trades().date[i]), { title: (row) => weekdayName(trades().date[at(row)]) }),
    column("Contract", oneSymbol ? 84 : 160, (i) => contractText(oneSymbol ? "" : symbol(i), trades().strike[i], trades().cp[i]), { title: (row) => `${contractText(symbol(at(row)), trades().strike[at(row)], trades().cp[at(row)])}, expiry ${isoDate(trades().expiry[at(row)])}` }),
    column("Side", 48, (i) => SIDES[trades().side[i]]),
    column("Qty", 48, (i) => count(trades().qty[i]), { end: true, hint: "Units: lots × lot size of the contract" }),
    column("Entry", 72, (i) => formatClock(trades().tsEntry[i]), { title: (row) => `Decided ${formatClock(trades().decisionEntry[at(row)])} IST` }),
    column("at ₹", 68, (i) => price(trades().entryPx[i]), { end: true, hint: "Filled price, slippage included" }),
    column("Exit", 72, (i) => formatClock(trades().tsExit[i]), { title: (row) => `Decided ${formatClock(trades().decisionExit[at(row)])} IST` }),
    column("at ₹", 68, (i) => price(trades().exitPx[i]), { end: true, hint: "Filled price, slippage included" }),
    column("Net P&L ₹", 104, (i) => `${arrow(net(i))} ${pnl(net(i))}`, {
      end: true,
      hint: "After fees",
      class: (row) => gainClass(net(at(row))),
      title: (row) => `Before fees ${pnl(trades().pnl[at(row)])}, fees ${price(trades().fees[at(row)])}, slippage ${price(trades().slippage[at(row)])}`,
    }),
    column("Why in", 84, (i) => ENTRY_REASONS[trades().reasonEntry[i]]),
    column("Why out", 108, (i) => EXIT_REASONS[trades().reasonExit[i]]),
    column("Expiry", 92, (i) => isoDate(trades().expiry[i])),
    column("Fees ₹", 64, (i) => price(trades().fees[i]), { end: true }),
    column("Lots", 40, (i) => count(trades().lots[i]), { end: true }),
    column("Flags", 84, (i) => flagsText(trades().flags[i])),
  ];
}
