import type { CellValue, QueryColumn, QueryTable } from "../../data/query-table.ts";
import { MISSING } from "../ui/format.ts";

const grouped = new Intl.NumberFormat("en-IN", { maximumFractionDigits: 6 });
/** Numbers that name something rather than count it. */
const NAMING = /^(strike|second|year|month|weekday|quality|file_row|variant|.*_id)$/i;

/** A cell as it is drawn: numbers in Indian grouping, what is missing or no number as a dash. */
export function cellText(value: CellValue, { name, kind }: QueryColumn): string {
  if (value === null || Number.isNaN(value)) return MISSING;
  if (typeof value !== "number") return kind === "truth" ? (value === true ? "yes" : "no") : String(value);
  return NAMING.test(name) ? String(value) : grouped.format(value);
}

/** What a cell holds, to the last digit, or why it is drawn as a dash. */
export function cellTitle(value: CellValue): string {
  if (value === null) return "null: nothing is known here";
  return Number.isNaN(value) ? "Not a number: so says the data, or it is worked out from a value that is none. Downloads hold NaN" : String(value);
}

const LOOKED_AT = 100;
const CHARACTER = 7.2;
const PADDING = 26;

/** CSS pixels for a column, judged by its first rows. */
export function columnWidth(table: QueryTable, column: number): number {
  let longest = table.columns[column].name.length + 1;
  for (let row = 0; row < Math.min(table.rows, LOOKED_AT); row++) longest = Math.max(longest, cellText(table.value(row, column), table.columns[column]).length);
  return Math.round(Math.min(380, Math.max(64, longest * CHARACTER + PADDING)));
}
