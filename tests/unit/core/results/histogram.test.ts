import { describe, expect, it } from "vitest";
import { histogram, roundStep } from "../../../../src/core/results/histogram.ts";

const of = (values: readonly number[], bins: number) => {
  const found = histogram(Float64Array.from(values), bins)!;
  return { ...found, counts: [...found.counts] };
};

describe("a histogram, by hand", () => {
  it("has round bins of which none holds both gains and losses", () => {
    // 0.5 % of 4 values leave out none: from −15 to 20 in 7 bins are 5 each.
    expect(of([-15, -1, 0, 20], 7)).toEqual({ first: -15, width: 5, counts: [1, 0, 1, 1, 0, 0, 0, 1], below: false, above: false });
    // A bin begins with its lower edge.
    expect(of([0, 4.99, 5, 10], 2)).toEqual({ first: 0, width: 5, counts: [2, 1, 1], below: false, above: false });
  });

  it("of values that are all equal, and of one", () => {
    expect(of([120, 120], 10)).toEqual({ first: 120, width: 20, counts: [2], below: false, above: false });
    expect(of([-120], 10)).toEqual({ first: -120, width: 20, counts: [1], below: false, above: false });
    expect(of([0, 0, 0], 10)).toEqual({ first: 0, width: 1, counts: [3], below: false, above: false });
    expect(histogram(new Float64Array(), 10)).toBeUndefined();
  });

  it("puts what lies beyond 99 % into the outer bins, and says so", () => {
    const values = Array.from({ length: 300 }, (_, i) => i % 100);
    const wide = of([...values, -5000, 9000], 10);
    expect(wide).toMatchObject({ first: 0, width: 10, below: true, above: true });
    expect(wide.counts).toEqual([31, 30, 30, 30, 30, 30, 30, 30, 30, 31]);
    expect(of([...values, 9000], 10)).toMatchObject({ below: false, above: true });
    // The end of the last bin is beyond it.
    expect(of([...values, 100], 10)).toMatchObject({ first: 0, width: 10, above: true });
    expect(of([...values, -5000], 10)).toMatchObject({ below: true, above: false });
  });
});

describe("a round step", () => {
  it.each([[1, 1], [1.01, 2], [2, 2], [2.01, 2.5], [2.5, 2.5], [2.51, 5], [5, 5], [5.01, 10], [0.03, 0.05], [120, 200], [1e7, 1e7], [3.0000000000000004e-1 / 0.3, 1]])("for %d is %d", (least, step) => {
    expect(roundStep(least)).toBeCloseTo(step, 12);
  });
});
