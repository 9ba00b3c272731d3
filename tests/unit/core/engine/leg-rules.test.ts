import { expect, it } from "vitest";
import { legCrossing } from "../../../../src/core/engine/leg-rules.ts";
import type { CompiledLeg } from "../../../../src/core/strategy/compile.ts";
import type { Threshold } from "../../../../src/core/strategy/types.ts";
import { CALL, held, SECONDS, withMarket } from "./held-market.ts";

const rules = (stop: Threshold | null, target: Threshold | null = null): CompiledLeg => ({ cp: CALL, lots: -1, strike: null, expiry: null, wait: null, stop, target, reentry: null });

/** Sold at 100.00: each second is a loss of a paisa a unit. */
it.each<[string, CompiledLeg, number | undefined]>([
  ["30 rupees of the whole leg", rules({ rupees: 30 }), 200],
  ["30.004 rupees are 30", rules({ rupees: 30.004 }), 200],
  ["30.005 rupees are 30.01", rules({ rupees: 30.005 }), 201],
  ["2 points a unit", rules({ points: 2 }), 200],
  ["0.125 points are 13 paise", rules({ points: 0.125 }), 13],
  ["2.5 % of its price", rules({ pct: 2.5 }), 250],
  ["0.125 % of it are 13 paise", rules({ pct: 0.125 }), 13],
  ["more than it loses", rules({ points: 4 }), undefined],
  ["no rule", rules(null), undefined],
])("a stop of %s", async (_says, leg, second) => {
  await withMarket((market) => expect(legCrossing(market, leg, held(CALL, -1, 10_000), 1, SECONDS)).toEqual(second && { second, reason: "leg_stop_loss" }));
});

it("is per unit where it is points or a percentage, and of all lots where it is rupees", async () => {
  await withMarket((market) => {
    const of = (leg: CompiledLeg) => legCrossing(market, leg, held(CALL, -10, 10_000), 1, SECONDS)?.second;
    expect([of(rules({ points: 2 })), of(rules({ pct: 2.5 })), of(rules({ rupees: 30 }))]).toEqual([200, 250, 20]);
  });
});

it("a target of a long counts what it gains, from the second that is asked for", async () => {
  await withMarket((market) => {
    // Bought at 100.00, marked at the bid: 9,995 + s.
    const of = (target: Threshold, from = 1, to = SECONDS) => legCrossing(market, rules({ points: 5 }, target), held(CALL, 1, 10_000), from, to);
    expect(of({ points: 1 })).toEqual({ second: 105, reason: "leg_target" });
    expect(of({ pct: 1 }, 300)).toEqual({ second: 300, reason: "leg_target" });
    expect(of({ rupees: 15 }, 1, 105)).toBeUndefined();
    expect(of({ rupees: 15 }, 1, 106)).toEqual({ second: 105, reason: "leg_target" });
  });
});

it("a stop at cost stands where the leg was filled, in place of its own", async () => {
  await withMarket((market) => {
    // Sold at 101.00: the ask is there in second 100.
    expect(legCrossing(market, rules(null), held(CALL, -1, 10_100), 1, SECONDS, true)).toEqual({ second: 100, reason: "leg_cost_stop" });
    expect(legCrossing(market, rules({ points: 1 }), held(CALL, -1, 10_100), 1, SECONDS, true)).toEqual({ second: 100, reason: "leg_cost_stop" });
    // Its target goes on: at 100.50 a gain of half a rupee, seen in the first second.
    expect(legCrossing(market, rules(null, { points: 0.5 }), held(CALL, -1, 10_100), 1, SECONDS, true)).toEqual({ second: 1, reason: "leg_target" });
  });
});
