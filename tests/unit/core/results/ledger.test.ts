import { describe, expect, it } from "vitest";
import { noQuality } from "../../../../src/core/grid/slice.ts";
import { tradeLabels } from "../../../../src/core/results/labels.ts";
import { ledgerJson, type LedgerInput } from "../../../../src/core/results/ledger.ts";
import { createRunMerge } from "../../../../src/core/results/merge.ts";
import { newRunId } from "../../../../src/core/results/run-id.ts";
import { sampleJson } from "../../../../src/core/results/sample-json.ts";
import type { MomentInputs, SampledTrade } from "../../../../src/core/results/types.ts";
import { parseStrategy } from "../../../../src/core/strategy/parse.ts";
import { dayNumber } from "../../../../src/core/time.ts";
import { parsedStrategy } from "./strategies.ts";
import { missedDay, runDay, tradeTable, variantsOf } from "./trades.ts";

const DATE = dayNumber("2024-08-28");
const FILE = { path: "options/banknifty2482850500ce.parquet", size: 12, modified: 34, footer: "ab".repeat(32) };

function ledgerInput(rest: Partial<LedgerInput> = {}): LedgerInput {
  const merge = createRunMerge(variantsOf(1));
  merge.add(runDay(DATE + 1, tradeTable([]), { spotSource: "synthetic", quality: { ...noQuality(), rows: 5, crossed: 2 }, files: [FILE] }));
  merge.add(runDay(DATE, tradeTable([]), { expiryGap: true, files: [FILE] }));
  merge.add(missedDay(DATE + 2, "quarantined", "mixed expiries"));
  merge.add(missedDay(DATE + 3, "unreadable", "x.parquet: truncated", { quality: { ...noQuality(), rows: 1 } }));
  return {
    runId: "run-1", strategy: parsedStrategy("BANKNIFTY"), rulesVersion: "rules-9", uncertainRules: [{ rule: "lot", text: "the lot is not certain", days: 1 }], engineVersion: "0.1.0", folder: "options",
    clockZones: [{ layout: "raw", zone: "ist-wall", source: "measured" }], reader: "parquet-wasm", workers: 2, merge,
    plannedOut: [{ date: DATE - 1, reason: "session", detail: "closed" }], machine: { processor: "test", cores: 2 },
    started: new Date("2024-09-01T10:00:00Z"), finished: new Date("2024-09-01T10:00:01.500Z"), stopped: false, resultHash: "cd", ...rest,
  };
}

describe("ledgerJson", () => {
  it("says what was run, on what, and what was left out and why", () => {
    const ledger = ledgerJson(ledgerInput());
    expect(ledger.days).toEqual({
      run: ["2024-08-28", "2024-08-29"],
      skipped: [
        { date: "2024-08-27", reason: "session", detail: "closed" },
        { date: "2024-08-31", reason: "unreadable", detail: "x.parquet: truncated" },
      ],
      quarantined: [{ date: "2024-08-30", reason: "quarantined", detail: "mixed expiries" }],
      expiry_gap: ["2024-08-28"],
    });
    expect(ledger.data.spot_sources).toEqual([{ date: "2024-08-28", source: "files" }, { date: "2024-08-29", source: "synthetic" }]);
    expect(ledger.data.files).toEqual([FILE]);
    expect(ledger.quality).toMatchObject({ rows: 6, crossed: 2 });
    expect(ledger.timings).toMatchObject({ milliseconds: 1500, workers: 2, load_milliseconds: 2 });
    expect(ledger).toMatchObject({ run_id: "run-1", result_hash: "cd", rules_version: "rules-9", uncertain_rules: [{ rule: "lot", text: "the lot is not certain", days: 1 }], engine_version: "0.1.0", machine: { cores: 2 }, stopped: false });
    expect(JSON.parse(JSON.stringify(ledger))).toEqual(ledger);
  });

  it("hashes the strategy by its content and the data by its files", () => {
    const one = ledgerJson(ledgerInput());
    const again = ledgerJson(ledgerInput({ runId: "run-2", workers: 4, machine: {} }));
    expect([again.strategy_hash, again.data.fingerprint]).toEqual([one.strategy_hash, one.data.fingerprint]);
    expect(one.strategy_hash).toMatch(/^[0-9a-f]{64}$/);
    expect(ledgerJson(ledgerInput({ strategy: parsedStrategy("NIFTY") })).strategy_hash).not.toBe(one.strategy_hash);
    const text = "name: x\nuniverse: { symbol: NIFTY }\nentry: { legs: [{ cp: CE, lots: 1 }] }\n";
    const [plain, commented] = [text, `# why\n${text}`].map((written) => ledgerJson(ledgerInput({ strategy: parseStrategy(written) })));
    expect(commented.strategy_hash).toBe(plain.strategy_hash);
    const merge = createRunMerge(variantsOf(1));
    merge.add(runDay(DATE, tradeTable([]), { files: [{ ...FILE, footer: "00" }] }));
    expect(ledgerJson(ledgerInput({ merge })).data.fingerprint).not.toBe(one.data.fingerprint);
  });
});

describe("newRunId", () => {
  it("sorts by time, does not repeat, and fits a file name and a cell", () => {
    const ids = ["2024-08-28T09:15:00.999Z", "2024-08-28T09:15:01.000Z", "2025-01-01T00:00:00Z"].map((time) => newRunId(new Date(time)));
    expect(ids.toSorted()).toEqual(ids);
    expect(ids[0]).toMatch(/^20240828-091500-999-[0-9a-f]{10}$/);
    const now = new Date();
    expect(new Set(Array.from({ length: 1000 }, () => newRunId(now))).size).toBe(1000);
  });
});

describe("sampleJson", () => {
  const moment = (second: number, rule: string): MomentInputs => ({
    second, rule, spot: 5_051_235, spotAge: 1, atm: 50_500, atmByName: false, held: [], pnl: -1_250, metrics: [{ name: "DTE", metric: "DTE", value: 1 }, { name: "SPOT", metric: "spot", value: null }],
    legs: [{ legId: 2, contract: "50500 PE", wait: null, bid: 20_000, ask: 20_015, quoteAge: 2, spreadTicks: 3, price: null, priceAge: null, levels: [{ bid: 20_000, bidQuantity: 15, ask: 20_015, askQuantity: null }] }],
  });
  const sampled: SampledTrade = {
    variant: 0, date: DATE, positionId: 1, legId: 2, armed: null,
    entryDecision: moment(33_300, "at 09:15:00"), entryFill: { ...moment(33_301, "at 09:15:00"), beforeSlippage: 20_000 },
    exitDecision: moment(36_900, "exit_at 10:15:00"), exitFill: { ...moment(36_901, "exit_at 10:15:00"), beforeSlippage: 20_015 },
  };
  const trades = tradeTable([1, 2].map((legId) => ({ date: DATE, positionId: 1, legId, expiry: DATE, strike: 50_500, tsEntry: 33_301, entryPx: 20_000 })));

  it("sets the inputs of each moment beside the trade as trades.csv writes it", () => {
    const [entry] = sampleJson([sampled], trades, tradeLabels(parsedStrategy("BANKNIFTY")));
    expect(entry.trade).toMatchObject({ variant: "v1", leg_id: "2", strike: "50500", entry_px: "200.00", ts_entry: "2024-08-28 09:15:01" });
    expect(entry.entry_decision).toEqual({
      time: "2024-08-28 09:15:00", rule: "at 09:15:00", spot: 50_512.35, spot_age: 1, atm: 50_500, pnl: -12.5, metrics: { DTE: 1, spot: null },
      legs: [{ leg_id: 2, contract: "50500 PE", bid: 200, ask: 200.15, quote_age: 2, spread_ticks: 3, price: null, price_age: null, levels: [{ bid: 200, bid_quantity: 15, ask: 200.15, ask_quantity: null }] }],
    });
    expect(entry.exit_fill).toMatchObject({ time: "2024-08-28 10:15:01", price_before_slippage: 200.15 });
    expect(entry).not.toHaveProperty("armed");
  });

  it("adds what only some moments have: the arming decision, what a leg waits for, what it held, an ATM by name", () => {
    const [leg] = sampled.entryDecision.legs;
    const wait = { rule: "waits until its premium has risen by 10 %", premium: 20_007.5, reference: null, threshold: 22_000 };
    const armed: MomentInputs = { ...moment(33_300, "at 09:15:00"), atmByName: true, legs: [{ ...leg, wait }], held: [{ ...leg, contract: "50400 PE" }] };
    const [entry] = sampleJson([{ ...sampled, armed }], trades, tradeLabels(parsedStrategy("BANKNIFTY")));
    expect(entry.armed).toMatchObject({
      rule: "at 09:15:00", atm: 50_500, atm_by_name: true, held: [{ leg_id: 2, contract: "50400 PE", bid: 200 }],
      legs: [{ contract: "50500 PE", wait: { rule: wait.rule, premium: 200.075, reference: null, threshold: 220 } }],
    });
  });

  it("refuses a sample of another run", () => {
    expect(() => sampleJson([{ ...sampled, positionId: 9 }], trades, tradeLabels(parsedStrategy("BANKNIFTY")))).toThrow("v1 position 9 leg 2");
  });
});
