import type { Column } from "./ports.ts";

/** Types, in the words of a footer, whose values can be read; nested and binary columns cannot. */
export const READABLE_TYPE = /TIMESTAMP|STRING|DATE|TIME|DECIMAL|BOOLEAN|NULL|FLOAT|DOUBLE|^INT/;

/** A copy of rows [from, to), so that the rest of the column can be forgotten. */
export function cutColumn(column: Column, from: number, to: number): Column {
  switch (column.type) {
    case "number":
      return { type: "number", values: column.values.slice(from, to), ...(column.exact && { exact: column.exact.slice(from, to) }) };
    case "time":
      return { ...column, values: column.values.slice(from, to) };
    case "date":
      return { type: "date", values: column.values.slice(from, to) };
    case "text":
      return { ...column, codes: column.codes.slice(from, to) };
  }
}
