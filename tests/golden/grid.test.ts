/** Semantics §2: the grid, what is listed, expiry, spot, ATM and strike selectors. */
import { golden } from "./golden.ts";

const SPOT = ["11:00:00 p50000"];
const QUOTES = ["11:00:00 99/101", "11:20:00 89/91"];
const SOLD_99_BOUGHT_91 = "50000 CE SELL 15 11:00:00>11:00:01 99.00 11:20:00>11:20:01 91.00 window_end";
/** The same trade in another contract. */
const sold = (contract: string) => SOLD_99_BOUGHT_91.replace("50000 CE", contract);
const LTP = "fill: { model: ltp }";
const legs = (text: string) => `entry: { legs: [${text}] }`;
const NO_PATIENCE = "fill: { patience: 0 }";

golden("§2 listed", [
  {
    says: "Listed: […] at least one row inside the session (pre-open rows do not count)",
    // 50000 CE has only a pre-open row; the nearest listed strike to 50000 is 50100.
    spot: SPOT, rows: { "50000CE": ["09:14:59 99/101"], "50100CE": QUOTES }, trades: [sold("50100 CE")],
  },
  {
    says: "a strike [is listed] when its CE or PE is",
    // Spot 50080: ATM is 50100, listed by its put alone. The call is not, so the leg widens to 50000, one step away.
    spot: ["11:00:00 p50080"], rows: { "50000CE": QUOTES, "50100PE": ["12:00:00 1/2"] }, trades: [sold("50000 CE")],
  },
  {
    says: "The list of a date is fixed for the whole date, known from the open",
    // 50000 CE has its first row at 11:00:20, and is ATM at 11:00:00 all the same.
    spot: SPOT, rows: { "50000CE": ["11:00:20 99/101", "11:20:00 89/91"], "50100CE": QUOTES },
    trades: ["50000 CE SELL 15 11:00:00>11:00:20 99.00 11:20:00>11:20:01 91.00 window_end"],
  },
]);

golden("§2 ages", [
  {
    says: "Price age = s − p, where p is […] that row's `lastTradeTime` when it falls on the same date and not after the row",
    // The price of 11:00:00 last traded at 10:59:00: 61 s old. That of 11:00:10 traded at 11:00:09.
    spot: SPOT, rows: { "50000CE": ["11:00:00 p100 ltt=10:59:00", "11:00:10 p99 ltt=11:00:09", "11:20:00 p91"] }, strategy: LTP,
    trades: ["50000 CE SELL 15 11:00:00>11:00:10 99.00 11:20:00>11:20:01 91.00 window_end"],
  },
  {
    says: "a `lastTradeTime` of another date: the second of the row counts",
    spot: SPOT, rows: { "50000CE": ["11:00:00 p99 ltt=2024-05-29T15:04:29", "11:20:00 p91"] }, strategy: LTP, trades: [SOLD_99_BOUGHT_91],
  },
  {
    says: "a `lastTradeTime` after the row: the second of the row counts",
    spot: SPOT, rows: { "50000CE": ["11:00:00 p99 ltt=11:05:00", "11:20:00 p91"] }, strategy: LTP, trades: [SOLD_99_BOUGHT_91],
  },
  {
    says: "quote age = s − second of the row of the latest valid quote: a later row without a quote does not renew it",
    // 10:59:57 is 4 s old at 11:00:01; the price row of 11:00:00 changes nothing. 11:00:02 is fresh.
    spot: SPOT, rows: { "50000CE": ["10:59:57 97/103", "11:00:00 p98", "11:00:02 99/101", "11:20:00 89/91"] },
    trades: ["50000 CE SELL 15 11:00:00>11:00:02 99.00 11:20:00>11:20:01 91.00 window_end"],
  },
]);

const MONTHLY = "banknifty24aug50000ce";
const NEXT_WEEK = "banknifty2490450000ce";

golden("§2 expiry", [
  {
    says: "`nearest` = the smallest expiry ≥ the date that has rows that day",
    spot: SPOT, rows: { "50000CE": QUOTES, [MONTHLY]: ["11:00:00 199/201"] }, show: ["expiry"], trades: [`${SOLD_99_BOUGHT_91} expiry=2024-08-21`],
  },
  {
    says: "when the calendar has an earlier one without rows, the day carries the flag `expiry_gap`: it is run",
    spot: SPOT, rows: { [MONTHLY]: QUOTES }, show: ["expiry"], trades: [`${SOLD_99_BOUGHT_91} expiry=2024-08-28`],
  },
  {
    says: "`expiry_missing: skip` leaves it out",
    spot: SPOT, rows: { [MONTHLY]: QUOTES }, strategy: "universe: { symbol: BANKNIFTY, expiry_missing: skip }", notRun: ["2024-08-20 no_expiry"],
  },
  {
    says: "an expiry has rows when one of its contracts is listed: a file with rows of another date has none",
    spot: SPOT, rows: { "50000CE": ["2024-08-16T11:00:00 99/101"], [MONTHLY]: QUOTES }, strategy: 'time: { window: "11:00-11:20", from: 2024-08-20 }',
    show: ["expiry"], trades: [`${SOLD_99_BOUGHT_91} expiry=2024-08-28`],
  },
  {
    says: "`next` = the second smallest",
    spot: SPOT, rows: { "50000CE": ["11:00:00 9/11"], [MONTHLY]: QUOTES, [NEXT_WEEK]: ["11:00:00 299/301"] },
    strategy: "universe: { symbol: BANKNIFTY, expiry: next }", show: ["expiry"], trades: [`${SOLD_99_BOUGHT_91} expiry=2024-08-28`],
  },
  {
    says: "`weekly` = the nearest that is not a monthly one",
    date: "2024-08-22", spot: SPOT, rows: { [MONTHLY]: ["11:00:00 9/11"], [NEXT_WEEK]: QUOTES },
    strategy: "universe: { symbol: BANKNIFTY, expiry: weekly }", show: ["expiry"], trades: [`${SOLD_99_BOUGHT_91} expiry=2024-09-04`],
  },
  {
    says: "`monthly` = the nearest monthly expiry of the market rules that has rows",
    spot: SPOT, rows: { "50000CE": ["11:00:00 9/11"], [MONTHLY]: QUOTES },
    strategy: "universe: { symbol: BANKNIFTY, expiry: monthly }", show: ["expiry"], trades: [`${SOLD_99_BOUGHT_91} expiry=2024-08-28`],
  },
  {
    says: "or a date",
    spot: SPOT, rows: { "50000CE": ["11:00:00 9/11"], [NEXT_WEEK]: QUOTES },
    strategy: 'universe: { symbol: BANKNIFTY, expiry: "2024-09-04" }', show: ["expiry"], trades: [`${SOLD_99_BOUGHT_91} expiry=2024-09-04`],
  },
  {
    says: "or a date: one that has no rows that day is not run, `no_expiry`",
    spot: SPOT, rows: { "50000CE": QUOTES }, strategy: 'universe: { symbol: BANKNIFTY, expiry: "2024-09-04" }', notRun: ["2024-08-20 no_expiry"],
  },
  {
    says: "`dte: [min,max]` (calendar days from date to the chosen expiry, inclusive)",
    spot: SPOT, rows: { "50000CE": QUOTES }, strategy: "universe: { symbol: BANKNIFTY, dte: [1, 1] }", trades: [SOLD_99_BOUGHT_91],
  },
  {
    says: "[dte] skips days; it never moves on to another expiry",
    // The nearest expiry is 1 day away; that 8 days away is not taken.
    spot: SPOT, rows: { "50000CE": QUOTES, [MONTHLY]: QUOTES }, strategy: "universe: { symbol: BANKNIFTY, dte: [2, 30] }", notRun: ["2024-08-20 dte"],
  },
]);

/** A call and a put of one strike, quoted once. */
const pair = (strike: number, clock: string, ce: string, pe: string) => ({ [`${strike}CE`]: [`${clock} ${ce}`], [`${strike}PE`]: [`${clock} ${pe}`] });
/** |mid(CE) − mid(PE)| is 160 at 49900, 60 at 50000 and 45 at 50100, so F = 50100 + 96 − 141 = 50055 and ATM is 50100. */
const THREE_PAIRS = {
  ...pair(49900, "11:00:00", "220/222", "60/62"),
  ...pair(50000, "11:00:00", "150/152", "90/92"),
  ...pair(50100, "11:00:00", "95/97", "140/142"),
};
const FUTURE = "banknifty24augfut";

golden("§2 spot", [
  {
    says: "spot files if they hold a valid value in that session",
    // The future at 50080 would choose 50100.
    spot: SPOT, rows: { [FUTURE]: ["11:00:00 p50080"], "50000CE": QUOTES, "50100CE": QUOTES }, trades: [SOLD_99_BOUGHT_91],
  },
  {
    says: "else the nearest future: a spot file whose values of the session are all invalid does not count",
    spot: ["09:14:00 p50000", "11:00:00 p0"], rows: { [FUTURE]: ["11:00:00 p50080"], "50000CE": QUOTES, "50100CE": QUOTES }, trades: [sold("50100 CE")],
  },
  {
    says: "else the nearest future, of two the one that expires first",
    rows: { [FUTURE]: ["11:00:00 p50080"], banknifty24sepfut: ["11:00:00 p50000"], "50000CE": QUOTES, "50100CE": QUOTES }, trades: [sold("50100 CE")],
  },
  {
    says: "the spot source of the date [is known ahead] (a file whose first value comes [later] leaves the time before without spot, never synthetic)",
    // Three pairs are fresh at 11:00:00, yet the file's first value at 11:00:20 chooses the strike.
    spot: ["11:00:20 p50000"], rows: { ...THREE_PAIRS, "50000CE": ["11:00:00 150/152", "11:00:20 99/101", "11:20:00 89/91"] },
    trades: ["50000 CE SELL 15 11:00:20>11:00:21 99.00 11:20:00>11:20:01 91.00 window_end"],
  },
  {
    says: "else synthetic […] at the one with the smallest |mid(CE) − mid(PE)|",
    rows: { ...THREE_PAIRS, "50100CE": ["11:00:00 95/97", "11:20:00 89/91"] },
    trades: ["50100 CE SELL 15 11:00:00>11:00:01 95.00 11:20:00>11:20:01 91.00 window_end"],
  },
  {
    says: "It starts at the first second in which at least three such strikes are fresh",
    // 49900 is quoted at 11:00:00, 50000 at 11:00:02, 50100 at 11:00:03: at 11:00:03 all are at most 3 s old.
    rows: { ...pair(49900, "11:00:00", "220/222", "60/62"), ...pair(50000, "11:00:02", "150/152", "90/92"), "50100CE": ["11:00:03 95/97", "11:20:00 89/91"], "50100PE": ["11:00:03 140/142"] },
    trades: ["50100 CE SELL 15 11:00:03>11:00:04 95.00 11:20:00>11:20:01 91.00 window_end"],
  },
  {
    says: "both quotes are at most 3 s old: at 4 s there are only two fresh strikes",
    rows: { ...pair(49900, "11:00:00", "220/222", "60/62"), ...pair(50000, "11:00:02", "150/152", "90/92"), ...pair(50100, "11:00:04", "95/97", "140/142") },
    skips: ["11:00:00 1 no_spot"],
  },
  {
    says: "K is chosen first, and if either of its quotes is older, F is carried and no other strike is tried",
    // F = 50055 at 11:00:00 by 50100. At 11:00:08 only 50000 is fresh: 50000 + 151 − 191 = 49960 would make 50000 the ATM.
    rows: {
      ...THREE_PAIRS, "50000CE": ["11:00:00 150/152", "11:00:08 150/152"], "50000PE": ["11:00:00 90/92", "11:00:08 190/192"],
      "50100CE": ["11:00:00 95/97", "11:00:10 99/101", "11:20:00 89/91"],
    },
    strategy: 'entry: { at: "11:00:09", legs: [{ cp: CE, lots: -1 }] }',
    trades: ["50100 CE SELL 15 11:00:09>11:00:10 99.00 11:20:00>11:20:01 91.00 window_end"],
  },
  {
    says: "K is the strike nearest the previous F: F moves on with its new K",
    // 11:00:00: F = 50055 by 50100. 11:00:01: 50100 gives 50100 + 40 − 141 = 49999. 11:00:02: K is now 50000, giving 50000 + 20 − 120 = 49900.
    rows: {
      "49900CE": ["11:00:00 220/222", "11:00:03 99/101", "11:20:00 89/91"], "49900PE": ["11:00:00 60/62"],
      "50000CE": ["11:00:00 150/152", "11:00:02 19/21"], "50000PE": ["11:00:00 90/92", "11:00:02 119/121"],
      "50100CE": ["11:00:00 95/97", "11:00:01 39/41"], "50100PE": ["11:00:00 140/142"],
    },
    strategy: 'entry: { at: "11:00:02", legs: [{ cp: CE, lots: -1 }] }',
    trades: ["49900 CE SELL 15 11:00:02>11:00:03 99.00 11:20:00>11:20:01 91.00 window_end"],
  },
  {
    says: "[the age] of a synthetic one [is] s − the last second in which F was computed, not carried",
    // The quotes of 11:00:00 compute F until 11:00:03; at 11:00:34 it is 31 s old, at 11:00:33 still 30.
    rows: { ...THREE_PAIRS, "50100CE": ["11:00:00 95/97", "11:00:33 99/101", "11:20:00 89/91"] },
    strategy: `
      entry: { at: "11:00:33", legs: [{ cp: CE, lots: -1 }] }
      ${NO_PATIENCE}`,
    trades: ["50100 CE SELL 15 11:00:33>11:00:34 99.00 11:20:00>11:20:01 91.00 window_end"],
  },
  {
    says: "[the age of a synthetic one] at 31 s: `no_spot`",
    rows: { ...THREE_PAIRS, "50100CE": ["11:00:00 95/97", "11:00:33 99/101", "11:20:00 89/91"] },
    strategy: `
      entry: { at: "11:00:34", legs: [{ cp: CE, lots: -1 }] }
      ${NO_PATIENCE}`,
    skips: ["11:00:34 1 no_spot"],
  },
  {
    says: "A spot value older than `universe.spot_max_age` (default 30 s …): at 30 s it still chooses",
    spot: ["10:59:30 p50000"], rows: { "50000CE": QUOTES }, strategy: NO_PATIENCE, trades: [SOLD_99_BOUGHT_91],
  },
  {
    says: "A spot value older than `universe.spot_max_age` (default 30 s …) cannot choose a strike: `no_spot`",
    spot: ["10:59:29 p50000"], rows: { "50000CE": QUOTES }, strategy: NO_PATIENCE, skips: ["11:00:00 1 no_spot"],
  },
  {
    says: "`spot: future`: a spot file is not looked at",
    spot: SPOT, rows: { [FUTURE]: ["11:00:00 p50080"], "50000CE": QUOTES, "50100CE": QUOTES },
    strategy: "universe: { symbol: BANKNIFTY, spot: future }", trades: [sold("50100 CE")],
  },
  {
    says: "`spot: synthetic`: neither files nor futures are looked at",
    spot: ["11:00:00 p49900"], rows: { ...THREE_PAIRS, "50100CE": ["11:00:00 95/97", "11:20:00 89/91"] },
    strategy: "universe: { symbol: BANKNIFTY, spot: synthetic }",
    trades: ["50100 CE SELL 15 11:00:00>11:00:01 95.00 11:20:00>11:20:01 91.00 window_end"],
  },
]);

const LISTED = ["12:00:00 1/2"];

golden("§2 ATM and selectors", [
  {
    says: "ATM at s: the listed strike nearest to spot(s)",
    spot: ["11:00:00 p50050.05"], rows: { "50000CE": QUOTES, "50100CE": QUOTES }, trades: [sold("50100 CE")],
  },
  { says: "a tie goes to the lower", spot: ["11:00:00 p50050"], rows: { "50000CE": QUOTES, "50100CE": QUOTES }, trades: [SOLD_99_BOUGHT_91] },
  {
    says: "wanted CE strike = ATM + d·step, PE strike = ATM − d·step; positive is out of the money",
    spot: SPOT, rows: { "50000CE": LISTED, "50100CE": QUOTES, "49900PE": QUOTES, "49900CE": LISTED, "50100PE": LISTED },
    strategy: legs("{ cp: CE, lots: -1, strike: { atm: 1 } }, { cp: PE, lots: -1, strike: { atm: 1 } }"), trades: [sold("50100 CE"), sold("49900 PE")],
  },
  {
    says: "[negative is in the money]",
    spot: SPOT, rows: { "50000CE": LISTED, "50100PE": QUOTES, "49900CE": QUOTES, "50100CE": LISTED, "49900PE": LISTED },
    strategy: legs("{ cp: CE, lots: -1, strike: { atm: -1 } }, { cp: PE, lots: -1, strike: { atm: -1 } }"), trades: [sold("49900 CE"), sold("50100 PE")],
  },
  {
    says: "the leg widens: the listed strike of that side within ± 2 steps of the wanted one, nearest to it",
    // ATM is 50000 (its put is listed). Of the calls 50100 is one step away, 49800 two.
    spot: SPOT, rows: { "50000PE": LISTED, "50100CE": QUOTES, "49800CE": LISTED }, trades: [sold("50100 CE")],
  },
  {
    says: "[within] ± 2 steps: exactly two count",
    spot: SPOT, rows: { "50000PE": LISTED, "50200CE": QUOTES }, trades: [sold("50200 CE")],
  },
  {
    says: "ties go to the one nearer to spot",
    // 49900 and 50100 are one step from 50000; spot 50020 is nearer to 50100.
    spot: ["11:00:00 p50020"], rows: { "50000PE": LISTED, "49900CE": LISTED, "50100CE": QUOTES }, trades: [sold("50100 CE")],
  },
  {
    says: "[ties] then to the lower",
    spot: SPOT, rows: { "50000PE": LISTED, "49900CE": QUOTES, "50100CE": LISTED }, trades: [sold("49900 CE")],
  },
  {
    says: "none → `no_contract`",
    spot: SPOT, rows: { "50000PE": LISTED, "50300CE": QUOTES }, skips: ["11:00:00 1 no_contract"],
  },
  {
    says: "Each leg widens alone",
    spot: SPOT, rows: { "50000PE": QUOTES, "50100CE": QUOTES }, strategy: legs("{ cp: CE, lots: -1 }, { cp: PE, lots: -1 }"), trades: [sold("50100 CE"), sold("50000 PE")],
  },
  {
    says: "`{strike: 50000}` never widens",
    spot: SPOT, rows: { "50100CE": QUOTES }, strategy: legs("{ cp: CE, lots: -1, strike: { strike: 50000 } }"), skips: ["11:00:00 1 no_contract"],
  },
  {
    says: "`{strike: 50000}` [needs no spot]",
    spot: ["12:00:00 p50000"], rows: { "50000CE": QUOTES }, strategy: legs("{ cp: CE, lots: -1, strike: { strike: 50000 } }"), trades: [SOLD_99_BOUGHT_91],
  },
]);

golden("§2 sessions", [
  {
    says: "a date on which the exchange is closed is not run, `session`",
    date: "2024-08-24", spot: SPOT, rows: { banknifty24aug50000ce: QUOTES }, notRun: ["2024-08-24 session"],
  },
  {
    says: "A window that […] a break interrupts is left out on that date, reason `session`",
    // 2024-03-02 trades 09:15–10:00 and 11:30–12:30.
    date: "2024-03-02", spot: ["09:20:00 p50000", "11:40:00 p50000"],
    rows: { banknifty2430650000ce: ["09:20:00 99/101", "09:50:00 89/91", "11:40:00 79/81", "12:20:00 69/71"] },
    strategy: 'time: { window: ["09:20-09:50", "09:55-11:35", "11:40-12:20"] }', show: ["window_id"],
    trades: [
      "50000 CE SELL 15 09:20:00>09:20:01 99.00 09:50:00>09:50:01 91.00 window_end window_id=1",
      "50000 CE SELL 15 11:40:00>11:40:01 79.00 12:20:00>12:20:01 71.00 window_end window_id=3",
    ],
    skips: ["09:55:00 2 session"],
  },
  {
    says: "a session with a break is one grid with the break untradeable",
    // The quote of 09:59:59 is 2 s old at 10:00:01, inside the break: the exit waits for 11:30:05.
    date: "2024-03-02", spot: ["09:20:00 p50000", "11:40:00 p50000"],
    rows: { banknifty2430650000ce: ["09:20:00 99/101", "09:59:59 89/91", "10:30:00 1/2", "11:30:05 79/81"] },
    strategy: 'time: { window: "09:20-10:00" }',
    trades: ["50000 CE SELL 15 09:20:00>09:20:01 99.00 10:00:00>11:30:05 81.00 window_end"],
  },
  {
    says: "`from`/`to` are inclusive",
    spot: [...SPOT, "2024-08-19T11:00:00 p50000", "2024-08-16T11:00:00 p50000"],
    rows: { "50000CE": ["2024-08-16T11:00:00 99/101", "2024-08-16T11:20:00 89/91", "2024-08-19T11:00:00 99/101", "2024-08-19T11:20:00 89/91", ...QUOTES] },
    strategy: 'time: { window: "11:00-11:20", from: 2024-08-19, to: 2024-08-19 }', show: ["date"], trades: [`${SOLD_99_BOUGHT_91} date=2024-08-19`],
  },
  {
    says: "`days`: every date in the data but those of other weekdays",
    // The 16th was a Friday, the 19th a Monday, the 20th a Tuesday.
    spot: [...SPOT, "2024-08-19T11:00:00 p50000", "2024-08-16T11:00:00 p50000"],
    rows: { "50000CE": ["2024-08-16T11:00:00 99/101", "2024-08-16T11:20:00 89/91", "2024-08-19T11:00:00 99/101", "2024-08-19T11:20:00 89/91", ...QUOTES] },
    strategy: 'time: { window: "11:00-11:20", days: [Fri, Tue] }', show: ["date"],
    trades: [`${SOLD_99_BOUGHT_91} date=2024-08-16`, `${SOLD_99_BOUGHT_91} date=2024-08-20`],
  },
]);
