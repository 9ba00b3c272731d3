/** Semantics §4: decisions, entry orders, exits. One lot of the expiry 2024-08-21 is 15 units. */
import { golden } from "./golden.ts";

const SPOT = ["11:00:00 p50000"];
const QUOTES = ["11:00:00 99/101", "11:20:00 89/91"];
const SOLD_99_BOUGHT_91 = "50000 CE SELL 15 11:00:00>11:00:01 99.00 11:20:00>11:20:01 91.00 window_end";
const STRADDLE = "entry: { legs: [{ cp: CE, lots: -1 }, { cp: PE, lots: -1 }] }";
const TWO_WINDOWS = 'time: { window: ["11:00-11:05", "11:05-11:20"] }';

golden("§4 latency, ttl and patience", [
  { says: "Its order may fill from s + latency", spot: SPOT, rows: { "50000CE": QUOTES }, trades: [SOLD_99_BOUGHT_91] },
  {
    says: "with latency 0 an order may fill in its decision's second",
    spot: SPOT, rows: { "50000CE": QUOTES }, strategy: "fill: { latency: 0 }",
    trades: ["50000 CE SELL 15 11:00:00>11:00:00 99.00 11:20:00>11:20:00 91.00 window_end"],
  },
  {
    says: "Its order may fill from s + latency: 5 s later at the prices of then",
    // The exit's quote must be at most 3 s old at 11:20:05.
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101", "11:00:04 97/98", "11:00:06 50/52", "11:20:00 89/91", "11:20:05 79/81"] }, strategy: "fill: { latency: 5 }",
    trades: ["50000 CE SELL 15 11:00:00>11:00:05 97.00 11:20:00>11:20:05 81.00 window_end"],
  },
  {
    says: "Tradeable at s: the model's prices exist and their age ≤ `ttl`: 3 s at ttl 3 is tradeable",
    spot: SPOT, rows: { "50000CE": ["10:59:58 99/101", "11:20:00 89/91"] }, trades: [SOLD_99_BOUGHT_91],
  },
  {
    says: "their age ≤ `ttl`: 4 s at ttl 3 is not",
    spot: SPOT, rows: { "50000CE": ["10:59:57 99/101", "11:00:07 97/99", "11:20:00 89/91"] },
    trades: ["50000 CE SELL 15 11:00:00>11:00:07 97.00 11:20:00>11:20:01 91.00 window_end"],
  },
  {
    says: "their age ≤ `ttl`: with ttl 0 only a quote of the same second",
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101", "11:00:02 97/99", "11:20:00 89/91", "11:20:01 79/81"] }, strategy: "fill: { ttl: 0 }",
    trades: ["50000 CE SELL 15 11:00:00>11:00:02 97.00 11:20:00>11:20:01 81.00 window_end"],
  },
  {
    says: "from s+latency to s+latency+patience: 11:00:31 is the last second",
    spot: SPOT, rows: { "50000CE": ["11:00:31 99/101", "11:20:00 89/91"] },
    trades: ["50000 CE SELL 15 11:00:00>11:00:31 99.00 11:20:00>11:20:01 91.00 window_end"],
  },
  {
    says: "An entry order lapses at that limit […]; then a skip is recorded, reason `untradeable`, dated at its decision",
    spot: SPOT, rows: { "50000CE": ["11:00:32 99/101", "11:20:00 89/91"] }, skips: ["11:00:00 1 untradeable"],
  },
  {
    says: "For entries also, when `max_spread_ticks` > 0: a quote […] with spread ≤ `max_spread_ticks`. Exits ignore the spread",
    // 99/101 is 40 ticks wide, 98.5/99.5 just 20. The exit's 89/91 is 40 wide.
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101", "11:00:05 98.5/99.5", "11:20:00 89/91"] }, strategy: "fill: { max_spread_ticks: 20 }",
    trades: ["50000 CE SELL 15 11:00:00>11:00:05 98.50 11:20:00>11:20:01 91.00 window_end"],
  },
  {
    says: "For entries also, when `max_spread_ticks` > 0: a quote of age ≤ `ttl` (with `ltp` too)",
    // The price of 11:00:00 alone does not let it in; the quote of 11:00:02 does.
    spot: SPOT, rows: { "50000CE": ["11:00:00 p99", "11:00:02 98/99", "11:20:00 p91"] }, strategy: "fill: { model: ltp, max_spread_ticks: 20 }",
    trades: ["50000 CE SELL 15 11:00:00>11:00:02 99.00 11:20:00>11:20:01 91.00 window_end"],
  },
]);

golden("§4 entries", [
  {
    says: "Entry is atomic: all legs fill in the first second […] in which every leg is tradeable",
    // The call is fresh at 11:00:00–03 and 11:00:08–11, the put from 11:00:10.
    spot: SPOT, rows: { "50000CE": ["11:00:00 97/103", "11:00:08 99/101", "11:20:00 89/91"], "50000PE": ["11:00:10 79/81", "11:20:00 69/71"] }, strategy: STRADDLE,
    trades: ["50000 CE SELL 15 11:00:00>11:00:10 99.00 11:20:00>11:20:01 91.00 window_end", "50000 PE SELL 15 11:00:00>11:00:10 79.00 11:20:00>11:20:01 71.00 window_end"],
  },
  {
    says: "An entry order lapses […] one second before the end of the window: there it still fills",
    spot: SPOT, rows: { "50000CE": ["11:00:19 99/101", "11:00:21 89/91"] }, strategy: 'time: { window: "11:00-11:00:20" }',
    trades: ["50000 CE SELL 15 11:00:00>11:00:19 99.00 11:00:20>11:00:21 91.00 window_end"],
  },
  {
    says: "An entry order lapses […] one second before the end of the window",
    spot: SPOT, rows: { "50000CE": ["11:00:20 99/101", "11:00:21 89/91"] }, strategy: 'time: { window: "11:00-11:00:20" }', skips: ["11:00:00 1 untradeable"],
  },
  {
    says: "An entry order lapses […] one second before […] `exit.at`, whichever is first",
    spot: SPOT, rows: { "50000CE": ["11:00:10 99/101", "11:20:00 89/91"] }, strategy: 'exit: { at: "11:00:10" }', skips: ["11:00:00 1 untradeable"],
  },
  {
    says: "At a time (`at`, or the start of the window): the decision is taken in the first second of [at, at + patience] in which […] every leg finds its contract",
    // Spot comes at 11:00:12.
    spot: ["11:00:12 p50000"], rows: { "50000CE": ["11:00:12 99/101", "11:20:00 89/91"] },
    trades: ["50000 CE SELL 15 11:00:12>11:00:13 99.00 11:20:00>11:20:01 91.00 window_end"],
  },
  {
    says: "[at, at + patience]: the last second tried is at + patience",
    spot: ["11:00:30 p50000"], rows: { "50000CE": ["11:00:30 99/101", "11:20:00 89/91"] },
    trades: ["50000 CE SELL 15 11:00:30>11:00:31 99.00 11:20:00>11:20:01 91.00 window_end"],
  },
  {
    says: "If there is none: one skip dated `at`, with the reason of the last second tried: `no_spot`",
    spot: ["11:00:31 p50000"], rows: { "50000CE": ["11:00:31 99/101", "11:20:00 89/91"] }, skips: ["11:00:00 1 no_spot"],
  },
  {
    says: "one skip dated `at`, with the reason of the last second tried: first `no_spot`, then `no_contract`",
    spot: ["11:00:10 p50000"], rows: { "50000PE": ["11:00:00 1/2"], "50500CE": QUOTES }, skips: ["11:00:00 1 no_contract"],
  },
  {
    says: "when several legs fail, the first in order gives the reason: `no_contract`",
    spot: ["12:00:00 p50000"], rows: { "50000CE": QUOTES }, strategy: "entry: { legs: [{ cp: CE, lots: -1, strike: { strike: 60000 } }, { cp: CE, lots: -1 }] }",
    skips: ["11:00:00 1 no_contract"],
  },
  {
    says: "when several legs fail, the first in order gives the reason: `no_spot`",
    spot: ["12:00:00 p50000"], rows: { "50000CE": QUOTES }, strategy: "entry: { legs: [{ cp: CE, lots: -1 }, { cp: CE, lots: -1, strike: { strike: 60000 } }] }",
    skips: ["11:00:00 1 no_spot"],
  },
  {
    says: "Strikes are chosen at the decision",
    // Spot moves to 50100 while the order waits.
    spot: ["11:00:00 p50000", "11:00:03 p50100"], rows: { "50000CE": ["11:00:05 99/101", "11:20:00 89/91"], "50100CE": QUOTES },
    trades: ["50000 CE SELL 15 11:00:00>11:00:05 99.00 11:20:00>11:20:01 91.00 window_end"],
  },
  {
    says: "An order that can no longer fill (s + latency past its limit) is not placed: […] at a time that second is not the decision and the trying goes on",
    // Spot comes at 11:00:19; from 11:00:20 on is past the limit of 11:00:19.
    spot: ["11:00:19 p50000"], rows: { "50000CE": ["11:00:19 99/101", "11:00:21 89/91"] }, strategy: 'time: { window: "11:00-11:00:20" }', skips: ["11:00:00 1 untradeable"],
  },
  {
    says: "s + latency past its limit: one second earlier it is placed",
    spot: ["11:00:18 p50000"], rows: { "50000CE": ["11:00:18 99/101", "11:00:21 89/91"] }, strategy: 'time: { window: "11:00-11:00:20" }',
    trades: ["50000 CE SELL 15 11:00:18>11:00:19 99.00 11:00:20>11:00:21 91.00 window_end"],
  },
  {
    says: "`entry.at`: the decision is taken then, not at the start of the window",
    spot: ["11:00:00 p50000", "11:05:00 p50000"], rows: { "50000CE": [...QUOTES, "11:05:00 97/103"] }, strategy: 'entry: { at: "11:05", legs: [{ cp: CE, lots: -1 }] }',
    trades: ["50000 CE SELL 15 11:05:00>11:05:01 97.00 11:20:00>11:20:01 91.00 window_end"],
  },
  {
    says: "It decides once per window",
    // The stop closes at 11:05:01; nothing follows before the window's end.
    spot: ["11:00:00 p50000", "11:05:00 p50000"], rows: { "50000CE": [...QUOTES, "11:05:00 107/109"] }, strategy: "exit: { stop_loss: { rupees: 150 } }",
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 109.00 stop_loss"],
  },
]);

golden("§4 from one window to the next", [
  {
    says: "`not_flat` also […] in the second of an exit's fill; After the last exit fill […] at f, the next entry decision is at f+1 at the earliest",
    // Window 1 is closed at 11:05:01, so window 2 decides at 11:05:02.
    spot: ["11:00:00 p50000", "11:05:00 p50000"], rows: { "50000CE": [...QUOTES, "11:05:00 79/81"] }, strategy: TWO_WINDOWS, show: ["window_id", "position_id"],
    trades: [
      "50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 81.00 window_end window_id=1 position_id=1",
      "50000 CE SELL 15 11:05:02>11:05:03 79.00 11:20:00>11:20:01 91.00 window_end window_id=2 position_id=2",
    ],
  },
  {
    says: "and, after an exit fill, at f + cooldown at the earliest",
    // f = 11:05:01, cooldown 10: 11:05:11.
    spot: ["11:00:00 p50000", "11:05:00 p50000"], rows: { "50000CE": [...QUOTES, "11:05:00 79/81", "11:05:12 77/83"] },
    strategy: `
      ${TWO_WINDOWS}
      entry: { legs: [{ cp: CE, lots: -1 }], cooldown: 10 }`,
    trades: [
      "50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 81.00 window_end",
      "50000 CE SELL 15 11:05:11>11:05:12 77.00 11:20:00>11:20:01 91.00 window_end",
    ],
  },
  {
    says: "`not_flat` also while the cooldown runs",
    // f + 60 = 11:06:01 is after 11:05:30, the last second tried.
    spot: ["11:00:00 p50000", "11:05:00 p50000"], rows: { "50000CE": [...QUOTES, "11:05:00 79/81"] },
    strategy: `
      ${TWO_WINDOWS}
      entry: { legs: [{ cp: CE, lots: -1 }], cooldown: 60 }`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 81.00 window_end"], skips: ["11:05:00 2 not_flat"],
  },
  {
    says: "one skip dated `at`, with the reason of the last second tried: `not_flat`",
    // No quote closes window 1 before 11:06:00.
    spot: ["11:00:00 p50000", "11:05:00 p50000"], rows: { "50000CE": [...QUOTES, "11:06:00 79/81"] }, strategy: TWO_WINDOWS,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:06:00 81.00 window_end"], skips: ["11:05:00 2 not_flat"],
  },
  {
    says: "its skip or lapse uses up one of `max_per_day`, which counts entries per window per day",
    // Window 1 lapses, window 2 enters all the same.
    spot: ["11:00:00 p50000", "11:05:00 p50000"], rows: { "50000CE": ["11:05:00 99/101", "11:20:00 89/91"] }, strategy: TWO_WINDOWS,
    trades: ["50000 CE SELL 15 11:05:00>11:05:01 99.00 11:20:00>11:20:01 91.00 window_end"], skips: ["11:00:00 1 untradeable"],
  },
]);

golden("§4 exits", [
  {
    says: "Exits fill leg by leg, each in the first second ≥ s+latency in which it is tradeable",
    spot: SPOT, rows: { "50000CE": QUOTES, "50000PE": ["11:00:00 79/81", "11:20:09 69/71"] }, strategy: STRADDLE,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:20:00>11:20:01 91.00 window_end", "50000 PE SELL 15 11:00:00>11:00:01 79.00 11:20:00>11:20:09 71.00 window_end"],
  },
  {
    says: "(1) `exit.at` or end of window, whichever is first",
    spot: SPOT, rows: { "50000CE": [...QUOTES, "11:10:00 79/81"] }, strategy: 'exit: { at: "11:10" }',
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:10:00>11:10:01 81.00 exit_at"],
  },
  {
    says: "`exit.at` names it on a tie",
    spot: SPOT, rows: { "50000CE": QUOTES }, strategy: 'exit: { at: "11:20" }', trades: [SOLD_99_BOUGHT_91.replace("window_end", "exit_at")],
  },
  {
    says: "`exit.at` holds for the window with start < at ≤ end, the others end at their own",
    spot: ["11:00:00 p50000", "11:05:00 p50000"], rows: { "50000CE": [...QUOTES, "11:05:00 79/81"] },
    strategy: `
      ${TWO_WINDOWS}
      exit: { at: "11:05" }`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 81.00 exit_at", "50000 CE SELL 15 11:05:02>11:05:03 79.00 11:20:00>11:20:01 91.00 window_end"],
  },
  {
    says: "at the latest the last second of the session − latency",
    // 15:29:59 − 1 = 15:29:58.
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101", "15:29:58 89/91"] }, strategy: 'time: { window: "11:00-15:30" }',
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 15:29:58>15:29:59 91.00 window_end"],
  },
  {
    says: "at the latest the last second of the session − latency: 15:29:54 with latency 5",
    spot: SPOT, rows: { "50000CE": ["11:00:05 99/101", "15:29:59 89/91"] }, strategy: `
      time: { window: "11:00-15:30" }
      fill: { latency: 5 }`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:05 99.00 15:29:54>15:29:59 91.00 window_end"],
  },
  {
    says: "A leg that is not filled by the last second of the session is closed there at its mark, without slippage, with normal fees, flag `stale_exit`; its decision stays what it was",
    // Sold at 99 − 1 tick of slippage; closed at the ask of 11:10:00. Slippage 0.05 × 15, fees 20 + 20.
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101", "11:10:00 79/81"] }, strategy: `
      fill: { slippage: { base: 1 } }
      costs: { per_order: 20 }`,
    show: ["slippage", "fees", "pnl", "pnl_after_costs"],
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 98.95 11:20:00>15:29:59 81.00 window_end stale_exit slippage=0.75 fees=40.00 pnl=269.25 pnl_after_costs=229.25"],
  },
  {
    says: "[a stale exit's] mark: bid for a long",
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101", "11:10:00 79/81"] }, strategy: "entry: { legs: [{ cp: CE, lots: 1 }] }",
    trades: ["50000 CE BUY 15 11:00:00>11:00:01 101.00 11:20:00>15:29:59 79.00 window_end stale_exit"],
  },
  {
    says: "A leg that has an exit order takes no second one",
    // Stopped at 11:05:00; no quote is fresh from 11:05:05 until 11:20:03. The end of the window changes nothing.
    spot: SPOT, rows: { "50000CE": ["11:00:04 99/101", "11:05:00 107/109", "11:20:03 89/91"] }, strategy: `
      exit: { stop_loss: { rupees: 150 } }
      fill: { latency: 5 }`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:05 99.00 11:05:00>11:20:03 91.00 stop_loss"],
  },
]);
