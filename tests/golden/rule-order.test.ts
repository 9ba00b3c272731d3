/** Semantics §4: which of two rules that fire in one second counts, and what a rebalance begins anew. */
import { golden } from "./golden.ts";

const SPOT = ["11:00:00 p50000"];
const MOVED = ["11:00:00 p50000", "11:05:00 p50100"];
const CE_50000 = ["11:00:00 99/101", "11:05:00 109/111"];
const CLOSED_AT_1105 = "50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 111.00";
const EVERY_5M = "entry: { legs: [{ cp: CE, lots: -1 }], rebalance: 5m }";

golden("§4 first match wins", [
  {
    says: "(3) target before (4) trail",
    // Sold at the last price 99. The ask of 84 makes 225 in the fill's second, that of 87 makes 180: the target, and 45 below the peak.
    spot: SPOT, rows: { "50000CE": ["11:00:00 p99", "11:00:01 82/84", "11:00:02 85/87", "11:00:03 p95"] }, strategy: `
      fill: { model: ltp }
      exit: { target: { rupees: 150 }, trail: { step: { rupees: 45 } } }`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:00:02>11:00:03 95.00 target"],
  },
  {
    says: "(4) trail before (5) leg stop-loss",
    // The ask of 102 is 45 below the peak of 0, and 3 points above 99.
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101", "11:05:00 97/99", "11:06:00 100/102", "11:20:00 89/91"] }, strategy: `
      entry: { legs: [{ cp: CE, lots: -1, stop_loss: { points: 3 } }] }
      exit: { trail: { step: { rupees: 45 } } }`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:06:00>11:06:01 102.00 trail"],
  },
  {
    says: "(5) leg stop-loss […]; if any fires, […] (7) [is] not looked at in that second",
    // ATM has moved at the anchor, 11:05:00, in which the call's stop fires; at the next spot is too old.
    spot: MOVED, rows: { "50000CE": ["11:00:00 99/101", "11:05:00 101/103"], "50000PE": ["11:00:00 79/81", "11:20:00 69/71"], "50100CE": ["11:05:00 59/61"] }, strategy: `
      entry: { legs: [{ cp: CE, lots: -1, stop_loss: { points: 4 } }, { cp: PE, lots: -1 }], rebalance: 5m }`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 103.00 leg_stop_loss", "50000 PE SELL 15 11:00:00>11:00:01 79.00 11:20:00>11:20:01 71.00 window_end"],
  },
  {
    says: "(6) `exit.when` before (7) rebalance",
    spot: MOVED, rows: { "50000CE": CE_50000, "50100CE": ["11:05:00 59/61"] }, strategy: `
      ${EVERY_5M}
      exit: { when: { gte: [TIME, "11:05"] } }`,
    trades: [`${CLOSED_AT_1105} exit_when`],
  },
]);

golden("§4 what a rebalance begins anew", [
  {
    says: "It is a new position: […] new holding time",
    // From 11:05:01 on: 400 seconds at 11:11:41. From 11:00:01 on it would have been 11:06:41.
    spot: MOVED, rows: { "50000CE": CE_50000, "50100CE": ["11:05:00 59/61"] }, strategy: `
      ${EVERY_5M}
      exit: { when: { eq: [HOLD_SECS, 400] } }
      fill: { ttl: 2000 }`,
    trades: [`${CLOSED_AT_1105} rebalance`, "50100 CE SELL 15 11:05:00>11:05:01 59.00 11:11:41>11:11:42 61.00 exit_when"],
  },
  {
    says: "The opening order is […] live from o […] to […] one second before […] `exit.at`",
    // Quoted at 11:05:10 for the first time: a second too late.
    spot: MOVED, rows: { "50000CE": CE_50000, "50100CE": ["11:05:10 59/61"] }, strategy: `
      ${EVERY_5M}
      exit: { at: "11:05:10" }`,
    trades: [`${CLOSED_AT_1105} rebalance`], skips: ["11:05:00 1 untradeable"],
  },
]);
