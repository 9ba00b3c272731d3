import { describe, expect, it } from "vitest";
import { compileStrategy } from "../../../../src/core/strategy/compile.ts";
import { metricsOf, readCondition } from "../../../../src/core/strategy/condition.ts";
import type { ConditionForm } from "../../../../src/core/strategy/condition-schema.ts";
import { ALIAS_NAMES, METRIC_NAMES, metricInfo, standsAlone } from "../../../../src/core/strategy/metrics.ts";
import { NAMED_SERIES } from "../../../../src/core/strategy/series.ts";
import { parseStrategy } from "../../../../src/core/strategy/parse.ts";
import { parsedWhen, problemsOf, withWhen } from "./strategy-text.ts";

const normal = (when: string): ConditionForm => parsedWhen(when).variants[0].strategy.entry.when!;
const exitKey = (operand: string): string => compileStrategy(parsedWhen("none", `{ gt: [${operand}, 0] }`).variants[0].strategy).exitWhen!.key;

describe("the normal form", () => {
  it("expands aliases and fills in every default", () => {
    expect(normal("{ gt: [VOL_2M, VIX] }")).toEqual({ gt: [{ metric: "VOL", args: { seconds: 120, of: "straddle" } }, { metric: "SPOT", args: { of: "vix" } }] });
    expect(normal("{ crosses_above: [{ metric: EMA, args: { n: 5 } }, { metric: MACD }] }")).toEqual({
      crosses_above: [
        { metric: "EMA", args: { n: 5, of: "spot", field: "price", bar: "1m" } },
        { metric: "MACD", args: { fast: 12, slow: 26, signal: 9, out: "line", of: "spot", field: "price", bar: "1m" } },
      ],
    });
  });

  it("writes equal things in one way", () => {
    expect(normal("{ gt: [{ metric: MID, args: { of: { atm: 0, cp: PE } } }, { metric: MID, args: { of: { atm@now: -1, cp: CE } } }] }")).toEqual({
      gt: [{ metric: "MID", args: { of: "atm_pe" } }, { metric: "MID", args: { of: { "atm@now": -1, cp: "CE" } } }],
    });
    expect(normal("{ gt: [{ metric: VOL, args: { minutes: 2 } }, { abs: [{ metric: EMA, args: { n: 1, bar: 60s } }] }] }")).toEqual({
      gt: [{ metric: "VOL", args: { seconds: 120, of: "straddle" } }, { abs: { metric: "EMA", args: { n: 1, of: "spot", field: "price", bar: "1m" } } }],
    });
  });

  it("is part of the language: reading it again changes nothing", () => {
    const [{ strategy }] = parsedWhen('{ all: [{ between: [TIME, "09:20", "10:30:15"] }, { any: [{ gt: [VOL_1M, { div: [VOL_2M, 2] }] }, { not: { ne: [{ metric: LAG, args: { x: RV_10S, seconds: 3 } }, { abs: DTE }] } }] }] }', "{ lt: [PNL, -5] }").variants;
    expect(parseStrategy(JSON.stringify(strategy)).variants[0].strategy).toEqual(strategy);
  });

  it("takes $NAMEs as numbers, times and metrics", () => {
    const { variants } = parsedWhen("{ gt: [$WHAT, $LEVEL] }", undefined, 'params: { WHAT: TIME }\nsweep: { LEVEL: ["10:30", 5, SPOT] }');
    expect(variants.map(({ strategy }) => readCondition(strategy.entry.when!).key)).toEqual(["gt(TIME(),37800)", "gt(TIME(),5)", "gt(TIME(),SPOT(of=spot))"]);
  });
});

describe("the tree", () => {
  it("has times as seconds, bars as seconds and series resolved", () => {
    const [{ when }] = compileStrategy(parsedWhen('{ gte: [{ metric: RSI, args: { n: 14, of: { atm: 2, cp: PE }, bar: 5m } }, "10:30"] }').variants[0].strategy).blocks;
    expect(when).toMatchObject({
      kind: "gte",
      lhs: { kind: "metric", name: "RSI", args: { n: 14, of: { kind: "contract", cp: 1, atm: 2, now: false }, field: "price", bar: 300 } },
      rhs: { kind: "constant", value: 37_800, time: true },
    });
  });

  it("gives equal nodes equal keys, and other nodes other keys", () => {
    expect(exitKey("VOL_1M")).toBe(exitKey("{ metric: VOL, args: { seconds: 60, of: straddle } }"));
    const series = [...NAMED_SERIES, "leg:1", "leg:2", "{ atm: 1, cp: CE }", "{ atm@now: 1, cp: CE }", "{ atm: -1, cp: CE }", "{ atm: 1, cp: PE }"];
    const operands = [...series.map((of) => `{ metric: MID, args: { of: ${JSON.stringify(of).startsWith('"{') ? of : JSON.stringify(of)} } }`), "ASK_L1", "{ add: [SPOT, 1] }", "{ sub: [SPOT, 1] }", "{ abs: SPOT }", "{ add: [SPOT, 1, 1] }"];
    expect(new Set(operands.map(exitKey)).size).toBe(operands.length);
  });

  it("lists every metric once, and what a LAG looks at before the LAG", () => {
    const condition = compileStrategy(parsedWhen("{ all: [{ gt: [SPOT, { metric: LAG, args: { x: { metric: LAG, args: { x: SPOT, seconds: 1 } }, seconds: 2 } }] }, { not: { between: [{ max: [DTE, SPOT] }, 1, VIX] } }] }").variants[0].strategy).blocks[0].when!;
    expect(metricsOf(condition).map(({ key }) => key)).toEqual(["SPOT(of=spot)", "LAG(x=SPOT(of=spot),seconds=1)", "LAG(x=LAG(x=SPOT(of=spot),seconds=1),seconds=2)", "DTE()", "SPOT(of=vix)"]);
  });
});

describe("every name of the table", () => {
  const needed: Record<string, string> = { FIELD: "name: bo0", DAY: "fact: gap", REGIME: "of: rv", LAG: "x: SPOT, seconds: 5", IMBALANCE: "levels: 3", VOL: "minutes: 1", RV: "seconds: 10", MACD: "out: hist", SUPERTREND: "mult: 2.5" };
  it.each([...METRIC_NAMES, ...ALIAS_NAMES])("%s can be used", (name) => {
    const args = needed[name] ?? (name in metricShape && "n" in metricShape[name] ? "n: 3" : name.startsWith("ORB") ? "minutes: 15" : "");
    const when = `{ gt: [{ metric: ${name}, args: { ${args} } }, 1] }`;
    expect(() => parsedWhen("none", when)).not.toThrow();
    if (standsAlone(name)) expect(() => parsedWhen("none", `{ gt: [${name}, 1] }`)).not.toThrow();
    else expect(problemsOf(withWhen("none", `{ gt: [${name}, 1] }`))[0]).toMatchObject({ path: "exit.when.gt[0]", line: 6, message: expect.stringMatching(`found "${name}"; it needs args; write {metric: ${name}, args: {`) });
  });
  const metricShape: Record<string, object> = Object.fromEntries(METRIC_NAMES.map((name) => [name, metricInfo(name).args]));
});

describe("what is wrong in a condition is said with its place", () => {
  const cases: [what: string, when: string, path: string, words: RegExp][] = [
    ["a misspelt metric", "{ gt: [SPOTT, 5] }", "gt[0]", /found "SPOTT"; did you mean "SPOT"\? allowed: a number, a time/],
    ["a misspelt metric with args", "{ gt: [{ metric: EMAA }, 1] }", "gt[0].metric", /found "EMAA"; did you mean "EMA"\? allowed metrics: SPOT, /],
    ["a misspelt operator", "{ gtt: [SPOT, 5] }", "gtt", /unknown key "gtt"; did you mean "gt"\? Allowed here: all, any, not, gt, .*between/],
    ["a misspelt operation", "{ gt: [{ ad: [SPOT, 2] }, 1] }", "gt[0].ad", /did you mean "add"\?/],
    ["two comparisons in one node", "{ gt: [SPOT, 1], lt: [SPOT, 2] }", "", /gt and lt stand side by side, join them with all or any/],
    ["an empty node", "{}", "", /exactly one of all, any/],
    ["a number for a condition", "5", "", /found 5; allowed: a condition such as/],
    ["a metric for a condition", "SPOT", "", /found "SPOT"; allowed: a condition such as/],
    ["a list for a condition", "[{ gt: [SPOT, 1] }]", "", /allowed: a condition such as/],
    ["an empty list of conditions", "{ all: [] }", "all", /at least 1 entry/],
    ["one operand", "{ gt: [SPOT] }", "gt", /at least 2 entries/],
    ["three operands", "{ gt: [SPOT, 1, 2] }", "gt", /at most 2 entries/],
    ["no list", "{ gt: SPOT }", "gt", /allowed: a list/],
    ["a between without a limit", "{ between: [SPOT, 1] }", "between", /at least 3 entries/],
    ["true as an operand", "{ gt: [true, 1] }", "gt[0]", /found true; allowed: a number, a \$NAME, a time/],
    ["a number that is none", "{ gt: [SPOT, .nan] }", "gt[1]", /allowed: a number/],
    ["no time of the day", '{ any: [{ not: { gt: [TIME, "25:00"] } }] }', "any[0].not.gt[1]", /found "25:00"; allowed: a number, a time/],
    ["one summand", "{ gt: [{ add: [SPOT] }, 1] }", "gt[0].add", /at least 2 entries/],
    ["abs of two", "{ gt: [{ abs: [SPOT, 2] }, 1] }", "gt[0].abs", /abs takes one operand/],
    ["an unknown arg", "{ gt: [{ metric: EMA, args: { n: 5, off: spot } }, 1] }", "gt[0].args.off", /did you mean "of"\? Allowed here: n, of, field, bar/],
    ["args under another name", "{ gt: [{ metric: SPOT, arg: { of: vix } }, 1] }", "gt[0].arg", /did you mean "args"\?/],
    ["a missing arg", "{ gt: [{ metric: EMA }, 1] }", "gt[0].args.n", /is needed: a number/],
    ["n of 0", "{ gt: [{ metric: EMA, args: { n: 0 } }, 1] }", "gt[0].args.n", /found 0; allowed: at least 1/],
    ["half a bar", "{ gt: [{ metric: EMA, args: { n: 1.5 } }, 1] }", "gt[0].args.n", /a whole number/],
    ["a bar of no length", "{ gt: [{ metric: EMA, args: { n: 5, bar: 0m } }, 1] }", "gt[0].args.bar", /found "0m"; allowed: a length such as 30s/],
    ["an unknown field", "{ gt: [{ metric: EMA, args: { n: 5, field: vol } }, 1] }", "gt[0].args.field", /found "vol";.*price, mid, volume, oi, iv, spread/],
    ["iv of the index", "{ gt: [{ metric: EMA, args: { n: 5, field: iv } }, 1] }", "gt[0].args.field", /iv is known of one option only/],
    ["an unknown series", "{ gt: [{ metric: EMA, args: { n: 5, of: atm_cee } }, 1] }", "gt[0].args.of", /did you mean "atm_ce"\? allowed series: spot, future/],
    ["a misspelt key of a series", "{ gt: [{ metric: MID, args: { of: { atm: 3, cpp: CE } } }, 1] }", "gt[0].args.of.cpp", /did you mean "cp"\?/],
    ["a series too far away", "{ gt: [{ metric: MID, args: { of: { atm: 300, cp: CE } } }, 1] }", "gt[0].args.of.atm", /found 300; allowed: at most 200/],
    ["Greeks of the index", "{ gt: [{ metric: DELTA, args: { of: spot } }, 1] }", "gt[0].args.of", /no value for an index; allowed: a series of one option or a straddle/],
    ["the volatility of a straddle", "{ gt: [{ metric: IV, args: { of: straddle@now } }, 1] }", "gt[0].args.of", /no value for a straddle; allowed: a series of one option/],
    ["six levels", "{ gt: [{ metric: IMBALANCE, args: { levels: 6 } }, 1] }", "gt[0].args.levels", /at most 5/],
    ["a rate in percent", "{ gt: [{ metric: IV, args: { rate: 7 } }, 1] }", "gt[0].args.rate", /found 7; allowed: at most 1/],
    ["two spans", "{ gt: [{ metric: VOL, args: { seconds: 5, minutes: 1 } }, 1] }", "gt[0].args", /exactly one of seconds and minutes/],
    ["no span", "{ gt: [{ metric: RV, args: { of: spot } }, 1] }", "gt[0].args", /exactly one of seconds and minutes/],
    ["a span for an alias that has one", "{ gt: [{ metric: VOL_1M, args: { seconds: 5 } }, 1] }", "gt[0].args.seconds", /unknown key "seconds"; Allowed here: of/],
    ["a column that no row has", "{ gt: [{ metric: FIELD, args: { name: bq5 } }, 1] }", "gt[0].args.name", /found "bq5"; did you mean "bq\d"\? allowed: price, qty, /],
    ["a LAG of an unknown metric", "{ gt: [{ metric: LAG, args: { x: SPT, seconds: 5 } }, 1] }", "gt[0].args.x", /did you mean "SPOT"\?/],
    ["a LAG of a number", "{ gt: [{ metric: LAG, args: { x: 5, seconds: 5 } }, 1] }", "gt[0].args.x", /found 5; allowed: a metric/],
    ["P&L before there is a position", "{ gt: [PNL, 1] }", "gt[0]", /PNL belongs to an open position; allowed: in exit\.when and adjust only/],
    ["P&L inside a LAG", "{ gt: [{ metric: LAG, args: { x: HOLD_SECS, seconds: 5 } }, 1] }", "gt[0].args.x", /HOLD_SECS belongs to an open position/],
    ["a leg before there is a position", '{ gt: [{ metric: MID, args: { of: "leg:1" } }, 1] }', "gt[0].args.of", /leg:1 belongs to an open position/],
    ["an undefined name", "{ gt: [SPOT, $X] }", "gt[1]", /\$X is not defined/],
  ];
  it.each(cases)("%s", (_what, when, path, words) => {
    const found = problemsOf(withWhen(when));
    expect(found.map((problem) => problem.path)).toEqual([path === "" ? "entry.when" : path.startsWith("[") ? `entry.when${path}` : `entry.when.${path}`]);
    expect(found[0]).toMatchObject({ line: 4, message: expect.stringMatching(words) });
    expect(found[0].column).toBeGreaterThan(2);
  });

  it("a leg that is not there", () => {
    expect(problemsOf(withWhen("none", '{ gt: [{ metric: MID, args: { of: "leg:3" } }, 1] }'))).toMatchObject([{ path: "exit.when.gt[0].args.of", line: 6, message: "leg:3 names no leg; allowed: leg:1 to leg:2" }]);
  });

  it("says the column of a deep place", () => {
    const when = "{ all: [{ gt: [SPOT, 1] }, { gt: [SPOT, OPN_DAY] }] }";
    expect(problemsOf(withWhen(when))[0]).toMatchObject({ line: 4, column: `  when: ${when}`.indexOf("OPN_DAY") + 1 });
  });
});
