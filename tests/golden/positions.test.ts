/** docs/results.md, positions.csv: what a position paid, made, and saw on the way. */
import { golden } from "./golden.ts";

golden("positions", [
  {
    says: "mae and mfe: the lowest and highest P&L from the entry's fill to the last exit fill, both included",
    // Sold at 99 × 15: at its mark 101 at once −30; −150 at 11:05, +300 at 11:10, and 91 at the exit: +120.
    spot: ["11:00:00 p50000"], rows: { "50000CE": ["11:00:00 99/101", "11:05:00 107/109", "11:10:00 77/79", "11:20:00 89/91"] },
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:20:00>11:20:01 91.00 window_end"],
    positions: ["1485.00 120.00 -150.00 300.00 1200 window_end"],
  },
  {
    says: "slippage of the exit belongs to its second: the last value is what was realised",
    // Bought at 101 + 2: 99 − 103 = −4 × 15 at its mark; out at 99 − 2 = 97: −6 × 15.
    spot: ["11:00:00 p50000"], rows: { "50000CE": ["11:00:00 99/101", "11:20:00 99/101"] }, strategy: `
      entry: { legs: [{ cp: CE, lots: 1 }] }
      fill: { slippage: { base: 40 } }`,
    trades: ["50000 CE BUY 15 11:00:00>11:00:01 103.00 11:20:00>11:20:01 97.00 window_end"],
    positions: ["-1545.00 -90.00 -90.00 -60.00 1200 window_end"],
  },
  {
    says: "legs that close at different seconds: a closed leg counts what it realised, and every reason is named once",
    // The call stops out at 11:05 (109 − 99 = 10): −150. The put was at 51 against 49: −30, at 11:10 at 41: +120.
    spot: ["11:00:00 p50000"],
    rows: { "50000CE": ["11:00:00 99/101", "11:05:00 107/109", "11:20:00 1/3"], "50000PE": ["11:00:00 49/51", "11:10:00 39/41", "11:20:00 44/46"] },
    strategy: `
      entry: { legs: [{ cp: CE, lots: -1, stop_loss: { points: 10 } }, { cp: PE, lots: -1 }] }`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 109.00 leg_stop_loss", "50000 PE SELL 15 11:00:00>11:00:01 49.00 11:20:00>11:20:01 46.00 window_end"],
    positions: ["2220.00 -105.00 -180.00 -30.00 1200 window_end|leg_stop_loss"],
  },
  {
    says: "a stop after a leg has closed: the last exit's slippage belongs to its second there too",
    // In at 97 and 47. At 11:05 the put is at 40: −60 + 105; closed at 42: +75. At 11:10 the call is at 121: −360 + 75; out at 123: −390 + 75.
    spot: ["11:00:00 p50000"],
    rows: { "50000CE": ["11:00:00 99/101", "11:10:00 119/121", "11:20:00 89/91"], "50000PE": ["11:00:00 49/51", "11:05:00 38/40", "11:20:00 38/40"] },
    strategy: `
      entry: { legs: [{ cp: CE, lots: -1 }, { cp: PE, lots: -1, target: { points: 5 } }] }
      exit: { stop_loss: { rupees: 280 } }
      fill: { slippage: { base: 40 } }`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 97.00 11:10:00>11:10:01 123.00 stop_loss", "50000 PE SELL 15 11:00:00>11:00:01 47.00 11:05:00>11:05:01 42.00 leg_target"],
    positions: ["2160.00 -315.00 -315.00 45.00 600 stop_loss|leg_target"],
  },
]);
