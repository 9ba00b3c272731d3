/** Semantics §4, rebalance. */
import { golden } from "./golden.ts";

const SPOT = ["11:00:00 p50000", "11:05:00 p50100"];
const EVERY_5M = "entry: { legs: [{ cp: CE, lots: -1 }], rebalance: 5m }";
const CE_50000 = ["11:00:00 99/101", "11:05:00 109/111"];
const CE_50100 = ["11:05:00 59/61", "11:20:00 49/51"];
const FIRST = "50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 111.00 rebalance";
const SECOND = "50100 CE SELL 15 11:05:00>11:05:01 59.00 11:20:00>11:20:01 51.00 window_end";

golden("§4 rebalance", [
  {
    says: "if ATM differs […], all legs are closed (reason `rebalance`) and the entry's legs, all of them, are opened around the new ATM; It is a new position: new id",
    spot: SPOT, rows: { "50000CE": CE_50000, "50100CE": CE_50100 }, strategy: EVERY_5M, show: ["position_id", "reason_entry"],
    trades: [`${FIRST} position_id=1 reason_entry=at`, `${SECOND} position_id=2 reason_entry=rebalance`],
  },
  {
    says: "If ATM has not moved, nothing happens",
    spot: ["11:00:00 p50000", "11:05:00 p50050"], rows: { "50000CE": [...CE_50000, "11:20:00 89/91"], "50100CE": CE_50100 }, strategy: EVERY_5M,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:20:00>11:20:01 91.00 window_end"],
  },
  {
    says: "anchors at window start + k × interval (k ≥ 1)",
    // The window starts at 11:02, so the first anchor is 11:07.
    spot: ["11:02:00 p50000", "11:05:00 p50100", "11:07:00 p50100"], rows: { "50000CE": ["11:02:00 99/101", "11:07:00 109/111"], "50100CE": ["11:07:00 59/61", "11:20:00 49/51"] }, strategy: `
      time: { window: "11:02-11:20" }
      ${EVERY_5M}`,
    trades: [
      "50000 CE SELL 15 11:02:00>11:02:01 99.00 11:07:00>11:07:01 111.00 rebalance",
      "50100 CE SELL 15 11:07:00>11:07:01 59.00 11:20:00>11:20:01 51.00 window_end",
    ],
  },
  {
    says: "With `align: clock` anchors are at multiples of the interval since midnight",
    spot: ["11:02:00 p50000", "11:05:00 p50100"], rows: { "50000CE": ["11:02:00 99/101", "11:05:00 109/111"], "50100CE": CE_50100 }, strategy: `
      time: { window: "11:02-11:20" }
      entry: { legs: [{ cp: CE, lots: -1 }], rebalance: { every: 5m, align: clock } }`,
    trades: ["50000 CE SELL 15 11:02:00>11:02:01 99.00 11:05:00>11:05:01 111.00 rebalance", SECOND],
  },
  {
    says: "inside the window and before `exit.at`",
    spot: SPOT, rows: { "50000CE": CE_50000, "50100CE": CE_50100 }, strategy: `
      ${EVERY_5M}
      exit: { at: "11:05" }`,
    trades: [FIRST.replace("rebalance", "exit_at")],
  },
  {
    says: "Closing orders fill as any exit. The opening order is […] live from o = max(anchor + latency, last closing fill) […], and may fill in the very second of the last closing fill",
    // 50000 CE gets a quote at 11:05:20; 50100 CE has had one since 11:05:18.
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101", "11:05:20 109/111"], "50100CE": ["11:05:18 59/61", "11:20:00 49/51"] }, strategy: EVERY_5M,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:20 111.00 rebalance", "50100 CE SELL 15 11:05:00>11:05:20 59.00 11:20:00>11:20:01 51.00 window_end"],
  },
  {
    says: "[live] to o + patience: o counts, not the anchor",
    // o = 11:05:20, so 11:05:50 is the last second. From the anchor it would have been 11:05:31.
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101", "11:05:20 109/111"], "50100CE": ["11:05:50 59/61", "11:20:00 49/51"] }, strategy: EVERY_5M,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:20 111.00 rebalance", "50100 CE SELL 15 11:05:00>11:05:50 59.00 11:20:00>11:20:01 51.00 window_end"],
  },
  {
    says: "if it lapses: skip `untradeable`, flat; The skip […] of a rebalance [is dated] at its anchor",
    spot: SPOT, rows: { "50000CE": CE_50000, "50100CE": ["11:05:32 59/61", "11:20:00 49/51"] }, strategy: EVERY_5M,
    trades: [FIRST], skips: ["11:05:00 1 untradeable"],
  },
  {
    says: "or one second before the end of the window",
    // The window ends at 11:05:10; 50100 CE is quoted at 11:05:10.
    spot: SPOT, rows: { "50000CE": CE_50000, "50100CE": ["11:05:10 59/61"] }, strategy: `
      time: { window: "11:00-11:05:10" }
      ${EVERY_5M}`,
    trades: [FIRST], skips: ["11:05:00 1 untradeable"],
  },
  {
    says: "If a new contract is missing, the legs are closed all the same and a skip is recorded",
    // ATM is 50500 (listed by its put), no call within two steps of it.
    spot: ["11:00:00 p50000", "11:05:00 p50500"], rows: { "50000CE": CE_50000, "50500PE": ["12:00:00 1/2"] }, strategy: EVERY_5M,
    trades: [FIRST], skips: ["11:05:00 1 no_contract"],
  },
  {
    says: "[without a fresh spot] at a rebalance anchor nothing happens",
    // The move to 50100 was seen at 11:04:29, 31 s before the anchor.
    spot: ["11:00:00 p50000", "11:04:29 p50100"], rows: { "50000CE": [...CE_50000, "11:20:00 89/91"], "50100CE": CE_50100 }, strategy: EVERY_5M,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:20:00>11:20:01 91.00 window_end"],
  },
  {
    says: "strikes chosen at the anchor",
    // Spot goes on to 50200 before the opening order fills at 11:05:05.
    spot: [...SPOT, "11:05:02 p50200"], rows: { "50000CE": CE_50000, "50100CE": ["11:05:05 59/61", "11:20:00 49/51"], "50200CE": ["11:05:02 29/31"] }, strategy: EVERY_5M,
    trades: [FIRST, "50100 CE SELL 15 11:05:00>11:05:05 59.00 11:20:00>11:20:01 51.00 window_end"],
  },
  {
    says: "the entry's legs, all of them, are opened: also those whose strike has not moved",
    spot: SPOT, rows: { "50000CE": CE_50000, "50100CE": CE_50100, "48000PE": ["11:00:00 9/11", "11:05:00 7/9", "11:20:00 5/6"] }, strategy: `
      entry: { legs: [{ cp: CE, lots: -1 }, { cp: PE, lots: 1, strike: { strike: 48000 } }], rebalance: 5m }`,
    trades: [
      FIRST, "48000 PE BUY 15 11:00:00>11:00:01 11.00 11:05:00>11:05:01 7.00 rebalance",
      SECOND, "48000 PE BUY 15 11:05:00>11:05:01 9.00 11:20:00>11:20:01 5.00 window_end",
    ],
  },
  {
    says: "[the ATM] at which it was entered (at its decision)",
    // Decided at ATM 50000, filled at 11:00:05 when ATM was 50100; at the anchor ATM is 50000 again: nothing happens.
    spot: ["11:00:00 p50000", "11:00:03 p50100", "11:05:00 p50000"], rows: { "50000CE": ["11:00:05 99/101", "11:05:00 109/111", "11:20:00 89/91"], "50100CE": CE_50100 }, strategy: EVERY_5M,
    trades: ["50000 CE SELL 15 11:00:00>11:00:05 99.00 11:20:00>11:20:01 91.00 window_end"],
  },
  {
    says: "new peak: the trail of the new position starts anew",
    // The first position peaked at +150 (ask 89 at 11:03). The second is at −30 with peak −30: no trail below 0.
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101", "11:03:00 87/89", "11:05:00 89/91"], "50100CE": CE_50100 }, strategy: `
      ${EVERY_5M}
      exit: { trail: { step: { rupees: 60 } } }`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 91.00 rebalance", SECOND],
  },
  {
    says: "fills of earlier orders first (exits, then entries): with latency 0 both fill at the anchor",
    spot: SPOT, rows: { "50000CE": CE_50000, "50100CE": CE_50100 }, strategy: `
      ${EVERY_5M}
      fill: { latency: 0 }`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:00 99.00 11:05:00>11:05:00 111.00 rebalance", "50100 CE SELL 15 11:05:00>11:05:00 59.00 11:20:00>11:20:00 51.00 window_end"],
  },
]);
