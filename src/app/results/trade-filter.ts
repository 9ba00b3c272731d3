/** Which trades a typed filter keeps. */
import type { TradeLabels } from "../../core/results/labels.ts";
import { createTradeRowText } from "../../core/results/trade-text.ts";
import type { TradeColumns } from "../../core/results/types.ts";
import { isTradeSelected, type Selected } from "./selected.ts";

/** Longest stretch of work on the page's thread, milliseconds. */
const SLICE = 12;
/** Rows between two looks at the clock. */
const LOOK_AT_CLOCK = 64;

/** What the table of trades shows. */
export interface TradeFilter extends Selected {
  readonly text: string;
}

/**
 * Indexes of the selected trades in which every word of the filter begins a field (`ce` finds the calls, not every rebalance). Works in short stretches, so the page stays
 * free; answers undefined when the signal ends it first.
 */
export async function filterTrades(trades: TradeColumns, labels: TradeLabels, filter: TradeFilter, signal: AbortSignal): Promise<Uint32Array | undefined> {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean).map((word) => ` ${word}`);
  const kept = new Uint32Array(trades.length);
  const rowText = createTradeRowText(labels);
  let length = 0;
  let until = performance.now() + SLICE;
  const found = (row: number) => {
    const text = ` ${rowText(trades, row).join(" ").toLowerCase()}`;
    return words.every((word) => text.includes(word));
  };
  for (let row = 0; row < trades.length; row++) {
    if (isTradeSelected(filter, trades, row) && (words.length === 0 || found(row))) kept[length++] = row;
    if (row % LOOK_AT_CLOCK === 0 && performance.now() > until) {
      await new Promise((resolve) => setTimeout(resolve));
      if (signal.aborted) return undefined;
      until = performance.now() + SLICE;
    }
  }
  return kept.subarray(0, length);
}
