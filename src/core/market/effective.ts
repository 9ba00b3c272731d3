import { dayNumber, type DayNumber } from "../time.ts";
import type { Effective } from "./rules-data.ts";

/** The row in force on a date: the last one whose `from` is not after it. undefined before the first row. */
export type InForce<Row> = (date: DayNumber) => Row | undefined;

/**
 * Makes a table of effective rows searchable.
 * @param name what the table is, for the message when a row is wrong: `NIFTY weekly lots`
 * @throws RangeError when a `from` is no date or the rows are not ascending
 */
export function inForce<Row extends Effective>(name: string, rows: readonly Row[]): InForce<Row> {
  const starts = ascendingDates(name, rows.map((row) => row.from));
  return (date) => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (starts[middle] <= date) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? undefined : rows[low - 1];
  };
}

/** Dates as day numbers. Throws a RangeError that names the table and the row when one is no date or not after the one before. */
export function ascendingDates(name: string, dates: readonly string[]): DayNumber[] {
  const days: DayNumber[] = [];
  for (const [index, text] of dates.entries()) {
    const day = ruleDate(`${name}, row ${index + 1}`, text);
    if (index > 0 && day <= days[index - 1]) {
      throw new RangeError(`market rules: ${name}, row ${index + 1}: ${text} is not after ${dates[index - 1]}; put the rows in order of date`);
    }
    days.push(day);
  }
  return days;
}

/** A date of the rules as a day number. Throws a RangeError that says where it stands when it is none. */
export function ruleDate(where: string, text: string): DayNumber {
  try {
    return dayNumber(text);
  } catch (cause) {
    throw new RangeError(`market rules: ${where}: "${text}" is no date; write YYYY-MM-DD`, { cause });
  }
}
