/** Where the rules beyond one order meet each other in one second (docs/strategy-language.md). */
import { BEYOND, golden } from "./golden.ts";

const SPOT = ["11:00:00 p50000"];
const MOVING_SPOT = ["11:00:00 p50000", "11:00:55 p50100"];
const FRESH = "fill: { ttl: 2000 }";

golden(`${BEYOND}: late legs that meet others`, [
  {
    says: "late legs (each that is due: waiting legs and re-entries together, in the order of the legs)",
    // The call is stopped at 11:05:00 (109 − 99) and due again at 11:05:02, in which second the put has moved from 80 to 86.
    spot: SPOT, rows: { "50000CE": ["10:59:00 99/101", "11:05:00 107/109"], "50000PE": ["10:59:00 79/81", "11:05:02 85/87"] }, strategy: `
      entry: { legs: [{ cp: CE, lots: -1, stop_loss: { points: 10 }, reentry: { times: 1 } }, { cp: PE, lots: -1, wait: { points: 5 } }] }
      ${FRESH}`,
    trades: [
      "50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 109.00 leg_stop_loss",
      "50000 CE SELL 15 11:05:02>11:05:03 107.00 11:20:00>11:20:01 109.00 window_end",
      "50000 PE SELL 15 11:05:02>11:05:03 85.00 11:20:00>11:20:01 87.00 window_end",
    ],
  },
  {
    says: "Fills of earlier orders [first]: an order lapses in its last second, with its skip, although a rule closes the position in that second",
    // ttl 0: the put, due at 11:05:00, could fill at 11:05:01 alone and has no row then. The call's loss is 10 × 15 = 150 at 11:05:01.
    spot: SPOT, rows: { "50000CE": ["11:00:01 99/101", "11:05:01 107/109", "11:05:02 107/109"], "50000PE": ["10:59:59 79/81", "11:05:00 85/87"] }, strategy: `
      entry: { legs: [{ cp: CE, lots: -1 }, { cp: PE, lots: -1, wait: { points: 5 } }] }
      exit: { stop_loss: { rupees: 150 } }
      fill: { ttl: 0, patience: 0 }`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:01>11:05:02 109.00 stop_loss"], skips: ["11:05:00 1 untradeable"],
  },
  {
    says: "its position begins with the first fill: the P&L of that second is of everything that filled in it",
    // Sold at 105 and 85, marked at 107 and 87: −4 × 15 from the first second to the last. (105 + 85) × 15 = 2850.
    spot: SPOT, rows: { "50000CE": ["10:59:00 99/101", "11:05:00 105/107"], "50000PE": ["10:59:00 79/81", "11:05:00 85/87"] }, strategy: `
      entry: { legs: [{ cp: CE, lots: -1, wait: { points: 5 } }, { cp: PE, lots: -1, wait: { points: 5 } }] }
      ${FRESH}`,
    trades: ["50000 CE SELL 15 11:05:00>11:05:01 105.00 11:20:00>11:20:01 107.00 window_end", "50000 PE SELL 15 11:05:00>11:05:01 85.00 11:20:00>11:20:01 87.00 window_end"],
    positions: ["2850.00 -60.00 -60.00 -60.00 900 window_end"],
  },
  {
    says: "all waiting: after the decision; in the second of the position's first fill nothing is decided",
    // The put reaches 85.00 at 11:05:01, in which second the call fills: decided at 11:05:02.
    spot: SPOT, rows: { "50000CE": ["10:59:00 99/101", "11:05:00 105/107"], "50000PE": ["10:59:00 79/81", "11:05:01 85/87"] }, strategy: `
      entry: { legs: [{ cp: CE, lots: -1, wait: { points: 5 } }, { cp: PE, lots: -1, wait: { points: 5 } }] }
      ${FRESH}`,
    trades: ["50000 CE SELL 15 11:05:00>11:05:01 105.00 11:20:00>11:20:01 107.00 window_end", "50000 PE SELL 15 11:05:02>11:05:03 85.00 11:20:00>11:20:01 87.00 window_end"],
  },
  {
    says: "A rebalance […] opens the block's legs as new legs, with their waiting: looked at from the second after the last closing fill",
    // Reference 50.00 at the anchor 11:01:00; 56.00 from 11:01:01 on, the second of the closing fill.
    spot: MOVING_SPOT, rows: { "50000CE": ["10:59:00 99/101", "11:00:10 105/107"], "50100CE": ["10:59:00 49/51", "11:01:01 55/57"] }, strategy: `
      entry: { rebalance: 1m, legs: [{ cp: CE, lots: -1, wait: { points: 5 } }] }
      ${FRESH}`,
    trades: ["50000 CE SELL 15 11:00:10>11:00:11 105.00 11:01:00>11:01:01 107.00 rebalance", "50100 CE SELL 15 11:01:02>11:01:03 55.00 11:20:00>11:20:01 57.00 window_end"],
  },
]);

golden(`${BEYOND}: what opens again`, [
  {
    says: "A rebalance […] opens the legs of the block that opened the position",
    spot: MOVING_SPOT, rows: { "50000CE": ["10:59:00 99/101"], "50100CE": ["10:59:00 49/51"] }, strategy: `
      entry: { rebalance: 1m }
      entries:
        - { when: { lt: [SPOT, 49000] }, legs: [{ cp: PE, lots: -1 }] }
        - { when: { gte: [SPOT, 50000] }, legs: [{ cp: CE, lots: -1 }] }
      ${FRESH}`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:01:00>11:01:01 101.00 rebalance entry_2", "50100 CE SELL 15 11:01:00>11:01:01 49.00 11:20:00>11:20:01 51.00 window_end entry_2"],
  },
  {
    says: "`times` counts from the entry that `at` or `when` decided (a rebalance does not start it anew)",
    // The one re-entry is used at 11:01:02; the position that the rebalance opened is stopped, too, and nothing follows.
    spot: ["11:00:00 p50000", "11:01:00 p50000", "11:04:55 p50100"], rows: { "50000CE": ["10:59:00 99/101", "11:01:00 107/109"], "50100CE": ["10:59:00 49/51", "11:10:00 57/59"] }, strategy: `
      entry: { rebalance: 5m, reentry: { on: [stop_loss], times: 1 }, legs: [{ cp: CE, lots: -1 }] }
      exit: { stop_loss: { rupees: 150 } }
      ${FRESH}`,
    trades: [
      "50000 CE SELL 15 11:00:00>11:00:01 99.00 11:01:00>11:01:01 109.00 stop_loss",
      "50000 CE SELL 15 11:01:02>11:01:03 107.00 11:05:00>11:05:01 109.00 rebalance",
      "50100 CE SELL 15 11:05:00>11:05:01 49.00 11:10:00>11:10:01 59.00 stop_loss",
    ],
  },
  {
    says: "`at_cost` [of the position]: V ≥ C otherwise",
    // Sold at 99.00, closed with a profit: it waits until the bid is 99.00 again, not until it is below.
    spot: SPOT, rows: { "50000CE": ["10:59:00 99/101", "11:05:00 87/89", "11:10:00 98/100", "11:12:00 99/101"] }, strategy: `
      entry: { reentry: { on: [target], mode: at_cost }, legs: [{ cp: CE, lots: -1 }] }
      exit: { target: { points: 10 } }
      ${FRESH}`,
    show: ["reason_entry", "position_id"],
    trades: [
      "50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 89.00 target reason_entry=at position_id=1",
      "50000 CE SELL 15 11:12:00>11:12:01 99.00 11:20:00>11:20:01 101.00 window_end reason_entry=reentry position_id=2",
    ],
  },
  {
    says: "The opening order [of a roll …] that is not live before the window's end is withdrawn with the position, without a skip",
    spot: SPOT, rows: { "50000CE": ["11:00:01 99/101", "11:20:05 99/101"], "50200CE": ["11:00:01 59/61"] }, strategy: `
      entry: { legs: [{ cp: CE, lots: -1 }] }
      adjust: [{ when: { gt: [HOLD_SECS, 600] }, leg: 1, to: { strike: 50200 } }]`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:10:02>11:20:05 101.00 adjust"],
  },
]);

golden(`${BEYOND}: series and contracts`, [
  {
    says: "`ORB_HIGH` […] high of spot, or of the series `of`, in the first minutes of the session",
    // 100.00 at 09:16:00 is the high of the call's first five minutes.
    spot: SPOT, rows: { "50000CE": ["09:16:00 p100 99/101", "09:21:00 p90 99/101", "11:05:00 p100.05 99/101"] }, strategy: `
      entry: { when: { gt: [{ metric: PRICE_LTP, args: { of: atm_ce } }, { metric: ORB_HIGH, args: { minutes: 5, of: atm_ce@now } }] }, legs: [{ cp: CE, lots: -1, strike: { strike: 50000 } }] }
      ${FRESH}`,
    trades: ["50000 CE SELL 15 11:05:00>11:05:01 99.00 11:20:00>11:20:01 101.00 window_end"],
  },
  {
    says: "`{straddle_width: 0.5}` […] of a leg with an expiry of its own: W is of that expiry's contracts",
    // Half of 400 is two steps; half of the 200 of the universe's expiry would be one.
    spot: SPOT,
    rows: {
      "50000CE": ["10:59:00 99/101"], "50000PE": ["10:59:00 99/101"], banknifty24aug50000ce: ["10:59:00 199/201"], banknifty24aug50000pe: ["10:59:00 199/201"],
      banknifty24aug50100ce: ["10:59:00 149/151"], banknifty24aug50200ce: ["10:59:00 119/121"],
    },
    strategy: `
      entry: { legs: [{ cp: CE, lots: -1, expiry: next, strike: { straddle_width: 0.5 } }] }
      ${FRESH}`,
    trades: ["50200 CE SELL 15 11:00:00>11:00:01 119.00 11:20:00>11:20:01 121.00 window_end"],
  },
  {
    says: "`cp: FUT` is the nearest future of the symbol: the nearest that is listed, with a last price or without",
    spot: SPOT, rows: { "50000CE": ["10:59:00 99/101"], banknifty24augfut: ["10:59:00 50019/50021"], banknifty24sepfut: ["10:59:00 p50200 50199/50201"] }, strategy: `
      entry: { legs: [{ cp: FUT, lots: 1 }] }
      ${FRESH}`,
    show: ["expiry"],
    trades: [" FUT BUY 15 11:00:00>11:00:01 50021.00 11:20:00>11:20:01 50019.00 window_end expiry=2024-08-28"],
  },
]);
