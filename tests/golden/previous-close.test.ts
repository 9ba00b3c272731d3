/** Semantics §2 and §5: PREV_CLOSE and GAP_PCT, which look at another date. */
import { golden } from "./golden.ts";

const SPOT = ["11:00:00 p50000"];
const CALL = ["10:59:00 99/101", "11:20:00 89/91"];
const when = (condition: string) => `
      entry: { when: ${condition}, legs: [{ cp: CE, lots: -1, strike: { strike: 50000 } }] }
      fill: { ttl: 5000, patience: 30 }`;
const sold = (decided: string, filled: string) => `50000 CE SELL 15 ${decided}>${filled} 99.00 11:20:00>11:20:01 91.00 window_end`;

golden("§2 the previous close", [
  {
    says: "GAP_PCT = (OPEN_DAY/PREV_CLOSE − 1)·100; PREV_CLOSE is the last grid value of the latest earlier date",
    // 50500 / 50000: 1 %. The value of 15:30:00 is outside the session.
    spot: ["2024-08-16T15:00:00 p40000", "2024-08-19T11:00:00 p49000", "2024-08-19T15:29:59 p50000", "2024-08-19T15:30:00 p51000", "11:00:00 p50500"], rows: { "50000CE": CALL },
    strategy: when("{ all: [{ eq: [PREV_CLOSE, 50000] }, { eq: [GAP_PCT, 1] }] }"), trades: [sold("11:00:00", "11:00:01")], notRun: ["2024-08-16 no_expiry", "2024-08-19 no_expiry"],
  },
  {
    says: "`PREV_CLOSE` […] of the latest earlier date […], run or not",
    // The filter on days leaves Monday out; its close counts all the same.
    spot: ["2024-08-19T11:00:00 p49000", "11:00:00 p50000"], rows: { "50000CE": CALL },
    strategy: `
      time: { window: "11:00-11:20", days: [Tue] }
      ${when("{ eq: [PREV_CLOSE, 49000] }").trim()}`,
    trades: [sold("11:00:00", "11:00:01")],
  },
  {
    says: "`PREV_CLOSE`: missing when there is no earlier date",
    spot: SPOT, rows: { "50000CE": CALL }, strategy: when("{ gt: [PREV_CLOSE, 0] }"),
  },
  {
    says: "`PREV_CLOSE` […] whose spot came from the same source",
    // Monday has no index file: its spot is synthetic, another series. Friday's counts.
    spot: ["2024-08-16T11:00:00 p49000", "11:00:00 p50000"],
    rows: { "50000CE": ["2024-08-19T11:00:00 p700 99/101", ...CALL] },
    strategy: when("{ eq: [PREV_CLOSE, 49000] }"), trades: [sold("11:00:00", "11:00:01")], notRun: ["2024-08-16 no_expiry"],
  },
  {
    says: "spliced: the contract that was ATM at the close of the earlier date; `@now` has its own history",
    // Monday closed at 50100 with the 50100 call at 70; the 50000 call, ATM now, closed at 140.
    spot: ["2024-08-19T11:00:00 p50100", "11:00:00 p50000"],
    rows: { "50000CE": ["2024-08-19T11:00:00 p140 139/141", ...CALL], "50100CE": ["2024-08-19T11:00:00 p70 69/71", "10:59:00 59/61"] },
    strategy: `
      time: { window: "11:00-11:20", days: [Tue] }
      ${when("{ all: [{ eq: [{ metric: PREV_CLOSE, args: { of: atm_ce } }, 70] }, { eq: [{ metric: PREV_CLOSE, args: { of: atm_ce@now } }, 140] }] }").trim()}`,
    trades: [sold("11:00:00", "11:00:01")],
  },
  {
    says: "of the straddle, the sum of both on one date; of a leg, the close of its own contract",
    // On Monday the put has no price, so the straddle@now is that of Friday: 150 + 90. The leg's own is Monday's.
    spot: ["2024-08-19T11:00:00 p50000", "11:00:00 p50000"],
    rows: { "50000CE": ["2024-08-16T11:00:00 p150 149/151", "2024-08-19T11:00:00 p140 139/141", ...CALL], "50000PE": ["2024-08-16T11:00:00 p90 89/91", "2024-08-19T11:00:00 79/81", "10:59:00 79/81"] },
    strategy: `
      time: { window: "11:00-11:20", days: [Tue] }
      ${when("{ eq: [{ metric: PREV_CLOSE, args: { of: straddle@now } }, 240] }").trim()}
      exit: { when: { all: [{ eq: [{ metric: PREV_CLOSE, args: { of: "leg:1" } }, 140] }, { gte: [TIME, "11:05"] }] } }`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 101.00 exit_when"],
  },
]);
