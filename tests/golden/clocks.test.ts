/** Semantics §1: clocks and volumes of files that are not written like the raw ones. In every case the leg that trades is short 15 units. */
import { timeColumn, type SampleColumn, type TimeUnit } from "../../src/core/sample/table.ts";
import { golden } from "./golden.ts";

const SPOT = ["11:00:00 p50000"];
const SOLD_99_BOUGHT_91 = "50000 CE SELL 15 11:00:00>11:00:01 99.00 11:20:00>11:20:01 91.00 window_end";

const at = (...clocks: string[]) => Float64Array.from(clocks, (clock) => Date.parse(`2024-08-20T${clock}Z`));
const doubles = (name: string, ...values: number[]): SampleColumn => ({ name, type: "double", values: Float64Array.from(values) });
const QUOTES = [doubles("price", 99, 91), doubles("bp0", 99, 89), doubles("sp0", 101, 91)];
const file = (...clock: SampleColumn[]) => ({ banknifty2482150000ce: [...clock, ...QUOTES] });
/** 05:30 UTC is 11:00 in Kolkata. */
const instants = (name: string, unit: TimeUnit) => timeColumn(name, at("05:30:00", "05:50:00"), unit, "Asia/Kolkata");

golden("§1.1 a clock of last resort", [
  {
    says: "`lastTradeTime` is never a clock, except for a file that has no other",
    spot: SPOT, rows: {}, columns: file(timeColumn("lastTradeTime", at("11:00:00", "11:20:00"), "us", "UTC")), productAlone: true, trades: [SOLD_99_BOUGHT_91],
  },
]);

golden("§1.2 zones", [
  {
    says: "A named zone other than UTC in the Parquet's Arrow schema means the instants are true",
    spot: SPOT, rows: {}, columns: file(instants("timestamp", "us")), productAlone: true, trades: [SOLD_99_BOUGHT_91],
  },
  {
    says: "decided once per layout of the folder: the digits of the index file stay what they are beside a `utc` contract",
    spot: SPOT, rows: {}, columns: file(timeColumn("timestamp", at("05:30:00", "05:50:00"), "us", "UTC")), productAlone: true, trades: [SOLD_99_BOUGHT_91],
  },
  {
    says: "`ts` [has] the same zone",
    spot: ["05:30:00 p50000"], rows: { "50000CE": ["bogus 99/101 ts=05:30:00", "05:50:00 89/91"] }, trades: [SOLD_99_BOUGHT_91],
  },
  {
    says: "`lastTradeTime` [has] the same zone",
    // Traded at 05:30 UTC, 11:00 in India: 1 s old at 11:00:01. As digits of India it would be five hours old, and nothing would fill.
    spot: ["05:30:00 p50000"], rows: { "50000CE": ["05:30:00 p99 ltt=05:30:00", "05:50:00 p91 ltt=05:50:00"] }, strategy: "fill: { model: ltp }", trades: [SOLD_99_BOUGHT_91],
  },
]);

golden("§1.4 equal rows", [
  {
    says: "(Exact duplicates therefore change nothing)",
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101", "11:00:00 99/101", "11:20:00 89/91", "11:20:00 89/91"] }, trades: [SOLD_99_BOUGHT_91],
  },
]);

const since1970 = (perSecond: number) => doubles("timestamp", ...at("11:00:00", "11:20:00").map((ms) => (ms / 1000) * perSecond));

golden("§1.7 other clocks", [
  {
    says: "typed with a zone (`Asia/Kolkata`: then the instant is true UTC and the IST digits follow from it)",
    spot: SPOT, rows: {}, columns: file(instants("timestamp", "ns")), productAlone: true, trades: [SOLD_99_BOUGHT_91],
  },
  { says: "dates in s/ms/µs/ns: seconds since 1970", spot: SPOT, rows: {}, columns: file(since1970(1)), productAlone: true, trades: [SOLD_99_BOUGHT_91] },
  { says: "dates in s/ms/µs/ns: microseconds since 1970", spot: SPOT, rows: {}, columns: file(since1970(1_000_000)), productAlone: true, trades: [SOLD_99_BOUGHT_91] },
]);

/** Rows at 10:59, three at 11:00:01 of which the first two are one and the same, one at 11:00:03 and the last, with these volumes. */
const volumes = (...per: [number, number, number]) => ({
  banknifty2482150000ce: [
    timeColumn("timestamp", at("10:59:00", "11:00:01", "11:00:01", "11:00:01", "11:00:03", "11:20:00"), "us", "UTC"),
    doubles("price", 99, 99, 99, 99, 99, 91), doubles("bp0", 99, 99, 99, 99, 99, 89), doubles("sp0", 101, 101, 101, 101, 101, 91),
    doubles("vol_delta", 1, per[0], per[0], per[1], per[2], 1),
  ],
});
const whenVolume = (value: number, seconds: number) => `
  entry: { when: { eq: [{ metric: VOL, args: { seconds: ${seconds}, of: atm_ce } }, ${value}] }, legs: [{ cp: CE, lots: -1 }] }`;

golden("§1.7 vol_delta", [
  {
    says: "`vol_delta` is volume per row instead of cumulative",
    // 30 at :03 after 40: as a cumulative volume it would have fallen.
    spot: SPOT, rows: {}, columns: volumes(20, 20, 30), strategy: whenVolume(30, 2), productAlone: true,
    trades: ["50000 CE SELL 15 11:00:03>11:00:04 99.00 11:20:00>11:20:01 91.00 window_end"],
  },
  {
    says: "in `vol_delta` files rows of one clock that are equal in every column read count once",
    // 20 and 5 at :01, the second 20 being the same row again.
    spot: SPOT, rows: {}, columns: volumes(20, 5, 30), strategy: whenVolume(25, 1), productAlone: true,
    trades: ["50000 CE SELL 15 11:00:01>11:00:02 99.00 11:20:00>11:20:01 91.00 window_end"],
  },
]);
