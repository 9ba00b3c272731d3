/** Semantics §4: stop-loss, target, trail, lock and combined premium of a position; which fires first. */
import { formatRupees } from "../money.ts";
import type { ExitReason } from "../results/types.ts";
import type { CompiledStrategy } from "../strategy/compile.ts";
import type { Cohort } from "./cohort.ts";
import type { Crossed, Crossings } from "./crossings.ts";
import type { DayMarket } from "./day-market.ts";
import { lockPaise, NO_LOCK } from "./lock.ts";
import type { LockRules } from "./path-store.ts";
import type { PnlPath } from "./pnl-path.ts";
import { netPremium, type Position } from "./position.ts";
import { PremiumPath } from "./premium-path.ts";
import { thresholdPaise, type PremiumBase } from "./threshold.ts";

export interface Fired {
  readonly second: number;
  readonly reason: ExitReason;
  /** What was seen, for the sample. */
  readonly seen: () => string;
}

/** What thresholds are taken of, as of the net entry premium of the moment. */
interface Levels {
  readonly base: PremiumBase;
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
    private readonly cohort: Cohort,
  ) {
    const { stop, target, trail, premium } = strategy;
    this.crosses = stop !== null || target !== null || trail !== null;
    this.premium = premium && new PremiumPath(market, position);
  }

  /** A leg was filled: percentages are of another premium now. */
  refilled(): void {
    this.levels = undefined;
  }

  /** Where stop-loss, target and trail of the cohort's members fire first before second `to`, from where the last call ended; undefined where nobody has any. */
  crossings(to: number): Crossings | undefined {
    return this.crosses ? this.cohort.crossings(this.path, to, (this.levels ??= this.levelsNow()).base) : undefined;
  }

  /** The first rule that fires before second `to` for those who have crossed as told; within a second in their order. */
  next(to: number, crossed: Crossed | undefined): Fired | undefined {
    const { lock, premium } = this.strategy;
    const pnl = (second: number) => () => `P&L ${formatRupees(this.path.at(second))}`;
    let fired: Fired | undefined = crossed && crossed.second >= 0 ? { second: crossed.second, reason: crossed.reason, seen: pnl(crossed.second) } : undefined;
    if (lock) {
      const locked = this.path.nextLocked(fired?.second ?? to, (this.levels ??= this.levelsNow()).lock!);
      if (locked) fired = { second: locked.second, reason: "lock", seen: pnl(locked.second) };
    }
    const moved = this.premium?.next(fired?.second ?? to, premium!);
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
    return { base, lock: lock && lockPaise(lock, (threshold) => thresholdPaise(threshold, base)) };
  }
}
