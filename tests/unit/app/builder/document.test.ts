import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readDocument, withCopy, withItem, withMove, withoutValue, withScalars, withValue } from "../../../../src/app/builder/document.ts";

const FOLDER = join(import.meta.dirname, "../../../../strategies");
const TEXT = `# Why it may.
name: x # of mine
universe: { symbol: NIFTY, expiry: nearest }
entry:
  legs:
    - { cp: CE, lots: -1, strike: { atm: 0 } } # the call
    - { cp: PE, lots: -1, strike: { atm: 0 } }
  rebalance: 1h # hourly

# Cautious.
fill:
  latency: 1
`;

describe("a change", () => {
  it.each(readdirSync(FOLDER).filter((file) => file.endsWith(".yaml")))("leaves everything else of %s as it was, to the letter", (file) => {
    const text = readFileSync(join(FOLDER, file), "utf8");
    const name = parse(text).name as string;
    expect(withValue(text, ["name"], name)).toBe(text);
    expect(withValue(withValue(text, ["name"], "other"), ["name"], name)).toBe(text);
  });

  it("keeps the comments beside it", () => {
    expect(withValue(TEXT, ["name"], "y")).toBe(TEXT.replace("name: x", "name: y"));
    expect(withValue(TEXT, ["entry", "legs", 0, "lots"], 2)).toBe(TEXT.replace("CE, lots: -1", "CE, lots: 2"));
    expect(withValue(TEXT, ["entry", "rebalance"], "5m")).toBe(TEXT.replace("1h #", "5m #"));
  });

  it("puts new keys where the schema has them, and makes what is on the way", () => {
    expect(withValue(TEXT, ["universe", "dte"], [0, 3])).toContain("universe: { symbol: NIFTY, expiry: nearest, dte: [0, 3] }");
    expect(withValue(TEXT, ["entry", "at"], "09:20")).toContain('entry:\n  at: "09:20"\n  legs:');
    expect(withValue(TEXT, ["exit", "stop_loss", "pct"], 30)).toContain("  rebalance: 1h # hourly\n\nexit:\n  stop_loss: { pct: 30 }\n".replace("\n\nexit", "\nexit"));
    expect(withValue("", ["universe", "symbol"], "NIFTY")).toBe("universe:\n  symbol: NIFTY\n");
  });

  it("replaces the word none, or a number, by a set of keys", () => {
    expect(parse(withValue("exit: { stop_loss: none }", ["exit", "stop_loss", "pct"], 30))).toEqual({ exit: { stop_loss: { pct: 30 } } });
    expect(parse(withValue("entry: 5", ["entry", "legs", 0, "cp"], "CE"))).toEqual({ entry: { legs: [{ cp: "CE" }] } });
  });

  it("spreads a set of keys over lines once it is too long for one", () => {
    const long = withValue("entry: { legs: [{ cp: CE, lots: 1 }] }\n", ["entry", "when"], { all: [{ gt: ["SPOT", { metric: "EMA", args: { n: 20 } }] }, { lt: ["TIME", "14:30"] }] });
    expect(long).toBe('entry:\n  when:\n    all:\n      - { gt: [SPOT, { metric: EMA, args: { n: 20 } }] }\n      - { lt: [TIME, "14:30"] }\n  legs: [{ cp: CE, lots: 1 }]\n');
  });

  it("takes out what becomes empty, but no entry of a list", () => {
    expect(parse(withoutValue("fill: { slippage: { base: 1 } }\nname: x\n", ["fill", "slippage", "base"]))).toEqual({ name: "x" });
    expect(parse(withoutValue("entry: { legs: [{ cp: CE }] }", ["entry", "legs", 0, "cp"]))).toEqual({ entry: { legs: [{}] } });
    expect(parse(withoutValue("entry: { legs: [{ cp: CE }] }", ["entry", "legs", 0]))).toEqual({});
    expect(withoutValue(TEXT, ["exit", "at"])).toBe(TEXT);
  });

  it("moves, copies and adds entries with their comments", () => {
    expect(withMove(TEXT, ["entry", "legs"], 0, 1)).toContain("    - { cp: PE, lots: -1, strike: { atm: 0 } }\n    - { cp: CE, lots: -1, strike: { atm: 0 } } # the call\n");
    expect(withMove(TEXT, ["entry", "legs"], 1, 2)).toBe(TEXT);
    expect(parse(withCopy(TEXT, ["entry", "legs"], 1)).entry.legs).toHaveLength(3);
    expect(withItem(TEXT, ["entry", "legs"], 2, { cp: "FUT", lots: 1 })).toContain("    - { cp: FUT, lots: 1 }\n  rebalance");
    expect(parse(withItem('time: { window: "09:15-10:00" }', ["time", "window"], 1, "11:00-12:00"))).toEqual({ time: { window: ["09:15-10:00", "11:00-12:00"] } });
    expect(parse(withItem("time: { days: none }", ["time", "days"], 0, "Mon"))).toEqual({ time: { days: ["Mon"] } });
  });

  it("gives an alias a copy of its own", () => {
    const text = "a: &one { pct: 1 }\nexit: { stop_loss: *one }\n";
    expect(parse(withValue(text, ["exit", "stop_loss", "pct"], 2))).toEqual({ a: { pct: 1 }, exit: { stop_loss: { pct: 2 } } });
  });

  it("replaces scalars wherever they stand", () => expect(parse(withScalars("a: $X\nb: [1, $X]\n$X: 2\n", (value) => (value === "$X" ? 5 : value)))).toEqual({ a: 5, b: [1, 5], $X: 2 }));
});

it("reads what is a set of keys, and says why it cannot read the rest", () => {
  expect(readDocument("")).toEqual({ data: {} });
  expect(readDocument("name: x")).toEqual({ data: { name: "x" } });
  expect(readDocument("- 1")).toEqual({ problem: "the text is no set of keys" });
  expect(readDocument("a: {")).toHaveProperty("problem");
});
