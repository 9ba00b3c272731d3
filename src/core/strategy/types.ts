/** A strategy as parsed, with every default filled in: what the ledger stores and the hash covers. */
import type { IsoDate, WeekdayName } from "../time.ts";
import type { OptionSide, SymbolName } from "../market/types.ts";
import type { ConditionForm } from "./condition-schema.ts";

export type Interval = "1m" | "5m" | "15m" | "30m" | "1h";
/** A threshold in exactly one of the three units. */
export type Threshold = { readonly rupees: number } | { readonly pct: number } | { readonly points: number };
export type FillModel = "touch" | "mid" | "ltp" | "depth";
/** `premium` in rupees; `delta` without its sign. */
export type StrikeSelector = { readonly atm: number } | { readonly strike: number } | { readonly premium: number } | { readonly delta: number };

export interface Leg {
  readonly cp: OptionSide;
  /** Negative sells. */
  readonly lots: number;
  readonly strike: StrikeSelector;
  readonly stop_loss: Threshold | null;
  readonly target: Threshold | null;
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
    readonly expiry: "nearest" | "next" | "weekly" | "monthly" | IsoDate;
    readonly dte: readonly [number, number] | null;
    readonly spot: "auto" | "files" | "future" | "synthetic";
    readonly spot_max_age: number;
    readonly expiry_missing: "use_next" | "skip";
  };
  readonly time: {
    readonly from: IsoDate | null;
    readonly to: IsoDate | null;
    readonly days: readonly WeekdayName[] | null;
    /** `09:15-15:25`, half-open, sorted, not overlapping. */
    readonly window: readonly string[];
  };
  readonly entry: {
    /** null without `when`: the start of each window. */
    readonly at: string | null;
    /** In the language's normal form; `readCondition` makes the tree of it. */
    readonly when: ConditionForm | null;
    readonly trigger: "level" | "edge";
    readonly legs: readonly Leg[];
    readonly rebalance: { readonly every: Interval; readonly align: "window" | "clock" } | null;
    readonly max_per_day: number;
    readonly cooldown: number;
  };
  readonly exit: {
    readonly at: string | null;
    readonly when: ConditionForm | null;
    readonly stop_loss: Threshold | null;
    readonly target: Threshold | null;
    readonly trail: { readonly activate: Threshold | null; readonly step: Threshold } | null;
  };
  readonly fill: {
    readonly model: FillModel;
    readonly latency: number;
    readonly ttl: number;
    readonly patience: number;
    readonly max_spread_ticks: number;
    readonly slippage: { readonly base: number; readonly alpha_spread: number; readonly beta_rv: number };
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
}

export interface StrategyVariant {
  /** `v1`, `v2`, … */
  readonly name: string;
  /** The swept values of this variant. */
  readonly swept: Readonly<Record<string, ParamValue>>;
  readonly strategy: Strategy;
}

/** One thing wrong in a strategy: where, what was found, what is allowed, what to do. */
export interface StrategyProblem {
  /** Path of keys, `entry.legs[0].cp`; empty for the file as a whole. */
  readonly path: string;
  /** 1-based, where the text gives it. */
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
}

export class StrategyError extends Error {
  override readonly name = "StrategyError";
  constructor(readonly problems: readonly StrategyProblem[]) {
    super(problems.map(problemText).join("\n"));
  }
}

/** `line 5: entry.when: can never be true …` */
export function problemText({ line, path, message }: StrategyProblem): string {
  return `${line === undefined ? "" : `line ${line}: `}${path === "" ? "" : `${path}: `}${message}`;
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
