import { expect, it } from "vitest";
import { factsAt } from "../../../../src/core/strategy/schema-facts.ts";
import type { Path } from "../../../../src/core/strategy/text.ts";

/** Every key below a path that stands outside conditions, by the schema. */
function keysBelow(path: Path): Path[] {
  return factsAt(path, {}).keys.flatMap((key): Path[] => {
    const own = [...path, key];
    if (["when", "filter", "params", "sweep"].includes(key)) return [own];
    const inside = factsAt([...own, 0], {}).keys.length > 0 ? [...own, 0] : own;
    return [own, ...keysBelow(inside)];
  });
}

it("says of every key what it is for", () => {
  const keys = keysBelow([]);
  expect(keys.length).toBeGreaterThan(90);
  // Units, and the parts of a range, speak for themselves.
  const plain = new Set(["rupees", "pct", "points", "min", "max", "preset", "none", "every", "align", "when", "legs"]);
  expect(keys.filter((path) => !plain.has(String(path[path.length - 1])) && factsAt(path, {}).help === undefined)).toEqual([]);
});

it("knows the default and the words of a value", () => {
  expect(factsAt(["fill", "model"], {})).toMatchObject({ standard: "touch", words: ["touch", "mid", "ltp", "depth"] });
  expect(factsAt(["fill", "latency"], {}).standard).toBe(1);
  expect(factsAt(["exit", "at"], {}).standard).toBeNull();
  expect(factsAt(["universe", "symbol"], {}).standard).toBeUndefined();
  expect(factsAt(["time", "window"], {}).standard).toEqual(["09:15-15:25"]);
  expect(factsAt(["entry", "reentry", "on", 0], {}).words).toEqual(["stop_loss", "target", "trail"]);
});

it("goes by what stands there where several forms are possible", () => {
  const data = { entry: { when: { gt: [{ metric: "EMA", args: {} }, { metric: "VOL" }] } } };
  expect(factsAt(["entry", "when", "gt", 0, "args"], data).keys).toEqual(["n", "of", "field", "bar"]);
  expect(factsAt(["entry", "when", "gt", 1, "args"], data).keys).toEqual(["seconds", "minutes", "of"]);
});
