import { isoDate } from "../core/time.ts";
import { NULL_DATE, NULL_TIME, type Column } from "./ports.ts";

const PER_SECOND = { s: 1n, ms: 1_000n, us: 1_000_000n, ns: 1_000_000_000n } as const;
const DIGITS = { s: 0, ms: 3, us: 6, ns: 9 } as const;
const MS = 1_000n;

/** A cell for display, clocks by their digits as stored; null where the cell is null or there is no such column. */
export function columnText(column: Column | undefined, row: number): string | null {
  switch (column?.type) {
    case undefined:
      return null;
    case "number":
      return Number.isNaN(column.values[row]) ? null : String(column.exact ? column.exact[row] : column.values[row]);
    case "date":
      return column.values[row] === NULL_DATE ? null : isoDate(column.values[row]);
    case "text":
      return column.codes[row] < 0 ? null : column.dictionary[column.codes[row]];
    case "time":
      return column.values[row] === NULL_TIME ? null : clockText(column.values[row], column.unit);
  }
}

function clockText(value: bigint, unit: keyof typeof PER_SECOND): string {
  const perSecond = PER_SECOND[unit];
  const fraction = ((value % perSecond) + perSecond) % perSecond;
  const date = new Date(Number(((value - fraction) / perSecond) * MS));
  if (Number.isNaN(date.getTime())) return `${value} ${unit}`;
  const whole = date.toISOString().slice(0, 19).replace("T", " ");
  return fraction === 0n ? whole : `${whole}.${String(fraction).padStart(DIGITS[unit], "0")}`;
}
