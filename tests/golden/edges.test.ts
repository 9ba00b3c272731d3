/** Corners that the sentences of semantics §1, §2 and §4 leave to be worked out, and bad input. */
import { golden } from "./golden.ts";

const SPOT = ["11:00:00 p50000"];
const QUOTES = ["11:00:00 99/101", "11:20:00 89/91"];
const SOLD_99_BOUGHT_91 = "50000 CE SELL 15 11:00:00>11:00:01 99.00 11:20:00>11:20:01 91.00 window_end";

golden("§4 the end of the session", [
  {
    says: "`exit.at` names it […] at the latest the last second of the session − latency: an `exit.at` that falls after that still names the exit",
    // exit.at 15:30 is inside the window's (start, end]; both come down to 15:29:58.
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101", "15:29:58 89/91"] }, strategy: `
      time: { window: "11:00-15:30" }
      exit: { at: "15:30" }`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 15:29:58>15:29:59 91.00 exit_at"],
  },
  {
    says: "the end of the window means min(its end, last second of the session − latency): an entry order lapses a second before it",
    // Window end 15:29:58, so 15:29:57 is the last second of a fill.
    spot: ["15:29:50 p50000"], rows: { "50000CE": ["15:29:58 99/101"] }, strategy: 'time: { window: "15:29:50-15:30" }', skips: ["15:29:50 1 untradeable"],
  },
  {
    says: "the end of the window means min(its end, last second of the session − latency): at 15:29:57 it still fills",
    spot: ["15:29:50 p50000"], rows: { "50000CE": ["15:29:57 99/101", "15:29:59 89/91"] }, strategy: 'time: { window: "15:29:50-15:30" }',
    trades: ["50000 CE SELL 15 15:29:50>15:29:57 99.00 15:29:58>15:29:59 91.00 window_end"],
  },
  {
    says: "A leg that is not filled by the last second of the session is closed there: in that second it may still fill as usual",
    spot: SPOT, rows: { "50000CE": ["11:00:00 99/101", "15:29:59 89/91"] },
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:20:00>15:29:59 91.00 window_end"],
  },
  {
    says: "No entry decision at or after the end of its window or `exit.at`: an `at` that is not before `exit.at` gives one skip",
    spot: SPOT, rows: { "50000CE": QUOTES }, strategy: `
      entry: { at: "11:10", legs: [{ cp: CE, lots: -1 }] }
      exit: { at: "11:10" }`,
    skips: ["11:10:00 1 untradeable"],
  },
]);

golden("§2 windows that a date does not hold", [
  {
    says: "A window that the session of one date does not hold […] is left out on that date, reason `session`: a date that holds none is not run",
    spot: SPOT, rows: { "50000CE": QUOTES }, strategy: 'time: { window: "15:31-15:35" }', notRun: ["2024-08-20 session"],
  },
  {
    says: "A window that the session of one date does not hold […] is left out on that date: the others are run",
    spot: SPOT, rows: { "50000CE": QUOTES }, strategy: 'time: { window: ["11:00-11:20", "15:20-15:35"] }', trades: [SOLD_99_BOUGHT_91], skips: ["15:20:00 2 session"],
  },
]);

golden("§4 rebalance without an ATM at the entry", [
  {
    says: "if ATM differs from the ATM at which it was entered: where there was no spot at the decision nothing differs",
    // A fixed strike needs no spot; the first comes at 11:04:50.
    spot: ["11:04:50 p50100"], rows: { "50000CE": [...QUOTES, "11:05:00 109/111"], "50100CE": QUOTES },
    strategy: "entry: { legs: [{ cp: CE, lots: -1, strike: { strike: 50000 } }], rebalance: 5m }",
    trades: [SOLD_99_BOUGHT_91],
  },
]);

golden("Bad input costs that input and nothing else", [
  {
    says: "a contract that is needed and cannot be read: the day is not run, `unreadable`",
    spot: SPOT, rows: { "50100CE": QUOTES, "49900CE": QUOTES }, bytes: { "banknifty2482150000ce.parquet": "no Parquet, whatever its name says" },
    notRun: ["2024-08-20 unreadable"],
  },
  {
    says: "a contract that is not needed and cannot be read: nothing changes",
    spot: SPOT, rows: { "50000CE": QUOTES }, bytes: { "banknifty2482153000ce.parquet": "no Parquet, whatever its name says" }, trades: [SOLD_99_BOUGHT_91],
  },
  {
    says: "a spot file that cannot be read: the day is not run, `unreadable`; another source is not guessed",
    rows: { banknifty24augfut: ["11:00:00 p50000"], "50000CE": QUOTES }, bytes: { "banknifty_spot.parquet": "no Parquet, whatever its name says" },
    notRun: ["2024-08-20 unreadable"],
  },
  {
    says: "a contract's file without rows: it is not listed",
    spot: SPOT, rows: { "50000CE": [], "50100CE": QUOTES }, trades: [SOLD_99_BOUGHT_91.replace("50000", "50100")],
  },
  {
    says: "a spot file without rows: spot comes from the next source",
    spot: [], rows: { banknifty24augfut: ["11:00:00 p50000"], "50000CE": QUOTES, "50100CE": QUOTES }, trades: [SOLD_99_BOUGHT_91],
  },
  {
    says: "a file whose name says nothing: it is left alone",
    spot: SPOT, rows: { "50000CE": QUOTES }, bytes: { "notes.parquet": "no Parquet, and no contract" }, trades: [SOLD_99_BOUGHT_91],
  },
]);
