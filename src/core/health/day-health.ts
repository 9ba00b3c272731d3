/** The health of one symbol on one date, out of its instruments. */
import type { ContractId } from "../market/contract-id.ts";
import type { SymbolName } from "../market/types.ts";
import { ROW_FLAGS } from "../quality/row-quality.ts";
import type { DayNumber, Second } from "../time.ts";
import { addCounts, AGE_STEPS, emptyCounts, SPREAD_STEPS } from "./histogram.ts";
import type { FlagCounts, InstrumentDay } from "./instrument-day.ts";

/** Of so many contracts, those with the most rows, gaps and ages are summed up: far from the money a row every half minute is no fault. */
export const BUSIEST = 10;

export type InspectedKind = "option" | "spot" | "future" | "vix";

/** One instrument on one date. */
export interface InstrumentReport {
  readonly kind: InspectedKind;
  /** Of an option. */
  readonly contract?: ContractId;
  /** Of a future whose month is known. */
  readonly expiry?: DayNumber;
  /** Paths of the files that hold it. */
  readonly files: readonly string[];
  readonly day: InstrumentDay;
}

/** A file that could not be inspected, in words; what it holds of the date is not known. */
export interface HealthProblem {
  readonly path: string;
  readonly message: string;
}

/** By the exchange calendar: `unknown` where it does not reach. */
export type DaySession = "open" | "closed" | "unknown";

export interface BusiestHealth {
  readonly contracts: number;
  /** Seconds of the session without a row, on average, in per cent. */
  readonly missingPct: number;
  readonly longestGap: Second;
  /** Seconds of the session with a stale quote or none yet, on average, in per cent; null without quotes. */
  readonly stalePct: number | null;
}

/** Rows, flags, ages and spreads are those of the options. */
export interface DayHealth {
  readonly symbol: SymbolName;
  readonly date: DayNumber;
  readonly session: DaySession;
  /** Options with a row inside the session. */
  readonly contracts: number;
  readonly rows: number;
  readonly inSession: number;
  readonly first: Second | null;
  readonly last: Second | null;
  readonly flags: FlagCounts;
  readonly ages: readonly number[];
  readonly spreads: readonly number[];
  /** Of the up to ten contracts with the most rows; null where none has a row in the session, or they are bars. */
  readonly busiest: BusiestHealth | null;
  readonly spot: InstrumentDay | null;
  /** Of the nearest month. */
  readonly future: InstrumentDay | null;
  readonly vix: InstrumentDay | null;
  readonly problems: readonly HealthProblem[];
}

export function dayHealth(symbol: SymbolName, date: DayNumber, session: DaySession, reports: readonly InstrumentReport[], problems: readonly HealthProblem[]): DayHealth {
  const options = reports.filter(({ kind }) => kind === "option").map(({ day }) => day);
  const listed = options.filter(({ inSession }) => inSession > 0);
  const flags = Object.fromEntries(ROW_FLAGS.map((flag) => [flag, sumOf(options, ({ flags }) => flags[flag])])) as Record<(typeof ROW_FLAGS)[number], number>;
  const ages = emptyCounts(AGE_STEPS);
  const spreads = emptyCounts(SPREAD_STEPS);
  for (const day of listed) {
    if (day.ages) addCounts(ages, day.ages);
    if (day.spreads) addCounts(spreads, day.spreads);
  }
  const of = (kind: InspectedKind): InstrumentDay | null => nearest(reports.filter((report) => report.kind === kind && (report.expiry ?? date) >= date))?.day ?? null;
  return {
    symbol, date, session,
    contracts: listed.length,
    rows: sumOf(options, ({ rows }) => rows),
    inSession: sumOf(options, ({ inSession }) => inSession),
    first: least(listed.map(({ first }) => first)),
    last: most(listed.map(({ last }) => last)),
    flags, ages, spreads,
    busiest: busiestHealth(listed),
    spot: of("spot"), future: of("future"), vix: of("vix"),
    problems,
  };
}

/** Whether any row of the symbol was found on the date: of a date that only may have had some, there may be none. */
export function hasRows({ rows, spot, future }: DayHealth): boolean {
  return rows > 0 || (spot?.rows ?? 0) > 0 || (future?.rows ?? 0) > 0;
}

function busiestHealth(listed: readonly InstrumentDay[]): BusiestHealth | null {
  const busiest = listed.filter(({ missingSeconds }) => missingSeconds !== null).sort((a, b) => b.inSession - a.inSession).slice(0, BUSIEST);
  if (busiest.length === 0) return null;
  const seconds = sumOf(busiest, ({ sessionSeconds }) => sessionSeconds);
  const quoted = busiest.every(({ staleSeconds }) => staleSeconds !== null);
  return {
    contracts: busiest.length,
    missingPct: (sumOf(busiest, ({ missingSeconds }) => missingSeconds ?? 0) / seconds) * 100,
    longestGap: Math.max(...busiest.map(({ longestGap }) => longestGap)),
    stalePct: quoted ? (sumOf(busiest, ({ staleSeconds, unquotedSeconds }) => (staleSeconds ?? 0) + (unquotedSeconds ?? 0)) / seconds) * 100 : null,
  };
}

function nearest(reports: readonly InstrumentReport[]): InstrumentReport | undefined {
  return reports.filter(({ day }) => day.rows > 0).sort((a, b) => (a.expiry ?? 0) - (b.expiry ?? 0))[0];
}

function sumOf(days: readonly InstrumentDay[], value: (day: InstrumentDay) => number): number {
  return days.reduce((sum, day) => sum + value(day), 0);
}

function least(seconds: readonly (Second | null)[]): Second | null {
  return seconds.reduce((a, b) => (a === null || (b !== null && b < a) ? b : a), null);
}

function most(seconds: readonly (Second | null)[]): Second | null {
  return seconds.reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null);
}
