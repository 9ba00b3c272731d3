/** What the builder knows of axes, conditions and sentences. */
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { nameFor, nameProblem, scalarOf, sizeOfAxis, sweepables, usesOf, withAxis, withoutAxis, withRenamed } from "../../../../src/app/builder/axes.ts";
import { digestOf } from "../../../../src/app/builder/digest.ts";
import { partOf } from "../../../../src/app/builder/fields.ts";
import { isRule, newMetric, withOperator } from "../../../../src/app/builder/rule.ts";
import { sentenceOf } from "../../../../src/app/builder/sentence.ts";
import { conditionSchema } from "../../../../src/core/strategy/condition-schema.ts";
import { ALIAS_NAMES, METRIC_NAMES } from "../../../../src/core/strategy/metrics.ts";
import { parseStrategy } from "../../../../src/core/strategy/parse.ts";

const TEXT = `name: x
universe: { symbol: NIFTY }
entry:
  at: "09:20"
  legs:
    - { cp: CE, lots: -1, stop_loss: { pct: 30 } }
exit: { stop_loss: { pct: 30 } }
`;

describe("an axis", () => {
  it("can be made of every number and time of the strategy, and of nothing else", () => {
    expect(sweepables(parse(TEXT)).map(({ words, value }) => `${words} = ${value}`)).toEqual(["entry · at = 09:20", "entry · leg 1 · lots = -1", "entry · leg 1 · stop loss · pct = 30", "exit · stop loss · pct = 30"]);
  });

  it("takes the place of its number, under a name of its own, and gives it back", () => {
    const once = withAxis(TEXT, ["exit", "stop_loss", "pct"], 30, parse(TEXT));
    const twice = withAxis(once, ["entry", "legs", 0, "stop_loss", "pct"], 30, parse(once));
    expect(parse(twice)).toMatchObject({ exit: { stop_loss: { pct: "$STOP_LOSS" } }, entry: { legs: [{ stop_loss: { pct: "$STOP_LOSS_2" } }] }, sweep: { STOP_LOSS: [30], STOP_LOSS_2: [30] } });
    expect(usesOf("STOP_LOSS", parse(twice))).toBe(1);
    expect(parseStrategy(twice).variants).toHaveLength(1);
    const back = withoutAxis(twice, "sweep", "STOP_LOSS_2", parse(twice));
    expect(withoutAxis(back, "sweep", "STOP_LOSS", parse(back))).toBe(TEXT);
  });

  it("has another name wherever it is used once it is renamed, and keeps its place and comments", () => {
    const text = "name: x\nuniverse: { symbol: NIFTY }\nexit: { stop_loss: { pct: $A }, target: { pct: $AB } }\nparams: { A: 5 }\nsweep:\n  # how far\n  A: [1, 2] # two\n  AB: [3]\n";
    const renamed = "name: x\nuniverse: { symbol: NIFTY }\nexit: { stop_loss: { pct: $STOP }, target: { pct: $AB } }\nparams: { STOP: 5 }\nsweep:\n  # how far\n  STOP: [1, 2] # two\n  AB: [3]\n";
    expect(withRenamed(text, "A", "STOP")).toBe(renamed);
    expect(nameProblem("AB", parse(text))).toContain("taken");
    expect(nameProblem("1st", parse(text))).toContain("allowed");
    expect(nameProblem("STOP", parse(text))).toBeUndefined();
  });

  it("is as long as the parser makes it", () => {
    for (const axis of [[1, 2, 5], { from: 0.1, to: 0.5, step: 0.1 }, { from: 1, to: 1, step: 3 }, { from: 0, to: 10, step: 4 }]) {
      expect(sizeOfAxis(axis)).toBe(parseStrategy(`${TEXT}sweep: { X: ${JSON.stringify(axis)} }`).variants.length);
    }
    expect([null, 5, { from: 2, to: 1, step: 1 }, { from: 1, to: 2, step: 0 }, { from: 1 }].map(sizeOfAxis)).toEqual([0, 0, 0, 0, 0]);
  });

  it("reads what is typed as a number where it is one", () => expect(["5", " -0.5 ", "09:20", "", "none", "1e3"].map(scalarOf)).toEqual([5, -0.5, "09:20", "", "none", 1000]));
  it("gets a name that YAML and the language take", () => expect([nameFor(["x"], {}), nameFor(["x"], { sweep: { X: [1] }, params: { X_2: 1 } }), nameFor(["entry", "legs", 0, "strike", "atm"], {})]).toEqual(["X", "X_3", "STRIKE"]));
});

describe("a condition", () => {
  it.each([...METRIC_NAMES, ...ALIAS_NAMES])("with %s is one as soon as it is chosen", (name) => {
    const written = { gt: [newMetric(name), 1] };
    expect(isRule(written)).toBe(true);
    expect(conditionSchema.safeParse(written).success).toBe(true);
  });

  it("keeps its operands under another operator", () => {
    expect(withOperator({ gt: ["SPOT", 5] }, "between")).toEqual({ between: ["SPOT", 5, null] });
    expect(withOperator({ between: ["SPOT", 5, 6] }, "lt")).toEqual({ lt: ["SPOT", 5] });
  });

  it.each([{ gt: ["SPOT"] }, { gt: ["SPOT", 1], lt: ["SPOT", 2] }, { all: { gt: [1, 2] } }, "SPOT", { gt: [{ metric: "EMA", args: { of: { a: 1 } } }, 1] }, { gt: [["SPOT"], 1] }])("of a form that the builder does not know is no rule: %j", (value) => expect(isRule(value)).toBe(false));

  it("is said in words, with the first values of what is swept, and not before it is finished", () => {
    const data = { params: { FAST: 5 }, sweep: { LEVEL: { from: 10, to: 20, step: 5 } } };
    expect(sentenceOf({ gt: [{ metric: "EMA", args: { n: "$FAST" } }, "$LEVEL"] }, data)).toBe("the EMA 5 of spot (1 min bars) is above 10");
    expect(sentenceOf({ gt: ["SPOT", null] }, data)).toBeUndefined();
    expect(sentenceOf({ gt: ["SPOT", "$NONE"] }, data)).toBeUndefined();
  });
});

it("says of every part what it does", () => {
  const parsed = parseStrategy(TEXT);
  expect(["time", "entry", "legs", "exit", "adjust", "sweep"].map((part) => digestOf(part, parsed))).toEqual([
    "every date of the data; 09:15-15:25", "at 09:20, at most 1 entry per window and day", "sell 1 lot of the CE at the money; out at a loss of 30 % of its own premium", "at the end of the window; or at a loss of 30 % of the net entry premium", "none", "one variant",
  ]);
  expect(digestOf("sweep", parseStrategy(`${TEXT}sweep: { X: [1, 2] }`))).toBe("variants: 2, over X = 1, 2");
});

it.each([["entry.legs[0].cp", "legs"], ["entry", "entry"], ["entry.when.all[0]", "entry"], ["entries[1].legs[0]", "entry"], ["params.X", "sweep"], ["costs.per_lot", "fill"], ["exit.at", "exit"], ["name", "name"]])("places %s in the part %s", (path, part) => expect(partOf(path)).toBe(part));
