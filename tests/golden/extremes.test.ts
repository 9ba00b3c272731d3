/** Numbers larger than any trade has: right to the paisa, since nothing wraps. 10,000 lots of 15 are 150,000 units, ten million rupees a premium of 10⁹ paise. */
import { golden } from "./golden.ts";

const SPOT = ["11:00:00 p50000"];
const SHORT = "entry: { legs: [{ cp: CE, lots: -10000 }] }";
const LONG = "entry: { legs: [{ cp: CE, lots: 10000 }] }";

golden("Extremes", [
  {
    says: "§4 costs: each component rounded half up, of a premium turnover of 1.5 · 10¹⁴ paise",
    // Sold at 9999999.95: 149,999,999,250,000 paise. Exchange 0.05 % 74,999,999,625; SEBI 0.0001 % 149,999,999.25 → 149,999,999; STT 0.0625 % 93,749,999,531.25 → 93,749,999,531;
    // GST 18 % of 75,150,001,624 = 13,527,000,292.32 → 13,527,000,292; with the brokerage of 2000 together 182,427,001,447.
    // Bought at 5.05: 75,750,000 paise. 2000 + 37,875 + 75.75 → 76 + stamp 0.003 % 2272.5 → 2273 + GST 18 % of 39,951 = 7191.18 → 7191, together 49,415.
    // P&L (9999999.95 − 5.05) × 150,000.
    spot: SPOT, rows: { "50000CE": ["11:00:00 9999999.95/10000000", "11:20:00 5/5.05"] }, show: ["fees", "pnl", "pnl_after_costs"],
    strategy: `
      ${SHORT}
      costs: { preset: nse }`,
    trades: ["50000 CE SELL 150000 11:00:00>11:00:01 9999999.95 11:20:00>11:20:01 5.05 window_end fees=1824270508.62 pnl=1499999235000.00 pnl_after_costs=1498174964491.38"],
  },
  {
    says: "§4 thresholds […] are compared as integers: a loss of just the stop on 150,000 units",
    // Short at 99: ask 101.95 is a loss of 442,500, ask 102 one of 450,000.
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101", "11:05:00 101/101.95", "11:06:00 101/102"] },
    strategy: `
      ${SHORT}
      exit: { stop_loss: { rupees: 450000 } }`,
    trades: ["50000 CE SELL 150000 11:00:00>11:00:01 99.00 11:06:00>11:06:01 102.00 stop_loss"],
  },
  {
    says: "§4 the peak and the fall from it, beyond 32 bits of paise",
    // Long at 10,000,000: up by 200 rupees a unit is 30,000,000 rupees; down by 0.05 from there is 7,500.
    spot: SPOT, rows: { "50000CE": ["11:00:00 9999999/10000000", "11:05:00 10000200/10000201", "11:06:00 10000199.95/10000201"] },
    strategy: `
      ${LONG}
      exit: { trail: { activate: { points: 1000000 }, step: { points: 500 } } }`,
    show: ["pnl"], positions: ["-1500000000000.00 29992500.00 -150000.00 30000000.00 360 trail"],
    trades: ["50000 CE BUY 150000 11:00:00>11:00:01 10000000.00 11:06:00>11:06:01 10000199.95 trail pnl=29992500.00"],
  },
  {
    says: "§4 `depth` = quantity-weighted over the levels until the quantity is filled […] not tradeable when the levels hold too little",
    // (100,000 · 99 + 50,000 · 98) / 150,000 = 98.666…; bought back when there are 150,000.
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101 bq0=100000 bp1=98 bq1=50000", "11:20:00 89/91 sq0=149999", "11:20:30 89/91 sq0=150000"] },
    strategy: `
      ${SHORT}
      fill: { model: depth }`,
    trades: ["50000 CE SELL 150000 11:00:00>11:00:01 98.66 11:20:00>11:20:30 91.00 window_end"],
  },
  {
    says: "fill.max_share: largest share of the quantity that stands in the book",
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101 bq0=299999", "11:00:10 98/101 bq0=300000", "11:20:00 89/91 sq0=2000000000"] },
    strategy: `
      ${SHORT}
      fill: { max_share: 0.5 }`,
    trades: ["50000 CE SELL 150000 11:00:00>11:00:10 98.00 11:20:00>11:20:01 91.00 window_end"],
  },
  {
    says: "fill.slice: freeze splits orders above the freeze quantity of the exchange: 150,000 in slices of 900 are 167",
    // 20.00 × 167, twice.
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101", "11:20:00 89/91"] }, show: ["fees"],
    strategy: `
      ${SHORT}
      fill: { slice: freeze }
      costs: { per_order: 20 }`,
    trades: ["50000 CE SELL 150000 11:00:00>11:00:01 99.00 11:20:00>11:20:01 91.00 window_end fees=6680.00"],
  },
  {
    says: "§4 slippage: Buys pay it, sells receive less, and never sell under 0.05, for a million ticks",
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101", "11:20:00 89/91"] }, show: ["slippage", "pnl"],
    strategy: `
      ${LONG}
      fill: { slippage: { base: 1000000 } }`,
    // (50,000 + 88.95) × 150,000, and (0.05 − 50,101) × 150,000.
    trades: ["50000 CE BUY 150000 11:00:00>11:00:01 50101.00 11:20:00>11:20:01 0.05 window_end slippage=7513342500.00 pnl=-7515142500.00"],
  },
  {
    says: "§1.5: what no instrument costs, 2 · 10⁷ rupees, is missing; a tick less is a price",
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/20000000", "11:00:05 99/19999999.95", "11:20:00 89/91"] },
    trades: ["50000 CE SELL 15 11:00:00>11:00:05 99.00 11:20:00>11:20:01 91.00 window_end"],
  },
  {
    says: "a leg waits for its premium to move: a rise beyond every price never comes, and does not come round to where prices are",
    // 2 · 150,000 paise × 10,001 is beyond 2³¹.
    spot: SPOT, rows: { "50000CE": ["11:00:00 1499/1501", "11:00:05 1499/1501", "11:10:00 1499/1501"] },
    strategy: "entry: { legs: [{ cp: CE, lots: -1, wait: { pct: 1000000 } }] }",
    skips: ["11:00:00 1 not_reached"],
  },
]);
