/** `entry.reentry`: when a position that one of its rules has closed is opened again. Seconds are places on the grid. */
import type { ExitReason } from "../results/types.ts";
import type { CompiledStrategy } from "../strategy/compile.ts";
import type { LateLegs } from "./late-legs.ts";
import { firstTrades, realised, type Position } from "./position.ts";

const RULES: Readonly<Partial<Record<ExitReason, "stop_loss" | "target" | "trail">>> = { stop_loss: "stop_loss", target: "target", trail: "trail", lock: "trail" };

/** Whether the rule that closed a position lets it be opened again, after `used` times. */
export function reenters({ reentry }: CompiledStrategy, by: ExitReason | undefined, used: number): boolean {
  if (reentry === null || by === undefined) return false;
  const rule = RULES[by];
  return rule !== undefined && reentry.on.includes(rule) && used < reentry.times;
}

/**
 * First second in [from, to) in which the legs of a closed position could be opened for the premium that they were opened
 * for, or better for who waits: after a loss V ≤ C, otherwise V ≥ C, with V = Σ −lots × opening price and
 * C = Σ −lots × filled price. undefined when there is none.
 */
export function premiumIsBack(late: LateLegs, position: Position, from: number, to: number): number | undefined {
  const legs = firstTrades(position.trades).map(({ place, lots, entry }) => ({ contract: position.contracts[place], lots, filled: entry.price }));
  const cost = legs.reduce((sum, { lots, filled }) => sum - lots * filled, 0);
  const loss = realised(position) < 0;
  for (let s = from; s < to; s++) {
    let value = 0;
    for (const { contract, lots } of legs) {
      const price = late.openingPrice(contract, lots > 0, s);
      value = price === 0 ? NaN : value - lots * price;
    }
    if (loss ? value <= cost : value >= cost) return s;
  }
  return undefined;
}
