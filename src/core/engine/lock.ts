/** `exit.lock`: once the peak P&L has reached a level, the position is closed at a floor that may rise with the peak. */
import type { CompiledStrategy } from "../strategy/compile.ts";
import type { Threshold } from "../strategy/types.ts";
import type { LockRules } from "./path-store.ts";
import { NO_RULE } from "./threshold.ts";

/** No P&L reaches it. */
export const NO_LOCK: LockRules = { reach: NO_RULE, keep: 0, every: 0, by: 0 };

/** As paise of the P&L. Where a part is a percentage of nothing the peak never reaches it. */
export function lockPaise({ reach, keep, every, by }: NonNullable<CompiledStrategy["lock"]>, paise: (threshold: Threshold) => number): LockRules {
  // A step that rounds to nothing is one paisa.
  const rises = every && by ? { every: Math.max(1, paise(every)), by: paise(by) } : { every: 0, by: 0 };
  const rules = { reach: paise(reach), keep: paise(keep), ...rises };
  return Object.values(rules).includes(NO_RULE) ? NO_LOCK : rules;
}
