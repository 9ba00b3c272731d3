import { describe, expect, it } from "vitest";
import { lockPaise, NO_LOCK } from "../../../../src/core/engine/lock.ts";
import { pathRules, putRules, thresholdPaise } from "../../../../src/core/engine/threshold.ts";
import type { Threshold } from "../../../../src/core/strategy/types.ts";

const BASE = { premium: 30_125, lotSize: 15 };

describe("a threshold of a position in paise", () => {
  it.each<[Threshold | null, number]>([
    [null, Infinity],
    [{ rupees: 1500 }, 150_000], [{ rupees: 77.975 }, 7798], [{ rupees: 0.004 }, 0],
    // Rounded per unit, then times the lot: 0.125 rupees are 13 paise.
    [{ points: 0.125 }, 195], [{ points: 20 }, 30_000],
    // 16.4 % of 301.25 = 49.405
    [{ pct: 16.4 }, 4941], [{ pct: 100 }, 30_125],
    [{ points: 1_000_000_000 }, 1_500_000_000_000],
  ])("%j is %d", (threshold, paise) => {
    expect(thresholdPaise(threshold, BASE)).toBe(paise);
  });

  it("as a percentage of nothing never triggers", () => {
    expect(thresholdPaise({ pct: 50 }, { premium: 0, lotSize: 15 })).toBe(Infinity);
    expect(thresholdPaise({ rupees: 50 }, { premium: 0, lotSize: 15 })).toBe(5000);
  });

  it("of 10,000 lots at ten million rupees is exact", () => {
    expect(thresholdPaise({ pct: 12.5 }, { premium: 750_000_000_000_000, lotSize: 75 })).toBe(93_750_000_000_000);
  });
});

describe("the rules of one variant in the table", () => {
  // Unit (0 none, 1 rupees, 2 points, 3 percent) and amount of stop, target, activation and step.
  const table = Float64Array.of(1, 10, 2, 2, 3, 10, 1, 5, /* second row */ 0, 0, 3, 50, 0, 0, 0, 0, /* third */ 2, 1, 0, 0, 1, 0, 3, 1);
  it("are in their row", () => {
    expect(pathRules(table, 0, BASE)).toEqual({ stop: 1000, target: 3000, trail: { activate: 3013, step: 500 } });
    expect(pathRules(table, 1, BASE)).toEqual({ stop: Infinity, target: 15_063, trail: null });
    expect(pathRules(table, 2, BASE)).toEqual({ stop: 1500, target: Infinity, trail: { activate: 0, step: 301 } });
  });

  it("are written as the kernel takes them, from a place on", () => {
    const written = (row: number) => {
      const into = new Float64Array(6).fill(-1);
      putRules(table, row, BASE, into, 1);
      return [...into];
    };
    expect(written(0)).toEqual([-1, 1000, 3000, 3013, 500, -1]);
    expect(written(1)).toEqual([-1, Infinity, 15_063, Infinity, Infinity, -1]);
    expect(written(2)).toEqual([-1, 1500, Infinity, 0, 301, -1]);
  });
});

describe("a lock in paise", () => {
  const paise = (threshold: Threshold) => thresholdPaise(threshold, BASE);
  it("rises by whole steps, or not at all", () => {
    expect(lockPaise({ reach: { rupees: 10 }, keep: { rupees: 2 }, every: { rupees: 5 }, by: { rupees: 1 } }, paise)).toEqual({ reach: 1000, keep: 200, every: 500, by: 100 });
    expect(lockPaise({ reach: { rupees: 10 }, keep: { rupees: 2 }, every: null, by: null }, paise)).toEqual({ reach: 1000, keep: 200, every: 0, by: 0 });
    expect(lockPaise({ reach: { rupees: 10 }, keep: { rupees: 2 }, every: { rupees: 5 }, by: null }, paise)).toEqual({ reach: 1000, keep: 200, every: 0, by: 0 });
    expect(lockPaise({ reach: { rupees: 10 }, keep: { rupees: 2 }, every: null, by: { rupees: 5 } }, paise)).toEqual({ reach: 1000, keep: 200, every: 0, by: 0 });
  });

  it("has a step of at least one paisa", () => {
    expect(lockPaise({ reach: { rupees: 10 }, keep: { rupees: 2 }, every: { rupees: 0.001 }, by: { rupees: 1 } }, paise)).toMatchObject({ every: 1, by: 100 });
  });

  it("with a percentage of nothing in it never holds", () => {
    const nothing = (threshold: Threshold) => thresholdPaise(threshold, { premium: 0, lotSize: 15 });
    for (const part of ["reach", "keep", "every", "by"] as const) {
      expect(lockPaise({ reach: { rupees: 10 }, keep: { rupees: 2 }, every: { rupees: 5 }, by: { rupees: 1 }, [part]: { pct: 10 } }, nothing)).toBe(NO_LOCK);
    }
    expect(NO_LOCK.reach).toBe(Infinity);
  });
});
