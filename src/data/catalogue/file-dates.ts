/** On which dates a file may hold rows, as far as its name and its facts tell. */
import type { MarketRules } from "../../core/market/types.ts";
import { weekday, type DayNumber } from "../../core/time.ts";
import type { CatalogueFile, FileFacts } from "./types.ts";

/** Inclusive; −∞ and ∞ where nothing is known. `exact`: the dates with rows, ascending. */
export interface FileDates {
  readonly first: DayNumber;
  readonly last: DayNumber;
  readonly exact?: readonly DayNumber[];
}

/** A file of the catalogue with what is known of its dates. */
export interface DatedFile {
  readonly file: CatalogueFile;
  readonly facts: FileFacts | undefined;
  readonly dates: FileDates;
}

/** Undefined for a file without rows. */
export function datesOfFile(file: CatalogueFile, facts: FileFacts | undefined): FileDates | undefined {
  if (facts?.rows === 0) return undefined;
  if (file.date !== undefined) return { first: file.date, last: file.date };
  if (facts?.dates) return facts.dates.length === 0 ? undefined : { first: facts.dates[0], last: facts.dates[facts.dates.length - 1], exact: facts.dates };
  return { first: facts?.firstDate ?? -Infinity, last: facts?.lastDate ?? file.expiry ?? Infinity };
}

/** Whether anything is known of the file's dates. Of a file that cannot be read, and whose name gives no date, nothing is. */
export function isDated({ file, facts }: DatedFile): boolean {
  return facts !== undefined || file.date !== undefined;
}

export function mayHold(dates: FileDates, date: DayNumber): boolean {
  return dates.first <= date && date <= dates.last && (!dates.exact || dates.exact.includes(date));
}

/** Whether a file may hold rows of a date on which its contract, if it has one, still trades. */
export function mayCover(file: CatalogueFile, facts: FileFacts | undefined, date: DayNumber): boolean {
  const dates = datesOfFile(file, facts);
  return dates !== undefined && mayHold(dates, date) && isAlive(file, date);
}

/** Whether two files may hold rows of one date. */
export function mayMeet(a: FileDates, b: FileDates): boolean {
  if (a.exact) return a.exact.some((date) => mayHold(b, date));
  if (b.exact) return b.exact.some((date) => mayHold(a, date));
  return Math.max(a.first, b.first) <= Math.min(a.last, b.last);
}

/** Whether a contract of the file may still trade on the date. Files of no contract always may. */
export function isAlive({ expiry }: CatalogueFile, date: DayNumber): boolean {
  return expiry === undefined || expiry >= date;
}

/**
 * Every date from first to last on which one of the files may hold a row, ascending: the dates of files named by date or
 * known from their clocks, and the trading days between the ends of the others. Beyond the reach of the rules every weekday counts.
 */
export function datesHeld(all: readonly DatedFile[], rules: Pick<MarketRules, "session">, from: DayNumber, to: DayNumber): DayNumber[] {
  const files = all.filter(isDated);
  const known = files.flatMap(({ dates }) => [dates.first, dates.last].filter(Number.isFinite));
  if (known.length === 0) return [];
  const start = Math.max(from, known.reduce((a, b) => Math.min(a, b)));
  const end = Math.min(to, known.reduce((a, b) => Math.max(a, b)));
  if (end < start) return [];
  const named = new Set<DayNumber>();
  const held = new Uint8Array(end - start + 1);
  for (const { file, dates } of files) {
    const last = Math.min(dates.last, end, file.expiry ?? Infinity);
    if (file.date !== undefined) {
      if (file.date >= start && file.date <= last) named.add(file.date);
      continue;
    }
    // Rows are known to lie on these dates: they count even where the exchange was closed.
    for (const date of dates.exact ?? [dates.first, dates.last]) if (date >= start && date <= last) named.add(date);
    if (!dates.exact && last >= start) held.fill(1, Math.max(dates.first, start) - start, last - start + 1);
  }
  const found: DayNumber[] = [];
  for (let date = start; date <= end; date++) if (named.has(date) || (held[date - start] === 1 && isTradingDay(rules, date))) found.push(date);
  return found;
}

function isTradingDay(rules: Pick<MarketRules, "session">, date: DayNumber): boolean {
  const session = rules.session(date);
  return session === undefined ? weekday(date) <= 5 : session !== "closed";
}
