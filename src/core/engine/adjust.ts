/** `adjust`: rules that roll a leg to another contract while the position is held. Seconds are places on the grid. */
import type { SkipReason } from "../results/types.ts";
import type { CompiledAdjustment } from "../strategy/compile.ts";
import type { Condition } from "../strategy/condition.ts";
import { isHeld, type Slot } from "./late-legs.ts";
import type { StrikeSelector } from "./select.ts";

/** A leg to be rolled: to a contract, or for nothing found to be closed. */
export interface Roll {
  readonly second: number;
  /** Place in `adjust`, from 0. */
  readonly rule: number;
  readonly slot: Slot;
  readonly contract: number | SkipReason;
}

export class Adjustments {
  private readonly used: number[];

  constructor(
    private readonly rules: readonly CompiledAdjustment[],
    private readonly selector: StrikeSelector,
    /** Every second in [from, to) in which a condition of the position is true. */
    private readonly whenTrue: (condition: Condition, from: number, to: number) => readonly number[],
  ) {
    this.used = rules.map(() => 0);
  }

  /** The first roll in [from, to); in one second the first rule whose leg would change its contract. */
  next(slots: readonly Slot[], from: number, to: number): Roll | undefined {
    let first: Roll | undefined;
    this.rules.forEach((rule, i) => {
      const slot = slots[rule.leg] as Slot | undefined;
      if (slot === undefined || !isHeld(slot) || this.used[i] >= rule.times) return;
      // A leg is looked at from the second after its own fill.
      for (const second of this.whenTrue(rule.when, Math.max(from, slot.trade!.filled + 1), first?.second ?? to)) {
        const contract = this.selector.leg({ ...slot.rules, strike: rule.to ?? slot.rules.strike }, second, this.selector.atm(second));
        if (contract === slot.contract) continue;
        first = { second, rule: i, slot, contract };
        return;
      }
    });
    return first;
  }

  use({ rule }: Roll): void {
    this.used[rule]++;
  }
}
