/** Plain twins of the kernels: the same rules in the most obvious code, to compare with on random input. */

export interface TwinRow {
  readonly second: number;
  readonly price: number;
  readonly priceSecond: number;
  readonly bid: number;
  readonly ask: number;
}

export interface TwinSlot {
  bid: number;
  ask: number;
  quoteSecond: number;
  price: number;
  priceSecond: number;
}

export function twinGrid(rows: readonly TwinRow[], open: number, seconds: number): TwinSlot[] {
  return Array.from({ length: seconds }, (_, s) => {
    const known = rows.filter((row) => row.second - open <= s);
    const quote = known.findLast((row) => row.bid > 0);
    const price = known.findLast((row) => row.price > 0);
    return {
      bid: quote?.bid ?? 0,
      ask: quote?.ask ?? 0,
      quoteSecond: quote ? quote.second - open : 0,
      price: price?.price ?? 0,
      priceSecond: price ? price.priceSecond - open : 0,
    };
  });
}

export function twinTradeable(slot: TwinSlot, s: number, model: "touch" | "mid" | "ltp", ttl: number, maxSpread: number): boolean {
  const quoteFresh = slot.bid > 0 && s - slot.quoteSecond <= ttl;
  const priced = model === "ltp" ? slot.price > 0 && s - slot.priceSecond <= ttl : quoteFresh;
  return priced && (maxSpread === 0 || (quoteFresh && slot.ask - slot.bid <= maxSpread));
}

export interface TwinLeg {
  readonly grid: readonly TwinSlot[];
  readonly units: number;
  readonly entry: number;
}

export function twinPnl(legs: readonly TwinLeg[], s: number): number {
  return legs.reduce((sum, { grid, units, entry }) => {
    const quote = units > 0 ? grid[s].bid : grid[s].ask;
    return sum + units * ((quote > 0 ? quote : grid[s].price) - entry);
  }, 0);
}

export interface TwinRules {
  readonly stop: number;
  readonly target: number;
  readonly activate: number;
  readonly step: number;
}

/** The first second after `filled` in which a rule fires, and which: 1 stop, 2 target, 3 trail. */
export function twinCrossing(path: readonly number[], filled: number, to: number, rules: TwinRules): [second: number, rule: number] | undefined {
  let peak = path[filled];
  for (let s = filled + 1; s < to; s++) {
    peak = Math.max(peak, path[s]);
    if (path[s] <= -rules.stop) return [s, 1];
    if (path[s] >= rules.target) return [s, 2];
    if (peak >= rules.activate && path[s] <= peak - rules.step) return [s, 3];
  }
  return undefined;
}
