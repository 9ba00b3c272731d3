import { describe, expect, it } from "vitest";
import { compareTrades } from "../../../../src/core/results/compare.ts";
import { differences } from "../../../../src/core/results/differences.ts";
import { readTradesCsv } from "../../../../src/core/results/read-trades-csv.ts";
import { sliceTrades, TRADE_COLUMN_NAMES } from "../../../../src/core/results/trade-builder.ts";
import { tradesCsv } from "../../../../src/core/results/trades-csv.ts";
import type { TradeColumns } from "../../../../src/core/results/types.ts";
import { dayNumber } from "../../../../src/core/time.ts";
import { createRunMerge } from "../../../../src/core/results/merge.ts";
import { parsedStrategy } from "./strategies.ts";
import { randomDay, runDay, seeded, tradeTable } from "./trades.ts";

const labels = { variants: ["v1", "v2"], symbols: ["BANKNIFTY", "BANKNIFTY"] };
const random = seeded(3);
const merge = createRunMerge(parsedStrategy("BANKNIFTY", "BANKNIFTY"));
for (let i = 0; i < 6; i++) merge.add(runDay(dayNumber("2024-01-01") + i, randomDay(random, dayNumber("2024-01-01") + i, 2, () => 3)));
const TRADES = merge.trades();
const of = (trades: TradeColumns, variant = 0) => ({ trades, labels, variant });
const ofVariant = (variant: number) => [...TRADES.variant].filter((one) => one === variant).length;

describe("two runs", () => {
  it("that are equal have no difference", () => {
    const { onlyA, onlyB, changedA, same } = compareTrades(of(TRADES), of(TRADES));
    expect([onlyA.length, onlyB.length, changedA.length, same]).toEqual([0, 0, 0, ofVariant(0)]);
  });

  it("differ in what one has and the other has not, and in trades that ended otherwise", () => {
    const other = sliceTrades(TRADES, 0, TRADES.length);
    other.exitPx[0] += 5;
    other.decisionEntry[1] += 60;
    const found = compareTrades(of(TRADES), of(other));
    expect([[...found.changedA], [...found.changedB], [...found.onlyA], [...found.onlyB]]).toEqual([[0], [0], [1], [1]]);
    expect(found.same).toBe(ofVariant(0) - 2);
  });

  it("match equal trades one by one", () => {
    const twice = tradeTable([{ date: 1, pnl: 5 }, { date: 1, pnl: 5 }]);
    const once = tradeTable([{ date: 1, pnl: 5 }]);
    expect(compareTrades(of(twice), of(once))).toMatchObject({ same: 1, onlyA: Uint32Array.of(1) });
    expect(compareTrades(of(once), of(twice))).toMatchObject({ same: 1, onlyB: Uint32Array.of(1) });
  });
});

it("says where two strategies differ, by path", () => {
  const a = { exit: { stop: { pct: 30 }, at: null }, legs: [{ lots: 1 }, { lots: 2 }], name: "x" };
  const b = { exit: { stop: { points: 30 }, at: null }, legs: [{ lots: 1 }], name: "x" };
  expect(differences(a, a)).toEqual([]);
  expect(differences(a, b)).toEqual([
    { path: "exit.stop.pct", a: "30", b: undefined },
    { path: "exit.stop.points", a: undefined, b: "30" },
    { path: "legs[1]", a: "{ lots: 2 }", b: undefined },
  ]);
  expect(differences(null, { x: 1 })).toEqual([{ path: "", a: "none", b: "{ x: 1 }" }]);
});

describe("a file of trades", () => {
  const csv = [...tradesCsv(TRADES, labels, "run-1")].join("");

  it("reads back to the same columns, whatever the order of its lines", () => {
    const [header, ...lines] = csv.trimEnd().split("\n");
    for (const text of [csv, [header, ...lines.toReversed()].join("\r\n"), `\uFEFF${csv}`]) {
      const { trades, labels: read } = readTradesCsv(text);
      expect(read).toEqual(labels);
      // How far a position went while it was held stands in the file of positions.
      for (const name of TRADE_COLUMN_NAMES.filter((one) => one !== "mae" && one !== "mfe")) expect([name, [...trades[name]]]).toEqual([name, [...TRADES[name]]]);
    }
  });

  it.each([
    ["no columns", "hello", /first line has no variant, date/],
    ["a price that is none", csv.replace(/(\n(?:[^,]*,){14})([^,]*)/, "$1abc"), /Line 2: entry_px is “abc”; allowed: rupees/],
    ["a price that no instrument has", csv.replace(/(\n(?:[^,]*,){14})([^,]*)/, "$120000000.00"), /Line 2: entry_px is “20000000.00”; allowed: rupees below 20000000.00/],
    ["a price below nothing", csv.replace(/(\n(?:[^,]*,){17})([^,]*)/, "$1-0.05"), /Line 2: exit_px is “-0.05”; allowed: rupees below/],
    ["more units than 32 bits hold", csv.replace(/(\n(?:[^,]*,){11})([^,]*)/, "$12147483648"), /Line 2: qty is “2147483648”; allowed: a whole number up to 2147483647/],
    ["more rupees than are exact to the paisa", csv.replace(/(\n(?:[^,]*,){20})([^,]*)/, "$190071992547409.92"), /Line 2: pnl is “90071992547409.92”; allowed: rupees/],
    ["a word it does not know", csv.replace("SELL", "SHORT"), /Line 2: side is “SHORT”; allowed: BUY, SELL/],
    ["half a line", `${csv.split("\n").slice(0, 2).join("\n").slice(0, -60)}`, /Line 2: .*allowed:/],
  ])("with %s says what is wrong and where", (_, text, message) => {
    expect(() => readTradesCsv(text)).toThrow(message);
  });
});
