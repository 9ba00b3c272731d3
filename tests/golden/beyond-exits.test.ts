/** One leg's stop and the others, the lock, and the combined premium. */
import { BEYOND, golden } from "./golden.ts";

const SPOT = ["11:00:00 p50000"];
const FRESH = "fill: { ttl: 2000 }";
const CE_SOLD = "50000 CE SELL 15 11:00:00>11:00:01 99.00";
const PE_SOLD = "50000 PE SELL 15 11:00:00>11:00:01 79.00";
const CE_UP = ["10:59:59 99/101", "11:05:00 107/109"];
const PE_FLAT = ["10:59:59 79/81"];
const straddle = (call: string, put: string, exit: string) => `
      entry: { legs: [{ cp: CE, lots: -1${call} }, { cp: PE, lots: -1${put} }] }
      exit: { ${exit} }
      ${FRESH}`;

golden(`${BEYOND}: one leg's stop and the others`, [
  {
    says: "`all`: when a leg's stop-loss fires, every open leg closes in that second, those whose own rule did not fire with the reason `square_off`",
    spot: SPOT, rows: { "50000CE": CE_UP, "50000PE": PE_FLAT }, strategy: straddle(", stop_loss: { points: 10 }", "", "on_leg_stop: all"),
    trades: [`${CE_SOLD} 11:05:00>11:05:01 109.00 leg_stop_loss`, `${PE_SOLD} 11:05:00>11:05:01 81.00 square_off`],
  },
  {
    says: "`all`: those whose own rule fires in that second keep their reason",
    spot: SPOT, rows: { "50000CE": CE_UP, "50000PE": ["10:59:59 79/81", "11:05:00 67/69"] }, strategy: straddle(", stop_loss: { points: 10 }", ", target: { points: 10 }", "on_leg_stop: all"),
    trades: [`${CE_SOLD} 11:05:00>11:05:01 109.00 leg_stop_loss`, `${PE_SOLD} 11:05:00>11:05:01 69.00 leg_target`],
  },
  {
    says: "`on_leg_target: leg | all`, likewise for targets; a stop closes its own leg only",
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101", "11:05:00 87/89"], "50000PE": PE_FLAT }, strategy: straddle(", target: { points: 10 }", "", "on_leg_target: all"),
    trades: [`${CE_SOLD} 11:05:00>11:05:01 89.00 leg_target`, `${PE_SOLD} 11:05:00>11:05:01 81.00 square_off`],
  },
  {
    says: "`move_to_cost`: the other open legs' stop-losses stand at their own filled price, from the second after the decision",
    // The put is at a loss of 2 from the start: it goes in the second after.
    spot: SPOT, rows: { "50000CE": CE_UP, "50000PE": PE_FLAT }, strategy: straddle(", stop_loss: { points: 10 }", "", "on_leg_stop: move_to_cost"),
    trades: [`${CE_SOLD} 11:05:00>11:05:01 109.00 leg_stop_loss`, `${PE_SOLD} 11:05:01>11:05:02 81.00 leg_cost_stop`],
  },
  {
    says: "they fire when the P&L per unit is ≤ 0, whatever they were",
    // The put is in profit until its ask is back at the 79 that it was sold for.
    spot: SPOT, rows: { "50000CE": CE_UP, "50000PE": ["10:59:59 79/81", "11:04:00 67/69", "11:10:00 76.95/78.95", "11:12:00 77/79"] },
    strategy: straddle(", stop_loss: { points: 10 }", ", stop_loss: { points: 30 }", "on_leg_stop: move_to_cost"),
    trades: [`${CE_SOLD} 11:05:00>11:05:01 109.00 leg_stop_loss`, `${PE_SOLD} 11:12:00>11:12:01 79.00 leg_cost_stop`],
  },
  {
    says: "a leg that opens later is not moved",
    // The call waits for 110 and comes at 11:07, after the put's stop at 11:05: its loss of 2 does not close it.
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101", "11:07:00 109/111"], "50000PE": ["10:59:59 79/81", "11:05:00 87/89"] }, strategy: `
      entry: { legs: [{ cp: PE, lots: -1, stop_loss: { points: 10 } }, { cp: CE, lots: -1, wait: { pct: 10 } }] }
      exit: { on_leg_stop: move_to_cost }
      ${FRESH}`,
    trades: ["50000 PE SELL 15 11:00:00>11:00:01 79.00 11:05:00>11:05:01 89.00 leg_stop_loss", "50000 CE SELL 15 11:07:00>11:07:01 109.00 11:20:00>11:20:01 111.00 window_end"],
  },
  {
    says: "[a cost stop] for `on_leg_stop` […] is a stop-loss: it moves the next leg",
    // Call stopped at 11:05, put at cost at 11:12 and the third leg, in profit until then, at cost from 11:12:01 on: at 11:14.
    spot: SPOT, rows: { "50000CE": CE_UP, "50000PE": ["10:59:59 79/81", "11:04:00 67/69", "11:12:00 77/79"], "50100CE": ["10:59:59 59/61", "11:04:00 47/49", "11:14:00 57/59"] }, strategy: `
      entry: { legs: [{ cp: CE, lots: -1, stop_loss: { points: 10 } }, { cp: PE, lots: -1 }, { cp: CE, lots: -1, strike: { atm: 1 } }] }
      exit: { on_leg_stop: move_to_cost }
      ${FRESH}`,
    trades: [`${CE_SOLD} 11:05:00>11:05:01 109.00 leg_stop_loss`, `${PE_SOLD} 11:12:00>11:12:01 79.00 leg_cost_stop`, "50100 CE SELL 15 11:00:00>11:00:01 59.00 11:14:00>11:14:01 59.00 leg_cost_stop"],
  },
]);

/** A call bought at 101.00 at 11:00:01: the P&L is 15 × (bid − 101). */
const bought = (...quotes: string[]) => ({ "50000CE": ["10:59:59 99/101", ...quotes] });
const held = (exit: string) => `
      entry: { legs: [{ cp: CE, lots: 1 }] }
      exit: { ${exit} }
      ${FRESH}`;
const out = (clock: string, price: string, reason: string) => [`50000 CE BUY 15 11:00:00>11:00:01 101.00 ${clock}>${clock.replace(/\d$/, (digit) => String(Number(digit) + 1))} ${price} ${reason}`];

golden(`${BEYOND}: lock and trail`, [
  {
    says: "once the peak P&L has reached `reach`, exit when the P&L is at or below the floor: `keep`",
    // 111: +150 reaches. 104.05 is +45.75; 104 is +45.
    spot: SPOT, rows: bought("11:05:00 111/113", "11:06:00 104.05/106", "11:07:00 104/106"), strategy: held("lock: { reach: { rupees: 150 }, keep: { rupees: 45 } }"), trades: out("11:07:00", "104.00", "lock"),
  },
  {
    says: "a peak one paisa short of `reach` locks nothing",
    spot: SPOT, rows: bought("11:05:00 111/113", "11:07:00 104/106"), strategy: held("lock: { reach: { rupees: 150.01 }, keep: { rupees: 45 } }"), trades: out("11:20:00", "104.00", "window_end"),
  },
  {
    says: "plus `by` for each whole `every` that the peak has gone beyond `reach`",
    // 126: +375, 225 beyond 150: two whole 100s lift the floor from 45 to 145. 110.65 is +144.75, at or below it; 110.7 is +145.5.
    spot: SPOT, rows: bought("11:05:00 126/128", "11:06:00 110.7/112", "11:07:00 110.65/112"), strategy: held("lock: { reach: { rupees: 150 }, keep: { rupees: 45 }, every: { rupees: 100 }, by: { rupees: 50 } }"), trades: out("11:07:00", "110.65", "lock"),
  },
  {
    says: "first match wins: trail before lock",
    spot: SPOT, rows: bought("11:05:00 111/113", "11:07:00 101/103"), strategy: held("trail: { step: { rupees: 150 } }, lock: { reach: { rupees: 150 }, keep: { rupees: 0 } }"), trades: out("11:07:00", "101.00", "trail"),
  },
  {
    says: "`pct` of the net entry premium and `points` per unit of the first leg's lot, as everywhere",
    // 5 % of 1515.00 is 75.75: a bid of 106.05 reaches it. 2 points are 30 rupees: 103.
    spot: SPOT, rows: bought("11:05:00 106.05/108", "11:06:00 103.05/105", "11:07:00 103/105"), strategy: held("lock: { reach: { pct: 5 }, keep: { points: 2 } }"), trades: out("11:07:00", "103.00", "lock"),
  },
]);

golden(`${BEYOND}: combined premium`, [
  {
    says: "Σ mark × |lots| […] against Σ filled entry price × |lots|: when it has risen by the threshold or more",
    // Sold at 99 + 79 = 178, marked at the asks. 5 % is 8.90: 109 + 77.85 = 186.85 is 8.85 more, 109 + 77.9 is 8.90.
    spot: SPOT, rows: { "50000CE": CE_UP, "50000PE": ["10:59:59 79/81", "11:04:00 75/77.85", "11:06:00 75/77.9"] }, strategy: straddle("", "", "premium: { rise: { pct: 5 } }"),
    trades: [`${CE_SOLD} 11:06:00>11:06:01 109.00 premium_rise`, `${PE_SOLD} 11:06:00>11:06:01 77.90 premium_rise`],
  },
  {
    says: "or fallen; `points` are of the sum",
    // 178 − 20 = 158: 89 + 69.
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101", "11:05:00 87/89"], "50000PE": ["10:59:59 79/81", "11:06:00 67/69.05", "11:07:00 67/69"] }, strategy: straddle("", "", "premium: { fall: { points: 20 } }"),
    trades: [`${CE_SOLD} 11:07:00>11:07:01 89.00 premium_fall`, `${PE_SOLD} 11:07:00>11:07:01 69.00 premium_fall`],
  },
  {
    says: "whatever the side of a leg: a long is marked at the bid, against its own price",
    // Bought at 101, sold at 79: 180. 119 + 81 is 20 more.
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101", "11:05:00 119/121"], "50000PE": PE_FLAT }, strategy: `
      entry: { legs: [{ cp: CE, lots: 1 }, { cp: PE, lots: -1 }] }
      exit: { premium: { rise: { points: 20 } } }
      ${FRESH}`,
    trades: ["50000 CE BUY 15 11:00:00>11:00:01 101.00 11:05:00>11:05:01 119.00 premium_rise", `${PE_SOLD} 11:05:00>11:05:01 81.00 premium_rise`],
  },
  {
    says: "a closed trade at its exit price",
    // The call has closed at 109 at 11:05:01; 109 + 89 at 11:07 is 20 more than 178, whatever the call does.
    spot: SPOT, rows: { "50000CE": [...CE_UP, "11:06:00 147/149"], "50000PE": ["10:59:59 79/81", "11:07:00 87/89"] }, strategy: straddle(", stop_loss: { points: 10 }", "", "premium: { rise: { points: 20 } }"),
    trades: [`${CE_SOLD} 11:05:00>11:05:01 109.00 leg_stop_loss`, `${PE_SOLD} 11:07:00>11:07:01 89.00 premium_rise`],
  },
  {
    says: "|lots| weigh",
    // Two calls and one put: 2 · 99 + 79 = 277. 2 · 109 + 81 is 22 more.
    spot: SPOT, rows: { "50000CE": CE_UP, "50000PE": PE_FLAT }, strategy: `
      entry: { legs: [{ cp: CE, lots: -2 }, { cp: PE, lots: -1 }] }
      exit: { premium: { rise: { points: 22 } } }
      ${FRESH}`,
    trades: ["50000 CE SELL 30 11:00:00>11:00:01 99.00 11:05:00>11:05:01 109.00 premium_rise", `${PE_SOLD} 11:05:00>11:05:01 81.00 premium_rise`],
  },
]);
