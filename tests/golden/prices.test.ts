/** Semantics §4: fill prices, slippage, marks, position rules, lots and costs. */
import { golden } from "./golden.ts";

const SPOT = ["11:00:00 p50000"];
const QUOTES = ["11:00:00 99/101", "11:20:00 89/91"];
const SOLD_99_BOUGHT_91 = "50000 CE SELL 15 11:00:00>11:00:01 99.00 11:20:00>11:20:01 91.00 window_end";
const LONG = "entry: { legs: [{ cp: CE, lots: 1 }] }";
/** Short at 99 from 11:00:01, then the call is quoted at `quote` at 11:05:00. */
const thenQuoted = (...quotes: string[]) => ({ "50000CE": ["11:00:00 99/101", ...quotes.map((q, i) => `11:0${5 + i}:00 ${q}`), "11:20:00 89/91"] });
const closedAt = (clock: string, price: string, reason: string) => `50000 CE SELL 15 11:00:00>11:00:01 99.00 ${clock}:00>${clock}:01 ${price} ${reason}`;

golden("§4 fill price", [
  {
    says: "`touch` buys at ask, sells at bid",
    spot: SPOT, rows: { "50000CE": QUOTES }, strategy: LONG, show: ["pnl"],
    // (89 − 101) × 15
    trades: ["50000 CE BUY 15 11:00:00>11:00:01 101.00 11:20:00>11:20:01 89.00 window_end pnl=-180.00"],
  },
  {
    says: "`mid` = (bid+ask)/2 rounded to the tick against the trader: a seller",
    // 99.525 → sells at 99.50; 89.525 → buys at 89.55.
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/100.05", "11:20:00 89/90.05"] }, strategy: "fill: { model: mid }",
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.50 11:20:00>11:20:01 89.55 window_end"],
  },
  {
    says: "`mid` […] rounded to the tick against the trader: a mid on the tick stays",
    spot: SPOT, rows: { "50000CE": QUOTES }, strategy: "fill: { model: mid }",
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 100.00 11:20:00>11:20:01 90.00 window_end"],
  },
  {
    says: "`ltp` = last price",
    spot: SPOT, rows: { "50000CE": ["11:00:00 80/90 p99", "11:20:00 70/75 p91"] }, strategy: "fill: { model: ltp }", trades: [SOLD_99_BOUGHT_91],
  },
]);

golden("§4 slippage", [
  {
    says: "Slippage ticks = ⌈base + alpha_spread × spread_ticks + beta_rv × rv10 − 1e-9⌉ […] Buys pay it, sells receive less",
    // 0.5 + 0.1 × 40 = 4.5 → 5 ticks = 0.25 on both sides: 0.25 × 2 × 15 = 7.50.
    spot: SPOT, rows: { "50000CE": QUOTES }, strategy: "fill: { slippage: { base: 0.5, alpha_spread: 0.1 } }", show: ["slippage", "pnl"],
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 98.75 11:20:00>11:20:01 91.25 window_end slippage=7.50 pnl=112.50"],
  },
  {
    says: "⌈… − 1e-9⌉: 0.07 × 100 is 7 although it computes to a hair above",
    // Spread 5.00 = 100 ticks → 7 ticks = 0.35.
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/104", "11:20:00 86/91"] }, strategy: "fill: { slippage: { alpha_spread: 0.07 } }",
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 98.65 11:20:00>11:20:01 91.35 window_end"],
  },
  {
    says: "spread of level 1 of the last valid quote, whatever its age (0 where there is none)",
    // The quote of 10:50:00 is 40 ticks wide: 0.1 × 40 = 4 ticks. The price is fresh.
    spot: SPOT, rows: { "50000CE": ["10:50:00 97/99", "11:00:00 p99", "11:20:00 p91"], "50000PE": ["11:00:00 p79", "11:20:00 p71"] }, strategy: `
      entry: { legs: [{ cp: CE, lots: -1 }, { cp: PE, lots: -1 }] }
      fill: { model: ltp, slippage: { alpha_spread: 0.1 } }`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 98.80 11:20:00>11:20:01 91.20 window_end", "50000 PE SELL 15 11:00:00>11:00:01 79.00 11:20:00>11:20:01 71.00 window_end"],
  },
  {
    says: "the price before slippage is the price after the model's rounding",
    // Mid 99.525 → 99.50, less 1 tick.
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/100.05", "11:20:00 89/90.05"] }, strategy: "fill: { model: mid, slippage: { base: 1 } }", show: ["slippage"],
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.45 11:20:00>11:20:01 89.60 window_end slippage=1.50"],
  },
  {
    says: "and never sell under 0.05",
    // Bid 0.10 less 3 ticks.
    spot: SPOT, rows: { "50000CE": ["11:00:00 0.9/1", "11:20:00 0.1/0.2"] }, strategy: `
      ${LONG}
      fill: { slippage: { base: 3 } }`,
    show: ["slippage"],
    trades: ["50000 CE BUY 15 11:00:00>11:00:01 1.15 11:20:00>11:20:01 0.05 window_end slippage=3.00"],
  },
  {
    says: "rv10 = sample standard deviation (divisor 9) of the last ten 1-second changes of mid in ticks",
    // One change of 10 ticks and nine of 0: √((100 − 10)/9) = 3.16 → 4 ticks = 0.20. With divisor 10 it would be 3. At the exit nothing moved.
    spot: SPOT, rows: { "50000CE": ["10:50:00 99/101", "10:59:55 99.5/101.5", "11:00:00 99.5/101.5", "11:19:40 89/91", "11:20:00 89/91"] }, strategy: "fill: { slippage: { beta_rv: 1 } }",
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.30 11:20:00>11:20:01 91.00 window_end"],
  },
  {
    says: "it needs a valid quote, of any age, on the grid at each of s−10…s, else 0",
    // At 11:00:01 the second 10:59:51 has none yet.
    spot: SPOT, rows: { "50000CE": ["10:59:52 99/101", "10:59:55 99.5/101.5", "11:00:00 99.5/101.5", "11:19:40 89/91", "11:20:00 89/91"] }, strategy: "fill: { slippage: { beta_rv: 1 } }",
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.50 11:20:00>11:20:01 91.00 window_end"],
  },
]);

golden("§4 marks and position rules", [
  {
    says: "Marks: […] bid for a long, ask for a short; Loss ≥ the stop […] trigger[s]",
    // (109 − 99) × 15 = 150.
    spot: SPOT, rows: thenQuoted("107/109"), strategy: "exit: { stop_loss: { rupees: 150 } }", trades: [closedAt("11:05", "109.00", "stop_loss")],
  },
  {
    says: "Loss ≥ the stop: a tick less does not",
    spot: SPOT, rows: thenQuoted("107/108.95"), strategy: "exit: { stop_loss: { rupees: 150 } }", trades: [SOLD_99_BOUGHT_91],
  },
  {
    says: "Marks: […] bid for a long",
    // Long at 101: bid 91 loses 150.
    spot: SPOT, rows: thenQuoted("91.05/92", "91/92"), strategy: `
      ${LONG}
      exit: { stop_loss: { rupees: 150 } }`,
    trades: ["50000 CE BUY 15 11:00:00>11:00:01 101.00 11:06:00>11:06:01 91.00 stop_loss"],
  },
  {
    says: "from the latest valid quote whatever its age […]; `price` only while there has been no valid quote in this session",
    // A price of 120 would lose 315; the ask of 11:00:00 still marks.
    spot: SPOT, rows: thenQuoted("p120"), strategy: "exit: { stop_loss: { rupees: 150 } }", trades: [SOLD_99_BOUGHT_91],
  },
  {
    says: "`price` only while there has been no valid quote in this session: then it marks",
    spot: SPOT, rows: { "50000CE": ["11:00:00 p99", "11:05:00 p109", "11:20:00 p91"] }, strategy: `
      fill: { model: ltp }
      exit: { stop_loss: { rupees: 150 } }`,
    trades: [closedAt("11:05", "109.00", "stop_loss")],
  },
  {
    says: "against filled entry prices (slippage included)",
    // Sold at 98.95: an ask of 108.95 loses 150.
    spot: SPOT, rows: thenQuoted("107/108.95"), strategy: `
      fill: { slippage: { base: 1 } }
      exit: { stop_loss: { rupees: 150 } }`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 98.95 11:05:00>11:05:01 109.00 stop_loss"],
  },
  {
    says: "P&L of the position […] = […] open legs at their marks, […] without fees",
    // Call −90, put −60: together −150.
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101", "11:05:00 103/105", "11:20:00 89/91"], "50000PE": ["11:00:00 79/81", "11:05:00 81/83", "11:20:00 69/71"] }, strategy: `
      entry: { legs: [{ cp: CE, lots: -1 }, { cp: PE, lots: -1 }] }
      exit: { stop_loss: { rupees: 150 } }
      costs: { per_order: 20 }`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 105.00 stop_loss", "50000 PE SELL 15 11:00:00>11:00:01 79.00 11:05:00>11:05:01 83.00 stop_loss"],
  },
  {
    says: "profit ≥ the target trigger[s]; `pct` of a position = of the net entry premium",
    // 50 % of 99 × 15 = 742.50: an ask of 49.50.
    spot: SPOT, rows: thenQuoted("49/49.55", "49/49.5"), strategy: "exit: { target: { pct: 50 } }", trades: [closedAt("11:06", "49.50", "target")],
  },
  {
    says: "the net entry premium = |Σ ± filled price × quantity| of all legs",
    // Call sold at 99, put bought at 81: net 18 × 15 = 270, 100 % of it is 270. Call 109 (−150), put 73 (−120).
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101", "11:05:00 107/109"], "50000PE": ["11:00:00 79/81", "11:05:00 73/75"] }, strategy: `
      entry: { legs: [{ cp: CE, lots: -1 }, { cp: PE, lots: 1 }] }
      exit: { stop_loss: { pct: 100 } }`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 109.00 stop_loss", "50000 PE BUY 15 11:00:00>11:00:01 81.00 11:05:00>11:05:01 73.00 stop_loss"],
  },
  {
    says: "[pct of a position] (never triggers when that is 0)",
    // Sold at 99 and bought at 99.
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101", "11:05:00 150/160", "11:20:00 89/91"], "50000PE": ["11:00:00 97/99", "11:20:00 69/71"] }, strategy: `
      entry: { legs: [{ cp: CE, lots: -1 }, { cp: PE, lots: 1 }] }
      exit: { stop_loss: { pct: 1 } }`,
    trades: [SOLD_99_BOUGHT_91, "50000 PE BUY 15 11:00:00>11:00:01 99.00 11:20:00>11:20:01 69.00 window_end"],
  },
  {
    says: "`points` of a position = P&L ÷ lot size of the first leg",
    // Two lots: (104 − 99) × 30 = 150 = 10 × 15.
    spot: SPOT, rows: thenQuoted("102/103.95", "102/104"), strategy: `
      entry: { legs: [{ cp: CE, lots: -2 }] }
      exit: { stop_loss: { points: 10 } }`,
    trades: ["50000 CE SELL 30 11:00:00>11:00:01 99.00 11:06:00>11:06:01 104.00 stop_loss"],
  },
  {
    says: "Thresholds become paise, rounded half up",
    // 10.01 % of 148500 paise is 14864.85 → 14865 paise: an ask of 108.91 loses 14865, one of 108.90 only 14850.
    spot: SPOT, rows: thenQuoted("107/108.9", "107/108.91"), strategy: "exit: { stop_loss: { pct: 10.01 } }", trades: [closedAt("11:06", "108.91", "stop_loss")],
  },
  {
    says: "Trail: once the peak has reached `activate` […], exit when P&L ≤ peak − `step`",
    // Ask 89: +150 activates. Ask 93.95: 75.75 > 75. Ask 94: 75 ≤ 150 − 75.
    spot: SPOT, rows: thenQuoted("87/89", "93/93.95", "93/94"), strategy: "exit: { trail: { activate: { rupees: 150 }, step: { rupees: 75 } } }", trades: [closedAt("11:07", "94.00", "trail")],
  },
  {
    says: "once the peak has reached `activate`: not before",
    spot: SPOT, rows: thenQuoted("87/89.05", "93/98"), strategy: "exit: { trail: { activate: { rupees: 150 }, step: { rupees: 75 } } }", trades: [SOLD_99_BOUGHT_91],
  },
  {
    says: "`activate` (default 0): the peak must have reached 0",
    // P&L is −30 at the fill and never rises to 0 before 11:20:00: no trail, whatever the step.
    spot: SPOT, rows: thenQuoted("107/109"), strategy: "exit: { trail: { step: { rupees: 45 } } }", trades: [SOLD_99_BOUGHT_91],
  },
  {
    says: "`activate` (default 0): from 0 on it trails",
    // Ask 99: 0. Ask 102: −45.
    spot: SPOT, rows: thenQuoted("97/99", "100/102"), strategy: "exit: { trail: { step: { rupees: 45 } } }", trades: [closedAt("11:06", "102.00", "trail")],
  },
  {
    says: "Peak = the largest P&L from the entry's fill second to s",
    // Sold at the last price 99 while the ask is 89: +150 in the second of the fill, 75 a second later.
    spot: SPOT, rows: { "50000CE": ["11:00:00 p99", "11:00:01 87/89", "11:00:02 92/94", "11:00:03 p95"] }, strategy: `
      fill: { model: ltp }
      exit: { trail: { activate: { rupees: 150 }, step: { rupees: 75 } } }`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:00:02>11:00:03 95.00 trail"],
  },
  {
    says: "From the second after the entry's fill",
    // The spread alone loses 30 at the fill, 11:00:01; the stop is decided at 11:00:02.
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101", "11:00:03 98/100"] }, strategy: "exit: { stop_loss: { rupees: 30 } }",
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:00:02>11:00:03 100.00 stop_loss"],
  },
  {
    says: "first match wins: (1) […] end of window before (2) position stop-loss",
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101", "11:20:00 107/109"] }, strategy: "exit: { stop_loss: { rupees: 150 } }", trades: [closedAt("11:20", "109.00", "window_end")],
  },
  {
    says: "first match wins: (2) position stop-loss before (4) trail",
    // The ask of 109 is both 150 under water and far below the peak of 0.
    spot: SPOT, rows: thenQuoted("97/99", "107/109"), strategy: "exit: { stop_loss: { rupees: 150 }, trail: { step: { rupees: 45 } } }", trades: [closedAt("11:06", "109.00", "stop_loss")],
  },
  {
    says: "first match wins: (4) trail before (7) rebalance",
    spot: ["11:00:00 p50000", "11:05:00 p50100"], rows: { "50000CE": ["11:00:00 99/101", "11:02:00 97/99", "11:05:00 100/102"], "50100CE": ["11:05:00 1/2"] }, strategy: `
      entry: { legs: [{ cp: CE, lots: -1 }], rebalance: 5m }
      exit: { trail: { step: { rupees: 45 } } }`,
    trades: [closedAt("11:05", "102.00", "trail")],
  },
]);

const WEEKLY_2023 = "banknifty2372045000ce";
const MONTHLY_2023 = "banknifty23jul45000ce";

golden("§4 lots and costs", [
  {
    says: "Lot size belongs to the contract: it is looked up by symbol and expiry, not by trade date: 2023-07-20 has 25",
    date: "2023-07-17", spot: ["11:00:00 p45000"], rows: { [WEEKLY_2023]: QUOTES, [MONTHLY_2023]: QUOTES },
    trades: ["45000 CE SELL 25 11:00:00>11:00:01 99.00 11:20:00>11:20:01 91.00 window_end"],
  },
  {
    says: "(two contracts of one symbol can have different lots on one day): 2023-07-27 has 15",
    date: "2023-07-17", spot: ["11:00:00 p45000"], rows: { [WEEKLY_2023]: QUOTES, [MONTHLY_2023]: QUOTES }, strategy: "universe: { symbol: BANKNIFTY, expiry: monthly }",
    trades: ["45000 CE SELL 15 11:00:00>11:00:01 99.00 11:20:00>11:20:01 91.00 window_end"],
  },
  {
    says: "`preset: nse` = brokerage per order + STT on the sell premium + exchange charge + SEBI fee + stamp duty on buys + GST on the (rounded) sum of brokerage, exchange charge and SEBI fee",
    // Sell 99 × 15 = 148500 paise: 2000 + STT 92.81→93 + 74.25→74 + 0.15→0 + GST 18 % of 2074 = 373.32→373: 2540.
    // Buy 91 × 15 = 136500: 2000 + 68.25→68 + 0.14→0 + stamp 4.10→4 + GST 18 % of 2068 = 372.24→372: 2444. Together 49.84.
    spot: SPOT, rows: { "50000CE": QUOTES }, strategy: "costs: { preset: nse }", show: ["fees", "pnl", "pnl_after_costs"],
    trades: [`${SOLD_99_BOUGHT_91} fees=49.84 pnl=120.00 pnl_after_costs=70.16`],
  },
  {
    says: "by the schedule of market-rules.md §6b at the trade date: from 2026-04-01",
    // Sell 297000: 2000 + STT 445.5→446 + 105.52→106 + 0.30→0 + GST 379.08→379: 2931.
    // Buy 273000: 2000 + 97.00→97 + 0.27→0 + stamp 8.19→8 + GST 377.46→377: 2482. Together 54.13.
    date: "2026-08-04", spot: SPOT, rows: { banknifty26aug50000ce: QUOTES }, strategy: "costs: { preset: nse }", show: ["fees"],
    trades: ["50000 CE SELL 30 11:00:00>11:00:01 99.00 11:20:00>11:20:01 91.00 window_end fees=54.13"],
  },
  {
    says: "(a date without a row: the day is not run, reason `no_rule`)",
    date: "2018-12-31", spot: ["11:00:00 p27000"], rows: { banknifty1910327000ce: QUOTES }, strategy: "costs: { preset: nse }", notRun: ["2018-12-31 no_rule"],
  },
  {
    says: "simple forms: per_order + per_lot × lots + taxes_bps/10 000 × premium turnover, on both sides; each component rounded half up",
    // Two lots. Turnover 297000 and 273000: 12.5 bps are 371.25→371 and 341.25→341. 2 × 2000 + 2 × 2 × 500 + 712 = 6712.
    spot: SPOT, rows: { "50000CE": QUOTES }, strategy: `
      entry: { legs: [{ cp: CE, lots: -2 }] }
      costs: { per_order: 20, per_lot: 5, taxes_bps: 12.5 }`,
    show: ["fees"],
    trades: ["50000 CE SELL 30 11:00:00>11:00:01 99.00 11:20:00>11:20:01 91.00 window_end fees=67.12"],
  },
  {
    says: "each component rounded half up",
    // 10 bps of 148500 are 148.5 → 149, of 136500 136.5 → 137: 2.86 together.
    spot: SPOT, rows: { "50000CE": QUOTES }, strategy: "costs: { taxes_bps: 10 }", show: ["fees"], trades: [`${SOLD_99_BOUGHT_91} fees=2.86`],
  },
  {
    says: "`costs: {none: true}`",
    spot: SPOT, rows: { "50000CE": QUOTES }, show: ["fees", "pnl_after_costs"], trades: [`${SOLD_99_BOUGHT_91} fees=0.00 pnl_after_costs=120.00`],
  },
]);
