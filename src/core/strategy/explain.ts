/** A strategy in plain words, for `check`. */
import { count } from "../words.ts";
import { readCondition } from "./condition.ts";
import { conditionWords } from "./condition-words.ts";
import type { Costs, Leg, ParsedStrategy, Strategy, Threshold } from "./types.ts";

/** Describes the first variant, and what the others change. */
export function explainStrategy(parsed: ParsedStrategy): string {
  const { strategy } = parsed.variants[0];
  const lines: [string, string][] = [
    ["Trades", universeWords(strategy)],
    ["Days", daysWords(strategy)],
    [strategy.time.window.length === 1 ? "Window" : "Windows", strategy.time.window.join(", ")],
    ["Enters", entryWords(strategy)],
    ...strategy.entry.legs.map((leg, i): [string, string] => [`Leg ${i + 1}`, legWords(leg)]),
    ["Rebalances", rebalanceWords(strategy)],
    ["Exits", exitWords(strategy)],
    ["Fills", fillWords(strategy)],
    ["Costs", costWords(strategy.costs)],
    ["Keeps", `the exact inputs of the first ${count(strategy.sampling.first_trades, "trade")} of each variant`],
    ["Variants", variantWords(parsed)],
  ];
  const width = Math.max(...lines.map(([head]) => head.length));
  return [parsed.name, ...lines.map(([head, text]) => `  ${head.padEnd(width)}  ${text}`)].join("\n");
}

function universeWords({ universe }: Strategy): string {
  const { symbol, expiry, dte, spot, spot_max_age, expiry_missing } = universe;
  const which = /^\d/.test(expiry) ? `that expire on ${expiry}` : `of the ${expiry} expiry`;
  const days = dte === null ? "" : `, on days with ${dte[0]} to ${dte[1]} calendar days left`;
  const gap = expiry_missing === "skip" ? "; days on which that expiry has no rows are left out" : "";
  const sources = { auto: "the index files, else the nearest future, else the options themselves (synthetic)", files: "the index files", future: "the nearest future", synthetic: "the options themselves (synthetic)" };
  return `${symbol} options ${which}${days}${gap}. Spot comes from ${sources[spot]}, at most ${count(spot_max_age, "second")} old`;
}

function daysWords({ time }: Strategy): string {
  const range = time.from === null && time.to === null ? "every date of the data" : `${time.from ?? "the first date"} to ${time.to ?? "the last date"}, both included`;
  return time.days === null ? range : `${range}, ${time.days.join(", ")} only`;
}

function entryWords({ entry }: Strategy): string {
  const when = entry.when && conditionWords(readCondition(entry.when));
  const at = when !== null ? (entry.trigger === "edge" ? `in a second in which this becomes true: ${when}` : `in any second in which ${when}`) : entry.at === null ? "at the start of each window" : `at ${entry.at}`;
  const cooldown = entry.cooldown === 0 ? "" : `, not within ${count(entry.cooldown, "second")} of an exit`;
  return `${at}, at most ${count(entry.max_per_day, "entry", "entries")} per window and day${cooldown}`;
}

const LEG_PREMIUM = "its own premium";
const POSITION_PREMIUM = "the net entry premium";

function legWords({ cp, lots, strike, stop_loss, target }: Leg): string {
  const stop = stop_loss ? `; out at a loss of ${thresholdWords(stop_loss, LEG_PREMIUM, "unit")}` : "";
  const profit = target ? `; out at a profit of ${thresholdWords(target, LEG_PREMIUM, "unit")}` : "";
  return `${lots < 0 ? "sell" : "buy"} ${count(Math.abs(lots), "lot")} of the ${cp} ${strikeWords(strike)}${stop}${profit}`;
}

function strikeWords(strike: Leg["strike"]): string {
  if ("strike" in strike) return `at the strike ${strike.strike}`;
  if ("premium" in strike) return `whose mid price is nearest to ₹${strike.premium}`;
  if ("delta" in strike) return `whose delta is nearest to ${strike.delta}`;
  if (strike.atm === 0) return "at the money";
  return `${count(Math.abs(strike.atm), "step")} ${strike.atm > 0 ? "out of" : "in"} the money`;
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
  if (exit.when) rules.push(`when ${conditionWords(readCondition(exit.when))}`);
  return rules.join("; or ");
}

function thresholdWords(threshold: Threshold, premium = POSITION_PREMIUM, unit = "unit of the first leg's lot"): string {
  if ("rupees" in threshold) return `₹${threshold.rupees}`;
  if ("pct" in threshold) return `${threshold.pct} % of ${premium}`;
  return `${count(threshold.points, "point")} per ${unit}`;
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
  const { base, alpha_spread, beta_rv } = fill.slippage;
  if (base !== 0 || alpha_spread !== 0 || beta_rv !== 0) parts.push(`slippage of ⌈${base} + ${alpha_spread} × spread + ${beta_rv} × volatility⌉ ticks`);
  return parts.join("; ");
}

function costWords(costs: Costs): string {
  if ("preset" in costs) return "brokerage, STT, exchange charge, SEBI fee, stamp duty and GST by the NSE schedule of the day";
  if ("none" in costs) return "none";
  return `₹${costs.per_order} per order, ₹${costs.per_lot} per lot, ${costs.taxes_bps} basis points of the premium turnover`;
}

function variantWords({ variants, params }: ParsedStrategy): string {
  const set = Object.entries(params).map(([name, value]) => `${name} = ${value}`);
  const fixed = set.length === 0 ? "" : ` with ${set.join(", ")}`;
  if (variants.length === 1) return `one${fixed}; the lines above describe it`;
  const names = Object.keys(variants[0].swept);
  const swept = names.map((name) => `${name} = ${[...new Set(variants.map((variant) => variant.swept[name]))].join(", ")}`);
  return `${variants.length}${fixed}, over ${swept.join("; ")}; the lines above describe ${variants[0].name}`;
}
