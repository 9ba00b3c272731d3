/**
 * Variants that differ in stop-loss, target and trail alone. A simulation sees of these thresholds nothing but the answer
 * to its question: where does the first of them fire on this path? So variants go through the day together as long as
 * they are given the same answers, and are asked together.
 */
import type { Kernels } from "../kernels.ts";
import type { Rows } from "../results/trade-builder.ts";
import type { Skip } from "../results/types.ts";
import type { ThresholdTable } from "../strategy/alike.ts";
import type { CompiledStrategy } from "../strategy/compile.ts";
import { crossingsOf, onlyCrossing, type Crossings } from "./crossings.ts";
import { NO_ANSWER, RULES_LENGTH } from "./path-store.ts";
import type { PnlPath } from "./pnl-path.ts";
import { pathRules, putRules, type PremiumBase } from "./threshold.ts";

/** A variant on its way through the day. */
export interface Member {
  readonly variant: number;
  readonly strategy: CompiledStrategy;
  /** Windows that the session does not hold. */
  readonly left: readonly { readonly id: number; readonly start: number }[];
  /** Set when its day is over. */
  outcome: Outcome | undefined;
}

export interface Outcome {
  readonly rows: Rows | undefined;
  readonly skips: readonly Omit<Skip, "variant">[];
}

export class Cohort {
  constructor(
    /** At least one. */
    public members: readonly Member[],
    private readonly thresholds: ThresholdTable,
    private readonly kernels: Kernels,
  ) {}

  /** The first crossings before second `to`, from where the last call ended. */
  crossings(path: PnlPath, to: number, base: PremiumBase): Crossings {
    const { members, thresholds, kernels } = this;
    if (members.length === 1) return onlyCrossing(members, path.next(to, pathRules(thresholds, members[0].variant, base)));
    return kernels.scoped(() => {
      const rules = kernels.run.alloc(members.length * RULES_LENGTH * 8);
      const answers = kernels.run.alloc(members.length * 4);
      const { f64, i32 } = kernels;
      for (let i = 0; i < members.length; i++) putRules(thresholds, members[i].variant, base, f64, (rules >> 3) + i * RULES_LENGTH);
      i32.fill(NO_ANSWER, answers >> 2, (answers >> 2) + members.length);
      path.nextOfEach(to, { rules, count: members.length, answers });
      return crossingsOf(members, kernels.i32, answers >> 2);
    });
  }
}
