/** Semantics §2: which strike the synthetic spot is taken from, and that a source stays what it is. */
import { golden } from "./golden.ts";

const END = "11:20:00 89/91";
/** A pair of quotes at 11:00:00, and others a second later. */
const pair = (strike: number, ce: string, pe: string, then: readonly [string, string] | [] = []) => ({
  [`${strike}CE`]: [`11:00:00 ${ce}`, ...then.slice(0, 1).map((quote) => `11:00:01 ${quote}`), END],
  [`${strike}PE`]: [`11:00:00 ${pe}`, ...then.slice(1).map((quote) => `11:00:01 ${quote}`)],
});
const sold = (strike: number, price: string, decided = "11:00:00", filled = "11:00:01") => `${strike} CE SELL 15 ${decided}>${filled} ${price} 11:20:00>11:20:01 91.00 window_end`;
/** 49900 + 160: never the smallest difference. */
const FAR = pair(49900, "220/222", "60/62");
const A_SECOND_LATER = 'entry: { at: "11:00:01", legs: [{ cp: CE, lots: -1 }] }';

golden("§2 synthetic spot", [
  {
    says: "F = K + mid(CE,K) − mid(PE,K), paise, rounded half up",
    // 50000 + 151.005 − 101 = 50050.005, so 50050.01: nearer to 50100. 50050.00 would be a tie, and 50000 its lower strike.
    rows: { ...FAR, ...pair(50000, "150/152.01", "100/102"), ...pair(50100, "60/62", "120/122") }, trades: [sold(50100, "60.00")],
  },
  {
    says: "at the one with the smallest |mid(CE) − mid(PE)| (tie: lower)",
    // 40 at both: 50000 + 40 = 50040 against 50100 − 40 = 50060.
    rows: { ...FAR, ...pair(50000, "140/142", "100/102"), ...pair(50100, "80/82", "120/122") }, trades: [sold(50000, "140.00")],
  },
  {
    says: "K is the strike nearest the previous F […] (tie: lower)",
    // F = 50050 at 11:00:00 lies between both. At 11:00:01 50000 gives 50030, 50100 would give 50070.
    rows: { ...FAR, ...pair(50000, "150/152", "100/102", ["130/132", "100/102"]), ...pair(50100, "80/82", "140/142", ["90/92", "120/122"]) },
    strategy: A_SECOND_LATER, trades: [sold(50000, "130.00", "11:00:01", "11:00:02")],
  },
  {
    says: "among strikes with both sides listed",
    // F = 50190 at 11:00:00. 50200 has no put, so 50100 goes on to give it: 50080. By 50200 it would stay at 50190.
    rows: {
      ...pair(49900, "350/352", "60/62"), ...pair(50000, "270/272", "80/82"), ...pair(50100, "190/192", "100/102", ["90/92", "110/112"]),
      "50200CE": ["11:00:00 49/51", "11:00:01 49/51", END],
    },
    strategy: A_SECOND_LATER, trades: [sold(50100, "90.00", "11:00:01", "11:00:02")],
  },
  {
    says: "Within a date the source never changes",
    // The file's last value is of 10:50:00. Three pairs are fresh at 11:00:00, and a future trades: neither takes over.
    spot: ["10:50:00 p50000"], rows: { ...FAR, ...pair(50000, "140/142", "100/102"), ...pair(50100, "80/82", "120/122"), banknifty24augfut: ["11:00:00 p50000"] },
    strategy: "fill: { patience: 0 }", skips: ["11:00:00 1 no_spot"],
  },
]);

golden("§2 selectors without spot or quote", [
  {
    says: "`no_spot` when a leg needs ATM or delta and there is none: delta",
    spot: ["10:59:29 p50000"], rows: pair(50000, "99/101", "99/101"), strategy: `
      entry: { legs: [{ cp: CE, lots: -1, strike: { delta: 0.5 } }] }
      fill: { patience: 0 }`,
    skips: ["11:00:00 1 no_spot"],
  },
  {
    says: "`{delta: 0.25}` […] same range: none with a quote → `no_contract`",
    spot: ["11:00:00 p50000"], rows: { "50000CE": ["11:00:00 p99"] }, strategy: `
      entry: { legs: [{ cp: CE, lots: -1, strike: { delta: 0.5 } }] }
      fill: { patience: 0 }`,
    skips: ["11:00:00 1 no_contract"],
  },
]);
