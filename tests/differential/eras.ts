/** Dates, contracts and active minutes of the generated markets: each stands for a corner of the market rules. */

export interface Expiry {
  readonly date: string;
  /** The part of a file's name between symbol and strike. */
  readonly token: string;
}

/** Seconds of the day [from, to) in which rows come. */
export type Stretch = readonly [number, number];

export interface Era {
  readonly name: string;
  readonly symbol: "BANKNIFTY" | "NIFTY";
  readonly step: number;
  readonly lot: number;
  readonly center: number;
  readonly dates: readonly string[];
  readonly expiries: readonly Expiry[];
  readonly stretches: readonly Stretch[];
  /** Seconds after each stretch in which rows still come, windows no more. */
  readonly spill?: number;
}

const at = (hours: number, minutes: number) => hours * 3600 + minutes * 60;
const MIDDAY: readonly Stretch[] = [[at(11, 0), at(11, 6)], [at(14, 0), at(14, 2)]];
const OPEN: readonly Stretch[] = [[at(9, 15), at(9, 20)], [at(12, 0), at(12, 3)]];
const CLOSE: readonly Stretch[] = [[at(12, 0), at(12, 2)], [at(15, 24), at(15, 30)]];

const AUGUST_2024: readonly Expiry[] = [
  { date: "2024-08-21", token: "24821" },
  { date: "2024-08-28", token: "24aug" },
  { date: "2024-09-04", token: "24904" },
];

export const ERAS: readonly Era[] = [
  { name: "an expiry week", symbol: "BANKNIFTY", step: 100, lot: 15, center: 50_000, dates: ["2024-08-20", "2024-08-21", "2024-08-22"], expiries: AUGUST_2024, stretches: MIDDAY },
  { name: "the open", symbol: "BANKNIFTY", step: 100, lot: 15, center: 50_000, dates: ["2024-08-19", "2024-08-20"], expiries: AUGUST_2024, stretches: OPEN },
  { name: "the close", symbol: "BANKNIFTY", step: 100, lot: 15, center: 50_000, dates: ["2024-08-27", "2024-08-28"], expiries: AUGUST_2024.slice(1), stretches: CLOSE },
  {
    name: "two lots on one day", symbol: "BANKNIFTY", step: 100, lot: 25, center: 45_000, dates: ["2023-07-18", "2023-07-20", "2023-07-21"],
    expiries: [{ date: "2023-07-20", token: "23720" }, { date: "2023-07-27", token: "23jul" }], stretches: MIDDAY,
  },
  {
    name: "a session with a break", symbol: "BANKNIFTY", step: 100, lot: 15, center: 47_000, dates: ["2024-03-01", "2024-03-02"],
    expiries: [{ date: "2024-03-06", token: "24306" }, { date: "2024-03-13", token: "24313" }], stretches: [[at(9, 54), at(10, 0)], [at(11, 29), at(11, 34)]], spill: 60,
  },
  {
    name: "a close at 15:40", symbol: "BANKNIFTY", step: 100, lot: 30, center: 55_000, dates: ["2026-08-04", "2026-08-05"],
    expiries: [{ date: "2026-08-25", token: "26aug" }, { date: "2026-09-29", token: "26sep" }], stretches: [[at(11, 0), at(11, 2)], [at(15, 34), at(15, 40)]],
  },
  {
    name: "before the cost schedule", symbol: "BANKNIFTY", step: 100, lot: 20, center: 27_000, dates: ["2018-12-31", "2019-01-01"],
    expiries: [{ date: "2019-01-03", token: "19103" }, { date: "2019-01-31", token: "19jan" }], stretches: MIDDAY,
  },
  { name: "rows on a Saturday", symbol: "BANKNIFTY", step: 100, lot: 15, center: 50_000, dates: ["2024-08-23", "2024-08-24", "2024-08-26"], expiries: AUGUST_2024.slice(1), stretches: MIDDAY },
  {
    name: "the other symbol", symbol: "NIFTY", step: 50, lot: 25, center: 24_600, dates: ["2024-08-20", "2024-08-22"],
    expiries: [{ date: "2024-08-22", token: "24822" }, { date: "2024-08-29", token: "24aug" }], stretches: MIDDAY,
  },
  {
    name: "a new cost schedule", symbol: "BANKNIFTY", step: 100, lot: 15, center: 53_000, dates: ["2024-09-30", "2024-10-01"],
    expiries: [{ date: "2024-10-01", token: "24o01" }, { date: "2024-10-09", token: "24o09" }, { date: "2024-10-30", token: "24oct" }], stretches: MIDDAY,
  },
  {
    name: "re-dated contracts", symbol: "BANKNIFTY", step: 100, lot: 15, center: 45_000, dates: ["2023-09-01", "2023-09-04"],
    expiries: [{ date: "2023-09-06", token: "23907" }, { date: "2023-09-13", token: "23913" }], stretches: MIDDAY,
  },
];
