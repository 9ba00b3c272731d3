/** Semantics §4: stop-loss, target, trail, lock and combined premium of a position; which fires first. */
import { formatRupees } from "../money.ts";
import type { ExitReason } from "../results/types.ts";
import type { CompiledStrategy } from "../strategy/compile.ts";
import type { Threshold } from "../strategy/types.ts";
import type { DayMarket } from "./day-market.ts";
import { Lock } from "./lock.ts";
import type { PnlPath, PositionRules as Levels } from "./pnl-path.ts";
import { netPremium, type Position } from "./position.ts";
import { PremiumPath } from "./premium-path.ts";
import { thresholdPaise } from "./threshold.ts";

export interface Fired {
  readonly second: number;
  readonly reason: ExitReason;
  /** What was seen, for the sample. */
  readonly seen: () => string;
}

export class PositionRules {
  /** Without rules over the P&L its path is not made. */
  private readonly crosses: boolean;
  private readonly lock: Lock | null;
  private readonly premium: PremiumPath | null;
  private levels: Levels | undefined;
  private netPremium = 0;

  constructor(
    private readonly strategy: CompiledStrategy,
    private readonly market: DayMarket,
    private readonly position: Position,
    private readonly path: PnlPath,
  ) {
    const { stop, target, trail, lock, premium } = strategy;
    this.crosses = stop !== null || target !== null || trail !== null;
    this.lock = lock && new Lock(market, lock, position.filled);
    this.premium = premium && new PremiumPath(market, position);
  }

  /** A leg was filled: percentages are of another premium now. */
  refilled(): void {
    this.levels = undefined;
  }

  /** The first rule that fires before second `to`, from where the last call ended; within a second in their order. */
  next(to: number): Fired | undefined {
    if (!this.crosses && !this.lock && !this.premium) return undefined;
    const levels = (this.levels ??= this.levelsNow());
    let fired: Fired | undefined;
    const before = () => fired?.second ?? to;
    if (this.crosses) {
      const crossing = this.path.next(to, levels);
      if (crossing) fired = { ...crossing, seen: () => `P&L ${formatRupees(crossing.pnl)}` };
    }
    if (this.lock) {
      this.path.extend(before());
      const second = this.lock.next(before(), (threshold) => this.paise(threshold));
      if (second !== undefined) fired = { second, reason: "lock", seen: () => `P&L ${formatRupees(this.path.at(second))}` };
    }
    const moved = this.premium?.next(before(), this.strategy.premium!);
    if (moved) fired = { ...moved, seen: () => "combined premium" };
    return fired;
  }

  private levelsNow(): Levels {
    const { stop, target, trail } = this.strategy;
    this.netPremium = netPremium(this.position);
    return { stop: this.paise(stop), target: this.paise(target), trail: trail && { activate: this.paise(trail.activate), step: this.paise(trail.step) } };
  }

  private paise(threshold: Threshold | null): bigint {
    return thresholdPaise(threshold, this.netPremium, this.market.lotSize(this.position.contracts[0]));
  }
}
