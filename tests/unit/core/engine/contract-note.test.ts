/**
 * The cost preset against contract notes worked by hand, one for a date in each period of the schedule. Amounts in rupees.
 * Every component is rounded to the paisa; GST is 18 % of the rounded brokerage + exchange charge + SEBI fee.
 */
import { describe, expect, it } from "vitest";
import { feesOf } from "../../../../src/core/engine/fees.ts";
import { defaultRules as rules } from "../../../../src/core/market/rules.ts";
import type { InstrumentKind } from "../../../../src/core/market/types.ts";
import { dayNumber } from "../../../../src/core/time.ts";

/** What a contract note lists for one order. */
interface Note {
  readonly date: string;
  readonly symbol: string;
  readonly side: "buy" | "sell";
  /** Rupees per unit. */
  readonly price: number;
  readonly quantity: number;
  readonly stt: number;
  readonly exchange: number;
  readonly sebi: number;
  readonly stamp: number;
  readonly gst: number;
  /** Brokerage of 20.00 included. */
  readonly total: number;
}

const BROKERAGE = 20;
const round = (rupees: number) => Math.round(rupees * 100) / 100;

const OPTIONS: readonly Note[] = [
  // 20 × 350.00 = 7,000.00: STT 0.05 % = 3.50; exchange 0.05 % = 3.50; SEBI 0.0001 % = 0.007 → 0.01; GST 18 % of 23.51 = 4.2318 → 4.23
  { date: "2019-08-08", symbol: "BANKNIFTY", side: "sell", price: 350, quantity: 20, stt: 3.5, exchange: 3.5, sebi: 0.01, stamp: 0, gst: 4.23, total: 31.24 },
  // 25 × 412.50 = 10,312.50: exchange 0.05 % = 5.15625 → 5.16; SEBI 0.00005 % = 0.00516 → 0.01; stamp 0.003 % = 0.309375 → 0.31; GST 18 % of 25.17 = 4.5306 → 4.53
  { date: "2020-09-16", symbol: "BANKNIFTY", side: "buy", price: 412.5, quantity: 25, stt: 0, exchange: 5.16, sebi: 0.01, stamp: 0.31, gst: 4.53, total: 30.01 },
  // 75 × 120.00 = 9,000.00: STT 0.05 % = 4.50; exchange 0.053 % = 4.77; SEBI 0.00005 % = 0.0045 → 0.00; GST 18 % of 24.77 = 4.4586 → 4.46
  { date: "2021-02-15", symbol: "NIFTY", side: "sell", price: 120, quantity: 75, stt: 4.5, exchange: 4.77, sebi: 0, stamp: 0, gst: 4.46, total: 33.73 },
  // 50 × 98.60 = 4,930.00: STT 0.05 % = 2.465 → 2.47; exchange 0.053 % = 2.6129 → 2.61; SEBI 0.0001 % = 0.00493 → 0.00; GST 18 % of 22.61 = 4.0698 → 4.07
  { date: "2022-06-09", symbol: "NIFTY", side: "sell", price: 98.6, quantity: 50, stt: 2.47, exchange: 2.61, sebi: 0, stamp: 0, gst: 4.07, total: 29.15 },
  // 15 × 275.35 = 4,130.25: STT 0.0625 % = 2.58140625 → 2.58; exchange 0.0505 % = 2.08577625 → 2.09; SEBI = 0.00413 → 0.00; GST 18 % of 22.09 = 3.9762 → 3.98
  { date: "2023-11-08", symbol: "BANKNIFTY", side: "sell", price: 275.35, quantity: 15, stt: 2.58, exchange: 2.09, sebi: 0, stamp: 0, gst: 3.98, total: 28.65 },
  // 40 × 64.20 = 2,568.00: exchange 0.05 % = 1.284 → 1.28; SEBI = 0.002568 → 0.00; stamp 0.003 % = 0.07704 → 0.08; GST 18 % of 21.28 = 3.8304 → 3.83
  { date: "2024-07-09", symbol: "FINNIFTY", side: "buy", price: 64.2, quantity: 40, stt: 0, exchange: 1.28, sebi: 0, stamp: 0.08, gst: 3.83, total: 25.19 },
  // 30 × 500.00 = 15,000.00: STT 0.1 % = 15.00; exchange 0.03553 % = 5.3295 → 5.33; SEBI = 0.015 → 0.02; GST 18 % of 25.35 = 4.563 → 4.56
  { date: "2025-03-12", symbol: "BANKNIFTY", side: "sell", price: 500, quantity: 30, stt: 15, exchange: 5.33, sebi: 0.02, stamp: 0, gst: 4.56, total: 44.91 },
  // 120 × 142.10 = 17,052.00: STT 0.15 % = 25.578 → 25.58; exchange 0.03553 % = 6.0585756 → 6.06; SEBI = 0.017052 → 0.02; GST 18 % of 26.08 = 4.6944 → 4.69
  { date: "2026-06-15", symbol: "MIDCPNIFTY", side: "sell", price: 142.1, quantity: 120, stt: 25.58, exchange: 6.06, sebi: 0.02, stamp: 0, gst: 4.69, total: 56.35 },
  // The same bought: stamp 0.003 % = 0.51156 → 0.51 instead of STT
  { date: "2026-06-15", symbol: "MIDCPNIFTY", side: "buy", price: 142.1, quantity: 120, stt: 0, exchange: 6.06, sebi: 0.02, stamp: 0.51, gst: 4.69, total: 31.28 },
  // BSE. 20 × 310.00 = 6,200.00: STT 0.1 % = 6.20; exchange 0.0325 % = 2.015 → 2.02; SEBI = 0.0062 → 0.01; GST 18 % of 22.03 = 3.9654 → 3.97
  { date: "2025-02-11", symbol: "SENSEX", side: "sell", price: 310, quantity: 20, stt: 6.2, exchange: 2.02, sebi: 0.01, stamp: 0, gst: 3.97, total: 32.2 },
  // 30 × 220.00 = 6,600.00: exchange 0.0325 % = 2.145 → 2.15; SEBI = 0.0066 → 0.01; stamp 0.003 % = 0.198 → 0.20; GST 18 % of 22.16 = 3.9888 → 3.99
  { date: "2025-05-20", symbol: "BANKEX", side: "buy", price: 220, quantity: 30, stt: 0, exchange: 2.15, sebi: 0.01, stamp: 0.2, gst: 3.99, total: 26.35 },
  // 20 × 310.00 after April 2026: STT 0.15 % = 9.30
  { date: "2026-04-09", symbol: "SENSEX", side: "sell", price: 310, quantity: 20, stt: 9.3, exchange: 2.02, sebi: 0.01, stamp: 0, gst: 3.97, total: 35.3 },
];

const FUTURES: readonly Note[] = [
  // 20 × 28,000.00 = 560,000.00: STT 0.01 % = 56.00; exchange 0.0019 % = 10.64; SEBI 0.0001 % = 0.56; GST 18 % of 31.20 = 5.616 → 5.62
  { date: "2019-08-08", symbol: "BANKNIFTY", side: "sell", price: 28_000, quantity: 20, stt: 56, exchange: 10.64, sebi: 0.56, stamp: 0, gst: 5.62, total: 92.82 },
  // 25 × 22,500.00 = 562,500.00: exchange 10.6875 → 10.69; SEBI 0.00005 % = 0.28125 → 0.28; stamp 0.002 % = 11.25; GST 18 % of 30.97 = 5.5746 → 5.57
  { date: "2020-09-16", symbol: "BANKNIFTY", side: "buy", price: 22_500, quantity: 25, stt: 0, exchange: 10.69, sebi: 0.28, stamp: 11.25, gst: 5.57, total: 47.79 },
  // 50 × 16,500.00 = 825,000.00: STT 0.01 % = 82.50; exchange 15.675 → 15.68; SEBI 0.825 → 0.83; GST 18 % of 36.51 = 6.5718 → 6.57
  { date: "2022-06-09", symbol: "NIFTY", side: "sell", price: 16_500, quantity: 50, stt: 82.5, exchange: 15.68, sebi: 0.83, stamp: 0, gst: 6.57, total: 125.58 },
  // 15 × 43,700.00 = 655,500.00: STT 0.0125 % = 81.9375 → 81.94; exchange 12.4545 → 12.45; SEBI 0.6555 → 0.66; GST 18 % of 33.11 = 5.9598 → 5.96
  { date: "2023-11-08", symbol: "BANKNIFTY", side: "sell", price: 43_700, quantity: 15, stt: 81.94, exchange: 12.45, sebi: 0.66, stamp: 0, gst: 5.96, total: 121.01 },
  // 30 × 48,200.00 = 1,446,000.00: STT 0.02 % = 289.20; exchange 0.00173 % = 25.0158 → 25.02; SEBI 1.446 → 1.45; GST 18 % of 46.47 = 8.3646 → 8.36
  { date: "2025-03-12", symbol: "BANKNIFTY", side: "sell", price: 48_200, quantity: 30, stt: 289.2, exchange: 25.02, sebi: 1.45, stamp: 0, gst: 8.36, total: 344.03 },
  // 65 × 25,100.00 = 1,631,500.00: STT 0.05 % = 815.75; exchange 28.22495 → 28.22; SEBI 1.6315 → 1.63; GST 18 % of 49.85 = 8.973 → 8.97
  { date: "2026-06-15", symbol: "NIFTY", side: "sell", price: 25_100, quantity: 65, stt: 815.75, exchange: 28.22, sebi: 1.63, stamp: 0, gst: 8.97, total: 874.57 },
];

function expectNote({ date, symbol, side, price, quantity, total, ...note }: Note, kind: InstrumentKind): void {
  expect(round(BROKERAGE + note.stt + note.exchange + note.sebi + note.stamp + note.gst), "the note adds up").toBe(total);
  const fees = feesOf({ preset: "nse" }, rules.costs(symbol, dayNumber(date), kind));
  expect(fees(Math.round(price * 100), quantity, 1, side === "buy") / 100).toBe(total);
}

describe("options", () => {
  it.each(OPTIONS)("$side $quantity $symbol at $price on $date: $total", (note) => expectNote(note, "option"));

  it("has a note for every period of both exchanges", () => {
    const periods = (symbols: readonly string[]) => new Set(OPTIONS.filter(({ symbol }) => symbols.includes(symbol)).map(({ symbol, date }) => rules.costs(symbol, dayNumber(date))?.from));
    expect(periods(["BANKNIFTY", "NIFTY", "FINNIFTY", "MIDCPNIFTY"]).size).toBe(8);
    expect(periods(["SENSEX", "BANKEX"]).size).toBe(2);
  });
});

describe("futures", () => {
  it.each(FUTURES)("$side $quantity $symbol at $price on $date: $total", (note) => expectNote(note, "future"));

  it("has a note for every period", () => {
    expect(new Set(FUTURES.map(({ symbol, date }) => rules.costs(symbol, dayNumber(date), "future")?.from)).size).toBe(6);
  });
});
