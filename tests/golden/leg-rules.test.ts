/** Semantics §4: stops and targets of single legs, and what goes on for the others. */
import { golden } from "./golden.ts";

const SPOT = ["11:00:00 p50000"];
const FRESH = "fill: { ttl: 2000 }";
const CE_SOLD = "50000 CE SELL 15 11:00:00>11:00:01 99.00";
const PE_SOLD = "50000 PE SELL 15 11:00:00>11:00:01 79.00";
const CE_UP = ["10:59:59 99/101", "11:05:00 107/109", "11:20:00 89/91"];
const PE_FLAT = ["10:59:59 79/81", "11:20:00 69/71"];
const straddle = (stops: string) => `entry: { legs: [{ cp: CE, lots: -1, ${stops} }, { cp: PE, lots: -1 }] }`;

golden("§4 leg stop-loss and target", [
  {
    says: "only those legs close: the other goes on to the end of the window",
    spot: SPOT, rows: { "50000CE": CE_UP, "50000PE": PE_FLAT }, strategy: `
      ${straddle("stop_loss: { points: 10 }")}
      ${FRESH}`,
    trades: [`${CE_SOLD} 11:05:00>11:05:01 109.00 leg_stop_loss`, `${PE_SOLD} 11:20:00>11:20:01 71.00 window_end`],
  },
  {
    says: "Loss ≥ the stop […] trigger: a loss one paisa short does not",
    spot: SPOT, rows: { "50000CE": CE_UP, "50000PE": PE_FLAT }, strategy: `
      ${straddle("stop_loss: { points: 10.01 }")}
      ${FRESH}`,
    trades: [`${CE_SOLD} 11:20:00>11:20:01 91.00 window_end`, `${PE_SOLD} 11:20:00>11:20:01 71.00 window_end`],
  },
  {
    says: "`pct` […] of a leg = of its own filled price, per unit, rounded half up",
    // 10.1 % of 99.00 is 9.999, so 10.00; the loss is 10.00.
    spot: SPOT, rows: { "50000CE": CE_UP, "50000PE": PE_FLAT }, strategy: `
      ${straddle("stop_loss: { pct: 10.1 }")}
      ${FRESH}`,
    trades: [`${CE_SOLD} 11:05:00>11:05:01 109.00 leg_stop_loss`, `${PE_SOLD} 11:20:00>11:20:01 71.00 window_end`],
  },
  {
    says: "`pct` of a leg […]: 10.2 % of 99.00 is 10.098, so 10.10, more than the loss of 10.00",
    spot: SPOT, rows: { "50000CE": CE_UP, "50000PE": PE_FLAT }, strategy: `
      ${straddle("stop_loss: { pct: 10.2 }")}
      ${FRESH}`,
    trades: [`${CE_SOLD} 11:20:00>11:20:01 91.00 window_end`, `${PE_SOLD} 11:20:00>11:20:01 71.00 window_end`],
  },
  {
    says: "`rupees` of a leg = its whole P&L; a leg's `pct` and `points` are compared per unit",
    // Two lots: 10 × 30 = 300 rupees. Ten points are ten per unit, whatever the lots.
    spot: SPOT, rows: { "50000CE": CE_UP, "50000PE": ["10:59:59 79/81", "11:06:00 87/89"] }, strategy: `
      entry: { legs: [{ cp: CE, lots: -2, stop_loss: { rupees: 300 } }, { cp: PE, lots: -2, stop_loss: { points: 10.01 } }] }
      ${FRESH}`,
    trades: ["50000 CE SELL 30 11:00:00>11:00:01 99.00 11:05:00>11:05:01 109.00 leg_stop_loss", "50000 PE SELL 30 11:00:00>11:00:01 79.00 11:20:00>11:20:01 89.00 window_end"],
  },
  {
    says: "then leg target: profit ≥ the target",
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101", "11:05:00 87/89"], "50000PE": PE_FLAT }, strategy: `
      ${straddle("target: { points: 10 }")}
      ${FRESH}`,
    trades: [`${CE_SOLD} 11:05:00>11:05:01 89.00 leg_target`, `${PE_SOLD} 11:20:00>11:20:01 71.00 window_end`],
  },
  {
    says: "every leg checked: a stop and a target in one second",
    spot: SPOT, rows: { "50000CE": CE_UP, "50000PE": ["10:59:59 79/81", "11:05:00 67/69"] }, strategy: `
      entry: { legs: [{ cp: CE, lots: -1, stop_loss: { points: 10 } }, { cp: PE, lots: -1, target: { points: 10 } }] }
      ${FRESH}`,
    trades: [`${CE_SOLD} 11:05:00>11:05:01 109.00 leg_stop_loss`, `${PE_SOLD} 11:05:00>11:05:01 69.00 leg_target`],
  },
  {
    says: "(2) position stop-loss, […] (5) leg stop-loss: the position's comes first",
    // −10 for the call, −2 for the put: 12 × 15 = 180.
    spot: SPOT, rows: { "50000CE": CE_UP, "50000PE": PE_FLAT }, strategy: `
      ${straddle("stop_loss: { points: 10 }")}
      exit: { stop_loss: { rupees: 180 } }
      ${FRESH}`,
    trades: [`${CE_SOLD} 11:05:00>11:05:01 109.00 stop_loss`, `${PE_SOLD} 11:05:00>11:05:01 81.00 stop_loss`],
  },
  {
    says: "A leg with an exit order takes no second one; position rules go on for the others; P&L = realised P&L of its closed legs + open legs at their marks",
    // The call is closed at 109 with 10 × 15 = 150 lost. The put at 11:10: 79 − 59 = 20 × 15 = 300. Together 150.
    spot: SPOT, rows: { "50000CE": CE_UP, "50000PE": ["10:59:59 79/81", "11:10:00 57/59"] }, strategy: `
      ${straddle("stop_loss: { points: 10 }")}
      exit: { target: { rupees: 150 } }
      ${FRESH}`,
    trades: [`${CE_SOLD} 11:05:00>11:05:01 109.00 leg_stop_loss`, `${PE_SOLD} 11:10:00>11:10:01 59.00 target`],
  },
  {
    says: "A leg with an exit order takes no second one: the one that waits keeps its reason",
    // The call's stop of 11:05:00 finds no fresh quote until 11:20:02; the end of the window closes the put alone.
    spot: SPOT, rows: { "50000CE": ["11:00:04 99/101", "11:05:00 107/109", "11:20:02 104/106"], "50000PE": ["11:00:04 79/81", "11:20:05 69/71"] }, strategy: `
      ${straddle("stop_loss: { points: 10 }")}
      fill: { latency: 5 }`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:05 99.00 11:05:00>11:20:02 106.00 leg_stop_loss", "50000 PE SELL 15 11:00:00>11:00:05 79.00 11:20:00>11:20:05 71.00 window_end"],
  },
  {
    says: "`pct` of a position = of the net entry premium […] of all legs, fixed at entry, also after a leg has closed",
    // (99 + 79) × 15 = 2670; 10 % = 267. Realised −150, the put at 11:10 mark 87: −8 × 15 = −120: together −270.
    spot: SPOT, rows: { "50000CE": CE_UP, "50000PE": ["10:59:59 79/81", "11:10:00 85/87"] }, strategy: `
      ${straddle("stop_loss: { points: 10 }")}
      exit: { stop_loss: { pct: 10 } }
      ${FRESH}`,
    trades: [`${CE_SOLD} 11:05:00>11:05:01 109.00 leg_stop_loss`, `${PE_SOLD} 11:10:00>11:10:01 87.00 stop_loss`],
  },
  {
    says: "[rebalance] the entry's legs, all of them, are opened around the new ATM: also the one that was stopped",
    spot: ["11:00:00 p50000", "11:05:55 p50100"], rows: { "50000CE": CE_UP.slice(0, 2), "50000PE": PE_FLAT.slice(0, 1), "50100CE": ["10:59:59 49/51"], "50100PE": ["10:59:59 119/121"] }, strategy: `
      entry: { rebalance: 1m, legs: [{ cp: CE, lots: -1, stop_loss: { points: 10 } }, { cp: PE, lots: -1 }] }
      ${FRESH}`,
    trades: [
      `${CE_SOLD} 11:05:00>11:05:01 109.00 leg_stop_loss`, `${PE_SOLD} 11:06:00>11:06:01 81.00 rebalance`,
      "50100 CE SELL 15 11:06:00>11:06:01 49.00 11:20:00>11:20:01 51.00 window_end", "50100 PE SELL 15 11:06:00>11:06:01 119.00 11:20:00>11:20:01 121.00 window_end",
    ],
  },
]);

golden("§2 premium and delta selectors", [
  {
    says: "`{premium: 100}` = the listed contract of that side […] whose mid (last quote, of any age) is nearest",
    // Mids 100, 60 and 34: 60 is 10 from 50, the others 50 and 16.
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101"], "50100CE": ["10:30:00 59/61", "11:00:02 59/61"], "50200CE": ["10:59:59 33/35"] }, strategy: `
      entry: { legs: [{ cp: CE, lots: -1, strike: { premium: 50 } }] }
      ${FRESH}`,
    trades: ["50100 CE SELL 15 11:00:00>11:00:01 59.00 11:20:00>11:20:01 61.00 window_end"],
  },
  {
    says: "[premium] ties to the further out of the money: the higher call",
    spot: SPOT, rows: { "50000CE": ["10:59:59 59/61"], "50100CE": ["10:59:59 39/41"] }, strategy: `
      entry: { legs: [{ cp: CE, lots: -1, strike: { premium: 50 } }] }
      ${FRESH}`,
    trades: ["50100 CE SELL 15 11:00:00>11:00:01 39.00 11:20:00>11:20:01 41.00 window_end"],
  },
  {
    says: "[premium] ties to the further out of the money: the lower put",
    spot: SPOT, rows: { "50000PE": ["10:59:59 59/61"], "49900PE": ["10:59:59 39/41"] }, strategy: `
      entry: { legs: [{ cp: PE, lots: -1, strike: { premium: 50 } }] }
      ${FRESH}`,
    trades: ["49900 PE SELL 15 11:00:00>11:00:01 39.00 11:20:00>11:20:01 41.00 window_end"],
  },
  {
    says: "[premium] within ± 30 steps of ATM: 30 steps are within, 31 are not",
    spot: SPOT, rows: { "50000CE": ["10:59:59 59/61"], "53000CE": ["10:59:59 9/11"], "53100CE": ["10:59:59 4/6"] }, strategy: `
      entry: { legs: [{ cp: CE, lots: -1, strike: { premium: 5 } }] }
      ${FRESH}`,
    trades: ["53000 CE SELL 15 11:00:00>11:00:01 9.00 11:20:00>11:20:01 11.00 window_end"],
  },
  {
    says: "[premium] no fresh spot → `no_spot`",
    spot: ["10:59:00 p50000", "11:00:30 p0"], rows: { "50000CE": ["10:59:59 59/61"] }, strategy: `
      entry: { legs: [{ cp: CE, lots: -1, strike: { premium: 50 } }] }
      fill: { ttl: 2000, patience: 0 }`,
    skips: ["11:00:00 1 no_spot"],
  },
  {
    says: "[premium] none with a quote → `no_contract`",
    spot: SPOT, rows: { "50000CE": ["10:59:59 p60", "11:00:01 59/61"] }, strategy: `
      entry: { legs: [{ cp: CE, lots: -1, strike: { premium: 50 } }] }
      fill: { patience: 0 }`,
    skips: ["11:00:00 1 no_contract"],
  },
  {
    says: "`{delta: 0.25}` = |delta| […] nearest: the call nearest to 0.50 is the one at the money",
    // F = 50000: no put, so spot. At the money |delta| is just above 0.50; 50300 at 20 is far below, 49700 at 320 far above.
    spot: SPOT, rows: { "49700CE": ["10:59:59 319/321"], "50000CE": ["10:59:59 99/101"], "50300CE": ["10:59:59 19/21"] }, strategy: `
      entry: { legs: [{ cp: CE, lots: -1, strike: { delta: 0.5 } }, { cp: CE, lots: 1, strike: { delta: 0.1 } }] }
      ${FRESH}`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:20:00>11:20:01 101.00 window_end", "50300 CE BUY 15 11:00:00>11:00:01 21.00 11:20:00>11:20:01 19.00 window_end"],
  },
  {
    says: "[delta] same ties: of two that are equally near the further out of the money",
    // 51100 and 51200 cost less than their intrinsic 1100 and 1200: both have |delta| 1. The lower put is further out of the money.
    spot: SPOT, rows: { "49000PE": ["10:59:59 0.05/0.10"], "50000PE": ["10:59:59 99/101"], "51100PE": ["10:59:59 999/1001"], "51200PE": ["10:59:59 1099/1101"] }, strategy: `
      entry: { legs: [{ cp: PE, lots: -1, strike: { delta: 0.99 } }] }
      ${FRESH}`,
    trades: ["51100 PE SELL 15 11:00:00>11:00:01 999.00 11:20:00>11:20:01 1001.00 window_end"],
  },
]);

golden("§4 depth", [
  {
    says: "`depth` = quantity-weighted over the levels until the quantity is filled, rounded to the paisa against the trader",
    // Sells 30: 15 at 99, 15 at 98.95 → 98.975, down to 98.97. Buys 30: 15 at 91, 15 at 91.05 → 91.025, up to 91.03.
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101 bq0=15 bp1=98.95 bq1=30 sq0=15 sp1=101.05 sq1=30", "11:20:00 89/91 bq0=15 bp1=88.95 bq1=30 sq0=15 sp1=91.05 sq1=30"] }, strategy: `
      entry: { legs: [{ cp: CE, lots: -2 }] }
      fill: { model: depth }`,
    trades: ["50000 CE SELL 30 11:00:00>11:00:01 98.97 11:20:00>11:20:01 91.03 window_end"],
  },
  {
    says: "[depth is] not tradeable when the levels hold too little",
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101 bq0=14 sq0=75", "11:00:05 97/101 bq0=15 sq0=75", "11:20:00 89/91 bq0=75 sq0=75"] }, strategy: "fill: { model: depth }",
    trades: ["50000 CE SELL 15 11:00:00>11:00:05 97.00 11:20:00>11:20:01 91.00 window_end"],
  },
  {
    says: "A level whose price or quantity is missing or ≤ 0 is skipped, bid and ask levels separately",
    // No quantity at the first bid, no price at the second: the third fills.
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101 bq0=0 bq1=75 bp1=- bq2=75 bp2=98 sq0=75", "11:20:00 89/91 bq0=75 sq0=-"] }, strategy: "fill: { model: depth }",
    // At the exit the asks hold nothing at all, until the end of the session: closed at its mark.
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 98.00 11:20:00>15:29:59 91.00 window_end stale_exit"],
  },
  {
    says: "the five levels at s are those of the row of the latest valid quote",
    // The crossed row of 11:00:01 has other levels; they are not looked at.
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101 bq0=75 sq0=75", "11:00:01 105/101 bq0=75 sq0=75", "11:20:00 89/91 bq0=75 sq0=75"] }, strategy: "fill: { model: depth }",
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:20:00>11:20:01 91.00 window_end"],
  },
]);
