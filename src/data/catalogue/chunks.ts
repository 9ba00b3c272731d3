/** Dates put together into the portions that one worker does one after another. */
import type { DayNumber } from "../../core/time.ts";
import { isAlive, isDated, mayHold, type DatedFile } from "./file-dates.ts";

/** Consecutive dates and every file that may hold rows which a job of these dates can ask for. */
export interface Portion {
  readonly dates: readonly DayNumber[];
  readonly files: readonly DatedFile[];
}

/**
 * Dates of one expiry cycle go together: they share contract files. A new portion also begins where other files give way.
 * `files` are those of one symbol, in path order.
 */
export function portionsOf(dates: readonly DayNumber[], files: readonly DatedFile[], knownExpiries: readonly DayNumber[], givingWay: (date: DayNumber) => ReadonlySet<string>): Portion[] {
  const cycleOf = expiryCycles(files, knownExpiries);
  const portions: Portion[] = [];
  let open: { readonly key: string; readonly dates: DayNumber[]; readonly without: ReadonlySet<string> } | undefined;
  const close = (): void => {
    if (open) portions.push({ dates: open.dates, files: filesFor(open.dates, files, open.without) });
  };
  for (const date of dates) {
    const without = givingWay(date);
    const key = [cycleOf(date), ...without].join("|");
    if (open?.key === key) {
      open.dates.push(date);
    } else {
      close();
      open = { key, dates: [date], without };
    }
  }
  close();
  return portions;
}

function filesFor(dates: readonly DayNumber[], files: readonly DatedFile[], without: ReadonlySet<string>): DatedFile[] {
  const first = dates[0];
  const last = dates[dates.length - 1];
  return files.filter(({ file, dates: held }) =>
    held.first <= last && held.last >= first && isAlive(file, first) && !without.has(file.path)
    && dates.some((date) => isAlive(file, date) && mayHold(held, date)));
}

/** The nearest expiry whose contracts may trade on a date; where no file says one, that of the rules, else the date itself. */
function expiryCycles(files: readonly DatedFile[], knownExpiries: readonly DayNumber[]): (date: DayNumber) => DayNumber {
  const firstOf = new Map<DayNumber, DayNumber>();
  for (const { file, dates } of files.filter(isDated)) {
    if (file.kind === "option" && file.expiry !== undefined) firstOf.set(file.expiry, Math.min(dates.first, firstOf.get(file.expiry) ?? Infinity));
  }
  const expiries = [...firstOf].sort(([a], [b]) => a - b);
  return (date) =>
    expiries.find(([expiry, first]) => expiry >= date && first <= date)?.[0] ?? knownExpiries.find((expiry) => expiry >= date) ?? date;
}
