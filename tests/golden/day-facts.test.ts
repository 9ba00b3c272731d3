/** docs/studies.md: facts of the day and regimes in conditions, and from when on they are known. */
import { golden } from "./golden.ts";

const CALL = ["09:15:00 99/101", "11:00:00 99/101", "11:20:00 89/91"];
/** The last row tells that the clocks are Indian. */
const MORNING = ["09:15:00 99/101", "09:25:00 89/91", "15:00:00 89/91"];
const when = (condition: string, time = '"11:00-11:20"') => `
      time: { window: ${time}, from: 2024-08-20 }
      entry: { when: ${condition}, legs: [{ cp: CE, lots: -1, strike: { strike: 50000 } }] }
      fill: { ttl: 5000, patience: 30 }`;
const day = (fact: string) => `{ metric: DAY, args: { fact: ${fact} } }`;
const regime = (of: string) => `{ metric: REGIME, args: { of: ${of} } }`;
const SOLD = "50000 CE SELL 15 11:00:00>11:00:01 99.00 11:20:00>11:20:01 91.00 window_end";
const FRIDAY = ["2024-08-16T09:15:00 p48000", "2024-08-16T15:00:00 p49000"];
const MONDAY = ["2024-08-19T09:15:00 p49500", "2024-08-19T09:18:00 p49000", "2024-08-19T12:00:00 p50500", "2024-08-19T15:29:59 p50000"];
const TODAY = ["09:15:10 p50500", "09:16:00 p50600", "09:19:59 p50400", "09:20:00 p52000", "11:00:00 p50000"];

/** Trading days, one value each from the open on: the index goes up by 100 and down by 100 in turn. */
const DATES = ["07-15", "07-16", "07-18", "07-19", "07-22", "07-23", "07-24", "07-25", "07-26", "07-29", "07-30", "07-31", "08-01", "08-02", "08-05", "08-06", "08-07", "08-08", "08-09", "08-12", "08-13", "08-14", "08-16", "08-19"];
const turns = (dates: readonly string[]) => dates.map((date, i) => `2024-${date}T09:15:00 p${i % 2 === 0 ? 50_000 : 50_100}`);
/** The last row tells that the clocks are Indian. */
const NOON = ["11:00:00 p50000", "15:00:00 p50000"];

golden("Facts of the day", [
  {
    says: "`prev_` is of the latest earlier date of the data whose spot came from the same source and has a value",
    // Monday: 49,500 49,000 50,500 50,000; its first five minutes span 500.
    spot: [...FRIDAY, ...MONDAY, ...TODAY], rows: { "50000CE": CALL },
    strategy: when(`{ all: [{ eq: [${day("prev_open")}, 49500] }, { eq: [${day("prev_high")}, 50500] }, { eq: [${day("prev_low")}, 49000] }, { eq: [${day("prev_close")}, 50000] }, { eq: [{ mul: [${day("prev_range")}, 495] }, 1500] }, { eq: [{ mul: [${day("prev_range5")}, 495] }, 500] }, { eq: [{ mul: [${day("prev_change")}, 490] }, 1000] }] }`),
    trades: [SOLD],
  },
  {
    says: "`rv`: square root of the sum of squared 1-second log returns of the day; `open` and `gap`; `range5` is of 09:15:00–09:19:59",
    // ln² of 49,000/49,500, 50,500/49,000 and 50,000/50,500: 0.000103071, 0.000909206, 0.000099009; √ of the sum 0.0333359.
    spot: [...FRIDAY, ...MONDAY, ...TODAY], rows: { "50000CE": CALL },
    strategy: when(`{ all: [{ between: [${day("prev_rv")}, 3.3335, 3.3336] }, { eq: [${day("open")}, 50500] }, { eq: [${day("gap")}, 1] }, { eq: [${day("gap")}, GAP_PCT] }, { eq: [{ mul: [${day("range5")}, 505] }, 200] }] }`),
    trades: [SOLD],
  },
  {
    says: "`range5` is known from the last of the first five minutes, 09:19:59",
    spot: [...MONDAY, ...TODAY], rows: { "50000CE": MORNING },
    strategy: when(`{ gte: [${day("range5")}, 0] }`, '"09:15-09:25"'), trades: ["50000 CE SELL 15 09:19:59>09:20:00 99.00 09:25:00>09:25:01 91.00 window_end"],
  },
  {
    says: "`gap` is known with the first value of spot",
    spot: [...MONDAY, ...TODAY], rows: { "50000CE": MORNING },
    strategy: when(`{ gte: [${day("gap")}, 0] }`, '"09:15-09:25"'), trades: ["50000 CE SELL 15 09:15:10>09:15:11 99.00 09:25:00>09:25:01 91.00 window_end"],
  },
  {
    says: "facts of the day before are known from the open, whatever spot does today",
    spot: [...MONDAY, ...TODAY], rows: { "50000CE": MORNING },
    strategy: when(`{ eq: [${day("prev_close")}, 50000] }`, '"09:15-09:25"'), trades: ["50000 CE SELL 15 09:15:00>09:15:01 99.00 09:25:00>09:25:01 91.00 window_end"],
  },
  {
    says: "`range5` […] is missing where spot has no value in [the first five minutes]; without an earlier date, `prev_` and `gap` are missing",
    spot: ["09:20:00 p50000", "11:00:00 p50000"], rows: { "50000CE": CALL },
    strategy: when(`{ any: [{ gte: [${day("range5")}, 0] }, { gt: [${day("gap")}, -100] }, { gt: [${day("prev_close")}, 0] }] }`),
  },
]);

golden("Regimes", [
  {
    says: "decile = ⌊10 · p⌋ + 1, where p = (values below + ½ · values equal) / values",
    // Of 23 gaps before, 11 are below 0.1 %: p = 0.478. Of 23 volatilities before Monday's, all are equal to it: p = 0.5. All 24 ranges are below.
    spot: [...turns(DATES), "09:15:10 p50150", "09:16:00 p50151", ...NOON], rows: { "50000CE": CALL.slice(1) },
    strategy: when(`{ all: [{ eq: [${regime("gap")}, 5] }, { eq: [${regime("rv")}, 6] }, { eq: [${regime("range5")}, 10] }] }`), trades: [SOLD],
  },
  {
    says: "With fewer than 20 values before it a day has no label",
    // Twenty dates have 20 ranges, but 19 gaps, and 19 volatilities before the last.
    spot: [...turns(DATES.slice(4)), "09:15:10 p50150", ...NOON], rows: { "50000CE": CALL.slice(1) },
    strategy: when(`{ all: [{ eq: [${regime("range5")}, 6] }, { any: [{ gt: [${regime("gap")}, 0] }, { lte: [${regime("gap")}, 0] }, { gt: [${regime("rv")}, 0] }] }] }`),
  },
  {
    says: "the same with one date more: twenty values are enough",
    spot: [...turns(DATES.slice(3)), "09:15:10 p50150", ...NOON], rows: { "50000CE": CALL.slice(1) },
    strategy: when(`{ all: [{ eq: [${regime("range5")}, 6] }, { gt: [${regime("gap")}, 0] }, { gt: [${regime("rv")}, 0] }] }`), trades: [SOLD],
  },
]);
