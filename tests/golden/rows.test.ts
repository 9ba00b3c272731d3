/** Semantics §1, rows. In every case the leg that trades is short 15 units (one lot of the expiry 2024-08-21). */
import { timeColumn, type SampleColumn } from "../../src/core/sample/table.ts";
import { golden } from "./golden.ts";

const SPOT = ["11:00:00 p50000"];
/** Sold at the bid 99 at 11:00:01, bought back at the ask 91 at 11:20:01. */
const SOLD_99_BOUGHT_91 = "50000 CE SELL 15 11:00:00>11:00:01 99.00 11:20:00>11:20:01 91.00 window_end";
const LTP = "fill: { model: ltp }";

const at = (clock: string) => Date.parse(`2024-08-20T${clock}Z`);
const doubles = (name: string, values: number[]): SampleColumn => ({ name, type: "double", values: Float64Array.from(values) });
const words = (name: string, values: string[]): SampleColumn => ({ name, type: "text", codes: Int32Array.from(values, (_, i) => i), dictionary: values });

golden("§1.1 clock column", [
  {
    says: "Clock column: `timestamp`; where it is […] before 2000-01-01, `ts` of the same row",
    // The first row's timestamp is bogus, its ts 11:00:00: the quote is 1 s old at 11:00:01.
    spot: SPOT, rows: { "50000CE": ["bogus 99/101 ts=11:00:00", "11:20:00 89/91"] }, trades: [SOLD_99_BOUGHT_91],
  },
  {
    says: "Clock column: `timestamp`; where it is missing […], `ts` of the same row",
    spot: SPOT, rows: { "50000CE": ["null 99/101 ts=11:00:00", "11:20:00 89/91"] }, trades: [SOLD_99_BOUGHT_91],
  },
  {
    says: "either of the two is bogus in real files: a good `timestamp` beside a bogus `ts` counts",
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101 ts=bogus", "11:20:00 89/91"] }, trades: [SOLD_99_BOUGHT_91],
  },
  {
    says: "`ts` of the same row is not used where `timestamp` is good",
    // By its ts the second row would be the latest at 11:00:01.
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101", "11:00:30 50/52 ts=11:00:01", "11:20:00 89/91"] }, trades: [SOLD_99_BOUGHT_91],
  },
  {
    says: "a row with neither is dropped",
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101", "bogus 50/52 ts=bogus", "11:20:00 89/91"] }, trades: [SOLD_99_BOUGHT_91],
  },
  {
    says: "`lastTradeTime` is never a clock, except for a file that has no other",
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101", "null 50/52 ts=null ltt=11:00:01", "11:20:00 89/91"] }, trades: [SOLD_99_BOUGHT_91],
  },
]);

golden("§1.2 clock zone", [
  {
    says: "`ist-wall` if ≥ 95 % lie in 09:00–15:45 and < 95 % in 03:30–10:15: the digits are IST",
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101", "11:20:00 89/91"] }, trades: [SOLD_99_BOUGHT_91],
  },
  {
    says: "`utc` if the other way round",
    // 05:30 UTC is 11:00 IST. All four rows lie in 03:30–10:15, none in 09:00–15:45.
    spot: ["05:30:00 p50000"], rows: { "50000CE": ["05:30:00 99/101", "05:50:00 89/91"] }, trades: [SOLD_99_BOUGHT_91],
  },
]);

golden("§1.3 second", [
  {
    says: "floor to the second",
    // 11:00:00.999 is known at 11:00:00: with latency 0 it fills there. So is the exit's 11:20:00.500.
    spot: ["11:00:00.999 p50000"], rows: { "50000CE": ["11:00:00.999 99/101", "11:20:00.500 89/91"] },
    strategy: "fill: { latency: 0 }",
    trades: ["50000 CE SELL 15 11:00:00>11:00:00 99.00 11:20:00>11:20:00 91.00 window_end"],
  },
  {
    says: "Rows outside the session of that date […] are not used for prices",
    // The pre-open quote would be 2 s old at 09:15:01; the first of the session comes at 09:15:03.
    spot: ["09:15:00 p50000", "11:00:00 p50000"], rows: { "50000CE": ["09:14:59 50/52", "09:15:03 99/101", "09:35:00 89/91", "11:00:00 89/91"] },
    strategy: 'time: { window: "09:15-09:35" }',
    trades: ["50000 CE SELL 15 09:15:00>09:15:03 99.00 09:35:00>09:35:01 91.00 window_end"],
  },
  {
    says: "A row stamped exactly at the close is outside",
    // 50000 CE has no row before 15:30:00, so it is not listed and the nearest strike is 50100.
    spot: SPOT, rows: { "50000CE": ["15:30:00 99/101"], "50100CE": ["11:00:00 69/71", "11:20:00 59/61"] },
    trades: ["50100 CE SELL 15 11:00:00>11:00:01 69.00 11:20:00>11:20:01 61.00 window_end"],
  },
  {
    says: "unless the market rules say otherwise: […] 15:40 from 2026-08-03",
    // Last second 15:39:59, so with latency 1 the window ends at 15:39:58. Lot of August 2026: 30.
    date: "2026-08-04", spot: ["15:30:00 p50000"], rows: { banknifty26aug50000ce: ["15:30:00 99/101", "15:39:58 89/91"] },
    strategy: 'time: { window: "15:30-15:40" }',
    trades: ["50000 CE SELL 30 15:30:00>15:30:01 99.00 15:39:58>15:39:59 91.00 window_end"],
  },
]);

golden("§1.4 order", [
  {
    says: "by clock (sub-second digits included): […] the last in that order wins",
    spot: SPOT, rows: { "50000CE": ["11:00:00.100 97/103", "11:00:00.900 99/101", "11:20:00 89/91"] }, trades: [SOLD_99_BOUGHT_91],
  },
  {
    says: "by clock, then path and row: the clock goes before the row",
    spot: SPOT, rows: { "50000CE": ["11:00:00.900 99/101", "11:00:00.100 97/103", "11:20:00 89/91"] }, trades: [SOLD_99_BOUGHT_91],
  },
  {
    says: "then path and row: of one clock the later row wins",
    spot: SPOT, rows: { "50000CE": ["11:00:00.500 97/103", "11:00:00.500 99/101", "11:20:00 89/91"] }, trades: [SOLD_99_BOUGHT_91],
  },
  {
    says: "then path: two names of one contract (23907 went on as 23906), of one clock the later path wins",
    // Both names mean 2023-09-06, lot 15.
    date: "2023-09-01", spot: ["11:00:00 p45000"],
    rows: { banknifty2390745000ce: ["11:00:00 99/101"], banknifty2390645000ce: ["11:00:00 97/103", "11:20:00 89/91"] },
    show: ["expiry"], trades: ["45000 CE SELL 15 11:00:00>11:00:01 99.00 11:20:00>11:20:01 91.00 window_end expiry=2023-09-06"],
  },
  {
    says: "A row whose clock runs backwards within its file is placed by its clock",
    spot: SPOT, rows: { "50000CE": ["11:20:00 89/91", "11:00:30 50/52", "11:00:00 99/101"] }, trades: [SOLD_99_BOUGHT_91],
  },
]);

golden("§1.5 valid fields", [
  {
    says: "`price` > 0 → a last price: 0 is none, the earlier one stays",
    spot: SPOT, rows: { "50000CE": ["11:00:00 p99", "11:00:01 p0", "11:20:00 p91"] }, strategy: LTP, trades: [SOLD_99_BOUGHT_91],
  },
  {
    says: "A row with a […] locked […] book carries no quote",
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101", "11:00:01 100/100", "11:20:00 89/91"] }, trades: [SOLD_99_BOUGHT_91],
  },
  {
    says: "A row with a crossed […] book carries no quote",
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101", "11:00:01 102/101", "11:20:00 89/91"] }, trades: [SOLD_99_BOUGHT_91],
  },
  {
    says: "A row with a […] one-sided or empty book carries no quote",
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101", "11:00:00.3 0/102", "11:00:00.6 98/-", "11:00:01 0/0", "11:20:00 89/91"] }, trades: [SOLD_99_BOUGHT_91],
  },
  {
    says: "the last valid quote stays in place and its age grows",
    // At 11:00:04 the valid quote is 4 s old although a one-sided row came; 11:00:06 brings a new one.
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101", "11:00:04 0/101", "11:00:06 97/99", "11:20:04 89/91"] }, strategy: "fill: { latency: 4 }",
    trades: ["50000 CE SELL 15 11:00:00>11:00:06 97.00 11:20:00>11:20:04 91.00 window_end"],
  },
  {
    says: "Null, NaN, infinite and negative are missing",
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101", "11:00:00.2 NaN/50", "11:00:00.4 -1/50", "11:00:00.6 50/Infinity", "11:00:01 -/50", "11:20:00 89/91"] },
    trades: [SOLD_99_BOUGHT_91],
  },
  {
    says: "Null, NaN, infinite and negative are missing: prices too",
    spot: [...SPOT, "11:00:00 p-", "11:00:00 pNaN", "11:00:00 pInfinity", "11:00:00 p-7"],
    rows: { "50000CE": ["11:00:00 p99", "11:00:00.3 pNaN", "11:00:00.6 p-5", "11:00:01 pInfinity", "11:20:00 p91"] }, strategy: LTP, trades: [SOLD_99_BOUGHT_91],
  },
  {
    says: "Prices become paise by rounding half away from zero",
    // 99.005 rupees are 9900.5 paise → 9901; 91.015 → 9101.5 → 9102; 1.005 (stored a hair below) would be 101.
    spot: SPOT, rows: { "50000CE": ["11:00:00 99.005/101", "11:20:00 89/91.015"] },
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.01 11:20:00>11:20:01 91.02 window_end"],
  },
  {
    says: "rounding half away from zero: half of the decimal that was written (1.005 is 100.5 paise)",
    spot: SPOT, rows: { "50000CE": ["11:00:00 1.005/3", "11:20:00 1/2.675"] },
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 1.01 11:20:00>11:20:01 2.68 window_end"],
  },
  {
    says: "a price that is no multiple of the tick is used as it is",
    spot: SPOT, rows: { "50000CE": ["11:00:00 99.02/101", "11:20:00 89/91.03"] },
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.02 11:20:00>11:20:01 91.03 window_end"],
  },
]);

golden("§1.6 book", [
  {
    says: "A missing level-1 quantity does not void the quote",
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101 q-", "11:20:00 89/91 q-"] }, trades: [SOLD_99_BOUGHT_91],
  },
]);

golden("§1.7 other shapes of the same data", [
  {
    says: "files without `price` but with `close` at irregular, about one-second spacing are snapshots whose `close` is the last price (their `open/high/low` are the day's, and are ignored)",
    // close 99 at 11:00:00 and 91 at 11:20:00; were they bars, the price would be known a span later.
    spot: SPOT, rows: {},
    columns: {
      banknifty2482150000ce: [
        timeColumn("timestamp", Float64Array.of(at("11:00:00"), at("11:00:02"), at("11:00:03"), at("11:20:00")), "us", "UTC"),
        doubles("open", [80, 80, 80, 80]), doubles("high", [120, 120, 120, 120]), doubles("low", [70, 70, 70, 70]), doubles("close", [99, 98, 98, 91]),
      ],
    },
    strategy: LTP, trades: [SOLD_99_BOUGHT_91],
  },
  {
    says: "Timestamps may be text",
    spot: SPOT, rows: {},
    columns: {
      banknifty2482150000ce: [
        words("timestamp", ["2024-08-20 11:00:00", "2024-08-20 11:20:00"]),
        doubles("price", [99, 91]), doubles("bp0", [99, 89]), doubles("sp0", [101, 91]),
      ],
    },
    trades: [SOLD_99_BOUGHT_91],
  },
  ...(["ms", "ns"] as const).map((unit) => ({
    says: `dates in s/ms/µs/ns: ${unit}`,
    spot: SPOT, rows: {},
    columns: {
      banknifty2482150000ce: [
        timeColumn("timestamp", Float64Array.of(at("11:00:00"), at("11:20:00")), unit, "UTC"),
        doubles("price", [99, 91]), doubles("bp0", [99, 89]), doubles("sp0", [101, 91]),
      ],
    },
    trades: [SOLD_99_BOUGHT_91],
  })),
]);

const BARS = Array.from({ length: 22 }, (_, i) => at("10:59:00") + i * 60_000);

golden("§1.8 bars", [
  {
    says: "A bar labelled by its start becomes known at the last second of its span […], then acts as a last price = close",
    // At 11:00:01 the latest known bar is 10:59 (known 10:59:59, close 98); at 11:20:01 that of 11:19 (known 11:19:59, close 118).
    spot: SPOT, rows: {},
    columns: {
      banknifty2482150000ce: [
        timeColumn("timestamp", Float64Array.from(BARS), "us", "UTC"),
        ...["open", "high", "low", "close"].map((name) => doubles(name, BARS.map((_, i) => 98 + i))),
      ],
    },
    strategy: LTP, trades: ["50000 CE SELL 15 11:00:00>11:00:01 98.00 11:20:00>11:20:01 118.00 window_end"],
  },
  {
    says: "A spot value older than `universe.spot_max_age` (default 30 s; for bars the span)",
    // At 11:00:45 the bar of 10:59 is 46 s old (known 10:59:59), within its 60 s.
    rows: { "50000CE": ["11:00:45 99/101", "11:20:00 89/91"] },
    columns: {
      banknifty_spot: [
        timeColumn("timestamp", Float64Array.from(BARS), "us", "UTC"),
        ...["open", "high", "low", "close"].map((name) => doubles(name, BARS.map(() => 50_000))),
      ],
    },
    strategy: `
      entry: { at: "11:00:45", legs: [{ cp: CE, lots: -1 }] }
      fill: { patience: 1 }`,
    trades: ["50000 CE SELL 15 11:00:45>11:00:46 99.00 11:20:00>11:20:01 91.00 window_end"],
  },
  {
    says: "[tradeable with `ltp`, price age ≤ ttl,] and for bars at most the bar's span",
    // At 11:00:46 the price of the bar of 10:59 is 47 s old: more than ttl 3, less than the bar's 60 s.
    spot: ["11:00:45 p50000"], rows: {},
    columns: {
      banknifty2482150000ce: [
        timeColumn("timestamp", Float64Array.from(BARS), "us", "UTC"),
        ...["open", "high", "low", "close"].map((name) => doubles(name, BARS.map((_, i) => 98 + i))),
      ],
    },
    strategy: `
      entry: { at: "11:00:45", legs: [{ cp: CE, lots: -1 }] }
      ${LTP}`,
    trades: ["50000 CE SELL 15 11:00:45>11:00:46 98.00 11:20:00>11:20:01 118.00 window_end"],
  },
]);
