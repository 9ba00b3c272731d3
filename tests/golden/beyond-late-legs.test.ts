/** Legs that wait for their premium, and positions with several legs in time. */
import { BEYOND, golden } from "./golden.ts";

const SPOT = ["11:00:00 p50000"];
const FRESH = "fill: { ttl: 2000 }";
const PE_FLAT = ["10:59:59 79/81"];
/** One leg that waits, alone or beside a put that is sold at once for 79.00 at 11:00:01 and bought back for 81.00. */
const alone = (wait: string, more = "") => `
      entry: { legs: [{ cp: CE, lots: -1, wait: ${wait}${more} }] }
      ${FRESH}`;
const beside = (wait: string, more = "") => `
      entry: { legs: [{ cp: PE, lots: -1 }, { cp: CE, lots: -1, wait: ${wait}${more} }] }
      ${FRESH}`;
const PUT = "50000 PE SELL 15 11:00:00>11:00:01 79.00 11:20:00>11:20:01 81.00 window_end";

golden(`${BEYOND}: a leg that waits`, [
  {
    says: "its premium is at or beyond reference + move: 10 % of twice 100.00",
    // Mid 100 at 11:00:00. 109.75 at 11:03 is 9.75 %; 110.00 at 11:05 is 10 %.
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101", "11:03:00 108.75/110.75", "11:05:00 109/111"], "50000PE": PE_FLAT }, strategy: beside("{ pct: 10 }"), show: ["reason_entry", "leg_id", "position_id"],
    trades: [`${PUT} reason_entry=at leg_id=1 position_id=1`, "50000 CE SELL 15 11:05:00>11:05:01 109.00 11:20:00>11:20:01 111.00 window_end reason_entry=at leg_id=2 position_id=1"],
  },
  {
    says: "the move is rounded half up to the paisa of twice the reference",
    // 1 % of 200.25 is 2.0025, so 2.00: 202.25 is enough, 202.20 is not.
    spot: SPOT, rows: { "50000CE": ["10:59:59 100.1/100.15", "11:03:00 101.05/101.15", "11:05:00 101.1/101.15"], "50000PE": PE_FLAT }, strategy: beside("{ pct: 1 }"),
    trades: [PUT, "50000 CE SELL 15 11:05:00>11:05:01 101.10 11:20:00>11:20:01 101.15 window_end"],
  },
  {
    says: "`{points: -20}` down",
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101", "11:03:00 80/82", "11:05:00 79/81"], "50000PE": PE_FLAT }, strategy: beside("{ points: -20 }"),
    trades: [PUT, "50000 CE SELL 15 11:05:00>11:05:01 79.00 11:20:00>11:20:01 81.00 window_end"],
  },
  {
    says: "twice the last price […] while the session has had no valid quote; If it lapses: skip `untradeable` dated s, and the leg waits on from the second after the lapse",
    // 50 at the decision, 55 at 11:05. Without a quote the order of 11:05:00 lapses at 11:05:31; that of 11:05:32 fills.
    spot: SPOT, rows: { "50000CE": ["10:59:59 p50", "11:05:00 p55", "11:06:00 54/56"], "50000PE": PE_FLAT }, strategy: beside("{ pct: 10 }"),
    trades: [PUT, "50000 CE SELL 15 11:05:32>11:06:00 54.00 11:20:00>11:20:01 56.00 window_end"], skips: ["11:05:00 1 untradeable"],
  },
  {
    says: "Its value at the decision is the reference; none → `untradeable`",
    spot: SPOT, rows: { "50000CE": ["11:10:00 99/101"], "50000PE": PE_FLAT }, strategy: beside("{ pct: 10 }"), skips: ["11:00:00 1 untradeable"],
  },
  {
    says: "If all legs wait, the strategy is armed […]; its position begins with the first fill",
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101", "11:05:00 109/111"] }, strategy: alone("{ pct: 10 }"), show: ["position_id"],
    trades: ["50000 CE SELL 15 11:05:00>11:05:01 109.00 11:20:00>11:20:01 111.00 window_end position_id=1"],
  },
  {
    says: "If nothing of a position was filled by the window's end: skip `not_reached` dated at the decision",
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101"] }, strategy: alone("{ pct: 10 }"), skips: ["11:00:00 1 not_reached"],
  },
  {
    says: "A leg that never fills leaves no trade",
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101"], "50000PE": PE_FLAT }, strategy: beside("{ pct: 10 }"), trades: [PUT],
  },
  {
    says: "A waiting leg is looked at from the second after the position's fill",
    // 110 in 11:00:01, the put's fill, alone; the next premium is at the reference again.
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101", "11:00:01 109/111", "11:00:02 99/101"], "50000PE": PE_FLAT }, strategy: beside("{ pct: 10 }"), trades: [PUT],
  },
  {
    says: "all waiting: [looked at from the second] after the decision",
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101", "11:00:01 109/111", "11:00:02 99/101"] }, strategy: alone("{ pct: 10 }"),
    trades: ["50000 CE SELL 15 11:00:01>11:00:02 99.00 11:20:00>11:20:01 101.00 window_end"],
  },
  {
    says: "`break: high`: above the highest value of the first minutes; strictly beyond",
    // The highest of 09:15–09:30 is 100; 100 at 11:03 is not above it.
    spot: SPOT, rows: { "50000CE": ["09:20:00 99/101", "09:31:00 97/99", "11:03:00 99/101", "11:05:00 99.05/101"], "50000PE": PE_FLAT }, strategy: beside("{ break: high, minutes: 15 }"),
    trades: [PUT, "50000 CE SELL 15 11:05:00>11:05:01 99.05 11:20:00>11:20:01 101.00 window_end"],
  },
  {
    says: "`break: low`: below the lowest value of the first minutes of the session",
    spot: SPOT, rows: { "50000CE": ["09:20:00 99/101", "09:25:00 89/91", "09:31:00 97/99", "11:05:00 88.95/91"], "50000PE": PE_FLAT }, strategy: beside("{ break: low, minutes: 15 }"),
    trades: [PUT, "50000 CE SELL 15 11:05:00>11:05:01 88.95 11:20:00>11:20:01 91.00 window_end"],
  },
  {
    says: "its order may fill from s + latency to s + latency + patience, or one second before the window's end",
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101", "11:19:50 109/111", "11:19:59 107/109"], "50000PE": PE_FLAT }, strategy: `
      entry: { legs: [{ cp: PE, lots: -1 }, { cp: CE, lots: -1, wait: { pct: 10 } }] }
      fill: { ttl: 2000, latency: 9 }`,
    trades: [PUT.replace("11:00:01", "11:00:09").replace("11:20:01", "11:20:09"), "50000 CE SELL 15 11:19:50>11:19:59 107.00 11:20:00>11:20:09 109.00 window_end"],
  },
  {
    says: "the contract is chosen at the entry's decision, with the other legs",
    // Spot has moved two strikes by 11:05.
    spot: [...SPOT, "11:04:00 p50200"], rows: { "50000CE": ["10:59:59 99/101", "11:05:00 109/111"], "50200CE": ["10:59:59 49/51"], "50000PE": PE_FLAT }, strategy: beside("{ pct: 10 }"),
    trades: [PUT, "50000 CE SELL 15 11:05:00>11:05:01 109.00 11:20:00>11:20:01 111.00 window_end"],
  },
]);

golden(`${BEYOND}: the end of what waits`, [
  {
    says: "an order that can no longer fill is not placed: skip `untradeable` in each second in which the leg is due",
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101", "11:19:58 109/111"], "50000PE": PE_FLAT }, strategy: `
      entry: { legs: [{ cp: PE, lots: -1 }, { cp: CE, lots: -1, wait: { pct: 10 } }] }
      fill: { ttl: 2000, latency: 5 }`,
    trades: ["50000 PE SELL 15 11:00:00>11:00:05 79.00 11:20:00>11:20:05 81.00 window_end"], skips: ["11:19:58 1 untradeable to 11:19:59 ×2"],
  },
  {
    says: "[a position] is on […] as long as a leg waits […], until the window's end: the next window may be entered in that second",
    spot: [...SPOT, "11:05:00 p50000"], rows: { "50000CE": ["10:59:59 99/101"], "50000PE": PE_FLAT }, strategy: `
      time: { window: ["11:00-11:05", "11:05-11:10"] }
      entries:
        - { when: { lt: [TIME, "11:05"] }, legs: [{ cp: CE, lots: -1, wait: { pct: 10 } }] }
        - { when: { gte: [TIME, "11:05"] }, legs: [{ cp: PE, lots: -1 }] }
      ${FRESH}`,
    trades: ["50000 PE SELL 15 11:05:00>11:05:01 79.00 11:10:00>11:10:01 81.00 window_end entry_2"], skips: ["11:00:00 1 not_reached"],
  },
]);

golden(`${BEYOND}: positions with several legs in time`, [
  {
    says: "A position's P&L is that of all its trades: the late leg's loss counts for the stop",
    // Put flat at −2 a unit from its fill; call sold at 109 at 11:05:01. At 11:06 the call's ask is 119: −10 − 2 = −12 a unit, 180 rupees.
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101", "11:05:00 109/111", "11:06:00 117/119"], "50000PE": PE_FLAT }, strategy: `
      ${beside("{ pct: 10 }").trim()}
      exit: { stop_loss: { rupees: 180 } }`,
    trades: ["50000 PE SELL 15 11:00:00>11:00:01 79.00 11:06:00>11:06:01 81.00 stop_loss", "50000 CE SELL 15 11:05:00>11:05:01 109.00 11:06:00>11:06:01 119.00 stop_loss"],
  },
  {
    says: "a late leg adds its own [premium] when it fills",
    // 5 % of 79 is 3.95 a unit while the put is alone (a loss of 2 does not reach it), of 188 it is 9.40: with −2 − 8 = −10 at 11:06 it fires.
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101", "11:05:00 109/111", "11:06:00 115/117"], "50000PE": PE_FLAT }, strategy: `
      ${beside("{ pct: 10 }").trim()}
      exit: { stop_loss: { pct: 5 } }`,
    trades: ["50000 PE SELL 15 11:00:00>11:00:01 79.00 11:06:00>11:06:01 81.00 stop_loss", "50000 CE SELL 15 11:05:00>11:05:01 109.00 11:06:00>11:06:01 117.00 stop_loss"],
  },
  {
    says: "a late leg adds its own premium: −2 − 7 = −9 does not reach 9.40",
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101", "11:05:00 109/111", "11:06:00 114/116"], "50000PE": PE_FLAT }, strategy: `
      ${beside("{ pct: 10 }").trim()}
      exit: { stop_loss: { pct: 5 } }`,
    trades: [PUT, "50000 CE SELL 15 11:05:00>11:05:01 109.00 11:20:00>11:20:01 116.00 window_end"],
  },
  {
    says: "When the whole position is closed by a rule, what waits is withdrawn without a skip",
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101", "11:07:00 109/111"], "50000PE": ["10:59:59 79/81", "11:05:00 87/89"] }, strategy: `
      ${beside("{ pct: 10 }").trim()}
      exit: { stop_loss: { rupees: 150 } }`,
    trades: ["50000 PE SELL 15 11:00:00>11:00:01 79.00 11:05:00>11:05:01 89.00 stop_loss"],
  },
  {
    says: "an order that has not filled by the decision's second does not fill any more",
    // The call is due at 11:05:00 and could fill at 11:05:05; the put's loss closes the position at 11:05:03.
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101", "11:05:00 109/111"], "50000PE": ["10:59:59 79/81", "11:05:03 87/89"] }, strategy: `
      entry: { legs: [{ cp: PE, lots: -1 }, { cp: CE, lots: -1, wait: { pct: 10 } }] }
      exit: { stop_loss: { rupees: 150 } }
      fill: { ttl: 2000, latency: 5 }`,
    trades: ["50000 PE SELL 15 11:00:00>11:00:05 79.00 11:05:03>11:05:08 89.00 stop_loss"],
  },
  {
    says: "When every leg that was filled has closed while others still wait, the waiting goes on",
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101", "11:07:00 109/111"], "50000PE": ["10:59:59 79/81", "11:05:00 67/69"] }, strategy: `
      entry: { legs: [{ cp: PE, lots: -1, target: { points: 10 } }, { cp: CE, lots: -1, wait: { pct: 10 } }] }
      ${FRESH}`, show: ["position_id"],
    trades: ["50000 PE SELL 15 11:00:00>11:00:01 79.00 11:05:00>11:05:01 69.00 leg_target position_id=1", "50000 CE SELL 15 11:07:00>11:07:01 109.00 11:20:00>11:20:01 111.00 window_end position_id=1"],
  },
  {
    says: "the position rules are looked at all the same, with the realised P&L",
    // The put realises 10 a unit at 11:05:01: 150 rupees reach the target, and the call's waiting ends.
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101", "11:07:00 109/111"], "50000PE": ["10:59:59 79/81", "11:05:00 67/69"] }, strategy: `
      entry: { legs: [{ cp: PE, lots: -1, target: { points: 9 } }, { cp: CE, lots: -1, wait: { pct: 10 } }] }
      exit: { target: { rupees: 150.01 } }
      ${FRESH}`,
    trades: ["50000 PE SELL 15 11:00:00>11:00:01 79.00 11:05:00>11:05:01 69.00 leg_target", "50000 CE SELL 15 11:07:00>11:07:01 109.00 11:20:00>11:20:01 111.00 window_end"],
  },
  {
    says: "position rules with the realised P&L: a cheaper closing fill reaches the target, and the waiting ends",
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101", "11:07:00 109/111"], "50000PE": ["10:59:59 79/81", "11:05:00 67/69", "11:05:01 66/68"] }, strategy: `
      entry: { legs: [{ cp: PE, lots: -1, target: { points: 9 } }, { cp: CE, lots: -1, wait: { pct: 10 } }] }
      exit: { target: { rupees: 165 } }
      ${FRESH}`,
    trades: ["50000 PE SELL 15 11:00:00>11:00:01 79.00 11:05:00>11:05:01 68.00 leg_target"],
  },
  {
    says: "A rebalance withdraws what waits, and opens the block's legs as new legs, with their waiting",
    // At 11:15 ATM is 50200: its call waits for 55 (10 % above 50) and comes at 11:17.
    spot: [...SPOT, "11:14:50 p50200"], strategy: `
      entry: { legs: [{ cp: PE, lots: -1 }, { cp: CE, lots: -1, wait: { pct: 10 } }], rebalance: 15m }
      ${FRESH}`,
    rows: { "50000CE": ["10:59:59 99/101", "11:16:00 109/111"], "50000PE": PE_FLAT, "50200CE": ["10:59:59 49/51", "11:17:00 54/56"], "50200PE": ["10:59:59 119/121"] }, show: ["reason_entry", "position_id"],
    trades: [
      "50000 PE SELL 15 11:00:00>11:00:01 79.00 11:15:00>11:15:01 81.00 rebalance reason_entry=at position_id=1",
      "50200 PE SELL 15 11:15:00>11:15:01 119.00 11:20:00>11:20:01 121.00 window_end reason_entry=rebalance position_id=2",
      "50200 CE SELL 15 11:17:00>11:17:01 54.00 11:20:00>11:20:01 56.00 window_end reason_entry=rebalance position_id=2",
    ],
  },
]);
