import { describe, expect, it } from "vitest";
import { noQuality } from "../../../../src/core/grid/slice.ts";
import { createRunMerge, type RunMerge } from "../../../../src/core/results/merge.ts";
import { TRADE_COLUMN_NAMES, tradeBuffers, type TradeRecord } from "../../../../src/core/results/trade-builder.ts";
import type { DayOutcome, LegInputs, MomentInputs, SampledTrade, Skip, SpotSource, TradeColumns } from "../../../../src/core/results/types.ts";
import { dayNumber } from "../../../../src/core/time.ts";
import { parseStrategy } from "../../../../src/core/strategy/parse.ts";
import { missedDay, randomDay, runDay, seeded, tradeTable, variantsOf } from "./trades.ts";

const FIRST = dayNumber("2024-08-19");
const VARIANTS = 3;

function rowsOf(trades: TradeColumns): TradeRecord[] {
  return Array.from({ length: trades.length }, (_, row) => Object.fromEntries(TRADE_COLUMN_NAMES.map((name) => [name, trades[name][row]])) as TradeRecord);
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items.map((item) => ({ item, at: random() })).sort((a, b) => a.at - b.at).map(({ item }) => item);
}

function moment(second: number, rule: string): MomentInputs {
  const leg: LegInputs = { legId: 1, contract: "50000 CE", bid: 100, ask: 105, quoteAge: 0, spreadTicks: 1, price: 100, priceAge: 0, levels: null, wait: null };
  return { second, spot: 5_000_000, spotAge: 0, atm: 50_000, atmByName: false, legs: [leg], held: [], metrics: [], pnl: null, rule };
}

function sampleOf(trades: TradeColumns): SampledTrade[] {
  return rowsOf(trades).map((row) => ({
    variant: row.variant, date: row.date, positionId: row.positionId, legId: row.legId, armed: null,
    entryDecision: moment(row.decisionEntry, `at ${row.decisionEntry}`), entryFill: { ...moment(row.tsEntry, "at"), beforeSlippage: row.entryPx },
    exitDecision: moment(row.decisionExit, "exit"), exitFill: { ...moment(row.tsExit, "exit"), beforeSlippage: row.exitPx },
  }));
}

function outcomes(seed: number, days: number): DayOutcome[] {
  const random = seeded(seed);
  return Array.from({ length: days }, (_, i): DayOutcome => {
    const date = FIRST + i;
    const files = [{ path: `b/${i % 3}.parquet`, size: 10, modified: 5, footer: "ff" }, { path: "a.parquet", size: 1, modified: 1, footer: "00" }];
    if (i % 5 === 3) return missedDay(date, "no_rule", `no lot size ${i}`, { quality: { ...noQuality(), rows: 1 }, files });
    if (i % 7 === 6) return runDay(date, tradeTable([]), { parts: [{ part: 0, kind: "no_data" }] });
    const trades = randomDay(random, date, VARIANTS, () => Math.floor(random() * 4));
    const skips: Skip[] = [2, 0].map((variant) => ({ variant, date, first: 33_400 + variant, last: 33_500, count: 3, windowId: 1, reason: "no_spot" }));
    return runDay(date, trades, {
      files, skips, sample: sampleOf(trades), quality: { ...noQuality(), rows: 100, crossed: i }, spotSource: i % 2 ? "future" : "files", expiryGap: i === 4,
      milliseconds: { load: 2, simulate: 0.5 },
    });
  });
}

function merged(days: readonly DayOutcome[], firstTrades?: number): RunMerge {
  const merge = createRunMerge(variantsOf(VARIANTS, firstTrades));
  for (const day of days) merge.add(day);
  return merge;
}

/** The order and the numbering of semantics §6, said again over plain objects. */
function slowMerge(days: readonly DayOutcome[]): TradeRecord[] {
  const rows = days.flatMap((day) => rowsOf(day.trades));
  rows.sort((a, b) => a.variant - b.variant || a.date - b.date || a.tsEntry - b.tsEntry || a.positionId - b.positionId || a.legId - b.legId);
  const ids = new Map<string, number>();
  const perVariant = new Map<number, number>();
  return rows.map((row) => {
    const key = `${row.variant}/${row.date}/${row.positionId}`;
    if (!ids.has(key)) {
      perVariant.set(row.variant, (perVariant.get(row.variant) ?? 0) + 1);
      ids.set(key, perVariant.get(row.variant)!);
    }
    return { ...row, positionId: ids.get(key)! };
  });
}

describe("createRunMerge", () => {
  it("orders and numbers trades as semantics §6 says, whatever the order of the days", () => {
    for (let seed = 1; seed <= 25; seed++) {
      const days = outcomes(seed, 20);
      const expected = slowMerge(days);
      expect(expected.length).toBeGreaterThan(20);
      for (const order of [days, days.toReversed(), shuffled(days, seeded(seed))]) expect(rowsOf(merged(order).trades())).toEqual(expected);
    }
  });

  it("gives the trades so far while days still arrive, and the same table while none does", () => {
    const days = shuffled(outcomes(7, 20), seeded(7));
    const merge = createRunMerge(variantsOf(VARIANTS));
    days.forEach((day, i) => {
      merge.add(day);
      const trades = merge.trades();
      expect(rowsOf(trades)).toEqual(slowMerge(days.slice(0, i + 1)));
      expect(merge.trades()).toBe(trades);
      expect(merge.tradeCount).toBe(trades.length);
    });
  });

  it("gives the trades again after their buffers have been transferred", () => {
    const merge = merged(outcomes(7, 20));
    const before = rowsOf(merge.trades());
    const trades = merge.trades();
    structuredClone(trades, { transfer: tradeBuffers(trades) });
    expect(trades.pnl).toHaveLength(0);
    expect(rowsOf(merge.trades())).toEqual(before);
  });

  it("leaves the tables that it was given as they were", () => {
    const days = outcomes(3, 10);
    const before = structuredClone(days);
    const merge = merged(days);
    merge.trades();
    merge.trades();
    expect(days).toEqual(before);
  });

  it("collects skips, days and sources in a fixed order", () => {
    const days = outcomes(5, 20);
    const straight = merged(days);
    const mixed = merged(shuffled(days, seeded(1)));
    for (const merge of [straight, mixed]) {
      const run = days.filter(({ parts: [part] }) => part.kind === "run").map((day) => day.date);
      expect(merge.daysRun()).toEqual(run);
      expect(merge.skips().map((skip) => `${skip.variant} ${skip.date}`)).toEqual([...run.map((date) => `0 ${date}`), ...run.map((date) => `2 ${date}`)]);
      expect(merge.notRun()).toEqual([3, 8, 13, 18].map((i) => ({ date: FIRST + i, reason: "no_rule", detail: `no lot size ${i}` })));
      expect(merge.spotSources()).toEqual(run.map((date) => ({ date, source: (date - FIRST) % 2 ? "future" : "files" })));
      expect(merge.expiryGaps()).toEqual([FIRST + 4]);
      expect(merge.files().map((file) => file.path)).toEqual(["a.parquet", "b/0.parquet", "b/1.parquet", "b/2.parquet"]);
      expect(merge.changedFiles()).toEqual([]);
      const totals = merge.totals();
      expect(totals.quality.rows).toBe(run.length * 100 + 4);
      expect(totals.quality.crossed).toBe(run.reduce((total, date) => total + date - FIRST, 0));
      expect(totals.loadMilliseconds).toBe(2 * run.length);
    }
  });

  it("samples the first trades of each variant by date and entry, with their run-wide ids", () => {
    const days = outcomes(11, 20);
    for (const first of [0, 1, 5, 1000]) {
      const expected = slowMerge(days).filter((row, i, rows) => i - rows.findIndex((other) => other.variant === row.variant) < first);
      for (const order of [days, shuffled(days, seeded(2))]) {
        const sample = merged(order, first).sample();
        expect(sample.map((trade) => [trade.variant, trade.date, trade.positionId, trade.legId])).toEqual(
          expected.map((row) => [row.variant, row.date, row.positionId, row.legId]),
        );
        expect(sample.map((trade) => trade.entryFill.beforeSlippage)).toEqual(expected.map((row) => row.entryPx));
      }
    }
  });

  it("leaves out of the sample what was not recorded and never moves a later trade into its place", () => {
    const merge = createRunMerge(variantsOf(1, 3));
    const day = (date: number) => tradeTable([1, 2].map((positionId) => ({ date, positionId, legId: 1, tsEntry: 33_300 + positionId })));
    merge.add(runDay(FIRST, day(FIRST)));
    merge.add(runDay(FIRST + 1, day(FIRST + 1), { sample: sampleOf(day(FIRST + 1)) }));
    expect(merge.sample().map((trade) => trade.positionId)).toEqual([3]);
  });

  it("shows a file that changed during the run in both forms", () => {
    const merge = createRunMerge(variantsOf(1));
    const file = { path: "x.parquet", size: 1, modified: 1, footer: "aa" };
    merge.add(runDay(FIRST, tradeTable([]), { files: [{ ...file, modified: 2 }] }));
    merge.add(runDay(FIRST + 1, tradeTable([]), { files: [file, file] }));
    expect(merge.files()).toEqual([file, { ...file, modified: 2 }]);
    expect(merge.changedFiles()).toEqual([file.path]);
  });

  it("refuses a day that comes twice", () => {
    const merge = createRunMerge(variantsOf(1));
    merge.add(runDay(FIRST, tradeTable([]), { parts: [{ part: 0, kind: "no_data" }] }));
    expect(() => merge.add(runDay(FIRST, tradeTable([])))).toThrow("the results of 2024-08-19 were added twice");
  });

  it("keeps the days of the parts of a strategy apart", () => {
    const merge = createRunMerge(parseStrategy("name: x\nuniverse: { symbol: $S }\nentry: { legs: [{ cp: CE, lots: $L }] }\nsweep: { L: [1, 2], S: [BANKNIFTY, NIFTY] }"));
    const ran = (part: number, spotSource: SpotSource = "files") => ({ part, kind: "run" as const, spotSource, expiryGap: false });
    const trade = (variant: number, date: number) => ({ variant, date, positionId: 1, tsEntry: 1 });
    merge.add(runDay(FIRST, tradeTable([trade(1, FIRST)]), { parts: [{ part: 0, kind: "not_run", reason: "dte", detail: "6 days" }, ran(1)] }));
    merge.add(runDay(FIRST + 1, tradeTable([trade(0, FIRST + 1), trade(1, FIRST + 1)]), { parts: [ran(0), ran(1, "synthetic")] }));
    merge.add(runDay(FIRST + 2, tradeTable([]), { parts: [0, 1].map((part) => ({ part, kind: "not_run", reason: "no_rule", detail: "none" })) }));
    expect([1, 3].map((variant) => merge.daysRun(variant))).toEqual([[FIRST, FIRST + 1], [FIRST, FIRST + 1]]);
    expect([0, 2].map((variant) => merge.daysRun(variant))).toEqual([[FIRST + 1], [FIRST + 1]]);
    expect(merge.daysRun()).toEqual([FIRST, FIRST + 1]);
    expect(merge.notRun()).toEqual([
      { date: FIRST, reason: "dte", detail: "6 days", variants: "S=BANKNIFTY" },
      { date: FIRST + 2, reason: "no_rule", detail: "none" },
    ]);
    expect(merge.spotSources()).toEqual([
      { date: FIRST, source: "files" },
      { date: FIRST + 1, source: "files", variants: "S=BANKNIFTY" },
      { date: FIRST + 1, source: "synthetic", variants: "S=NIFTY" },
    ]);
    expect(rowsOf(merge.trades()).map((row) => [row.variant, row.date, row.positionId])).toEqual([[0, FIRST + 1, 1], [1, FIRST, 1], [1, FIRST + 1, 2]]);
  });
});
