import { parseStrategy } from "../../../../src/core/strategy/parse.ts";
import type { ParsedStrategy, Strategy } from "../../../../src/core/strategy/types.ts";

const STRADDLE: Strategy = parseStrategy("name: test straddle\nuniverse: { symbol: BANKNIFTY }\nentry: { legs: [{ cp: CE, lots: -1 }, { cp: PE, lots: -1 }] }").variants[0].strategy;

/** A strategy of one variant per symbol given. */
export function parsedStrategy(...symbols: string[]): ParsedStrategy {
  return {
    name: STRADDLE.name,
    params: {},
    warnings: [],
    variants: symbols.map((symbol, i) => ({
      name: `v${i + 1}`,
      swept: { N: i },
      strategy: { ...STRADDLE, universe: { ...STRADDLE.universe, symbol } },
    })),
  };
}
