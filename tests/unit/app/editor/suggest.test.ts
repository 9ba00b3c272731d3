import { describe, expect, it } from "vitest";
import { meaningAt, suggestAt } from "../../../../src/app/editor/suggest.ts";

/** Labels at the mark `|`. */
function labels(marked: string): string[] {
  const at = marked.indexOf("|");
  return suggestAt(marked.replace("|", ""), at)?.list.map(({ label }) => label) ?? [];
}
const inserted = (marked: string, label: string) => suggestAt(marked.replace("|", ""), marked.indexOf("|"))?.list.find((one) => one.label === label)?.insert;

describe("suggestions", () => {
  it("are the keys of the place, without those that stand there", () => {
    expect(labels("name: x\n|")).toEqual(expect.arrayContaining(["universe", "entry", "params", "sweep"]));
    expect(labels("name: x\n|")).not.toContain("name");
    expect(labels("universe:\n  symbol: NIFTY\n  e|")).toEqual(["expiry", "dte", "spot", "spot_max_age", "expiry_missing", "greeks"]);
    expect(labels("entry:\n  legs:\n    - { cp: CE, |")).toEqual(["lots", "strike", "expiry", "wait", "stop_loss", "target", "reentry"]);
    expect(labels("entry:\n  legs:\n    - |")).toContain("cp");
  });

  it("are the words of the place", () => {
    expect(labels("universe: { symbol: X, expiry: |")).toEqual(["nearest", "next", "weekly", "monthly"]);
    expect(labels("fill:\n  model: t|")).toEqual(["touch", "mid", "ltp", "depth"]);
    expect(labels("entry:\n  when:\n    gt: [|")).toEqual(expect.arrayContaining(["SPOT", "VIX", "VOL_1M", "metric", "add"]));
    expect(labels("entry:\n  when:\n    gt: [{ metric: |")).toEqual(expect.arrayContaining(["EMA", "SPOT", "VIX"]));
    expect(labels("entry:\n  when:\n    gt: [{ metric: EMA, args: { |")).toEqual(["n", "of", "field", "bar"]);
    expect(labels("entry:\n  when:\n    gt: [{ metric: EMA, args: { of: |")).toEqual(expect.arrayContaining(["spot", "straddle@now"]));
  });

  it("know the names of the text", () => expect(labels("params: { LOSS: 30 }\nexit:\n  stop_loss: { pct: |")).toEqual(["$LOSS"]));

  it("put keys in brackets where they stand behind another key", () => {
    expect(inserted("exit:\n  stop_loss: |", "pct")).toBe("{ pct: ");
    expect(inserted("exit:\n  stop_loss:\n    |", "pct")).toBe("pct: ");
    expect(inserted("entry:\n  when:\n    all:\n      - |", "gt")).toBe("gt: ");
  });

  it.each(["# a comm|", 'name: "a |', "entry: { legs: [{ cp: CE, lots: 1 }] }|"])("are none in %s", (marked) => expect(labels(marked)).toEqual([]));
});

describe("meaning", () => {
  const text = "fill:\n  latency: 2\nentry:\n  when: { gt: [{ metric: EMA, args: { n: 5 } }, SPOT] }\n  legs:\n    - { cp: CE, lots: 1 }\n";
  it.each([
    ["latency", "seconds from a decision to the first possible fill"],
    ["lots", "lots, negative sells"],
    ["EMA", "exponential moving average over n bars"],
    ["SPOT", "last value of spot, or of the series `of`"],
  ])("of %s", (word, help) => expect(meaningAt(text, text.indexOf(word) + 1)).toMatchObject({ word, help }));
  it("of nothing else", () => expect(meaningAt(text, text.indexOf("CE") + 1)).toBeUndefined());
});
