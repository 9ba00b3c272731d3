/** What of a run's tables belongs to the one selection. */
import { dateSelected, isSelected, type Selection } from "../../core/results/selection.ts";
import type { DayNotRun, Skip, TradeColumns } from "../../core/results/types.ts";

export interface Selected {
  readonly selection: Selection;
  /** The selection's variant alone. */
  readonly oneVariant: boolean;
}

const ofVariant = ({ selection, oneVariant }: Selected, variant: number): boolean => !oneVariant || variant === selection.variant;

export function isTradeSelected(selected: Selected, trades: TradeColumns, row: number): boolean {
  return ofVariant(selected, trades.variant[row]) && isSelected(selected.selection, trades.date[row], trades.expiry[row] - trades.date[row], trades.windowId[row]);
}

/** An entry that did not happen has no contract yet: it belongs to every DTE. */
export function isSkipSelected(selected: Selected, { variant, date, windowId }: Skip): boolean {
  return ofVariant(selected, variant) && isSelected({ ...selected.selection, dte: null }, date, 0, windowId);
}

/** A day that was not run belongs to every window and DTE. */
export function isDaySelected({ selection }: Selected, { date }: DayNotRun): boolean {
  return dateSelected(selection, date);
}
