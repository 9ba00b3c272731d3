/** The report of a day as files: JSON for programs, CSV for a spreadsheet. Shares are in per cent, times `HH:MM:SS`. */
import { contractLabel } from "../market/contract-id.ts";
import { ROW_FLAGS } from "../quality/row-quality.ts";
import { csvCell } from "../results/csv-cell.ts";
import { formatClock, isoDate, type Second } from "../time.ts";
import { BUSIEST, type DayHealth, type InspectedKind, type InstrumentReport } from "./day-health.ts";
import { AGE_STEPS, SPREAD_STEPS, type Steps } from "./histogram.ts";
import type { InstrumentDay } from "./instrument-day.ts";

const KINDS: readonly InspectedKind[] = ["spot", "future", "vix", "option"];

/** Spot, future and VIX first, then options by expiry, strike and side. */
export function inReportOrder(reports: readonly InstrumentReport[]): InstrumentReport[] {
  const key = ({ kind, contract, expiry }: InstrumentReport): readonly number[] => [KINDS.indexOf(kind), contract?.expiry ?? expiry ?? 0, contract?.strike ?? 0, contract?.cp === "PE" ? 1 : 0];
  return [...reports].sort((a, b) => {
    const [left, right] = [key(a), key(b)];
    const place = left.findIndex((value, i) => value !== right[i]);
    return place < 0 ? 0 : left[place] - right[place];
  });
}

/** `BANKNIFTY 2024-08-28 50500 CE`, `spot`, `future 2024-08-28` */
export function instrumentLabel({ kind, contract, expiry }: InstrumentReport): string {
  return contract ? contractLabel(contract) : expiry === undefined ? kind : `${kind} ${isoDate(expiry)}`;
}

/** A day without its instruments: one entry of a summary over many days. */
export function dayJson(day: DayHealth, quarantine: readonly string[]) {
  const { busiest } = day;
  return {
    symbol: day.symbol, date: isoDate(day.date), session: day.session,
    quarantine,
    contracts: day.contracts, rows: day.rows, rows_in_session: day.inSession, first: clock(day.first), last: clock(day.last),
    ...day.flags,
    busiest: busiest && { contracts: busiest.contracts, of: BUSIEST, missing_pct: rounded(busiest.missingPct), longest_gap: busiest.longestGap, stale_pct: busiest.stalePct === null ? null : rounded(busiest.stalePct) },
    quote_age_seconds: histogram(AGE_STEPS, day.ages),
    spread_ticks: histogram(SPREAD_STEPS, day.spreads),
    spot: day.spot && measuresJson(day.spot), future: day.future && measuresJson(day.future), vix: day.vix && measuresJson(day.vix),
    problems: day.problems,
  };
}

export function dayReportJson(day: DayHealth, reports: readonly InstrumentReport[], quarantine: readonly string[]) {
  const instruments = inReportOrder(reports).map((report) => {
    const { kind, contract, expiry, files } = report;
    const about = contract ?? { expiry, strike: undefined, cp: undefined };
    return { kind, expiry: about.expiry === undefined ? null : isoDate(about.expiry), strike: about.strike ?? null, cp: about.cp ?? null, files, ...measuresJson(report.day) };
  });
  return { ...dayJson(day, quarantine), instruments };
}

function measuresJson(day: InstrumentDay) {
  return {
    rows: day.rows, rows_in_session: day.inSession, first: clock(day.first), last: clock(day.last),
    ...day.flags,
    session_seconds: day.sessionSeconds, missing_seconds: day.missingSeconds, gaps: day.gaps, gap_seconds: day.gapSeconds, longest_gap: day.longestGap,
    stale_seconds: day.staleSeconds, unquoted_seconds: day.unquotedSeconds,
    quote_age_seconds: day.ages && histogram(AGE_STEPS, day.ages),
    spread_ticks: day.spreads && histogram(SPREAD_STEPS, day.spreads),
    bar_seconds: day.barSpan,
  };
}

function histogram({ words }: Steps, counts: readonly number[]): Readonly<Record<string, number>> {
  return Object.fromEntries(words.map((word, step) => [word, counts[step]]));
}

function clock(second: Second | null): string | null {
  return second === null ? null : formatClock(second);
}

function rounded(value: number): number {
  return Number(value.toFixed(4));
}

type Cell = string | number | null | undefined;

const COLUMNS: readonly (readonly [name: string, value: (report: InstrumentReport, date: string) => Cell])[] = [
  ["date", (_, date) => date],
  ["kind", ({ kind }) => kind],
  ["symbol", ({ contract }) => contract?.symbol],
  ["expiry", ({ contract, expiry = contract?.expiry }) => (expiry === undefined ? null : isoDate(expiry))],
  ["strike", ({ contract }) => contract?.strike],
  ["cp", ({ contract }) => contract?.cp],
  ["rows", ({ day }) => day.rows],
  ["rows_in_session", ({ day }) => day.inSession],
  ["first", ({ day }) => clock(day.first)],
  ["last", ({ day }) => clock(day.last)],
  ...ROW_FLAGS.map((flag) => [flag, ({ day }: InstrumentReport) => day.flags[flag]] as const),
  ["session_seconds", ({ day }) => day.sessionSeconds],
  ["missing_seconds", ({ day }) => day.missingSeconds],
  ["gaps", ({ day }) => day.gaps],
  ["gap_seconds", ({ day }) => day.gapSeconds],
  ["longest_gap", ({ day }) => day.longestGap],
  ["stale_seconds", ({ day }) => day.staleSeconds],
  ["unquoted_seconds", ({ day }) => day.unquotedSeconds],
  ...AGE_STEPS.words.map((word, step) => [`age ${word}`, ({ day }: InstrumentReport) => day.ages?.[step]] as const),
  ...SPREAD_STEPS.words.map((word, step) => [`spread ${word}`, ({ day }: InstrumentReport) => day.spreads?.[step]] as const),
  ["bar_seconds", ({ day }) => day.barSpan],
  ["files", ({ files }) => files.join("|")],
];

/** One line per instrument. */
export function dayReportCsv(day: DayHealth, reports: readonly InstrumentReport[]): string {
  const date = isoDate(day.date);
  const lines = inReportOrder(reports).map((report) => COLUMNS.map(([, value]) => csvCell(String(value(report, date) ?? ""))).join(","));
  return `${[COLUMNS.map(([name]) => csvCell(name)).join(","), ...lines].join("\n")}\n`;
}

const DAY_COLUMNS: readonly (readonly [name: string, value: (day: DayHealth) => Cell])[] = [
  ["symbol", ({ symbol }) => symbol],
  ["date", ({ date }) => isoDate(date)],
  ["session", ({ session }) => session],
  ["contracts", ({ contracts }) => contracts],
  ["rows", ({ rows }) => rows],
  ["rows_in_session", ({ inSession }) => inSession],
  ["first", ({ first }) => clock(first)],
  ["last", ({ last }) => clock(last)],
  ...ROW_FLAGS.map((flag) => [flag, ({ flags }: DayHealth) => flags[flag]] as const),
  ["missing_pct", ({ busiest }) => busiest && rounded(busiest.missingPct)],
  ["longest_gap", ({ busiest }) => busiest?.longestGap],
  ["stale_pct", ({ busiest }) => (busiest?.stalePct == null ? null : rounded(busiest.stalePct))],
  ["spot_missing_seconds", ({ spot }) => spot?.missingSeconds],
  ["spot_longest_gap", ({ spot }) => spot?.longestGap],
  ["unreadable_files", ({ problems }) => problems.length],
];

/** One line per day, with why it is in quarantine. */
export function daysCsv(days: readonly { readonly day: DayHealth; readonly quarantine: readonly string[] }[]): string {
  const header = [...DAY_COLUMNS.map(([name]) => name), "quarantine"].join(",");
  const lines = days.map(({ day, quarantine }) => [...DAY_COLUMNS.map(([, value]) => csvCell(String(value(day) ?? ""))), csvCell(quarantine.join("; "))].join(","));
  return `${[header, ...lines].join("\n")}\n`;
}
