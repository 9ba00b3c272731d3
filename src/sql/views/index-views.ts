/** `contracts` and `days`: tables made of the index. */
import type { MarketRules } from "../../core/market/types.ts";
import { weekday } from "../../core/time.ts";
import type { FileQuestions } from "../../data/catalogue/answering.ts";
import type { Progress } from "../../data/catalogue/types.ts";
import type { View } from "../../data/views/views.ts";
import { arrowTable } from "./arrow-table.ts";
import type { MadeTable } from "./made-view.ts";

export async function indexTable(view: View, questions: FileQuestions, rules: MarketRules, progress: (progress: Progress) => void): Promise<MadeTable | undefined> {
  return view.name === "contracts" ? contractsTable(questions, rules, progress) : daysTable(questions, rules, progress);
}

const date = (column: string): string => `DATE '1970-01-01' + CAST(${column} AS INTEGER) AS ${column}`;
const maybe = (column: string, value: string): string => `CASE WHEN NOT isnan(${column}) THEN ${value} END AS ${column}`;
const text = (column: string): string => `CAST(${column} AS VARCHAR) AS ${column}`;

async function contractsTable(questions: FileQuestions, rules: MarketRules, progress: (progress: Progress) => void): Promise<MadeTable | undefined> {
  const contracts = await questions.contracts(progress);
  if (contracts.length === 0) return undefined;
  const truth = (value: boolean | undefined): number => (value === undefined ? NaN : Number(value));
  return {
    arrow: arrowTable({
      symbol: contracts.map(({ symbol }) => symbol),
      expiry: contracts.map(({ expiry }) => expiry),
      strike: contracts.map(({ strike }) => strike),
      cp: contracts.map(({ cp }) => cp),
      monthly: contracts.map(({ symbol, expiry }) => truth(rules.isMonthly(symbol, expiry))),
      lot: contracts.map(({ symbol, expiry }) => rules.lotSize(symbol, expiry) ?? NaN),
      layout: contracts.map(({ layout }) => layout),
      file: contracts.map(({ file }) => file),
    }),
    select: (from) => `SELECT ${text("symbol")}, ${date("expiry")}, strike, ${text("cp")}, ${maybe("monthly", "monthly = 1")}, ${maybe("lot", "CAST(lot AS INTEGER)")}, ${text("layout")}, ${text("file")} FROM ${from}`,
  };
}

async function daysTable(questions: FileQuestions, rules: MarketRules, progress: (progress: Progress) => void): Promise<MadeTable | undefined> {
  const days = [];
  for (const symbol of await questions.symbols()) {
    const expiries = rules.expiries(symbol).map((expiry) => expiry.date);
    for (const day of await questions.coverage(symbol, progress)) {
      const session = rules.session(day.date);
      const hours = session === "closed" ? undefined : session;
      days.push({ ...day, symbol, open: hours?.open ?? NaN, close: hours?.close ?? NaN, expiry: expiries.find((expiry) => expiry >= day.date) ?? NaN });
    }
  }
  if (days.length === 0) return undefined;
  return {
    arrow: arrowTable({
      symbol: days.map(({ symbol }) => symbol),
      date: days.map((day) => day.date),
      weekday: days.map((day) => weekday(day.date)),
      open_second: days.map(({ open }) => open),
      close_second: days.map(({ close }) => close),
      contracts: days.map(({ contracts }) => contracts),
      spot: days.map(({ spot }) => Number(spot)),
      future: days.map(({ future }) => Number(future)),
      expiry: days.map(({ expiry }) => expiry),
    }),
    select: (from) => `SELECT ${text("symbol")}, ${date("date")}, CAST(weekday AS INTEGER) AS weekday, ${maybe("open_second", "CAST(open_second AS INTEGER)")}, ${maybe("close_second", "CAST(close_second AS INTEGER)")},
      CAST(contracts AS INTEGER) AS contracts, spot = 1 AS spot, future = 1 AS future, ${maybe("expiry", "DATE '1970-01-01' + CAST(expiry AS INTEGER)")},
      CASE WHEN NOT isnan(expiry) THEN CAST(expiry - date AS INTEGER) END AS dte FROM ${from}`,
  };
}
