import { expect, it } from "vitest";
import { Random } from "../../../src/core/sample/random.ts";
import { drawn } from "../../../src/pool/drawn.ts";

const ITEMS = Array.from({ length: 50 }, (_, i) => i);

it("draws the same by the same seed, something else by another, each once and in their order", () => {
  const of = (seed: number) => drawn(ITEMS, 8, new Random("verify", seed, "days"));
  expect(of(3)).toEqual(of(3));
  expect(of(4)).not.toEqual(of(3));
  expect(new Set(of(3)).size).toBe(8);
  expect(of(3)).toEqual(of(3).toSorted((a, b) => a - b));
});

it("draws all where there are no more, and every one of them now and then", () => {
  expect(drawn(ITEMS, 99, new Random(1))).toEqual(ITEMS);
  expect(new Set(ITEMS.flatMap((seed) => drawn(ITEMS, 8, new Random(seed)))).size).toBe(50);
});
