import { describe, expect, it } from "vitest";
import { parseStrategy } from "../../../src/core/strategy/parse.ts";
import { planKey } from "../../../src/pool/plan-key.ts";

const keyOf = (blocks: string) => planKey(parseStrategy(`name: x\nuniverse: { symbol: BANKNIFTY }\n${blocks}`));
const LEGS = "entry: { legs: [{ cp: CE, lots: -1 }] }\n";

describe("planKey", () => {
  it("stays while only the size of a number changes", () => {
    const base = keyOf(`${LEGS}exit: { stop_loss: { rupees: 1000 } }\n`);
    expect(keyOf(`${LEGS}exit: { stop_loss: { rupees: 2500 } }\n`)).toBe(base);
    expect(keyOf(`${LEGS}exit: { stop_loss: { pct: 20 } }\n`)).not.toBe(base);
    expect(keyOf(LEGS)).not.toBe(base);
  });

  it("changes with dates, windows, universe and the series that a condition reads", () => {
    const keys = [
      LEGS, `${LEGS}time: { from: 2024-01-01 }\n`, `${LEGS}time: { from: 2024-01-02 }\n`, `${LEGS}time: { window: "09:15-10:00" }\n`,
      "entry: { legs: [{ cp: CE, lots: -1 }], when: { gt: [SPOT, 1] } }\n", "entry: { legs: [{ cp: CE, lots: -1 }], when: { gt: [VIX, 1] } }\n",
    ].map(keyOf);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
