/** A strategy as parsed, with every default filled in: what the ledger stores and the hash covers. */
import type { IsoDate, WeekdayName } from "../time.ts";
import type { LegKind, SymbolName } from "../market/types.ts";
import type { ConditionForm } from "./condition-schema.ts";

export type Interval = "1m" | "5m" | "15m" | "30m" | "1h";
/** A threshold in exactly one of the three units. */
export type Threshold = { readonly rupees: number } | { readonly pct: number } | { readonly points: number };
export type FillModel = "touch" | "mid" | "ltp" | "depth";
/** A threshold of a combined premium. */
export type PremiumMove = { readonly pct: number } | { readonly points: number };
export type ExpiryName = "nearest" | "next" | "weekly" | "monthly" | IsoDate;
/** `premium` in rupees; `delta` without its sign; `within` in steps; `straddle_width` in widths of the ATM straddle's premium. */
export type StrikeSelector =
  | { readonly atm: number }
  | { readonly strike: number }
  | { readonly premium: number | { readonly min: number; readonly max: number } }
  | { readonly delta: number }
  | { readonly theta: "max"; readonly within: number }
  | { readonly straddle_width: number };
/** A move of the leg's premium, negative for down; or beyond the range of the session's first minutes. */
export type Wait = { readonly pct: number } | { readonly points: number } | { readonly break: "high" | "low"; readonly minutes: number };
export interface Reentry<Rule extends string> {
  readonly on: readonly Rule[];
  readonly times: number;
  readonly mode: "same_strike" | "new_atm" | "at_cost";
}

export interface Leg {
  readonly cp: LegKind;
  /** Negative sells. */
  readonly lots: number;
  /** null of a future. */
  readonly strike: StrikeSelector | null;
  /** null: that of the universe; of a future its own. */
  readonly expiry: ExpiryName | null;
  readonly wait: Wait | null;
  readonly stop_loss: Threshold | null;
  readonly target: Threshold | null;
  readonly reentry: Reentry<"stop_loss" | "target"> | null;
}

/** One of several ways to enter. */
export interface EntryBlock {
  readonly when: ConditionForm;
  readonly legs: readonly Leg[];
}

/** A rule that rolls a leg to another contract. */
export interface Adjustment {
  readonly when: ConditionForm;
  /** From 1. */
  readonly leg: number;
  /** null: the leg's own selector. */
  readonly to: StrikeSelector | null;
  readonly times: number;
}

export type Costs =
  | { readonly preset: "nse" }
  | { readonly none: true }
  /** Rupees per lot, rupees per order, and basis points of the premium turnover; absent parts are 0. */
  | { readonly per_lot: number; readonly per_order: number; readonly taxes_bps: number };

/** One variant, or a strategy without a sweep: all `$NAME`s replaced. Times stay as written, `HH:MM` or `HH:MM:SS`. */
export interface Strategy {
  readonly version: 1;
  readonly name: string;
  readonly universe: {
    readonly symbol: SymbolName;
    readonly expiry: ExpiryName;
    readonly dte: readonly [number, number] | null;
    readonly spot: "auto" | "files" | "future" | "synthetic";
    readonly spot_max_age: number;
    readonly expiry_missing: "use_next" | "skip";
    readonly greeks: "computed" | "data";
  };
  readonly time: {
    readonly from: IsoDate | null;
    readonly to: IsoDate | null;
    readonly days: readonly WeekdayName[] | null;
    /** Only these dates. */
    readonly include: readonly IsoDate[] | null;
    readonly exclude: readonly IsoDate[] | null;
    /** `09:15-15:25`, half-open, sorted, not overlapping. */
    readonly window: readonly string[];
  };
  readonly entry: {
    /** null without `when`: the start of each window. */
    readonly at: string | readonly string[] | null;
    readonly until: string | null;
    /** In the language's normal form; `readCondition` makes the tree of it. */
    readonly when: ConditionForm | null;
    /** Has to be true in the second of the decision, too. */
    readonly filter: ConditionForm | null;
    readonly trigger: "level" | "edge";
    /** Empty where `entries` stands in its place. */
    readonly legs: readonly Leg[];
    readonly rebalance: { readonly every: Interval; readonly align: "window" | "clock" } | null;
    readonly max_per_day: number;
    readonly cooldown: number;
    /** Of the whole position; `trail` stands for trail and lock. */
    readonly reentry: Reentry<"stop_loss" | "target" | "trail"> | null;
  };
  readonly entries: readonly EntryBlock[] | null;
  readonly exit: {
    readonly at: string | null;
    readonly when: ConditionForm | null;
    readonly stop_loss: Threshold | null;
    readonly target: Threshold | null;
    readonly trail: { readonly activate: Threshold | null; readonly step: Threshold } | null;
    readonly lock: { readonly reach: Threshold; readonly keep: Threshold; readonly every: Threshold | null; readonly by: Threshold | null } | null;
    readonly premium: { readonly rise: PremiumMove | null; readonly fall: PremiumMove | null } | null;
    readonly on_leg_stop: "leg" | "all" | "move_to_cost";
    readonly on_leg_target: "leg" | "all";
  };
  readonly adjust: readonly Adjustment[] | null;
  readonly fill: {
    readonly model: FillModel;
    readonly latency: number;
    readonly ttl: number;
    readonly patience: number;
    readonly max_spread_ticks: number;
    readonly slippage: { readonly base: number; readonly alpha_spread: number; readonly beta_rv: number };
    /** Of the quantity on the side that an order takes. */
    readonly max_share: number | null;
    readonly slice: "none" | "freeze";
  };
  readonly costs: Costs;
  readonly sampling: { readonly first_trades: number };
}

export type ParamValue = number | string | boolean;

/** A strategy file after parsing: one strategy per variant, in the order of the sweep grid. */
export interface ParsedStrategy {
  readonly name: string;
  /** The values of `params` before the sweep, after overrides. */
  readonly params: Readonly<Record<string, ParamValue>>;
  readonly variants: readonly StrategyVariant[];
  /** What is allowed but hardly meant, such as a condition that can never be true. */
  readonly warnings: readonly StrategyProblem[];
  /** Where its text says what; absent of a strategy that comes from no text of the user's, such as that of a ledger. */
  readonly places?: Places;
}

export interface StrategyVariant {
  /** `v1`, `v2`, … */
  readonly name: string;
  /** The swept values of this variant. */
  readonly swept: Readonly<Record<string, ParamValue>>;
  readonly strategy: Strategy;
}

/** Of a text; both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Places of the keys and entries of a text by their paths, `entry.legs[0].cp`; the empty path is that of the whole. */
export type Places = ReadonlyMap<string, Place>;

/** One thing wrong in a strategy: where, what was found, what is allowed, what to do. Without a place where no part of the text is meant. */
export interface StrategyProblem extends Partial<Place> {
  /** Path of keys, `entry.legs[0].cp`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
}

/** What is wrong in a strategy, or in another text of the user's that is checked as one is (document.ts). */
export class StrategyError extends Error {
  override readonly name = "StrategyError";
  constructor(readonly problems: readonly StrategyProblem[]) {
    super(problems.map(problemText).join("\n"));
  }
}

/** `line 5, column 3: entry.when: can never be true …` */
export function problemText(problem: StrategyProblem): string {
  const { path, message } = problem;
  return [placeText(problem), path, message].filter((part) => part !== "").join(": ");
}

/** `line 5, column 3`; empty without a place. */
export function placeText({ line, column }: Partial<Place>): string {
  return line === undefined ? "" : `line ${line}, column ${column}`;
}

/** What a caller may change without touching the file (command line, controls beside the editor). */
export interface StrategyOverrides {
  readonly from?: string;
  readonly to?: string;
  readonly days?: readonly string[];
  readonly window?: readonly string[];
  readonly params?: Readonly<Record<string, ParamValue>>;
}

// src/core/strategy/parse.ts exports
//   parseStrategy(text: string, overrides?: StrategyOverrides): ParsedStrategy      — YAML or JSON; throws StrategyError
