import { makeVector, Table, type Vector } from "apache-arrow";
import { wordVector } from "../parquet-columns.ts";

/** Columns as an Arrow table: numbers as doubles (NaN where missing), texts by the distinct ones among them. */
export function arrowTable(columns: Readonly<Record<string, readonly number[] | readonly string[] | Float64Array | Int32Array>>): Table {
  return new Table(Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, vectorOf(values)])));
}

function vectorOf(values: readonly number[] | readonly string[] | Float64Array | Int32Array): Vector {
  if (values instanceof Float64Array || values instanceof Int32Array) return makeVector(values);
  return isTexts(values) ? textVector(values) : makeVector(Float64Array.from(values));
}

function isTexts(values: readonly number[] | readonly string[]): values is readonly string[] {
  return typeof values[0] === "string";
}

function textVector(values: readonly string[]): Vector {
  const places = new Map<string, number>();
  const codes = Int32Array.from(values, (value) => places.get(value) ?? (places.set(value, places.size), places.size - 1));
  return wordVector(codes, [...places.keys()]);
}
