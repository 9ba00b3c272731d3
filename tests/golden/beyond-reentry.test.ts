/** Re-entry of a leg and of a position, and legs that are rolled. */
import { BEYOND, golden } from "./golden.ts";

const SPOT = ["11:00:00 p50000"];
const FRESH = "fill: { ttl: 2000 }";
/** A call sold at 99.00 at 11:00:01 and stopped at 109.00 at 11:05:01. */
const CE_UP = ["10:59:59 99/101", "11:05:00 107/109"];
const STOPPED = "50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 109.00";
const leg = (reentry: string, more = "") => `
      entry: { legs: [{ cp: CE, lots: -1, stop_loss: { points: 10 }, reentry: ${reentry} }]${more} }
      ${FRESH}`;
const SHOW = { show: ["reason_entry", "leg_id", "position_id"] } as const;

golden(`${BEYOND}: re-entry of a leg`, [
  {
    says: "`same_strike`: decided in [the second after its exit's fill], the same contract; the position's id and the leg's id",
    // Sold again at 107 at 11:05:03; its stop stands at 117 and is not reached.
    spot: SPOT, rows: { "50000CE": CE_UP }, strategy: leg("{}"), ...SHOW,
    trades: [`${STOPPED} leg_stop_loss reason_entry=at leg_id=1 position_id=1`, "50000 CE SELL 15 11:05:02>11:05:03 107.00 11:20:00>11:20:01 109.00 window_end reason_entry=reentry leg_id=1 position_id=1"],
  },
  {
    says: "its stop-loss starts anew from its own fill; `times` is used up",
    spot: SPOT, rows: { "50000CE": [...CE_UP, "11:10:00 115/117"] }, strategy: leg("{}"),
    trades: [`${STOPPED} leg_stop_loss`, "50000 CE SELL 15 11:05:02>11:05:03 107.00 11:10:00>11:10:01 117.00 leg_stop_loss"],
  },
  {
    says: "`times: 2` opens it twice",
    spot: SPOT, rows: { "50000CE": [...CE_UP, "11:10:00 115/117"] }, strategy: leg("{ times: 2 }"),
    trades: [`${STOPPED} leg_stop_loss`, "50000 CE SELL 15 11:05:02>11:05:03 107.00 11:10:00>11:10:01 117.00 leg_stop_loss", "50000 CE SELL 15 11:10:02>11:10:03 115.00 11:20:00>11:20:01 117.00 window_end"],
  },
  {
    says: "`on` defaults to `[stop_loss]`: a target opens nothing",
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101", "11:05:00 87/89"] }, strategy: `
      entry: { legs: [{ cp: CE, lots: -1, stop_loss: { points: 10 }, target: { points: 10 }, reentry: {} }] }
      ${FRESH}`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 89.00 leg_target"],
  },
  {
    says: "`new_atm`: […] the contract that its selector gives then",
    spot: [...SPOT, "11:05:00 p50200"], rows: { "50000CE": CE_UP, "50200CE": ["10:59:59 59/61"] }, strategy: leg("{ mode: new_atm }"),
    trades: [`${STOPPED} leg_stop_loss`, "50200 CE SELL 15 11:05:02>11:05:03 59.00 11:20:00>11:20:01 61.00 window_end"],
  },
  {
    says: "none → skip with the reason, the re-entry is used up",
    // The spot of 11:00 is too old at 11:05:02.
    spot: SPOT, rows: { "50000CE": CE_UP }, strategy: leg("{ mode: new_atm, times: 3 }"), trades: [`${STOPPED} leg_stop_loss`], skips: ["11:05:02 1 no_spot"],
  },
  {
    says: "`at_cost`: closed with a loss, a sale waits until the bid is at or below that price",
    spot: SPOT, rows: { "50000CE": [...CE_UP, "11:07:00 99.05/101", "11:09:00 99/101"] }, strategy: leg("{ mode: at_cost }"),
    trades: [`${STOPPED} leg_stop_loss`, "50000 CE SELL 15 11:09:00>11:09:01 99.00 11:20:00>11:20:01 101.00 window_end"],
  },
  {
    says: "`at_cost`: a purchase until the ask is at or above it",
    // Bought at 101, stopped at 89: back at an ask of 101.
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101", "11:05:00 89/91", "11:07:00 98/100.95", "11:09:00 99/101"] }, strategy: `
      entry: { legs: [{ cp: CE, lots: 1, stop_loss: { points: 12 }, reentry: { mode: at_cost } }] }
      ${FRESH}`,
    trades: ["50000 CE BUY 15 11:00:00>11:00:01 101.00 11:05:00>11:05:01 89.00 leg_stop_loss", "50000 CE BUY 15 11:09:00>11:09:01 101.00 11:20:00>11:20:01 99.00 window_end"],
  },
  {
    says: "`at_cost`: closed with a profit the other way round",
    // Sold at 99, bought back at 89 by the target: sold again once the bid is back at 99.
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101", "11:05:00 87/89", "11:07:00 98.95/101", "11:09:00 99/101"] }, strategy: `
      entry: { legs: [{ cp: CE, lots: -1, target: { points: 10 }, reentry: { on: [target], mode: at_cost } }] }
      ${FRESH}`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 89.00 leg_target", "50000 CE SELL 15 11:09:00>11:09:01 99.00 11:20:00>11:20:01 101.00 window_end"],
  },
  {
    says: "The order may fill as a waiting leg's; if it lapses: skip `untradeable`, and the re-entry is used up",
    // Quotes may be 3 s old: none is young enough from 11:05:03 to 11:05:33.
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101", "11:05:00 107/109", "11:05:40 107/109", "11:20:00 107/109"] }, strategy: `
      entry: { legs: [{ cp: CE, lots: -1, stop_loss: { points: 10 }, reentry: { times: 5 } }] }
      fill: { ttl: 2 }`,
    trades: [`${STOPPED} leg_stop_loss`], skips: ["11:05:02 1 untradeable"],
  },
  {
    says: "after it has closed on its own stop-loss (also one that stands at cost)",
    // The put goes at cost in the second after the call's stop, and comes again.
    spot: SPOT, rows: { "50000CE": CE_UP, "50000PE": ["10:59:59 79/81"] }, strategy: `
      entry: { legs: [{ cp: CE, lots: -1, stop_loss: { points: 10 } }, { cp: PE, lots: -1, reentry: {} }] }
      exit: { on_leg_stop: move_to_cost }
      ${FRESH}`,
    trades: [`${STOPPED} leg_stop_loss`, "50000 PE SELL 15 11:00:00>11:00:01 79.00 11:05:01>11:05:02 81.00 leg_cost_stop", "50000 PE SELL 15 11:05:03>11:05:04 79.00 11:20:00>11:20:01 81.00 window_end"],
  },
  {
    says: "P&L is that of all its trades: the stopped trade's loss counts with the new one's",
    // −150 realised, sold again at 107: a further loss of 5 at an ask of 112 makes −225.
    spot: SPOT, rows: { "50000CE": [...CE_UP, "11:10:00 110/112"] }, strategy: `
      ${leg("{}").trim()}
      exit: { stop_loss: { rupees: 225 } }`,
    trades: [`${STOPPED} leg_stop_loss`, "50000 CE SELL 15 11:05:02>11:05:03 107.00 11:10:00>11:10:01 112.00 stop_loss"],
  },
]);

golden(`${BEYOND}: between an exit and the re-entry`, [
  {
    says: "When every open trade has an exit order and nothing waits […], nothing more is decided (also if the leg will re-enter after its fill)",
    // The stop of 11:05:00 fills at 11:05:05; the loss of 750 rupees at 11:05:02, before the fill, closes nothing.
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101", "11:05:00 107/109", "11:05:02 147/149", "11:05:04 107/109"] }, strategy: `
      entry: { legs: [{ cp: CE, lots: -1, stop_loss: { points: 10 }, reentry: {} }] }
      exit: { stop_loss: { rupees: 600 } }
      fill: { ttl: 2000, latency: 5 }`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:05 99.00 11:05:00>11:05:05 109.00 leg_stop_loss", "50000 CE SELL 15 11:05:06>11:05:11 107.00 11:20:00>11:20:05 109.00 window_end"],
  },
]);

const position = (reentry: string, more = "") => `
      entry: { reentry: ${reentry}, legs: [{ cp: CE, lots: -1 }]${more} }
      exit: { stop_loss: { rupees: 150 } }
      ${FRESH}`;

golden(`${BEYOND}: re-entry of a position`, [
  {
    says: "a new position with a new id, `reason_entry` `reentry`: from f + 1",
    spot: [...SPOT, "11:05:00 p50010"], rows: { "50000CE": CE_UP }, strategy: position("{}"), ...SHOW,
    trades: [`${STOPPED} stop_loss reason_entry=at leg_id=1 position_id=1`, "50000 CE SELL 15 11:05:02>11:05:03 107.00 11:20:00>11:20:01 109.00 window_end reason_entry=reentry leg_id=1 position_id=2"],
  },
  {
    says: "From f + max(1, cooldown)",
    spot: SPOT, rows: { "50000CE": CE_UP }, strategy: position("{}", ", cooldown: 60"),
    trades: [`${STOPPED} stop_loss`, "50000 CE SELL 15 11:06:01>11:06:02 107.00 11:20:00>11:20:01 109.00 window_end"],
  },
  {
    says: "`same_strike` takes the contracts with which the position was opened: it asks for no spot",
    spot: [...SPOT, "11:05:00 p50200"], rows: { "50000CE": CE_UP, "50200CE": ["10:59:59 59/61"] }, strategy: position("{}"),
    trades: [`${STOPPED} stop_loss`, "50000 CE SELL 15 11:05:02>11:05:03 107.00 11:20:00>11:20:01 109.00 window_end"],
  },
  {
    says: "`new_atm`: in the first second of patience in which every leg finds its contract",
    // The old spot is too old; a new one comes at 11:05:20.
    spot: [...SPOT, "11:05:20 p50200"], rows: { "50000CE": CE_UP, "50200CE": ["10:59:59 59/61"] }, strategy: position("{ mode: new_atm }"),
    trades: [`${STOPPED} stop_loss`, "50200 CE SELL 15 11:05:20>11:05:21 59.00 11:20:00>11:20:01 61.00 window_end"],
  },
  {
    says: "else one skip dated there",
    spot: [...SPOT, "11:05:33 p50200"], rows: { "50000CE": CE_UP, "50200CE": ["10:59:59 59/61"] }, strategy: position("{ mode: new_atm }"),
    trades: [`${STOPPED} stop_loss`], skips: ["11:05:02 1 no_spot"],
  },
  {
    says: "`times` counts from the entry that `at` or `when` decided",
    spot: SPOT, rows: { "50000CE": [...CE_UP, "11:10:00 115/117"] }, strategy: position("{ times: 2 }"),
    trades: [`${STOPPED} stop_loss`, "50000 CE SELL 15 11:05:02>11:05:03 107.00 11:10:00>11:10:01 117.00 stop_loss", "50000 CE SELL 15 11:10:02>11:10:03 115.00 11:20:00>11:20:01 117.00 window_end"],
  },
  {
    says: "when the position was closed by a rule in `on`: not by another",
    spot: SPOT, rows: { "50000CE": CE_UP }, strategy: position("{ on: [target, trail] }"), trades: [`${STOPPED} stop_loss`],
  },
  {
    says: "`trail` stands for trail and lock",
    // +150 at 11:03, back at 0 at 11:05.
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101", "11:03:00 87/89", "11:05:00 97/99"] }, strategy: `
      entry: { reentry: { on: [trail] }, legs: [{ cp: CE, lots: -1 }] }
      exit: { lock: { reach: { rupees: 150 }, keep: { rupees: 0 } } }
      ${FRESH}`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 99.00 lock", "50000 CE SELL 15 11:05:02>11:05:03 97.00 11:20:00>11:20:01 99.00 window_end"],
  },
  {
    says: "`at_cost`: in the first second with V ≤ C after a loss",
    // C = 99 + 79 = 178. At 11:07 the bids are 99 + 79.05, at 11:09 they are 99 + 79.
    spot: SPOT, rows: { "50000CE": [...CE_UP, "11:07:00 99/101"], "50000PE": ["10:59:59 79/81", "11:04:00 85/87", "11:07:00 79.05/81", "11:09:00 79/81"] }, strategy: `
      entry: { reentry: { mode: at_cost }, legs: [{ cp: CE, lots: -1 }, { cp: PE, lots: -1 }] }
      exit: { stop_loss: { rupees: 240 } }
      ${FRESH}`,
    trades: [
      `${STOPPED} stop_loss`, "50000 PE SELL 15 11:00:00>11:00:01 79.00 11:05:00>11:05:01 87.00 stop_loss",
      "50000 CE SELL 15 11:09:00>11:09:01 99.00 11:20:00>11:20:01 101.00 window_end", "50000 PE SELL 15 11:09:00>11:09:01 79.00 11:20:00>11:20:01 81.00 window_end",
    ],
  },
  {
    says: "It stops waiting at the window's end, without a skip; While [it] waits, no other entry is decided",
    spot: [...SPOT, "11:10:00 p50000"], rows: { "50000CE": CE_UP }, strategy: `
      entry: { at: ["11:00", "11:10"], reentry: { mode: at_cost }, legs: [{ cp: CE, lots: -1 }] }
      exit: { stop_loss: { rupees: 150 } }
      ${FRESH}`,
    trades: [`${STOPPED} stop_loss`], skips: ["11:10:00 1 not_flat"],
  },
  {
    says: "Re-entries of either kind do not count in `max_per_day`, and do not mind `until` and the filter",
    spot: [...SPOT, "11:04:59 p50000"], rows: { "50000CE": CE_UP }, strategy: `
      entry: { when: { gt: [SPOT, 1] }, until: "11:01", filter: { lt: [TIME, "11:01"] }, reentry: {}, legs: [{ cp: CE, lots: -1 }] }
      exit: { stop_loss: { rupees: 150 } }
      ${FRESH}`,
    trades: [`${STOPPED} stop_loss`, "50000 CE SELL 15 11:05:02>11:05:03 107.00 11:20:00>11:20:01 109.00 window_end"],
  },
]);

const rolled = (rule: string, more = "") => `
      entry: { legs: [{ cp: CE, lots: -1${more} }] }
      adjust: [${rule}]
      ${FRESH}`;
const HIGH = "when: { gte: [{ metric: MID, args: { of: 'leg:1' } }, 108] }";
const CALLS = { "50000CE": CE_UP, "50200CE": ["10:59:59 59/61"], "50400CE": ["10:59:59 29/31"] };

golden(`${BEYOND}: adjust`, [
  {
    says: "closes the leg (reason `adjust`) and opens it again on the contract that `to` gives at that second, with the same lots",
    // It may fill in the second of the closing fill.
    spot: [...SPOT, "11:05:00 p50000"], rows: CALLS, strategy: rolled(`{ ${HIGH}, leg: 1, to: { atm: 2 } }`), ...SHOW,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 109.00 adjust reason_entry=at leg_id=1 position_id=1", "50200 CE SELL 15 11:05:00>11:05:01 59.00 11:20:00>11:20:01 61.00 window_end reason_entry=adjust leg_id=1 position_id=1"],
  },
  {
    says: "`to` (default: the leg's own selector)",
    spot: [...SPOT, "11:05:00 p50200"], rows: CALLS, strategy: rolled(`{ ${HIGH}, leg: 1 }`),
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 109.00 adjust", "50200 CE SELL 15 11:05:00>11:05:01 59.00 11:20:00>11:20:01 61.00 window_end"],
  },
  {
    says: "If that is the contract already held, nothing happens and nothing is used up: the next rule is looked at",
    spot: [...SPOT, "11:05:00 p50000"], rows: CALLS, strategy: rolled(`{ ${HIGH}, leg: 1 }, { ${HIGH}, leg: 1, to: { atm: 4 } }`),
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 109.00 adjust", "50400 CE SELL 15 11:05:00>11:05:01 29.00 11:20:00>11:20:01 31.00 window_end"],
  },
  {
    says: "whose `times` (default 1) are not used up",
    // Both rolls ask for the distance of the moment; the second at 11:10 does not come.
    spot: [...SPOT, "11:05:00 p50000", "11:10:00 p50200"], rows: CALLS, strategy: rolled('{ when: { gte: [TIME, "11:05"] }, leg: 1, to: { atm: 2 } }'),
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 109.00 adjust", "50200 CE SELL 15 11:05:00>11:05:01 59.00 11:20:00>11:20:01 61.00 window_end"],
  },
  {
    says: "`times: 2`: the condition goes on to be looked at for the rolled leg",
    spot: [...SPOT, "11:05:00 p50000", "11:10:00 p50200"], rows: CALLS, strategy: rolled('{ when: { any: [{ eq: [TIME, "11:05"] }, { eq: [TIME, "11:10"] }] }, leg: 1, to: { atm: 2 }, times: 2 }'),
    trades: [
      "50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 109.00 adjust",
      "50200 CE SELL 15 11:05:00>11:05:01 59.00 11:10:00>11:10:01 61.00 adjust",
      "50400 CE SELL 15 11:10:00>11:10:01 29.00 11:20:00>11:20:01 31.00 window_end",
    ],
  },
  {
    says: "if it lapses: skip `untradeable`, the leg stays closed",
    spot: [...SPOT, "11:05:00 p50000"], rows: { "50000CE": CE_UP, "50200CE": ["09:20:00 59/61"] }, strategy: rolled(`{ ${HIGH}, leg: 1, to: { atm: 2 } }`),
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 109.00 adjust"], skips: ["11:05:00 1 untradeable"],
  },
  {
    says: "Without a contract the leg is closed all the same, with a skip for the reason",
    spot: [...SPOT, "11:05:00 p50000"], rows: { "50000CE": CE_UP }, strategy: rolled(`{ ${HIGH}, leg: 1, to: { atm: 9 } }`),
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 109.00 adjust"], skips: ["11:05:00 1 no_contract"],
  },
  {
    says: "In a second in which nothing above it was decided: a leg's stop goes first",
    spot: [...SPOT, "11:05:00 p50000"], rows: CALLS, strategy: rolled(`{ ${HIGH}, leg: 1, to: { atm: 2 } }`, ", stop_loss: { points: 10 }"),
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 109.00 leg_stop_loss"],
  },
  {
    says: "The condition may look at what `exit.when` may look at: the P&L of all trades",
    // −150 at 11:05 rolls the call; with the −2 of the new one it is −180, looked at from the second after its fill.
    spot: [...SPOT, "11:05:00 p50000"], rows: CALLS, strategy: rolled("{ when: { lte: [PNL, -150] }, leg: 1, to: { atm: 2 } }, { when: { lte: [PNL, -180] }, leg: 1, to: { atm: 4 } }"),
    trades: [
      "50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 109.00 adjust",
      "50200 CE SELL 15 11:05:00>11:05:01 59.00 11:05:02>11:05:03 61.00 adjust",
      "50400 CE SELL 15 11:05:02>11:05:03 29.00 11:20:00>11:20:01 31.00 window_end",
    ],
  },
]);
