/** Market rules of the dates that the judge uses, typed in by hand from the exchange's circulars (never from the product). */
import { secondOf } from "./dates.ts";
import { bookInForce, type CostRates, type RuleBook, type SessionHours } from "./rule-book.ts";

export type { SessionHours } from "./rule-book.ts";

/** Every expiry from the first date used on, per stretch of dates; `m` marks the monthly ones. */
const EXPIRIES: Record<string, string[]> = {
  BANKNIFTY: [
    "2018-12-27m", "2019-01-03", "2019-01-10", "2019-01-17", "2019-01-24", "2019-01-31m",
    "2020-07-16", "2020-07-23", "2020-07-30m", "2020-08-06", "2020-08-13", "2020-08-20", "2020-08-27m",
    "2023-07-06", "2023-07-13", "2023-07-20", "2023-07-27m", "2023-08-03", "2023-08-10", "2023-08-17", "2023-08-24", "2023-08-31m",
    "2023-09-06", "2023-09-13", "2023-09-20", "2023-09-28m",
    "2024-02-29m", "2024-03-06", "2024-03-13", "2024-03-20", "2024-03-27m", "2024-04-03", "2024-04-10", "2024-04-16", "2024-04-24m",
    "2024-08-07", "2024-08-14", "2024-08-21", "2024-08-28m", "2024-09-04", "2024-09-11", "2024-09-18", "2024-09-25m",
    "2024-10-01", "2024-10-09", "2024-10-16", "2024-10-23", "2024-10-30m", "2024-11-06", "2024-11-13", "2024-11-27m", "2024-12-24m",
    "2025-07-31m", "2025-08-28m", "2025-09-30m", "2026-07-28m", "2026-08-25m", "2026-09-29m", "2026-10-27m",
  ],
  NIFTY: ["2024-08-08", "2024-08-14", "2024-08-22", "2024-08-29m", "2024-09-05", "2024-09-12", "2024-09-19", "2024-09-26m"],
};

/** [first expiry that has this lot, lot], ascending. */
const LOTS: Record<string, [string, number][]> = {
  BANKNIFTY: [["2019-01-01", 20], ["2020-07-30", 25], ["2023-07-27", 15], ["2025-02-27", 30], ["2025-07-31", 35], ["2026-01-27", 30]],
  NIFTY: [["2024-05-02", 25], ["2025-01-02", 75]],
};

const STEPS: Record<string, number> = { BANKNIFTY: 100, NIFTY: 50 };

const HOLIDAYS = ["2024-08-15", "2024-10-02", "2023-06-29", "2026-09-14", "2026-10-02"];

const SPECIAL: Record<string, SessionHours> = {
  "2024-01-20": { open: secondOf("09:15"), close: secondOf("15:30"), breaks: [] },
  "2024-03-02": { open: secondOf("09:15"), close: secondOf("12:30"), breaks: [[secondOf("10:00"), secondOf("11:30")]] },
};

/** [first trade date, brokerage ₹ per order, STT on sells %, exchange %, SEBI %, stamp duty on buys %, GST %], ascending. */
const COSTS: [string, number, number, number, number, number, number][] = [
  ["2019-01-01", 20, 0.05, 0.05, 0.0001, 0.003, 18],
  ["2020-06-01", 20, 0.05, 0.05, 0.00005, 0.003, 18],
  ["2021-01-01", 20, 0.05, 0.053, 0.00005, 0.003, 18],
  ["2021-04-01", 20, 0.05, 0.053, 0.0001, 0.003, 18],
  ["2023-04-01", 20, 0.0625, 0.0505, 0.0001, 0.003, 18],
  ["2024-04-01", 20, 0.0625, 0.05, 0.0001, 0.003, 18],
  ["2024-10-01", 20, 0.1, 0.03553, 0.0001, 0.003, 18],
  ["2026-04-01", 20, 0.15, 0.03553, 0.0001, 0.003, 18],
];

/** The same for futures, percent of turnover. */
const FUTURE_COSTS: typeof COSTS = [
  ["2019-01-01", 20, 0.01, 0.0019, 0.0001, 0.002, 18],
  ["2020-06-01", 20, 0.01, 0.0019, 0.00005, 0.002, 18],
  ["2021-04-01", 20, 0.01, 0.0019, 0.0001, 0.002, 18],
  ["2023-04-01", 20, 0.0125, 0.0019, 0.0001, 0.002, 18],
  ["2024-10-01", 20, 0.02, 0.00173, 0.0001, 0.002, 18],
  ["2026-04-01", 20, 0.05, 0.00173, 0.0001, 0.002, 18],
];

/** [first trade date, units], ascending. */
const FREEZES: Record<string, [string, number][]> = {
  BANKNIFTY: [["2021-01-01", 900], ["2025-08-01", 600]],
  NIFTY: [["2021-01-01", 1800]],
};

const TYPED_IN: RuleBook = {
  sessionOf(date) {
    if (SPECIAL[date]) return SPECIAL[date];
    const day = new Date(`${date}T00:00:00Z`).getUTCDay();
    if (day === 0 || day === 6 || HOLIDAYS.includes(date)) return "closed";
    return { open: secondOf("09:15"), close: date >= "2026-08-03" ? secondOf("15:40") : secondOf("15:30"), breaks: [] };
  },
  calendarExpiries: (symbol) => (EXPIRIES[symbol] ?? []).map((text) => ({ date: text.slice(0, 10), monthly: text.endsWith("m") })),
  lotOf: (symbol, expiry) => LOTS[symbol]?.filter(([from]) => from <= expiry).at(-1)?.[1],
  stepOf: (symbol) => STEPS[symbol],
  costRatesOf(date, future) {
    const row = (future ? FUTURE_COSTS : COSTS).filter(([from]) => from <= date).at(-1);
    return row && { brokerage: row[1], stt: row[2], exchange: row[3], sebi: row[4], stamp: row[5], gst: row[6] };
  },
  freezeOf: (symbol, date) => FREEZES[symbol]?.filter(([from]) => from <= date).at(-1)?.[1],
};

const book = (): RuleBook => bookInForce() ?? TYPED_IN;

export function sessionOf(date: string): SessionHours | "closed" {
  return book().sessionOf(date);
}

export function calendarExpiries(symbol: string): readonly { readonly date: string; readonly monthly: boolean }[] {
  return book().calendarExpiries(symbol);
}

export function monthlyExpiry(symbol: string, yearMonth: string): string {
  const found = calendarExpiries(symbol).find((e) => e.monthly && e.date.startsWith(yearMonth));
  if (!found) throw new Error(`The reference's table has no monthly expiry of ${symbol} in ${yearMonth}: add it to rules.ts`);
  return found.date;
}

export function lotOf(symbol: string, expiry: string): number | undefined {
  return book().lotOf(symbol, expiry);
}

/** By trade date, of contracts of an expiry. */
export function stepOf(symbol: string, date: string, expiry: string): number {
  return book().stepOf(symbol, date, expiry);
}

export function costRatesOf(date: string, future = false): CostRates | undefined {
  return book().costRatesOf(date, future);
}

/** Units above which an order is sliced; undefined where no circular is known. */
export function freezeOf(symbol: string, date: string): number | undefined {
  return book().freezeOf(symbol, date);
}
