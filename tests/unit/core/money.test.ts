import { describe, expect, it } from "vitest";
import { formatRupees, parsePaise, roundHalfUp, toPaise } from "../../../src/core/money.ts";

describe("rupees to paise", () => {
  it.each([
    [0, 0], [0.004, 0], [0.005, 1], [265.6, 26_560], [1.005, 101], [0.285, 29], [1.115, 112], [-1.005, -101], [-0.004, -0], [0.0049999, 0], [10_000_000, 1_000_000_000],
    [19_999_999.95, 1_999_999_995], [19_999_999.995, 2_000_000_000],
  ])("%d are %d, half away from zero", (rupees, paise) => {
    expect(toPaise(rupees)).toBe(paise);
  });
});

describe("a threshold or a fee is rounded half up", () => {
  it.each([
    [0.5, 1], [1.5, 2], [2.5, 3], [0.49, 0], [-0.5, 0], [-1.5, -1], [-0.51, -1], [-2, -2], [7, 7],
    // What paper says is a half is stored as a hair less.
    [77.975 * 100, 7798], [(30_125 * 16.4) / 100, 4941], [(88_921_875 * 65.6) / 10_000, 583_328], [-(30_125 * 16.4) / 100, -4940],
    // A little less than a half on paper, too.
    [4940.4999, 4940], [0.4999999999, 0],
    // Large amounts stay as they are, and parts of them are not rounded up for nothing.
    [2 ** 52 + 1, 2 ** 52 + 1], [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER], [2 ** 50 + 0.25, 2 ** 50], [2 ** 50 + 0.5, 2 ** 50 + 1], [Infinity, Infinity],
  ])("%d is %d", (value, rounded) => {
    expect(roundHalfUp(value)).toBe(rounded);
  });

  it("is never −0", () => {
    expect([roundHalfUp(-0), roundHalfUp(-0.4)]).toEqual([0, 0]);
  });
});

describe("amounts in files", () => {
  it.each([
    [0, "0.00"], [-0, "0.00"], [5, "0.05"], [-5, "-0.05"], [100, "1.00"], [-123_456, "-1234.56"], [2_147_483_648, "21474836.48"],
    [-750_000_000_000_000, "-7500000000000.00"], [Number.MAX_SAFE_INTEGER, "90071992547409.91"], [-Number.MAX_SAFE_INTEGER, "-90071992547409.91"],
  ])("%d paise are %s, and read again", (paise, text) => {
    expect(formatRupees(paise)).toBe(text);
    expect(parsePaise(text)).toBe(paise + 0);
  });

  it.each([["12", 1200], ["12.5", 1250], ["-0.5", -50], ["-0.00", 0]])("%s is read as %d", (text, paise) => {
    expect(parsePaise(text)).toBe(paise);
  });

  it.each(["", "1.234", "1e5", "+1", " 1", "1.", ".5", "--1", "1,000", "90071992547409.92", "123456789012345", "1\n"])("%j is no amount", (text) => {
    expect(parsePaise(text)).toBeUndefined();
  });
});
