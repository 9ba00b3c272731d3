import type { SymbolName } from "../market/types.ts";
import type { ParsedStrategy } from "../strategy/types.ts";

/** What the codes of the tables stand for: by index of the variant. */
export interface TradeLabels {
  /** `v1`, `v2`, … */
  readonly variants: readonly string[];
  readonly symbols: readonly SymbolName[];
}

export function tradeLabels(strategy: ParsedStrategy): TradeLabels {
  return {
    variants: strategy.variants.map((variant) => variant.name),
    symbols: strategy.variants.map((variant) => variant.strategy.universe.symbol),
  };
}
