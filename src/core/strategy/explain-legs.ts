/** Legs, thresholds and re-entries in plain words. */
import { count } from "../words.ts";
import type { Leg, PremiumMove, Reentry, StrikeSelector, Threshold, Wait } from "./types.ts";

const LEG_PREMIUM = "its own premium";
const POSITION_PREMIUM = "the net entry premium";

export function legWords({ cp, lots, strike, expiry, wait, stop_loss, target, reentry }: Leg): string {
  const contract = strike === null ? "nearest future" : `${cp} ${strikeWords(strike)}`;
  const parts = [
    `${lots < 0 ? "sell" : "buy"} ${count(Math.abs(lots), "lot")} of the ${contract}${expiry === null ? "" : `, ${expiryWords(expiry)}`}`,
    wait && waitWords(wait),
    stop_loss && `out at a loss of ${thresholdWords(stop_loss, LEG_PREMIUM, "unit")}`,
    target && `out at a profit of ${thresholdWords(target, LEG_PREMIUM, "unit")}`,
    reentry && reentryWords(reentry),
  ];
  return parts.filter((part) => part !== null).join("; ");
}

export function strikeWords(strike: StrikeSelector): string {
  if ("strike" in strike) return `at the strike ${strike.strike}`;
  if ("premium" in strike) return typeof strike.premium === "number" ? `whose mid price is nearest to ₹${strike.premium}` : `whose mid price lies from ₹${strike.premium.min} to ₹${strike.premium.max}, nearest to the middle`;
  if ("delta" in strike) return `whose delta is nearest to ${strike.delta}`;
  if ("theta" in strike) return `with the largest theta within ${count(strike.within, "step")} of the money`;
  if ("straddle_width" in strike) return `${Math.abs(strike.straddle_width)} times the ATM straddle's premium ${strike.straddle_width > 0 ? "out of" : "in"} the money`;
  if (strike.atm === 0) return "at the money";
  return `${count(Math.abs(strike.atm), "step")} ${strike.atm > 0 ? "out of" : "in"} the money`;
}

/** `of the nearest expiry`, `that expires on 2024-08-28` */
export function expiryWords(expiry: string, verb = "expires"): string {
  return /^\d/.test(expiry) ? `that ${verb} on ${expiry}` : `of the ${expiry} expiry`;
}

export function waitWords(wait: Wait): string {
  if ("break" in wait) return `waits until its premium is ${wait.break === "high" ? "above the highest" : "below the lowest"} of the first ${wait.minutes} min`;
  const [amount, unit] = "pct" in wait ? [wait.pct, " %"] : [wait.points, ` ${Math.abs(wait.points) === 1 ? "point" : "points"}`];
  return `waits until its premium has ${amount > 0 ? "risen" : "fallen"} by ${Math.abs(amount)}${unit}`;
}

const RULES = { stop_loss: "stop-loss", target: "target", trail: "trail or lock" } as const;
const MODES = { same_strike: "on the same strikes", new_atm: "on strikes chosen anew", at_cost: "on the same strikes, once the price is back where it was entered" } as const;

export function reentryWords({ on, times, mode }: Reentry<keyof typeof RULES>): string {
  return `after its ${on.map((rule) => RULES[rule]).join(" or ")} enters again ${MODES[mode]}, up to ${count(times, "time")}`;
}

export function thresholdWords(threshold: Threshold, premium = POSITION_PREMIUM, unit = "unit of the first leg's lot"): string {
  if ("rupees" in threshold) return `₹${threshold.rupees}`;
  if ("pct" in threshold) return `${threshold.pct} % of ${premium}`;
  return `${count(threshold.points, "point")} per ${unit}`;
}

/** Of a combined premium. */
export function premiumMoveWords(move: PremiumMove): string {
  return "pct" in move ? `${move.pct} %` : count(move.points, "point");
}
