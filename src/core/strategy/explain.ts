/** A strategy in plain words, for `check`. */
import { count } from "../words.ts";
import { readCondition } from "./condition.ts";
import { conditionWords } from "./condition-words.ts";
import { blocksOf, timesOf } from "./compile.ts";
import type { ConditionForm } from "./condition-schema.ts";
import { expiryWords, legWords, premiumMoveWords, reentryWords, strikeWords, thresholdWords } from "./explain-legs.ts";
import type { Costs, ParsedStrategy, Strategy } from "./types.ts";

/** Describes the first variant, and what the others change. */
export function explainStrategy(parsed: ParsedStrategy): string {
  const lines = explainLines(parsed);
  const width = Math.max(...lines.map(([head]) => head.length));
  return [parsed.name, ...lines.map(([head, text]) => `  ${head.padEnd(width)}  ${text}`)].join("\n");
}

/** Part by part: its name, and what it says. */
export function explainLines(parsed: ParsedStrategy): readonly (readonly [string, string])[] {
  const { strategy } = parsed.variants[0];
  return [
    ["Trades", universeWords(strategy)],
    ["Days", daysWords(strategy)],
    [strategy.time.window.length === 1 ? "Window" : "Windows", strategy.time.window.join(", ")],
    ["Enters", entryWords(strategy)],
    ...legLines(strategy),
    ["Rebalances", rebalanceWords(strategy)],
    ["Exits", exitWords(strategy)],
    ...adjustLines(strategy),
    ["Fills", fillWords(strategy)],
    ["Costs", costWords(strategy.costs)],
    ["Keeps", `the exact inputs of the first ${count(strategy.sampling.first_trades, "trade")} of each variant`],
    ["Variants", variantWords(parsed)],
  ];
}

function universeWords({ universe }: Strategy): string {
  const { symbol, expiry, dte, spot, spot_max_age, expiry_missing, greeks } = universe;
  const which = expiryWords(expiry, "expire");
  const days = dte === null ? "" : `, on days with ${dte[0]} to ${dte[1]} calendar days left`;
  const gap = expiry_missing === "skip" ? "; days on which that expiry has no rows are left out" : "";
  const sources = { auto: "the index files, else the nearest future, else the options themselves (synthetic)", files: "the index files", future: "the nearest future", synthetic: "the options themselves (synthetic)" };
  return `${symbol} options ${which}${days}${gap}. Spot comes from ${sources[spot]}, at most ${count(spot_max_age, "second")} old. Greeks are ${greeks === "computed" ? "computed (Black-76)" : "those of the data"}`;
}

function daysWords({ time }: Strategy): string {
  const range = time.from === null && time.to === null ? "every date of the data" : `${time.from ?? "the first date"} to ${time.to ?? "the last date"}, both included`;
  const parts = [range, time.days && `${time.days.join(", ")} only`, time.include && `of them only ${time.include.join(", ")}`, time.exclude && `without ${time.exclude.join(", ")}`];
  return parts.filter((part) => part !== null).join(", ");
}

function entryWords(strategy: Strategy): string {
  const { entry, entries } = strategy;
  const rules = [
    `${entries === null ? waysWords(entry) : entries.map(({ when }, i) => `entry ${i + 1}: ${whenWords(when, entry.trigger)}`).join("; ")}, at most ${count(entry.max_per_day, "entry", "entries")} per window and day`,
    entry.until !== null && `not from ${entry.until} on`,
    entry.filter && `only where ${conditionWords(readCondition(entry.filter))}`,
    entry.cooldown > 0 && `not within ${count(entry.cooldown, "second")} of an exit`,
    entry.reentry && `the position ${reentryWords(entry.reentry)}`,
  ];
  return rules.filter((rule) => rule !== false && rule !== null).join(", ");
}

function waysWords({ at, when, trigger }: Strategy["entry"]): string {
  if (when) return whenWords(when, trigger);
  return at === null ? "at the start of each window" : `at ${timesOf(at).join(", ")}`;
}

function whenWords(when: ConditionForm, trigger: Strategy["entry"]["trigger"]): string {
  const words = conditionWords(readCondition(when));
  return trigger === "edge" ? `in a second in which this becomes true: ${words}` : `in any second in which ${words}`;
}

/** Legs are numbered block by block. */
function legLines(strategy: Strategy): [string, string][] {
  const blocks = blocksOf(strategy);
  return blocks.flatMap(({ legs }, block) => legs.map((leg, i): [string, string] => [blocks.length === 1 ? `Leg ${i + 1}` : `Leg ${i + 1} of entry ${block + 1}`, legWords(leg)]));
}

function rebalanceWords({ entry: { rebalance } }: Strategy): string {
  if (rebalance === null) return "never";
  return `every ${rebalance.every} counted from ${rebalance.align === "window" ? "the start of the window" : "midnight"}, when the at-the-money strike has moved`;
}

function exitWords({ exit, time }: Strategy): string {
  const rules = [exit.at === null ? `at the end of the window${time.window.length === 1 ? "" : "s"}` : `at ${exit.at}`];
  if (exit.stop_loss) rules.push(`at a loss of ${thresholdWords(exit.stop_loss)}`);
  if (exit.target) rules.push(`at a profit of ${thresholdWords(exit.target)}`);
  if (exit.trail) rules.push(`when the best P&L falls by ${thresholdWords(exit.trail.step)}${exit.trail.activate ? ` after it has reached ${thresholdWords(exit.trail.activate)}` : ""}`);
  if (exit.lock) rules.push(lockWords(exit.lock));
  if (exit.premium?.rise) rules.push(`when the combined premium has risen by ${premiumMoveWords(exit.premium.rise)}`);
  if (exit.premium?.fall) rules.push(`when the combined premium has fallen by ${premiumMoveWords(exit.premium.fall)}`);
  if (exit.on_leg_stop === "all") rules.push("all legs when one leg's stop-loss fires");
  if (exit.on_leg_stop === "move_to_cost") rules.push("the other legs at their cost once one leg's stop-loss has fired");
  if (exit.on_leg_target === "all") rules.push("all legs when one leg reaches its target");
  if (exit.when) rules.push(`when ${conditionWords(readCondition(exit.when))}`);
  return rules.join("; or ");
}

function lockWords({ reach, keep, every, by }: NonNullable<Strategy["exit"]["lock"]>): string {
  const trailing = every && by ? `, and ${thresholdWords(by)} more for every ${thresholdWords(every)} beyond it` : "";
  return `when the P&L is back at ${thresholdWords(keep)} after it has reached ${thresholdWords(reach)}${trailing}`;
}

function adjustLines({ adjust }: Strategy): [string, string][] {
  return (adjust ?? []).map(({ when, leg, to, times }) => ["Adjusts", `leg ${leg} to ${to === null ? "the contract its own selector gives" : `the contract ${strikeWords(to)}`} when ${conditionWords(readCondition(when))}, up to ${count(times, "time")}`]);
}

function fillWords({ fill }: Strategy): string {
  const models = { touch: "buys at the ask and sells at the bid", mid: "at the middle of bid and ask, to the tick against you", ltp: "at the last traded price", depth: "through the five levels of the book until the quantity is filled" };
  const parts = [
    models[fill.model],
    `${count(fill.latency, "second")} after the decision at the earliest`,
    `on prices at most ${count(fill.ttl, "second")} old`,
    `an entry waits up to ${count(fill.patience, "second")} for all its legs`,
  ];
  if (fill.max_spread_ticks > 0) parts.push(`entries only where the spread is at most ${count(fill.max_spread_ticks, "tick")}`);
  if (fill.max_share !== null) parts.push(`only where an order takes at most ${Number((fill.max_share * 100).toPrecision(6))} % of the quantity that stands there`);
  if (fill.slice === "freeze") parts.push("orders above the exchange's freeze quantity go in as several");
  const { base, alpha_spread, beta_rv } = fill.slippage;
  if (base !== 0 || alpha_spread !== 0 || beta_rv !== 0) parts.push(`slippage of ⌈${base} + ${alpha_spread} × spread + ${beta_rv} × volatility⌉ ticks`);
  return parts.join("; ");
}

function costWords(costs: Costs): string {
  if ("preset" in costs) return "brokerage, STT, exchange charge, SEBI fee, stamp duty and GST by the NSE schedule of the day";
  if ("none" in costs) return "none";
  return `₹${costs.per_order} per order, ₹${costs.per_lot} per lot, ${costs.taxes_bps} basis points of the premium turnover`;
}

function variantWords(parsed: ParsedStrategy): string {
  return `${sweepWords(parsed)}; the lines above describe ${parsed.variants.length === 1 ? "it" : parsed.variants[0].name}`;
}

/** How many variants there are, and over which values. */
export function sweepWords({ variants, params }: ParsedStrategy): string {
  const set = Object.entries(params).map(([name, value]) => `${name} = ${value}`);
  const fixed = set.length === 0 ? "" : ` with ${set.join(", ")}`;
  if (variants.length === 1) return `one${fixed}`;
  const names = Object.keys(variants[0].swept);
  const swept = names.map((name) => `${name} = ${[...new Set(variants.map((variant) => variant.swept[name]))].join(", ")}`);
  return `${variants.length}${fixed}, over ${swept.join("; ")}`;
}
