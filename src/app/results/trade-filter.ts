/** Which trades a typed filter keeps. */
import type { TradeLabels } from "../../core/results/labels.ts";
import { createTradeRowText } from "../../core/results/trade-text.ts";
import type { TradeColumns } from "../../core/results/types.ts";

/** Longest stretch of work on the page's thread, milliseconds. */
const SLICE = 12;

/**
 * Indexes of the trades in which every word of the filter begins a field (`ce` finds the calls, not every rebalance). Works in short stretches, so the page stays
 * free; answers undefined when the signal ends it first.
 */
export async function filterTrades(trades: TradeColumns, labels: TradeLabels, filter: string, signal: AbortSignal): Promise<Uint32Array | undefined> {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean).map((word) => ` ${word}`);
  const kept = new Uint32Array(trades.length);
  const rowText = createTradeRowText(labels);
  let length = 0;
  let until = performance.now() + SLICE;
  for (let row = 0; row < trades.length; row++) {
    const text = ` ${rowText(trades, row).join(" ").toLowerCase()}`;
    if (words.every((word) => text.includes(word))) kept[length++] = row;
    if (performance.now() > until) {
      await new Promise((resolve) => setTimeout(resolve));
      if (signal.aborted) return undefined;
      until = performance.now() + SLICE;
    }
  }
  return kept.subarray(0, length);
}
