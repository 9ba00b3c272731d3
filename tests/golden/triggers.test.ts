/** Semantics §4: entries on a condition, their skips, and exits on a condition. One lot of the expiry 2024-08-21 is 15 units. */
import { golden } from "./golden.ts";

const SPOT = ["11:00:00 p50000"];
/** Tradeable all the time with `ttl: 2000`. */
const QUOTES = ["10:59:59 99/101", "11:20:00 89/91"];
const CALL = "legs: [{ cp: CE, lots: -1 }]";
const sold = (decided: string, filled: string) => `50000 CE SELL 15 ${decided}>${filled} 99.00 11:20:00>11:20:01 91.00 window_end`;
/** Above 50005 in [11:00:05, 11:00:10) and from 11:00:15 on. */
const UP_DOWN_UP = ["11:00:00 p50000", "11:00:05 p50010", "11:00:10 p50000", "11:00:15 p50010"];
const UP = "{ gt: [SPOT, 50005] }";

golden("§4 entries on a condition", [
  {
    says: "`level` decides in every second in which `when` is true: the first",
    spot: UP_DOWN_UP, rows: { "50000CE": QUOTES }, strategy: `
      entry: { when: ${UP}, ${CALL} }
      fill: { ttl: 2000 }`,
    trades: [sold("11:00:05", "11:00:06")],
  },
  {
    says: "`level` decides in every second in which `when` is true: again at f + 1 after an exit fill at f",
    // Filled at :06, held 3 s at :09, closed at :10; decided again at :11. Two fills are all that max_per_day allows.
    spot: ["11:00:05 p50010"], rows: { "50000CE": QUOTES }, strategy: `
      entry: { when: ${UP}, max_per_day: 2, ${CALL} }
      exit: { when: { gte: [HOLD_SECS, 3] } }
      fill: { ttl: 2000 }`,
    trades: [
      "50000 CE SELL 15 11:00:05>11:00:06 99.00 11:00:09>11:00:10 101.00 exit_when",
      "50000 CE SELL 15 11:00:11>11:00:12 99.00 11:00:15>11:00:16 101.00 exit_when",
    ],
  },
  {
    says: "`edge` in seconds in which it is true and was not true at s−1",
    spot: UP_DOWN_UP, rows: { "50000CE": QUOTES }, strategy: `
      entry: { when: ${UP}, trigger: edge, max_per_day: 5, ${CALL} }
      exit: { when: { gte: [HOLD_SECS, 1] } }
      fill: { ttl: 2000 }`,
    trades: [
      "50000 CE SELL 15 11:00:05>11:00:06 99.00 11:00:07>11:00:08 101.00 exit_when",
      "50000 CE SELL 15 11:00:15>11:00:16 99.00 11:00:17>11:00:18 101.00 exit_when",
    ],
  },
  {
    says: "`edge` […] (unknown counts as not true)",
    // Until 11:00:05 there is no spot at all.
    spot: ["11:00:05 p50010"], rows: { "50000CE": QUOTES }, strategy: `
      entry: { when: ${UP}, trigger: edge, ${CALL} }
      fill: { ttl: 2000 }`,
    trades: [sold("11:00:05", "11:00:06")],
  },
  {
    says: "`edge` […] (evaluated outside the window too)",
    // True at 10:59:59 already: the window's first second is no edge. 11:00:15 is one.
    spot: ["10:59:50 p50010", "11:00:10 p50000", "11:00:15 p50010"], rows: { "50000CE": QUOTES }, strategy: `
      entry: { when: ${UP}, trigger: edge, ${CALL} }
      fill: { ttl: 2000 }`,
    trades: [sold("11:00:15", "11:00:16")],
  },
  {
    says: "`edge` […]: at s = 0 a true condition is an edge",
    // The rows of the afternoon settle the zone of the clocks.
    spot: ["09:15:00 p50010", "15:00:00 p50010"], rows: { "50000CE": ["09:15:00 99/101", "09:20:00 89/91", "15:00:00 89/91"] }, strategy: `
      time: { window: "09:15-09:20" }
      entry: { when: ${UP}, trigger: edge, ${CALL} }`,
    trades: ["50000 CE SELL 15 09:15:00>09:15:01 99.00 09:20:00>09:20:01 91.00 window_end"],
  },
  {
    says: "Neither a skip nor a lapse of `when` [uses up one of `max_per_day`], only a fill",
    // The order of 11:00:05 may fill until 11:00:11; that of 11:00:15 meets a quote at 11:00:18.
    spot: UP_DOWN_UP, rows: { "50000CE": ["11:00:18 99/101", "11:20:00 89/91"] }, strategy: `
      entry: { when: ${UP}, trigger: edge, ${CALL} }
      fill: { patience: 5 }`,
    trades: [sold("11:00:15", "11:00:18")], skips: ["11:00:05 1 untradeable"],
  },
  {
    says: "After […] a lapsed order at f, the next entry decision is at f+1 at the earliest",
    // From :05 to the lapse at :11, then from :12; the third order, of :19, fills at :20.
    spot: ["11:00:05 p50010"], rows: { "50000CE": ["11:00:20 99/101", "11:20:00 89/91"] }, strategy: `
      entry: { when: ${UP}, ${CALL} }
      fill: { patience: 5 }`,
    trades: [sold("11:00:19", "11:00:20")],
    skips: ["11:00:05 1 untradeable", "11:00:12 1 untradeable"],
  },
  {
    says: "An order that can no longer fill (s + latency past its limit) is not placed: with `when` a skip `untradeable` at s",
    spot: ["11:00:18 p50010"], rows: { "50000CE": ["11:00:15 99/101"] }, strategy: `
      time: { window: "11:00-11:00:20" }
      entry: { when: { gte: [TIME, "11:00:18"] }, ${CALL} }
      fill: { latency: 2 }`,
    skips: ["11:00:18 1 untradeable to 11:00:19 ×2"],
  },
  {
    says: "No entry decision at or after the end of its window or `exit.at`",
    spot: SPOT, rows: { "50000CE": QUOTES }, strategy: `
      entry: { when: { gte: [TIME, "11:10"] }, ${CALL} }
      exit: { at: "11:10" }
      fill: { ttl: 2000 }`,
  },
  {
    says: "`no_spot` when a leg needs ATM or delta and there is none; equal skips of consecutive seconds are one row",
    // The spot value is 31 s old at 11:00:31; from 11:00:34 on there is a new one.
    spot: ["11:00:00 p50000", "11:00:34 p50000"], rows: { "50000CE": QUOTES }, strategy: `
      entry: { when: { gte: [TIME, "11:00:31"] }, ${CALL} }
      fill: { ttl: 2000 }`,
    trades: [sold("11:00:34", "11:00:35")], skips: ["11:00:31 1 no_spot to 11:00:33 ×3"],
  },
  {
    says: "`no_contract` when a leg finds none, in every second of the trigger",
    spot: SPOT, rows: { "50000CE": QUOTES }, strategy: `
      entry: { when: { between: [TIME, "11:00:10", "11:00:12"] }, legs: [{ cp: CE, lots: -1, strike: { strike: 51000 } }] }`,
    skips: ["11:00:10 1 no_contract to 11:00:12 ×3"],
  },
  {
    says: "`max_per_day`: entries per window per day",
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101", "11:05:00 94/96", "11:20:00 89/91"] }, strategy: `
      time: { window: ["11:00-11:05", "11:05-11:20"] }
      entry: { when: { gte: [TIME, "11:00:10"] }, legs: [{ cp: CE, lots: -1, strike: { strike: 50000 } }] }
      fill: { ttl: 2000 }`,
    // At 11:05:00 the exit of the first window is decided, at 11:05:01 it fills; 11:05:02 is the next decision.
    trades: [
      "50000 CE SELL 15 11:00:10>11:00:11 99.00 11:05:00>11:05:01 96.00 window_end",
      "50000 CE SELL 15 11:05:02>11:05:03 94.00 11:20:00>11:20:01 91.00 window_end",
    ],
  },
  {
    says: "the next entry decision is […], after an exit fill, at f + cooldown at the earliest; when flat, (8) entry: nothing is decided before",
    // Closed at 11:00:10; with a cooldown of 10 s again at 11:00:20.
    spot: ["11:00:05 p50010"], rows: { "50000CE": QUOTES }, strategy: `
      entry: { when: ${UP}, max_per_day: 2, cooldown: 10, ${CALL} }
      exit: { when: { eq: [HOLD_SECS, 3] } }
      fill: { ttl: 2000 }`,
    trades: [
      "50000 CE SELL 15 11:00:05>11:00:06 99.00 11:00:09>11:00:10 101.00 exit_when",
      "50000 CE SELL 15 11:00:20>11:00:21 99.00 11:00:24>11:00:25 101.00 exit_when",
    ],
  },
]);

golden("§4 exits on a condition", [
  {
    says: "From the second after the entry's fill […] (6) `exit.when`",
    // True all along, so also in the fill's second, 11:00:01, which does not count.
    spot: SPOT, rows: { "50000CE": QUOTES }, strategy: `
      exit: { when: { gt: [SPOT, 1] } }
      fill: { ttl: 2000 }`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:00:02>11:00:03 101.00 exit_when"],
  },
  {
    says: "(1) […] end of window […], (6) `exit.when`: the end of the window comes first",
    spot: SPOT, rows: { "50000CE": QUOTES }, strategy: `
      exit: { when: { gte: [TIME, "11:20"] } }
      fill: { ttl: 2000 }`,
    trades: [sold("11:00:00", "11:00:01")],
  },
  {
    says: "(5) leg stop-loss […]; if any fires, (6) and (7) are not looked at in that second",
    // 103 at 11:05:00 is 4 above 99: the call's stop. The condition has its turn one second later, for the put.
    spot: SPOT, rows: { "50000CE": [...QUOTES.slice(0, 1), "11:05:00 101/103"], "50000PE": ["10:59:59 79/81"] }, strategy: `
      entry: { legs: [{ cp: CE, lots: -1, stop_loss: { points: 4 } }, { cp: PE, lots: -1 }] }
      exit: { when: { gte: [TIME, "11:05"] } }
      fill: { ttl: 2000 }`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 103.00 leg_stop_loss", "50000 PE SELL 15 11:00:00>11:00:01 79.00 11:05:01>11:05:02 81.00 exit_when"],
  },
  {
    says: "`leg:n` is known in `exit.when`: the contract that the leg holds",
    // The bid of the held 50000 call falls to 94 at 11:05:00, while 50100 is at the money.
    spot: ["11:00:00 p50000", "11:04:00 p50100"], rows: { "50000CE": ["10:59:59 99/101", "11:05:00 94/96"], "50100CE": ["11:00:00 50/51"] }, strategy: `
      exit: { when: { lt: [{ metric: BID_L1, args: { of: leg:1 } }, 95] } }
      fill: { ttl: 2000 }`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 96.00 exit_when"],
  },
  {
    says: "`PNL` […] of the open position: rupees",
    // Sold at 99, the ask at 94 is 5 × 15 = 75 rupees.
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101", "11:04:00 93.05/94.05", "11:05:00 93/94"] }, strategy: `
      exit: { when: { gte: [PNL, 75] } }
      fill: { ttl: 2000 }`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 94.00 exit_when"],
  },
  {
    says: "`DRAWDOWN`: PEAK − PNL; `PEAK_PNL` rupees",
    // P&L −30 at the fill, peak 75 at 11:04, 30 at 11:06: 45 below the peak.
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101", "11:04:00 93/94", "11:05:00 95/96", "11:06:00 96/97"] }, strategy: `
      exit: { when: { all: [{ eq: [DRAWDOWN, 45] }, { eq: [PEAK_PNL, 75] }] } }
      fill: { ttl: 2000 }`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:06:00>11:06:01 97.00 exit_when"],
  },
  {
    says: "`HOLD_SECS`: seconds since the entry's fill",
    spot: SPOT, rows: { "50000CE": QUOTES }, strategy: `
      exit: { when: { eq: [HOLD_SECS, 60] } }
      fill: { ttl: 2000 }`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:01:01>11:01:02 101.00 exit_when"],
  },
  {
    says: "[crosses on `PNL`] false at s−1 needs a value there: the fill's second has one",
    // −30 at the fill (11:00:01), 15 at 11:00:02: the first second that counts is a cross.
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101", "11:00:02 97/98"] }, strategy: `
      exit: { when: { crosses_above: [PNL, 0] } }
      fill: { ttl: 2000 }`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:00:02>11:00:03 98.00 exit_when"],
  },
]);
