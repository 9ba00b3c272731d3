/** Every class of error of a strategy file, in words; and that whatever stands in a place of a strategy is read or refused in words. */
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { cpuTime } from "../../../support/cpu-time.ts";
import { problemsOf } from "./strategy-text.ts";

const MINIMAL = "name: x\nuniverse: { symbol: NIFTY }\nentry: { legs: [{ cp: CE, lots: 1 }] }\n";

/** Nested so deep that its places differ in every way: a key, a list in a list, a union, a name. */
const EVERYTHING = `
version: 1
name: everything
universe: { symbol: NIFTY, expiry: nearest, dte: [0, 7], spot: auto, spot_max_age: 30, expiry_missing: skip }
time: { from: 2024-01-01, to: 2024-12-31, days: [Mon], window: ["09:15-10:00", "11:00-15:25"] }
entry:
  when: { all: [{ gt: [SPOT, { add: [1, 2] }] }, { between: [TIME, "09:30", "14:30"] }, { not: { crosses_above: [SPOT, { metric: EMA, args: { n: 20, bar: 5m } }] } }] }
  trigger: edge
  legs:
    - { cp: CE, lots: -1, strike: { atm: 0 }, stop_loss: { pct: 10 }, target: { rupees: 5 } }
    - { cp: PE, lots: -1, strike: { premium: 100 } }
    - { cp: PE, lots: 1, strike: { delta: 0.25 } }
  rebalance: { every: 1h, align: clock }
  max_per_day: 2
  cooldown: 60
exit:
  at: "15:20"
  when: { gt: [PNL, 100] }
  stop_loss: { rupees: 1000 }
  target: { points: 5 }
  trail: { activate: { pct: 1 }, step: { pct: 1 } }
fill: { model: depth, latency: 1, ttl: 3, patience: 30, max_spread_ticks: 0, slippage: { base: 0, alpha_spread: 0, beta_rv: 0 } }
costs: { per_lot: 1, per_order: 2, taxes_bps: 3 }
sampling: { first_trades: 5 }
params: { P: 1 }
sweep: { A: [1, 2], B: { from: 1, to: 2, step: 1 } }
`;

const JUNK = [-0.5, 1e12, "x", true, [], { x: 1 }];
/** What a schema library says to programmers. */
const NOT_FOR_PEOPLE = /Invalid|expected|received|undefined|unrecognized|\[object|\bNaN\b|nullish|\brecord\b|\btuple\b|\bunion\b/i;

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (value === null || typeof value !== "object") return [path];
  const inside = Array.isArray(value) ? value.map((item, i) => pathsOf(item, [...path, i])) : Object.entries(value).map(([key, item]) => pathsOf(item, [...path, key]));
  return [...(path.length === 0 ? [] : [path]), ...inside.flat()];
}

function withValue(data: unknown, path: Path, value: unknown): unknown {
  if (path.length === 0) return value;
  const [first, ...rest] = path;
  if (Array.isArray(data)) return data.map((item: unknown, i) => (i === first ? withValue(item, rest, value) : item));
  const object = data as Record<string, unknown>;
  return { ...object, [first]: withValue(object[first], rest, value) };
}

describe("whatever stands in a place of a strategy", () => {
  const data = parse(EVERYTHING) as unknown;

  it.each(pathsOf(data).map((path) => [path.join("."), path] as const))("%s", (_name, path) => {
    let refused = 0;
    for (const junk of JUNK) {
      const text = JSON.stringify(withValue(data, path, junk));
      const problems = problemsIn(text);
      if (problems.length > 0) refused++;
      for (const { path: place, line, message } of problems) {
        const said = `${JSON.stringify(junk)} → ${place}: ${message}`;
        expect(message, said).not.toMatch(NOT_FOR_PEOPLE);
        expect(message.length, said).toBeGreaterThan(15);
        expect(line, said).toBeGreaterThan(0);
      }
    }
    expect(refused).toBeGreaterThan(0);
  });
});

function problemsIn(text: string) {
  try {
    return problemsOf(text);
  } catch (error) {
    if ((error as Error).message === "this text should have been refused") return [];
    throw error;
  }
}

describe("params and sweeps", () => {
  it.each<[what: string, text: string, path: string, message: string]>([
    ["a name that starts with a digit", "params: { 1A: 2 }", "params.1A", '"1A" cannot stand here; a name has letters, digits and _, and starts with no digit'],
    ["a name with a dash", "sweep: { A-B: [1] }", "sweep.A-B", '"A-B" cannot stand here; a name has letters, digits and _, and starts with no digit'],
    ["a list for a param", "params: { A: [1] }", "params.A", "found [1]; allowed: a number, a text, or true or false"],
    ["a number for params", "params: 5", "params", "found 5; allowed: a set of keys"],
    ["an axis without values", "sweep: { A: [] }", "sweep.A", "found []; allowed: at least 1 entry"],
    ["an axis that is one value", "sweep: { A: 5 }", "sweep.A", "found 5; allowed: a list of values, or {from, to, step} with step above 0 and from not above to"],
    ["an axis that runs backwards", "sweep: { A: { from: 3, to: 1, step: 1 } }", "sweep.A", 'found {"from":3,"to":1,"step":1}; allowed: a list of values, or {from, to, step} with step above 0 and from not above to'],
    ["a step of 0", "sweep: { A: { from: 1, to: 3, step: 0 } }", "sweep.A.step", "found 0; allowed: more than 0"],
    ["a step that is missing", "sweep: { A: { from: 1, to: 3 } }", "sweep.A", 'found {"from":1,"to":3}; allowed: a list of values, or {from, to, step}'],
  ])("%s", (_what, text, path, message) => {
    const found = problemsOf(MINIMAL + text);
    const at = found.find((one) => one.path === path);
    expect(at, JSON.stringify(found)).toMatchObject({ line: 4, message: expect.stringContaining(message) as string });
  });

  it("a grid of 10⁹ variants is refused before any is made", () => {
    const axis = "{ from: 1, to: 1000, step: 1 }";
    expect(cpuTime(() => expect(problemsOf(`${MINIMAL}sweep: { A: ${axis}, B: ${axis}, C: ${axis} }`)).toEqual([
      { path: "sweep", line: 4, column: 1, message: "this grid has 1,00,00,00,000 variants; at most 1,00,000 run at once. Take fewer values or larger steps." },
    ]))).toBeLessThan(1000);
  });
  it("one axis of 10⁹ values is refused as quickly", () => {
    expect(cpuTime(() => expect(problemsOf(`${MINIMAL}sweep: { A: { from: 0, to: 1000, step: 0.000001 } }`)[0].message).toMatch(/^this grid has .* variants; at most/))).toBeLessThan(1000);
  });
});

describe("the text as a whole", () => {
  const nest = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
  const laughs = `a: &a [x,x,x,x,x,x,x,x,x]\n${"bcdefghi".split("").map((k, i) => `${k}: &${k} [${Array(9).fill(`*${"abcdefgh"[i]}`).join(",")}]`).join("\n")}`;

  it.each<[what: string, text: string, line: number | undefined, message: RegExp]>([
    ["nothing", "", 1, /^a strategy is a set of keys such as name, universe, entry; found none$/],
    ["a list", "- a\n- b", 1, /^a strategy is a set of keys/],
    ["one word", "straddle", 1, /^a strategy is a set of keys/],
    ["no YAML", "name: [1, 2", 1, /^this is no valid YAML: /],
    ["a tab for indentation", "name: x\nentry:\n\tlegs: 5", 3, /^this is no valid YAML: /],
    ["bytes that are no text", "\u0000\u0001\u0002", 1, /YAML|a set of keys/],
    ["a key twice", `${MINIMAL}name: y`, 4, /^"name" stands here twice; keep one of the two$/],
    ["a key twice inside", MINIMAL.replace("cp: CE,", "cp: CE, cp: PE,"), 3, /^"cp" stands here twice/],
    ["an alias of nothing", `${MINIMAL}exit: *nothing`, undefined, /cannot be expanded: .*nothing\. Write the values out/],
    ["1 MB", `${MINIMAL}# ${"x".repeat(1_000_000)}`, undefined, /^the file has 10\d{5} characters; a strategy has at most 262144$/],
    ["1 MB of values", `name: [${"1,".repeat(500_000)}]`, undefined, /characters; a strategy has at most 262144$/],
    ["a quarter of a MB of values", `name: [${"1,".repeat(120_000)}]`, undefined, /^the file has \d+ commas, colons, brackets and line ends; a strategy has at most 40000$/],
    ["a quarter of a MB of lines", `${MINIMAL}${"\n".repeat(250_000)}`, undefined, /commas, colons, brackets and line ends/],
    ["a quarter of a MB of mistakes", "a: ]\n".repeat(50_000), undefined, /commas, colons, brackets and line ends/],
    ["200 levels of brackets", `a: ${nest(200)}`, 1, /^nested more than 32 levels deep; a strategy needs fewer$/],
    ["200 levels of indentation", Array.from({ length: 200 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"), undefined, /^nested more than 32 levels deep/],
    ["200 levels of a list", `a:\n  ${"- ".repeat(200)}x`, 2, /^nested more than 32 levels deep/],
    ["200 levels of conditions", `${MINIMAL.replace("legs", `when: ${"{ not: ".repeat(200)}{ gt: [SPOT, 1] }${" }".repeat(200)}, legs`)}`, 3, /^nested more than 32 levels deep/],
    ["a billion laughs", laughs, undefined, /^the aliases \(&name, \*name\) of this file cannot be expanded: .*Write the values out\.$/],
    ["an alias of itself", "a: &a [*a]", undefined, /aliases|YAML/],
    ["levels that only aliases make", Array.from({ length: 5 }, (_, i) => `a${i}: &a${i} ${"[".repeat(8)}${i === 0 ? 1 : `*a${i - 1}`}${"]".repeat(8)}`).join("\n"), undefined, /^nested more than 32 levels deep, its aliases expanded/],
    ["values that only aliases make", `a: &a [${Array(2_000).fill(1).join(",")}]\nb: [${Array(20).fill("*a").join(",")}]`, undefined, /^the file has more than 20000 values, its aliases expanded/],
    ["a __proto__ key", `${MINIMAL}__proto__: { polluted: true }`, 4, /^"__proto__" is no key of a strategy$/],
    ["a __proto__ key inside", MINIMAL.replace("cp: CE,", "cp: CE, __proto__: { polluted: true },"), 3, /^"__proto__" is no key of a strategy$/],
    ["a __proto__ param", `${MINIMAL}params: { __proto__: 5 }`, 4, /^"__proto__" is no key of a strategy$/],
    ["a constructor key", `${MINIMAL}constructor: { prototype: { polluted: true } }`, 4, /^"constructor" is no key of a strategy$/],
    ["a __proto__ key in JSON", '{"name":"x","__proto__":{"polluted":true}}', 1, /^"__proto__" is no key of a strategy$/],
  ])("%s", (_what, text, line, message) => {
    expect(cpuTime(() => {
      const [first] = problemsOf(text);
      expect(first.message).toMatch(message);
      if (line !== undefined) expect(first.line).toBe(line);
      expect(first.column === undefined).toBe(first.line === undefined);
    })).toBeLessThan(1000);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("a text full of mistakes lists the first ten", () => {
    expect(problemsOf("a: ]\n".repeat(5_000))).toHaveLength(10);
  });
});
