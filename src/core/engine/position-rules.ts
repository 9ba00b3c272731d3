/** Semantics §4: stop-loss, target, trail, lock and combined premium of a position; which fires first. */
import { formatRupees } from "../money.ts";
import type { ExitReason } from "../results/types.ts";
import type { CompiledStrategy } from "../strategy/compile.ts";
import type { DayMarket } from "./day-market.ts";
import { lockPaise, NO_LOCK } from "./lock.ts";
import type { LockRules, PathRules } from "./path-store.ts";
import type { PnlPath } from "./pnl-path.ts";
import { netPremium, type Position } from "./position.ts";
import { PremiumPath } from "./premium-path.ts";
import { pathRules, thresholdPaise, type PremiumBase } from "./threshold.ts";

export interface Fired {
  readonly second: number;
  readonly reason: ExitReason;
  /** What was seen, for the sample. */
  readonly seen: () => string;
}

/** Thresholds as paise, of the net entry premium of the moment. */
interface Levels {
  readonly base: PremiumBase;
  readonly path: PathRules;
  readonly lock: LockRules | null;
}

export class PositionRules {
  /** Without rules over the P&L its path is not made. */
  private readonly crosses: boolean;
  private readonly premium: PremiumPath | null;
  private levels: Levels | undefined;

  constructor(
    private readonly strategy: CompiledStrategy,
    private readonly market: DayMarket,
    private readonly position: Position,
    private readonly path: PnlPath,
  ) {
    const { stop, target, trail, premium } = strategy;
    this.crosses = stop !== null || target !== null || trail !== null;
    this.premium = premium && new PremiumPath(market, position);
  }

  /** A leg was filled: percentages are of another premium now. */
  refilled(): void {
    this.levels = undefined;
  }

  /** The first rule that fires before second `to`, from where the last call ended; within a second in their order. */
  next(to: number): Fired | undefined {
    if (!this.crosses && !this.strategy.lock && !this.premium) return undefined;
    const levels = (this.levels ??= this.levelsNow());
    let fired: Fired | undefined;
    const pnl = (second: number) => () => `P&L ${formatRupees(this.path.at(second))}`;
    if (this.crosses) {
      const crossing = this.path.next(to, levels.path, levels.base);
      if (crossing) fired = { second: crossing.second, reason: crossing.reason, seen: pnl(crossing.second) };
    }
    if (levels.lock) {
      const locked = this.path.nextLocked(fired?.second ?? to, levels.lock);
      if (locked) fired = { second: locked.second, reason: "lock", seen: pnl(locked.second) };
    }
    const moved = this.premium?.next(fired?.second ?? to, this.strategy.premium!);
    return moved ? { second: moved.second, reason: moved.reason, seen: () => "combined premium" } : fired;
  }

  /** Goes on to second `to` without a rule being looked at; the peak goes on. */
  pass(to: number): void {
    if (this.crosses) this.path.pass(to);
    if (this.strategy.lock) this.path.nextLocked(to, NO_LOCK);
    this.premium?.next(to, { rise: null, fall: null });
  }

  private levelsNow(): Levels {
    const { lock } = this.strategy;
    const base = { premium: netPremium(this.position), lotSize: this.market.lotSize(this.position.contracts[0]) };
    return { base, path: pathRules(this.strategy, base), lock: lock && lockPaise(lock, (threshold) => thresholdPaise(threshold, base.premium, base.lotSize)) };
  }
}
