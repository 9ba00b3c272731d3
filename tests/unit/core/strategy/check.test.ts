import { expect, it } from "vitest";
import { defaultRules } from "../../../../src/core/market/rules.ts";
import { checkStrategy, type DataFacts } from "../../../../src/core/strategy/check.ts";
import { problemText } from "../../../../src/core/strategy/types.ts";
import { parsedWhen } from "./strategy-text.ts";

const problems = (when: string, facts: Partial<DataFacts>) => checkStrategy(parsedWhen(when, undefined, "fill: { model: ltp }\n"), defaultRules, { symbols: ["NIFTY"], bars: false, ...facts }).map(problemText);

it("refuses a metric whose series the data set does not have", () => {
  const when = "{ all: [{ gt: [VIX, 15] }, { gt: [{ metric: LAG, args: { x: VIX, seconds: 60 } }, { metric: EMA, args: { n: 5, of: future } }] }] }";
  expect(problems(when, {})).toEqual([]);
  expect(problems(when, { absent: ["vix"] })).toEqual(["line 4, column 24: entry.when.all[0].gt[0]", "line 4, column 66: entry.when.all[1].gt[0].args.x"].map((place) => `${place}: India VIX (SPOT) cannot be known: the data folder holds no rows of India VIX; add them, or take the metric out`));
  expect(problems(when, { absent: ["future"] })).toEqual(["line 4, column 91: entry.when.all[1].gt[1]: the EMA 5 of the future (1 min bars) (EMA) cannot be known: the data folder holds no rows of a future; add them, or take the metric out"]);
});

it("refuses metrics of quotes where the data are bars", () => {
  expect(problems("{ gt: [MID, 15] }", { bars: true })).toEqual(["line 4, column 16: entry.when.gt[0]: the mid price of the ATM call (MID) cannot be known: the data are bars, which have no quotes; use PRICE_LTP or an indicator of price"]);
  expect(problems("{ gt: [{ metric: EMA, args: { n: 5, of: atm_pe, field: spread } }, PRICE_LTP] }", { bars: true })).toHaveLength(1);
  expect(problems("{ gt: [{ metric: EMA, args: { n: 5, of: atm_pe } }, PRICE_LTP] }", { bars: true })).toEqual([]);
});
