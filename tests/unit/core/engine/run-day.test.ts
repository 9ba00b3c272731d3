import { describe, expect, it } from "vitest";
import { runDate } from "../../../../src/core/engine/run-date.ts";
import { ENTRY_REASONS, EXIT_REASONS } from "../../../../src/core/results/types.ts";
import { parseStrategy } from "../../../../src/core/strategy/parse.ts";
import { dayNumber, parseClock } from "../../../../src/core/time.ts";
import { memoryDay, rules, sliceOf, testKernels, type SliceRow } from "../../../support/memory-day.ts";

const DATE = dayNumber("2024-08-23");
const EXPIRY = dayNumber("2024-08-28");
const kernels = testKernels();
const at = (clock: string) => parseClock(clock)!;

/** A quote every second from `from` to `to`, bid and ask in paise as functions of the second. */
function quotes(from: string, to: string, bid: (s: number) => number, spread = 100): SliceRow[] {
  const rows: SliceRow[] = [];
  for (let second = at(from); second < at(to); second++) rows.push({ second, price: bid(second) + spread / 2, bid: bid(second), ask: bid(second) + spread });
  return rows;
}

/** Spot 50510 until 10:00, then 50590: ATM moves from 50500 to 50600. */
function day(isNamed: (strike: number, cp: "CE" | "PE") => boolean = () => true) {
  const spot: SliceRow[] = [];
  for (let second = at("09:15"); second < at("15:30"); second++) spot.push({ second, price: (second < at("10:00") ? 50510 : 50590) * 100 });
  const contracts = [50400, 50500, 50600, 50700].flatMap((strike) =>
    (["CE", "PE"] as const).filter((cp) => isNamed(strike, cp)).map((cp) => [{ symbol: "BANKNIFTY", expiry: EXPIRY, strike, cp }, sliceOf(quotes("09:15", "15:30", () => 20000 + strike / 10))] as const),
  );
  return memoryDay({ date: DATE, spot: sliceOf(spot), contracts });
}

async function outcomeOf(text: string, data = day()) {
  const [outcome] = await runDate({ date: DATE, strategies: [{ strategy: parseStrategy(text), recordSample: true }], open: () => data, rules, kernels });
  return outcome;
}

async function run(text: string, data = day()) {
  const { parts: [part], ...made } = await outcomeOf(text, data);
  if (part.kind !== "run") throw new Error(JSON.stringify(part));
  return { ...part, ...made };
}

const STRADDLE = `
name: straddle
universe: { symbol: BANKNIFTY }
time: { window: "09:15-15:25" }
entry:
  rebalance: 1h
  legs: [{ cp: CE, lots: -1 }, { cp: PE, lots: -1 }]
costs: { none: true }
`;

describe("an hourly ATM straddle on a quiet day", () => {
  it("enters, is re-struck once, and leaves at the window's end", async () => {
    const { trades, skips, spotSource } = await run(STRADDLE);
    expect(spotSource).toBe("files");
    expect(skips).toEqual([]);
    const rows = Array.from({ length: trades.length }, (_, i) => ({
      position: trades.positionId[i], strike: trades.strike[i], decided: trades.decisionEntry[i], in: trades.tsEntry[i], entry: trades.entryPx[i],
      left: trades.decisionExit[i], out: trades.tsExit[i], exit: trades.exitPx[i], why: `${ENTRY_REASONS[trades.reasonEntry[i]]} ${EXIT_REASONS[trades.reasonExit[i]]}`, pnl: trades.pnl[i], qty: trades.qty[i],
    }));
    // Sold at the bid, bought back at the ask one rupee above: −1.00 × 15 a leg and round trip.
    const common = { pnl: -1500, qty: 15 };
    const one = { position: 1, strike: 50500, decided: at("09:15"), in: at("09:15:01"), entry: 25050, left: at("10:15"), out: at("10:15:01"), exit: 25150, why: "at rebalance", ...common };
    const two = { position: 2, strike: 50600, decided: at("10:15"), in: at("10:15:01"), entry: 25060, left: at("15:25"), out: at("15:25:01"), exit: 25160, why: "rebalance window_end", ...common };
    expect(rows).toEqual([one, one, two, two]);
  });

  it("reads only the contracts it needs", async () => {
    const data = day();
    await run(STRADDLE, data);
    expect([...new Set(data.loads)].sort()).toEqual([50500, 50600].flatMap((k) => [`BANKNIFTY|${EXPIRY}|${k}|CE`, `BANKNIFTY|${EXPIRY}|${k}|PE`]));
  });

  it("reads them in one go, of a side without a name the one that takes its place", async () => {
    const data = day((strike, cp) => strike !== 50500 || cp !== "CE");
    const asked: string[][] = [];
    const load: typeof data.load = (contracts) => {
      asked.push(contracts.map(({ strike, cp }) => `${strike} ${cp}`));
      return data.load(contracts);
    };
    await run(STRADDLE, { ...data, load });
    // One tells that the expiry has rows. The CE of 50500 is widened to 50600, which is nearer to spot than 50400.
    expect(asked).toEqual([["50500 PE"], ["50500 PE", "50600 CE", "50600 PE"]]);
  });

  it("keeps the inputs of every decision and fill", async () => {
    const { sample } = await run(STRADDLE);
    expect(sample).toHaveLength(4);
    expect(sample[0].entryDecision).toMatchObject({ second: at("09:15"), spot: 5051000, spotAge: 0, atm: 50500, rule: "at 09:15:00" });
    expect(sample[0].entryFill.legs[0]).toEqual({ legId: 1, contract: "50500 CE", bid: 25050, ask: 25150, quoteAge: 0, spreadTicks: 20, price: 25100, priceAge: 0, levels: null, wait: null });
    expect(sample[0].exitDecision.rule).toBe("rebalance 10:15:00: ATM 50500 → 50600");
  });

  it("stops out at the first second in which the loss reaches the stop", async () => {
    const data = day();
    const rising = quotes("09:15", "15:30", (s) => 25050 + Math.max(0, s - at("09:30")) * 5);
    const contracts = [50500, 50600].flatMap((strike) => (["CE", "PE"] as const).map((cp) => [{ symbol: "BANKNIFTY", expiry: EXPIRY, strike, cp }, sliceOf(cp === "CE" ? rising : quotes("09:15", "15:30", () => 25050))] as const));
    const moved = memoryDay({ date: DATE, spot: await data.spot(), contracts });
    const { trades } = await run(STRADDLE.replace("costs:", "exit: { stop_loss: { rupees: 60 } }\ncosts:"), moved);
    // Loss at 09:30 + n: (1.00 + 0.05 n) × 15 on the call and 1.00 × 15 on the put ≥ 60.00 first at n = 40.
    expect([...trades.decisionExit]).toEqual([at("09:30:40"), at("09:30:40")]);
    expect([...trades.tsExit]).toEqual([at("09:30:41"), at("09:30:41")]);
    expect(trades.exitPx[0]).toBe(25050 + 41 * 5 + 100);
    expect(EXIT_REASONS[trades.reasonExit[0]]).toBe("stop_loss");
  });

  it("takes synthetic spot where there is no other", async () => {
    const contracts = [50400, 50500, 50600].flatMap((strike) =>
      (["CE", "PE"] as const).map((cp) => [{ symbol: "BANKNIFTY", expiry: EXPIRY, strike, cp }, sliceOf(quotes("09:15:05", "15:30", () => 30000 + (cp === "CE" ? (50520 - strike) * 50 : (strike - 50520) * 50)))] as const),
    );
    const { trades, spotSource, sample } = await run(STRADDLE, memoryDay({ date: DATE, contracts }));
    expect(spotSource).toBe("synthetic");
    expect(trades.decisionEntry[0]).toBe(at("09:15:05"));
    expect(sample[0].entryDecision).toMatchObject({ spot: 5052000, atm: 50500 });
  });
});

describe("days that are not run", () => {
  it.each([
    ["dte", { universe: "{ symbol: BANKNIFTY, dte: [0, 1] }" }, "dte"],
    ["an expiry that is not there", { universe: "{ symbol: BANKNIFTY, expiry: 2024-09-04 }" }, "no_expiry"],
  ])("%s", async (_what, { universe }, reason) => {
    const { parts } = await outcomeOf(STRADDLE.replace("{ symbol: BANKNIFTY }", universe));
    expect(parts).toMatchObject([{ part: 0, kind: "not_run", reason }]);
  });
});
