/** A strategy as numbers: seconds of the IST day, paise, codes. Done once per run, not per day. */
import { FILL_MODEL_CODES } from "../engine/fill.ts";
import { OPTION_SIDES } from "../results/types.ts";
import { parseClock, type Second } from "../time.ts";
import { TICK_PAISE } from "../money.ts";
import { parseWindow } from "./schema.ts";
import { readCondition, type Condition } from "./condition.ts";
import type { Interval, Strategy, StrikeSelector, Threshold } from "./types.ts";

export interface CompiledLeg {
  /** Index into OPTION_SIDES. */
  readonly cp: number;
  readonly lots: number;
  readonly strike: StrikeSelector;
  readonly stop: Threshold | null;
  readonly target: Threshold | null;
}

export interface CompiledStrategy {
  readonly strategy: Strategy;
  readonly windows: readonly { readonly start: Second; readonly end: Second }[];
  /** null: the start of each window, or `when`. */
  readonly at: Second | null;
  readonly when: Condition | null;
  readonly trigger: "level" | "edge";
  readonly exitAt: Second | null;
  readonly exitWhen: Condition | null;
  readonly legs: readonly CompiledLeg[];
  /** Entries per window and day, rebalances not counted. */
  readonly maxPerDay: number;
  readonly rebalance: { readonly seconds: number; readonly align: "window" | "clock" } | null;
  readonly cooldown: number;
  readonly stop: Threshold | null;
  readonly target: Threshold | null;
  readonly trail: { readonly activate: Threshold; readonly step: Threshold } | null;
  readonly fill: {
    readonly model: number;
    readonly latency: number;
    readonly ttl: number;
    readonly patience: number;
    /** Paise; 0 for no gate. */
    readonly maxSpread: number;
    readonly slippage: Strategy["fill"]["slippage"];
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
    at: entry.at === null ? null : parseClock(entry.at)!,
    when: entry.when && readCondition(entry.when),
    trigger: entry.trigger,
    exitAt: exit.at === null ? null : parseClock(exit.at)!,
    exitWhen: exit.when && readCondition(exit.when),
    legs: entry.legs.map((leg) => ({ cp: OPTION_SIDES.indexOf(leg.cp), lots: leg.lots, strike: leg.strike, stop: leg.stop_loss, target: leg.target })),
    rebalance: entry.rebalance && { seconds: INTERVAL_SECONDS[entry.rebalance.every], align: entry.rebalance.align },
    maxPerDay: entry.max_per_day,
    cooldown: entry.cooldown,
    stop: exit.stop_loss,
    target: exit.target,
    trail: exit.trail && { activate: exit.trail.activate ?? { rupees: 0 }, step: exit.trail.step },
    fill: {
      model: FILL_MODEL_CODES[fill.model],
      latency: fill.latency,
      ttl: fill.ttl,
      patience: fill.patience,
      maxSpread: Math.floor(fill.max_spread_ticks * TICK_PAISE),
      slippage: fill.slippage,
    },
  };
}
