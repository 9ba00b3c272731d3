/** What a market looks like to somebody who lives at second s of a date: nothing later has a value. */
import type { Row } from "../golden/row-text.ts";
import type { FileRows } from "../golden/write-files.ts";
import type { Market } from "./market.ts";

const YEAR_2000 = 946_684_800_000;

/** The IST clock of a row in milliseconds, by semantics §1.1; null for a row that is dropped. */
function clockOf(row: Row, shift: number): number | null {
  const usable = [row.timestamp, row.ts].find((clock) => clock !== null && clock >= YEAR_2000);
  return usable === undefined || usable === null ? null : usable + shift;
}

/**
 * Keeps rows up to second `s` (of the day) of `date`. Later rows of the date stay without any value, so that the list of
 * the date stays; the last spot value of the date stays, so that the source of spot does. Later dates are unseen, and so
 * are files that hold nothing else.
 */
export function truncated({ files, broken, shift }: Market, date: string, s: number): Pick<Market, "files" | "broken"> {
  const day = Date.parse(`${date}T00:00:00Z`);
  const horizon = day + (s + 1) * 1000;
  const kept: FileRows[] = [];
  for (const { path, rows } of files) {
    const past = rows.filter((row) => (clockOf(row, shift) ?? 0) < day + 86_400_000);
    const isSeries = !path.startsWith("options/");
    const lastValue = isSeries ? past.findLastIndex((row) => row.price !== null && row.price > 0 && clockOf(row, shift) !== null) : -1;
    const known = past.map((row, i): Row => ((clockOf(row, shift) ?? 0) < horizon || i === lastValue ? row : { ...row, price: null, bid: null, ask: null, quantity: null, lastTradeTime: null, more: {} }));
    // Rows without a clock belong to no date: they do not make a file seen.
    if (known.some((row) => clockOf(row, shift) !== null)) kept.push({ path, rows: known });
  }
  return { files: kept, broken };
}
