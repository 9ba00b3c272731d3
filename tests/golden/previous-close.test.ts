/** Semantics §2 and §5: PREV_CLOSE and GAP_PCT, which look at another date. */
import { golden } from "./golden.ts";

const SPOT = ["11:00:00 p50000"];
const CALL = ["10:59:00 99/101", "11:20:00 89/91"];
const when = (condition: string) => `
      entry: { when: ${condition}, legs: [{ cp: CE, lots: -1, strike: { strike: 50000 } }] }
      fill: { ttl: 5000, patience: 30 }`;
const productRefuses = "PREV_CLOSE is part of the language, but this version does not run it yet";
const sold = (decided: string, filled: string) => `50000 CE SELL 15 ${decided}>${filled} 99.00 11:20:00>11:20:01 91.00 window_end`;

golden("§2 the previous close", [
  {
    says: "GAP_PCT = (OPEN_DAY/PREV_CLOSE − 1)·100; PREV_CLOSE is the last grid value of the latest earlier date",
    // 50500 / 50000: 1 %. The value of 15:30:00 is outside the session.
    spot: ["2024-08-16T15:00:00 p40000", "2024-08-19T11:00:00 p49000", "2024-08-19T15:29:59 p50000", "2024-08-19T15:30:00 p51000", "11:00:00 p50500"], rows: { "50000CE": CALL },
    strategy: when("{ all: [{ eq: [PREV_CLOSE, 50000] }, { eq: [GAP_PCT, 1] }] }"), trades: [sold("11:00:00", "11:00:01")], notRun: ["2024-08-16 no_expiry", "2024-08-19 no_expiry"], productRefuses,
  },
  {
    says: "`PREV_CLOSE` […] of the latest earlier date […], run or not",
    // The filter on days leaves Monday out; its close counts all the same.
    spot: ["2024-08-19T11:00:00 p49000", "11:00:00 p50000"], rows: { "50000CE": CALL },
    strategy: `
      time: { window: "11:00-11:20", days: [Tue] }
      ${when("{ eq: [PREV_CLOSE, 49000] }").trim()}`,
    trades: [sold("11:00:00", "11:00:01")], productRefuses,
  },
  {
    says: "`PREV_CLOSE`: missing when there is no earlier date",
    spot: SPOT, rows: { "50000CE": CALL }, strategy: when("{ gt: [PREV_CLOSE, 0] }"), productRefuses,
  },
]);
