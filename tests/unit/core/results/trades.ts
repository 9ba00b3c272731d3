/** Trades for the tests of this folder: plausible rows made from a seed. */
import { blankTrade, createTradeBuilder, type TradeRecord } from "../../../../src/core/results/trade-builder.ts";
import { parseStrategy } from "../../../../src/core/strategy/parse.ts";
import type { ParsedStrategy } from "../../../../src/core/strategy/types.ts";
import type { DayOutcome, DayReason, SpotSource, TradeColumns } from "../../../../src/core/results/types.ts";
import { noQuality } from "../../../../src/core/grid/slice.ts";
import type { DayNumber } from "../../../../src/core/time.ts";

/** A generator of numbers in [0, 1) from a seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function tradeTable(rows: readonly Partial<TradeRecord>[]): TradeColumns {
  const builder = createTradeBuilder();
  for (const row of rows) builder.push({ ...blankTrade(), ...row });
  return builder.finish();
}

/** A day that the strategy's one part has run, unless `parts` says otherwise. */
export function runDay(date: DayNumber, trades: TradeColumns, { spotSource = "files", expiryGap = false, ...rest }: Partial<DayOutcome> & { spotSource?: SpotSource; expiryGap?: boolean } = {}): DayOutcome {
  return {
    date, parts: [{ part: 0, kind: "run", spotSource, expiryGap }], trades, skips: [], sample: [], quality: noQuality(), files: [],
    contractsRead: 2, milliseconds: { load: 1, simulate: 1 }, ...rest,
  };
}

/** A day that was not run. */
export function missedDay(date: DayNumber, reason: DayReason, detail: string, rest: Partial<DayOutcome> = {}): DayOutcome {
  return runDay(date, tradeTable([]), { parts: [{ part: 0, kind: "not_run", reason, detail }], contractsRead: 0, milliseconds: { load: 0, simulate: 0 }, ...rest });
}

/** A strategy of so many variants, which keeps the inputs of so many trades of each. */
export function variantsOf(count: number, firstTrades = 100): ParsedStrategy {
  return parseStrategy(`name: made up\nuniverse: { symbol: BANKNIFTY }\nentry: { legs: [{ cp: CE, lots: $LOTS }] }\nsampling: { first_trades: ${firstTrades} }\nsweep: { LOTS: { from: 1, to: ${count}, step: 1 } }`);
}

/** A day of short straddles: `positions` per variant, both legs, in the order in which an engine closes legs. */
export function randomDay(random: () => number, date: DayNumber, variants: number, positions: () => number): TradeColumns {
  const rows: Partial<TradeRecord>[] = [];
  const upTo = (n: number) => Math.floor(random() * n);
  for (let variant = 0; variant < variants; variant++) {
    let second = 33_300;
    const count = positions();
    for (let positionId = 1; positionId <= count; positionId++) {
      const tsEntry = second + 1;
      const strike = 50_000 + 100 * upTo(10);
      const legs = [1, 2].map((legId): Partial<TradeRecord> => {
        const entryPx = 20_000 + 5 * upTo(2000);
        const exitPx = 20_000 + 5 * upTo(2000);
        const tsExit = tsEntry + 1 + upTo(3000);
        return {
          variant, date, positionId, legId, expiry: date + (positionId % 3), strike, cp: legId - 1, side: 1, lots: 1, qty: 15,
          decisionEntry: second, tsEntry, entryPx, decisionExit: tsExit - 1, tsExit, exitPx,
          slippage: 5 * upTo(4) * 15, fees: 4000 + upTo(3000), pnl: (entryPx - exitPx) * 15,
          reasonEntry: positionId === 1 ? 0 : 2, reasonExit: upTo(9), windowId: 1 + (positionId % 2), flags: upTo(8) === 0 ? 1 : 0,
        };
      });
      const mae = -100 * upTo(5000);
      for (const leg of legs) Object.assign(leg, { mae, mfe: mae + 100 * upTo(9000) });
      if (random() < 0.5) legs.reverse();
      rows.push(...legs);
      second = tsEntry + 3000;
    }
  }
  return tradeTable(rows);
}
