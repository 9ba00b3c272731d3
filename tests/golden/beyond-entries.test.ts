/** Several entries, times of entry, filters, and strikes by range, theta and width. */
import { BEYOND, golden } from "./golden.ts";

const SPOT = ["11:00:00 p50000"];
const FRESH = "fill: { ttl: 2000 }";
const CE = ["10:59:00 99/101", "11:20:00 89/91"];
const PE = ["10:59:00 79/81", "11:20:00 69/71"];
const DOWN_UP = ["11:00:00 p50000", "11:02:00 p49950", "11:04:00 p50010", "11:06:00 p50060"];

/** Up through 50050 buys a call, down through 49990 a put. */
const BLOCKS = `
      entries:
        - { when: { gt: [SPOT, 50050] }, legs: [{ cp: CE, lots: 1 }] }
        - { when: { lt: [SPOT, 49990] }, legs: [{ cp: PE, lots: 1 }] }`;

golden(`${BEYOND}: entries`, [
  {
    says: "the first that fires decides; a trade of the second block carries the flag entry_2",
    // Spot falls at 11:02; the one entry is used up when it rises at 11:06.
    spot: DOWN_UP, rows: { "50000CE": CE, "50000PE": PE }, strategy: `
      ${FRESH}${BLOCKS}`, show: ["reason_entry", "leg_id"],
    trades: ["50000 PE BUY 15 11:02:00>11:02:01 81.00 11:20:00>11:20:01 69.00 window_end entry_2 reason_entry=when leg_id=1"],
  },
  {
    says: "`max_per_day` counts the entries of all blocks together",
    // The put is closed by the target at 11:03 (89 − 81 = 8 a unit, 120 rupees); the call follows at 11:06.
    spot: ["11:00:00 p50000", "11:02:00 p49950", "11:03:00 p50010", "11:06:00 p50060"], rows: { "50000CE": CE, "50000PE": ["10:59:00 79/81", "11:03:00 89/91"] }, strategy: `
      entry: { max_per_day: 2 }
      exit: { target: { rupees: 120 } }
      ${FRESH}${BLOCKS}`,
    trades: [
      "50000 PE BUY 15 11:02:00>11:02:01 81.00 11:03:00>11:03:01 89.00 target entry_2",
      "50000 CE BUY 15 11:06:00>11:06:01 101.00 11:20:00>11:20:01 89.00 window_end",
    ],
  },
  {
    says: "a later block is not tried in that second, even when the first finds no contract",
    spot: SPOT, rows: { "50000PE": PE }, strategy: `
      time: { window: "11:00-11:00:02" }
      entries:
        - { when: { gt: [SPOT, 1] }, legs: [{ cp: CE, lots: 1, strike: { strike: 50000 } }] }
        - { when: { gt: [SPOT, 1] }, legs: [{ cp: PE, lots: 1 }] }`,
    skips: ["11:00:00 1 no_contract to 11:00:01 ×2"],
  },
  {
    says: "`leg:n` […] one that this block does not have makes its comparison unknown",
    // Leg 2 is the second block's alone: after the call of the first the condition never acts.
    spot: ["11:00:00 p50060"], rows: { "50100CE": CE, "50000PE": PE }, strategy: `
      exit: { when: { any: [{ gt: [{ metric: MID, args: { of: "leg:2" } }, 0] }, { not: { gt: [{ metric: MID, args: { of: "leg:2" } }, 0] } }] } }
      entries:
        - { when: { gt: [SPOT, 50050] }, legs: [{ cp: CE, lots: 1 }] }
        - { when: { lt: [SPOT, 49990] }, legs: [{ cp: PE, lots: 1 }, { cp: PE, lots: 1 }] }
      ${FRESH}`,
    trades: ["50100 CE BUY 15 11:00:00>11:00:01 101.00 11:20:00>11:20:01 89.00 window_end"],
  },
]);

golden(`${BEYOND}: when an entry may be decided`, [
  {
    says: "`entry.at` may be a sorted list: each time decides once",
    // The target closes the first call at 11:05:01: 99 − 89 is 10 a unit.
    spot: ["11:00:00 p50000", "11:10:00 p50000"], rows: { "50000CE": ["10:59:00 99/101", "11:05:00 87/89", "11:10:00 93/95"] }, strategy: `
      entry: { at: ["11:00", "11:10"], legs: [{ cp: CE, lots: -1 }] }
      exit: { target: { points: 10 } }
      ${FRESH}`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 89.00 target", "50000 CE SELL 15 11:10:00>11:10:01 93.00 11:20:00>11:20:01 95.00 window_end"],
  },
  {
    says: "tries for one end one second before the next; every skip uses one up",
    // Spot comes at 11:00:10, when the tries for 11:00:00 have ended.
    spot: ["11:00:10 p50000"], rows: { "50000CE": CE }, strategy: `
      entry: { at: ["11:00", "11:00:10"], legs: [{ cp: CE, lots: -1 }] }
      ${FRESH}`,
    trades: ["50000 CE SELL 15 11:00:10>11:00:11 99.00 11:20:00>11:20:01 91.00 window_end"], skips: ["11:00:00 1 no_spot"],
  },
  {
    says: "what is beyond `max_per_day` is not tried and leaves no skip",
    spot: ["11:10:00 p50000"], rows: { "50000CE": CE }, strategy: `
      entry: { at: ["11:00", "11:10"], max_per_day: 1, legs: [{ cp: CE, lots: -1 }] }
      ${FRESH}`,
    skips: ["11:00:00 1 no_spot"],
  },
  {
    says: "a time at which the position is still on is a skip `not_flat`",
    spot: SPOT, rows: { "50000CE": CE }, strategy: `
      entry: { at: ["11:00", "11:10"], legs: [{ cp: CE, lots: -1 }] }
      ${FRESH}`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:20:00>11:20:01 91.00 window_end"], skips: ["11:10:00 1 not_flat"],
  },
  {
    says: "`entry.until`: no entry is decided at or after it",
    spot: ["11:00:00 p50000", "11:05:00 p50060"], rows: { "50100CE": CE }, strategy: `
      entry: { when: { gt: [SPOT, 50050] }, until: "11:05", legs: [{ cp: CE, lots: 1 }] }
      ${FRESH}`,
  },
  {
    says: "`entry.until`: an entry's order lapses one second before it",
    // A quote of the last second before it, and one second later.
    spot: ["11:00:00 p50000", "11:04:50 p50060"], rows: { "50100CE": ["11:04:59 99/101", "11:20:00 89/91"] }, strategy: `
      entry: { when: { gt: [SPOT, 50050] }, until: "11:05", legs: [{ cp: CE, lots: 1 }] }`,
    trades: ["50100 CE BUY 15 11:04:50>11:04:59 101.00 11:20:00>11:20:01 89.00 window_end"],
  },
  {
    says: "an entry's order lapses one second before `until`",
    spot: ["11:00:00 p50000", "11:04:50 p50060"], rows: { "50100CE": ["11:05:00 99/101", "11:20:00 89/91"] }, strategy: `
      entry: { when: { gt: [SPOT, 50050] }, trigger: edge, until: "11:05", legs: [{ cp: CE, lots: 1 }] }`,
    skips: ["11:04:50 1 untradeable"],
  },
  {
    says: "a false or unknown filter is the reason `filtered` of that second: the tries go on while it is false",
    spot: ["11:00:00 p50000", "11:00:05 p50001"], rows: { "50000CE": CE }, strategy: `
      entry: { filter: { gt: [SPOT, 50000] }, legs: [{ cp: CE, lots: -1 }] }
      ${FRESH}`,
    trades: ["50000 CE SELL 15 11:00:05>11:00:06 99.00 11:20:00>11:20:01 91.00 window_end"],
  },
  {
    says: "`filtered` […] before any other reason but `not_flat`",
    // Without an index SPOT is unknown all day.
    spot: [], rows: { "50000CE": CE }, strategy: `
      entry: { filter: { lt: [SPOT, 15] }, legs: [{ cp: CE, lots: -1 }] }`,
    skips: ["11:00:00 1 filtered"],
  },
  {
    says: "a `when` that is true while the filter is not decides nothing and leaves no skip",
    spot: ["11:00:00 p50000", "11:10:00 p50060"], rows: { "50100CE": CE, "50000CE": CE }, strategy: `
      entry: { when: { gt: [SPOT, 1] }, filter: { gte: [TIME, "11:10"] }, legs: [{ cp: CE, lots: -1 }] }
      ${FRESH}`,
    trades: ["50100 CE SELL 15 11:10:00>11:10:01 99.00 11:20:00>11:20:01 91.00 window_end"],
  },
  { says: "`time.exclude` leaves dates out", spot: SPOT, rows: { "50000CE": CE }, strategy: 'time: { window: "11:00-11:20", exclude: [2024-08-20] }' },
  { says: "`time.include` runs only those dates of the data", spot: SPOT, rows: { "50000CE": CE }, strategy: 'time: { window: "11:00-11:20", include: [2024-08-19] }' },
]);

const CHAIN = { "49900CE": ["10:59:00 149/151"], "50000CE": ["10:59:00 99/101"], "50100CE": ["10:59:00 69/71"], "50200CE": ["10:59:00 49/51"], "50300CE": ["10:59:00 29/31"] };
const bought = (strike: string, at: string, out: string) => [`${strike} CE BUY 15 11:00:00>11:00:01 ${at} 11:20:00>11:20:01 ${out} window_end`];
const buy = (strike: string) => `
      entry: { legs: [{ cp: CE, lots: 1, strike: ${strike} }] }
      ${FRESH}`;

golden(`${BEYOND}: strikes`, [
  { says: "{premium: {min, max}}: the one nearest to its middle", spot: SPOT, rows: CHAIN, strategy: buy("{ premium: { min: 40, max: 75 } }"), trades: bought("50200", "51.00", "49.00") },
  { says: "nearest to its middle; ties to the further out of the money", spot: SPOT, rows: CHAIN, strategy: buy("{ premium: { min: 40, max: 80 } }"), trades: bought("50200", "51.00", "49.00") },
  { says: "whose mid lies in the range: its ends belong to it", spot: SPOT, rows: CHAIN, strategy: buy("{ premium: { min: 70, max: 70 } }"), trades: bought("50100", "71.00", "69.00") },
  { says: "{premium: {min, max}}: none → `no_contract`", spot: SPOT, rows: CHAIN, strategy: buy("{ premium: { min: 71, max: 98 } }"), skips: ["11:00:00 1 no_contract"] },
  {
    says: "{straddle_width: x}: wanted CE strike = ATM + x·W, taken to the nearest multiple of the step",
    // W = 100 + 80 = 180; 0.9 · 180 = 162, so 200.
    spot: SPOT, rows: { ...CHAIN, "50000PE": PE }, strategy: buy("{ straddle_width: 0.9 }"), trades: bought("50200", "51.00", "49.00"),
  },
  {
    says: "a tie to the nearer to ATM; a negative width lies in the money",
    // W = 180; −150/180 · 180 = −150, between −1 and −2 steps, so −1: 49900.
    spot: SPOT, rows: { ...CHAIN, "50000PE": PE }, strategy: buy("{ straddle_width: -0.8333333333333334 }"), trades: bought("49900", "151.00", "149.00"),
  },
  { says: "no W → `no_contract`", spot: SPOT, rows: { ...CHAIN, "50000PE": ["10:59:00 p5"] }, strategy: buy("{ straddle_width: 0.5 }"), skips: ["11:00:00 1 no_contract"] },
  {
    says: "{theta: max}: the one with the largest |theta|; a contract without a theta does not count",
    // Near the money time value, and with it theta, is largest; 49900 is at parity and has none.
    spot: SPOT, rows: { "49900CE": ["10:59:00 99/101"], "50000CE": ["10:59:00 99/101"], "50100CE": ["10:59:00 59/61"], "50300CE": ["10:59:00 9/11"] }, strategy: buy("{ theta: max }"), trades: bought("50000", "101.00", "99.00"),
  },
  {
    says: "within so many steps of ATM",
    spot: ["11:00:00 p50200"], rows: { "50000CE": ["10:59:00 299/301"], "50200CE": ["10:59:00 p5"], "50300CE": ["10:59:00 19/21"], "50400CE": ["10:59:00 15/17"] }, strategy: buy("{ theta: max, within: 1 }"),
    trades: bought("50300", "21.00", "19.00"),
  },
]);
