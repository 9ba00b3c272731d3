/** A strategy as numbers: seconds of the IST day, paise, codes. Done once per run, not per day. */
import { FILL_MODEL_CODES } from "../engine/fill.ts";
import { LEG_KINDS } from "../results/types.ts";
import { parseClock, type Second } from "../time.ts";
import { TICK_PAISE } from "../money.ts";
import { parseWindow } from "./schema.ts";
import { readCondition, type Condition } from "./condition.ts";
import type { ConditionForm } from "./condition-schema.ts";
import type { Path } from "./text.ts";
import type { ExpiryName, Interval, Leg, Strategy, StrikeSelector, Threshold, Wait } from "./types.ts";

export interface CompiledLeg {
  /** Index into LEG_KINDS. */
  readonly cp: number;
  readonly lots: number;
  /** null of a future. */
  readonly strike: StrikeSelector | null;
  /** null: that of the universe; of a future its own. */
  readonly expiry: ExpiryName | null;
  readonly wait: Wait | null;
  readonly stop: Threshold | null;
  readonly target: Threshold | null;
  readonly reentry: Leg["reentry"];
}

/** One way to enter: a strategy without `entries` has one. */
export interface CompiledBlock {
  /** Place in `entries`, from 1. */
  readonly id: number;
  /** null: at a time. */
  readonly when: Condition | null;
  readonly legs: readonly CompiledLeg[];
  /** How many of the legs wait. */
  readonly waiting: "none" | "some" | "all";
}

export interface CompiledAdjustment {
  readonly when: Condition;
  /** Place in the block's legs, from 0. */
  readonly leg: number;
  /** null: the leg's own selector. */
  readonly to: StrikeSelector | null;
  readonly times: number;
}

export interface CompiledStrategy {
  readonly strategy: Strategy;
  readonly windows: readonly { readonly start: Second; readonly end: Second }[];
  /** Ascending; null: the start of each window, or `when`. */
  readonly at: readonly Second[] | null;
  readonly until: Second | null;
  readonly filter: Condition | null;
  readonly blocks: readonly CompiledBlock[];
  readonly trigger: "level" | "edge";
  readonly exitAt: Second | null;
  readonly exitWhen: Condition | null;
  readonly adjust: readonly CompiledAdjustment[];
  /** Entries per window and day, rebalances not counted. */
  readonly maxPerDay: number;
  readonly rebalance: { readonly seconds: number; readonly align: "window" | "clock" } | null;
  readonly cooldown: number;
  readonly stop: Threshold | null;
  readonly target: Threshold | null;
  readonly trail: { readonly activate: Threshold; readonly step: Threshold } | null;
  readonly lock: Strategy["exit"]["lock"];
  readonly premium: Strategy["exit"]["premium"];
  readonly onLegStop: Strategy["exit"]["on_leg_stop"];
  readonly onLegTarget: Strategy["exit"]["on_leg_target"];
  readonly reentry: Strategy["entry"]["reentry"];
  readonly fill: {
    readonly model: number;
    readonly latency: number;
    readonly ttl: number;
    readonly patience: number;
    /** Paise; 0 for no gate. */
    readonly maxSpread: number;
    readonly slippage: Strategy["fill"]["slippage"];
    /** Of the quantity on the side that an order takes. */
    readonly maxShare: number | null;
  };
}

const INTERVAL_SECONDS: Record<Interval, number> = { "1m": 60, "5m": 300, "15m": 900, "30m": 1800, "1h": 3600 };

const compiled = new WeakMap<Strategy, CompiledStrategy>();

/** The same answer for the same strategy object: a run asks once per day and variant. */
export function compileStrategy(strategy: Strategy): CompiledStrategy {
  let known = compiled.get(strategy);
  if (!known) compiled.set(strategy, (known = compile(strategy)));
  return known;
}

function compile(strategy: Strategy): CompiledStrategy {
  const { time, entry, exit, fill } = strategy;
  return {
    strategy,
    windows: time.window.map((text) => parseWindow(text)!),
    at: entry.at === null ? null : timesOf(entry.at).map((text) => parseClock(text)!),
    until: entry.until === null ? null : parseClock(entry.until)!,
    filter: entry.filter && readCondition(entry.filter),
    blocks: blocksOf(strategy).map(({ when, legs }, i) => ({ id: i + 1, when: when && readCondition(when), legs: legs.map(compileLeg), waiting: waitingOf(legs) })),
    trigger: entry.trigger,
    exitAt: exit.at === null ? null : parseClock(exit.at)!,
    exitWhen: exit.when && readCondition(exit.when),
    adjust: (strategy.adjust ?? []).map(({ when, leg, to, times }) => ({ when: readCondition(when), leg: leg - 1, to, times })),
    rebalance: entry.rebalance && { seconds: INTERVAL_SECONDS[entry.rebalance.every], align: entry.rebalance.align },
    maxPerDay: entry.max_per_day,
    cooldown: entry.cooldown,
    stop: exit.stop_loss,
    target: exit.target,
    trail: exit.trail && { activate: exit.trail.activate ?? { rupees: 0 }, step: exit.trail.step },
    lock: exit.lock,
    premium: exit.premium,
    onLegStop: exit.on_leg_stop,
    onLegTarget: exit.on_leg_target,
    reentry: entry.reentry,
    fill: {
      model: FILL_MODEL_CODES[fill.model],
      latency: fill.latency,
      ttl: fill.ttl,
      patience: fill.patience,
      maxSpread: Math.floor(fill.max_spread_ticks * TICK_PAISE),
      slippage: fill.slippage,
      maxShare: fill.max_share,
    },
  };
}

/** One time or several. */
export function timesOf(at: string | readonly string[]): readonly string[] {
  return typeof at === "string" ? [at] : at;
}

/** The ways to enter: `entries`, or what `entry` says alone. */
export function blocksOf({ entry, entries }: Strategy): readonly { readonly when: ConditionForm | null; readonly legs: readonly Leg[] }[] {
  return entries ?? [{ when: entry.when, legs: entry.legs }];
}

function waitingOf(legs: readonly Leg[]): CompiledBlock["waiting"] {
  const waiting = legs.filter(({ wait }) => wait !== null).length;
  return waiting === 0 ? "none" : waiting === legs.length ? "all" : "some";
}

function compileLeg({ cp, lots, strike, expiry, wait, stop_loss, target, reentry }: Leg): CompiledLeg {
  return { cp: LEG_KINDS.indexOf(cp), lots, strike, expiry, wait, stop: stop_loss, target, reentry };
}

/** The conditions of a strategy with their paths in the file; those in `held` know the open position. */
export function conditionsOf(strategy: Strategy): readonly { readonly path: Path; readonly form: ConditionForm; readonly held: boolean }[] {
  const { entry, entries, exit, adjust } = strategy;
  const found: { path: Path; form: ConditionForm | null; held: boolean }[] = [
    { path: ["entry", "when"], form: entry.when, held: false },
    { path: ["entry", "filter"], form: entry.filter, held: false },
    ...(entries ?? []).map(({ when }, i) => ({ path: ["entries", i, "when"], form: when, held: false })),
    { path: ["exit", "when"], form: exit.when, held: true },
    ...(adjust ?? []).map(({ when }, i) => ({ path: ["adjust", i, "when"], form: when, held: true })),
  ];
  return found.flatMap(({ form, ...rest }) => (form === null ? [] : [{ ...rest, form }]));
}
