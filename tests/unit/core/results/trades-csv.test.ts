import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { csvCell } from "../../../../src/core/results/csv-cell.ts";
import { canonicalHash, canonicalJson, resultHash, textHash } from "../../../../src/core/results/hash.ts";
import { tradeLabels } from "../../../../src/core/results/labels.ts";
import { createRunMerge } from "../../../../src/core/results/merge.ts";
import { skipsCsv } from "../../../../src/core/results/skips-csv.ts";
import { flagsText } from "../../../../src/core/results/trade-text.ts";
import { tradesCsv } from "../../../../src/core/results/trades-csv.ts";
import { dayNumber } from "../../../../src/core/time.ts";
import { parsedStrategy } from "./strategies.ts";
import { randomDay, runDay, seeded, tradeTable, variantsOf } from "./trades.ts";

const DATE = dayNumber("2024-08-28");
const LABELS = tradeLabels(parsedStrategy("BANKNIFTY", "NIFTY"));

/** Two legs written out by hand from semantics §6. */
const TWO_LEGS = tradeTable([
  {
    variant: 0, date: DATE, positionId: 1, legId: 1, expiry: DATE, strike: 50_500, cp: 0, side: 1, lots: 1, qty: 15,
    decisionEntry: 33_300, tsEntry: 33_301, entryPx: 20_005, decisionExit: 36_900, tsExit: 36_901, exitPx: 20_005,
    slippage: 150, fees: 4_607, pnl: -0, reasonEntry: 0, reasonExit: 8, windowId: 1, flags: 0,
  },
  {
    variant: 1, date: DATE, positionId: 12, legId: 2, expiry: DATE + 7, strike: 24_800, cp: 1, side: 0, lots: 2, qty: 50,
    decisionEntry: 55_799, tsEntry: 55_799, entryPx: 5, decisionExit: 55_800, tsExit: 56_399, exitPx: 12_345_600,
    slippage: 0, fees: 0, pnl: 617_279_750, reasonEntry: 2, reasonExit: 1, windowId: 2, flags: 1,
  },
]);
const HEADER =
  "variant,date,position_id,leg_id,symbol,expiry,strike,cp,side,lots,qty,decision_entry,ts_entry,entry_px,decision_exit,ts_exit,exit_px," +
  "slippage,fees,pnl,pnl_after_costs,reason_entry,reason_exit,window_id,flags";
const LINES = [
  "v1,2024-08-28,1,1,BANKNIFTY,2024-08-28,50500,CE,SELL,1,15,2024-08-28 09:15:00,2024-08-28 09:15:01,200.05,2024-08-28 10:15:00,2024-08-28 10:15:01,200.05," +
    "1.50,46.07,0.00,-46.07,at,rebalance,1,",
  "v2,2024-08-28,12,2,NIFTY,2024-09-04,24800,PE,BUY,2,50,2024-08-28 15:29:59,2024-08-28 15:29:59,0.05,2024-08-28 15:30:00,2024-08-28 15:39:59,123456.00," +
    "0.00,0.00,6172797.50,6172797.50,rebalance,window_end,2,stale_exit",
];

const text = (runId: string) => [...tradesCsv(TWO_LEGS, LABELS, runId)].join("");

describe("tradesCsv", () => {
  it("writes the columns of semantics §6 with run_id first", () => {
    expect(text("run-7")).toBe([`run_id,${HEADER}`, ...LINES.map((line) => `run-7,${line}`)].map((line) => `${line}\n`).join(""));
  });

  it("writes the header alone when there is no trade", () => {
    expect([...tradesCsv(tradeTable([]), LABELS, "r")].join("")).toBe(`run_id,${HEADER}\n`);
  });

  it("comes in pieces that together hold every row once", () => {
    const trades = randomDay(seeded(1), DATE, 2, () => 700);
    const pieces = [...tradesCsv(trades, LABELS, "r")];
    expect(pieces.length).toBeGreaterThan(4);
    expect(pieces.join("").split("\n")).toHaveLength(trades.length + 2);
  });

  it("lets no name become a formula or break its column", () => {
    const hostile = { variants: ["=1+1", 'a,"b"'], symbols: ["@SUM(A1)", "x\ny"] };
    const cells = [...tradesCsv(TWO_LEGS, hostile, "+run")].join("");
    expect(cells).toContain("\n'+run,'=1+1,2024-08-28,1,1,'@SUM(A1),");
    expect(cells).toContain('\n\'+run,"a,""b""",2024-08-28,12,2,"x\ny",');
  });
});

describe("csvCell", () => {
  it("keeps numbers and plain words as they are", () => {
    for (const plain of ["-46.07", "12", "", "BANKNIFTY", "2024-08-28 09:15:00"]) expect(csvCell(plain)).toBe(plain);
  });
  it("makes formulas inert", () => {
    for (const formula of ["=1", "+1+2", "-cmd", "@x", "\t=1"]) expect(csvCell(formula)).toBe(`'${formula}`);
  });
});

describe("resultHash", () => {
  it("is the SHA-256 of the rows without run_id", () => {
    const hashed = [HEADER, ...LINES].map((line) => `${line}\n`).join("");
    expect(resultHash(TWO_LEGS, LABELS)).toBe(createHash("sha256").update(hashed).digest("hex"));
  });

  it("can be recomputed from the download by cutting its first column, and does not know the run", () => {
    const cut = text("some-run").replaceAll(/^[^,\n]*,/gm, "");
    expect(textHash(cut)).toBe(resultHash(TWO_LEGS, LABELS));
    expect(text("other").replaceAll(/^[^,\n]*,/gm, "")).toBe(cut);
  });

  it("is the same for any order of days, and differs when one paisa does", () => {
    const random = seeded(9);
    const days = Array.from({ length: 12 }, (_, i) => runDay(DATE + i, randomDay(random, DATE + i, 2, () => 60)));
    const hash = (order: typeof days) => {
      const merge = createRunMerge(variantsOf(2));
      order.forEach((day) => merge.add(day));
      return resultHash(merge.trades(), LABELS);
    };
    const straight = hash(days);
    expect(hash(days.toReversed())).toBe(straight);
    days[5].trades.exitPx[3] += 1;
    expect(hash(days)).not.toBe(straight);
  });
});

describe("canonicalJson", () => {
  it("does not depend on the order of keys, and leaves out what has no value", () => {
    expect(canonicalJson({ b: [1, { d: null, c: "é\"" }], a: undefined, A: true })).toBe('{"A":true,"b":[1,{"c":"é\\"","d":null}]}');
    expect(canonicalHash({ x: 1, y: 2 })).toBe(canonicalHash({ y: 2, x: 1 }));
    expect(canonicalHash({ x: 1 })).not.toBe(canonicalHash({ x: 2 }));
  });
  it("refuses what JSON cannot hold", () => {
    for (const value of [Number.NaN, Infinity, undefined, [undefined], () => 1]) expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});

describe("skipsCsv", () => {
  it("writes one line per skip", () => {
    const csv = skipsCsv([{ variant: 1, date: DATE, first: 33_300, last: 33_302, count: 3, windowId: 1, reason: "untradeable" }], LABELS);
    expect(csv).toBe("variant,date,first,last,count,window_id,reason\nv2,2024-08-28,2024-08-28 09:15:00,2024-08-28 09:15:02,3,1,untradeable\n");
    expect(skipsCsv([], LABELS)).toBe("variant,date,first,last,count,window_id,reason\n");
  });
});

it("joins the names of flags", () => {
  expect(flagsText(0)).toBe("");
  expect(flagsText(1)).toBe("stale_exit");
});
