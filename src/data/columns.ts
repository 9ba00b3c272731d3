import type { Column } from "./ports.ts";

/** Types, in the words of a footer, whose values can be read; nested and binary columns cannot. */
export const READABLE_TYPE = /TIMESTAMP|STRING|DATE|TIME|DECIMAL|BOOLEAN|NULL|FLOAT|DOUBLE|^INT/;

/** A copy of rows [from, to), so that the rest of the column can be forgotten. */
export function cutColumn(column: Column, from: number, to: number): Column {
  return remade(column, (values) => values.slice(from, to) as typeof values);
}

/** A copy of the rows at these places. */
export function pickColumn(column: Column, at: Int32Array): Column {
  return remade(column, (values) => {
    const picked = new (values.constructor as new (length: number) => typeof values)(at.length);
    at.forEach((row, i) => (picked[i] = values[row]));
    return picked;
  });
}

/** The column with what is made of each of its arrays. */
export function remade(column: Column, make: <A extends Float64Array | BigInt64Array | Int32Array>(values: A) => A): Column {
  switch (column.type) {
    case "number":
      return { ...column, values: make(column.values), ...(column.exact && { exact: make(column.exact) }) };
    case "time":
      return { ...column, values: make(column.values) };
    case "date":
      return { ...column, values: make(column.values) };
    case "text":
      return { ...column, codes: make(column.codes) };
  }
}
