import { expect, it } from "vitest";
import { trueStretches } from "../../../../src/app/results/day/truth.ts";

it("finds the stretches in which a condition was true, from the first second to the last", () => {
  expect(trueStretches(Uint8Array.of(1, 1, 0, 2, 1, 0, 1), 100)).toEqual([[100, 102], [104, 105], [106, 107]]);
  expect(trueStretches(Uint8Array.of(0, 2, 2), 100)).toEqual([]);
  expect(trueStretches(new Uint8Array(), 100)).toEqual([]);
});
