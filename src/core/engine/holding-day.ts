/** What holding a position needs of the day, and what it comes to. */
import type { ExitReason, SkipReason } from "../results/types.ts";
import type { Cohort } from "./cohort.ts";
import type { DayConditions } from "./conditions.ts";
import type { DayMarket } from "./day-market.ts";
import type { LateLegs } from "./late-legs.ts";
import type { Orders } from "./orders.ts";
import type { StrikeSelector } from "./select.ts";
import type { DayWindow } from "./windows.ts";

/** What ended a position and when, or the anchor at which it is to be re-struck around another ATM. */
export type Ended =
  /** `by`: the rule that closed the whole position; undefined when its legs closed one by one. */
  | { readonly kind: "closed"; readonly second: number; readonly by: ExitReason | undefined }
  | { readonly kind: "rebalance"; readonly anchor: number; readonly atm: number };

export interface HoldingDay {
  readonly market: DayMarket;
  readonly selector: StrikeSelector;
  readonly orders: Orders;
  readonly late: LateLegs;
  readonly conditions: DayConditions;
  readonly clock: (s: number) => string;
  readonly skip: (window: DayWindow, s: number, reason: SkipReason) => void;
  /** Those who hold the position; they become fewer as some of them close it. */
  readonly cohort: Cohort;
  /** Of a position at its first fill. */
  readonly nextId: () => number;
}
