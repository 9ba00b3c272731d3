import type { ParsedStrategy, Strategy } from "../../../../src/core/strategy/types.ts";

const STRADDLE: Strategy = {
  version: 1,
  name: "test straddle",
  universe: { symbol: "BANKNIFTY", expiry: "nearest", dte: null, spot: "auto", spot_max_age: 30, expiry_missing: "use_next" },
  time: { from: null, to: null, days: null, window: ["09:15-15:25"] },
  entry: { at: null, when: null, trigger: "level", legs: [{ cp: "CE", lots: -1, strike: { atm: 0 }, stop_loss: null, target: null }, { cp: "PE", lots: -1, strike: { atm: 0 }, stop_loss: null, target: null }], rebalance: null, max_per_day: 1, cooldown: 0 },
  exit: { at: null, when: null, stop_loss: null, target: null, trail: null },
  fill: { model: "touch", latency: 1, ttl: 3, patience: 30, max_spread_ticks: 0, slippage: { base: 0, alpha_spread: 0, beta_rv: 0 } },
  costs: { preset: "nse" },
  sampling: { first_trades: 100 },
};

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
