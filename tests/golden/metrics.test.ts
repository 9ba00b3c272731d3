/** Semantics §5: the metrics of prices, books and volume. The second in which a condition first holds is that of the decision. */
import { golden } from "./golden.ts";

const SPOT = ["11:00:00 p50000"];
const CALL = ["10:59:00 99/101", "11:20:00 89/91"];
const LEGS = "legs: [{ cp: CE, lots: -1, strike: { strike: 50000 } }]";
const when = (condition: string) => `
      entry: { when: ${condition}, ${LEGS} }
      fill: { ttl: 5000, patience: 30 }`;
/** The first quote is good until 11:20:00. */
const sold = (decided: string, filled: string) => `50000 CE SELL 15 ${decided}>${filled} 99.00 11:20:00>11:20:01 91.00 window_end`;

golden("§5 metrics of prices", [
  {
    says: "`OPEN_DAY` = first value of the session; `HIGH_DAY` `LOW_DAY` […] from grid values",
    // 50040 at 10:59 is the high, 49980 the low; 50010 the open. All stay.
    spot: ["10:30:00 p50010", "10:59:00 p50040", "11:00:05 p49980", "11:00:09 p50000"], rows: { "50000CE": CALL },
    strategy: when("{ all: [{ eq: [OPEN_DAY, 50010] }, { eq: [HIGH_DAY, 50040] }, { eq: [LOW_DAY, 49980] }] }"), trades: [sold("11:00:05", "11:00:06")],
  },
  {
    says: "`VIX` of the index",
    spot: SPOT, rows: { "50000CE": CALL, india_vix: ["11:00:00 p13.5", "11:00:07 p13.75"] }, strategy: when("{ eq: [VIX, 13.75] }"), trades: [sold("11:00:07", "11:00:08")],
  },
  {
    says: "`of` names a series: `future`",
    spot: SPOT, rows: { "50000CE": CALL, banknifty24augfut: ["11:00:00 p50100", "11:00:07 p50110"] }, strategy: when("{ eq: [{ metric: SPOT, args: { of: future } }, 50110] }"), trades: [sold("11:00:07", "11:00:08")],
  },
  {
    says: "`FIELD {name, of}`: any source column of the latest row, also one without a quote",
    spot: SPOT, rows: { "50000CE": ["10:59:00 99/101 bo0=2", "11:00:08 0/0 bo0=3", "11:20:00 89/91 bo0=2"] }, strategy: when("{ eq: [{ metric: FIELD, args: { name: bo0 } }, 3] }"), trades: [sold("11:00:08", "11:00:09")],
  },
  {
    says: "`LAG {x, seconds}`: the metric x, that many seconds earlier",
    spot: ["11:00:00 p50000", "11:00:05 p50010"], rows: { "50000CE": CALL }, strategy: when("{ all: [{ eq: [SPOT, 50010] }, { eq: [{ metric: LAG, args: { x: SPOT, seconds: 10 } }, 50010] }] }"), trades: [sold("11:00:15", "11:00:16")],
  },
  {
    says: "`BID_L1` `ASK_L1` `MID` `SPREAD_L1` `SPREAD_TICKS`: rupees; ticks; from the last valid quote",
    // 99/101: mid 100, 2 rupees, 40 ticks. The crossed row changes nothing.
    spot: SPOT, rows: { "50000CE": ["10:59:00 99/101", "11:00:00 103/102", "11:20:00 89/91"] },
    strategy: when("{ all: [{ eq: [BID_L1, 99] }, { eq: [ASK_L1, 101] }, { eq: [MID, 100] }, { eq: [SPREAD_L1, 2] }, { eq: [SPREAD_TICKS, 40] }] }"), trades: [sold("11:00:00", "11:00:01")],
  },
  {
    says: "`PRICE_LTP` `OI` (default of: atm_ce)",
    spot: SPOT, rows: { "50000CE": ["10:59:00 99/101 p100.5 oi=1200", "11:00:06 0/0 p0 oi=1250", "11:20:00 89/91"] }, strategy: when("{ all: [{ eq: [PRICE_LTP, 100.5] }, { eq: [OI, 1250] }] }"), trades: [sold("11:00:06", "11:00:07")],
  },
  {
    says: "`MICROPRICE`: (bid·ask qty + ask·bid qty)/(sum), level 1",
    // (99·25 + 101·75)/100 = 100.5
    spot: SPOT, rows: { "50000CE": ["10:59:00 99/101 bq0=75 sq0=25", "11:20:00 89/91 bq0=75 sq0=75"] }, strategy: when("{ eq: [MICROPRICE, 100.5] }"), trades: [sold("11:00:00", "11:00:01")],
  },
  {
    says: "MICROPRICE is missing when either level-1 quantity is",
    spot: SPOT, rows: { "50000CE": ["10:59:00 99/101 bq0=75 sq0=-", "11:20:00 89/91 bq0=75 sq0=75"] }, strategy: when("{ gt: [MICROPRICE, 0] }"),
  },
  {
    says: "`IMBALANCE {levels}`: (Σbq−Σsq)/(Σbq+Σsq) over levels (default 5); [a level without price or quantity] counts as 0",
    // Two levels: (75 + 0 − 25 − 0)/100; the second bid has no price, the second ask no quantity. Level 3: 100 asks: −50/200.
    spot: SPOT, rows: { "50000CE": ["10:59:00 99/101 bq0=75 bq1=50 bp1=0 sq0=25 sp1=101.5 sq1=0 sp2=102 sq2=100", "11:20:00 89/91 bq0=75 sq0=75"] },
    strategy: when("{ all: [{ eq: [{ metric: IMBALANCE, args: { levels: 2 } }, 0.5] }, { eq: [IMBALANCE, -0.25] }] }"), trades: [sold("11:00:00", "11:00:01")],
  },
  {
    says: "`TIME` `DTE` `WEEKDAY`: seconds of day; calendar days; 1 = Monday",
    // Tuesday; 2024-08-21 is tomorrow. 11:00:20 is second 39620.
    spot: SPOT, rows: { "50000CE": CALL }, strategy: when("{ all: [{ eq: [TIME, 39620] }, { eq: [DTE, 1] }, { eq: [WEEKDAY, 2] }] }"), trades: [sold("11:00:20", "11:00:21")],
  },
]);

golden("§5 volume, VWAP, volatility, opening range", [
  {
    says: "`VOL`: sum of per-second volume over the trailing span of n seconds ending at s",
    // 30 at :01 and 45 at :03: within three seconds both at :03 only.
    spot: SPOT, rows: { "50000CE": ["10:59:00 99/101 volume=100", "11:00:01 99/101 volume=130", "11:00:03 99/101 volume=175", "11:20:00 89/91 volume=175"] },
    strategy: when("{ eq: [{ metric: VOL, args: { seconds: 3, of: atm_ce } }, 75] }"), trades: [sold("11:00:03", "11:00:04")],
  },
  {
    says: "the first value of the session counts 0; […] if positive, else 0",
    // 5000 at the first row and the fall to 4990 count nothing; the rise from 4990 by 20 does.
    spot: SPOT, rows: { "50000CE": ["10:59:00 99/101 volume=5000", "11:00:01 99/101 volume=4990", "11:00:05 99/101 volume=5010", "11:20:00 89/91"] },
    strategy: when("{ all: [{ eq: [{ metric: VOL, args: { minutes: 5, of: atm_ce } }, 20] }] }"), trades: [sold("11:00:05", "11:00:06")],
  },
  {
    says: "null or negative is missing: the value before stays in place",
    spot: SPOT, rows: { "50000CE": ["10:59:00 99/101 volume=100", "11:00:01 99/101 volume=-", "11:00:02 99/101 volume=-1", "11:00:05 99/101 volume=110", "11:20:00 89/91"] },
    strategy: when("{ eq: [{ metric: VOL, args: { minutes: 5, of: atm_ce } }, 10] }"), trades: [sold("11:00:05", "11:00:06")],
  },
  {
    says: "(default of: straddle) […] a missing side count[s] 0",
    // The put is not listed.
    spot: SPOT, rows: { "50000CE": ["10:59:00 99/101 volume=100", "11:00:05 99/101 volume=110", "11:20:00 89/91"] }, strategy: when("{ eq: [VOL_1M, 10] }"), trades: [sold("11:00:05", "11:00:06")],
  },
  {
    says: "missing until s ≥ n−1",
    // The 6300 seconds from 09:15:00 are full at 10:59:59; one more at 11:00:00.
    spot: SPOT, rows: { "50000CE": CALL }, strategy: when("{ gte: [{ metric: VOL, args: { seconds: 6306 } }, 0] }"), trades: [sold("11:00:05", "11:00:06")],
  },
  {
    says: "[spliced] its volume that contract's own increase",
    // The call at the money changes from 50000 to 50100 at 11:00:05: the jump from 110 to 900 is nobody's increase; 20 at :07 is.
    spot: ["11:00:00 p50000", "11:00:05 p50100"],
    rows: { "50000CE": ["10:59:00 99/101 volume=100", "11:00:01 99/101 volume=110", "11:00:08 99/101 volume=500", "11:20:00 89/91"], "50100CE": ["10:59:00 49/51 volume=900", "11:00:07 49/51 volume=920"] },
    strategy: when("{ eq: [{ metric: VOL, args: { seconds: 10, of: atm_ce } }, 30] }"), trades: [sold("11:00:07", "11:00:08")],
  },
  {
    says: "`atm_ce@now` […] give[s] the own history of the contracts that are ATM at s",
    // At :07 the own last ten seconds of 50100 hold 20, at :06 none.
    spot: ["11:00:00 p50000", "11:00:05 p50100"],
    rows: { "50000CE": ["10:59:00 99/101 volume=100", "11:00:01 99/101 volume=110", "11:20:00 89/91"], "50100CE": ["10:59:00 49/51 volume=900", "11:00:04 49/51 volume=905", "11:00:07 49/51 volume=920"] },
    strategy: when('{ eq: [{ metric: VOL, args: { seconds: 10, of: atm_ce@now } }, 20] }'), trades: [sold("11:00:07", "11:00:08")],
  },
  {
    says: "`@now`: a second without a contract counts 0; missing until s ≥ n−1",
    // No spot until 11:00:05, so nothing is ATM: the volume is 0, not unknown.
    spot: ["11:00:05 p50000"], rows: { "50000CE": ["10:59:00 99/101 volume=100", "11:20:00 89/91 volume=100"] },
    strategy: when('{ lte: [{ metric: VOL, args: { seconds: 10, of: atm_ce@now } }, 0] }'), trades: [sold("11:00:00", "11:00:01")],
  },
  {
    says: "`straddle@now`: a missing side counts 0",
    // No put is listed.
    spot: SPOT, rows: { "50000CE": ["10:59:00 99/101 volume=100", "11:00:05 99/101 volume=110", "11:20:00 89/91 volume=110"] },
    strategy: when('{ eq: [{ metric: VOL, args: { minutes: 1, of: straddle@now } }, 10] }'), trades: [sold("11:00:05", "11:00:06")],
  },
  {
    says: "`VWAP`: Σ price·volume / Σ volume since the open",
    // 10 at 100, 30 at 104: 103. The first row's volume counts nothing.
    spot: SPOT, rows: { "50000CE": ["10:59:00 99/101 p90 volume=500", "11:00:01 99/101 p100 volume=510", "11:00:04 99/101 p104 volume=540", "11:20:00 89/91"] }, strategy: when("{ eq: [VWAP, 103] }"), trades: [sold("11:00:04", "11:00:05")],
  },
  {
    says: "`RV`: sqrt(Σ squared 1-second log returns) over the trailing n seconds, in percent, not annualised",
    // 50000 → 50500 → 50000: twice 0.995033 %: 1.407189 %, at 11:00:03 and no longer when the first has left the 3 seconds.
    spot: ["11:00:00 p50000", "11:00:01 p50500", "11:00:03 p50000"], rows: { "50000CE": CALL }, strategy: when("{ between: [{ metric: RV, args: { seconds: 3 } }, 1.407188, 1.407190] }"), trades: [sold("11:00:03", "11:00:04")],
  },
  {
    says: "`RV` missing […] when any of the n+1 values is",
    // The eleven values are there at 11:00:15 for the first time.
    spot: ["11:00:05 p50000"], rows: { "50000CE": CALL }, strategy: when("{ gte: [RV_10S, 0] }"), trades: [sold("11:00:15", "11:00:16")],
  },
  {
    says: "`ORB_HIGH {minutes}` `ORB_LOW {minutes}`: high, low of spot's grid in the first minutes; known from the last second of them",
    // 106 minutes from 09:15 end at 11:00:59. 50300 at 11:01:00 is outside.
    spot: ["10:00:00 p49900", "10:30:00 p50200", "11:00:30 p50000", "11:01:00 p50300"], rows: { "50000CE": CALL },
    strategy: when("{ all: [{ eq: [{ metric: ORB_HIGH, args: { minutes: 106 } }, 50200] }, { eq: [{ metric: ORB_LOW, args: { minutes: 106 } }, 49900] }] }"), trades: [sold("11:00:59", "11:01:00")],
  },
]);

golden("§5 series", [
  {
    says: "`atm_ce` […] at each second u the value is that of the contract which is ATM at u",
    spot: ["11:00:00 p50000", "11:00:05 p50100"], rows: { "50000CE": CALL, "50100CE": ["10:59:00 49/51"] }, strategy: when("{ eq: [MID, 50] }"), trades: [sold("11:00:05", "11:00:06")],
  },
  {
    says: "(resolved like a leg `{atm: 0}`, widening included)",
    // No call at 50000: 50100 is the nearest of that side within two steps.
    spot: SPOT, rows: { "50000PE": ["10:59:00 99/101", "11:20:00 89/91"], "50100CE": ["10:59:00 49/51"] },
    strategy: `
      entry: { when: { eq: [MID, 50] }, legs: [{ cp: PE, lots: -1, strike: { strike: 50000 } }] }
      fill: { ttl: 5000 }`,
    trades: ["50000 PE SELL 15 11:00:00>11:00:01 99.00 11:20:00>11:20:01 91.00 window_end"],
  },
  {
    says: "`no_spot` [for strikes …]; metrics go on with the carried value",
    // The spot of 11:00:00 is 300 s old at 11:05:00.
    spot: SPOT, rows: { "50000CE": CALL }, strategy: when('{ all: [{ eq: [MID, 100] }, { gte: [TIME, "11:05"] }] }'), trades: [sold("11:05:00", "11:05:01")],
  },
  {
    says: "`straddle` (atm_ce + atm_pe; missing if either is)",
    // Before 11:00:04 the put has no quote.
    spot: SPOT, rows: { "50000CE": CALL, "50000PE": ["10:59:00 p80", "11:00:04 79/81"] }, strategy: when("{ eq: [{ metric: MID, args: { of: straddle } }, 180] }"), trades: [sold("11:00:04", "11:00:05")],
  },
  {
    says: "`{atm: n, cp: CE}` names the contract n steps from ATM",
    spot: SPOT, rows: { "50000CE": CALL, "50100CE": ["10:59:00 49/51"], "49900PE": ["10:59:00 44/46"] },
    strategy: when("{ all: [{ eq: [{ metric: MID, args: { of: { atm: 1, cp: CE } } }, 50] }, { eq: [{ metric: MID, args: { of: { atm: 1, cp: PE } } }, 45] }] }"), trades: [sold("11:00:00", "11:00:01")],
  },
]);
