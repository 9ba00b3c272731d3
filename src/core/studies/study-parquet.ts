/** A table of a study as a Parquet file: one row group, dates as dates, missing cells as null. */
import { parquetBytes, type ParquetColumn } from "../sample/parquet-bytes.ts";
import type { StudyColumn } from "./tables.ts";

export function studyParquet(columns: readonly StudyColumn[]): Uint8Array {
  return parquetBytes({ rows: columns[0].values.length, columns: columns.map(written) }, { createdBy: "straddle study" });
}

function written({ name, type, values }: StudyColumn): ParquetColumn {
  const nulls = Uint8Array.from(values, (value) => Number(value === null));
  const numbers = () => values.map((value) => Number(value ?? 0));
  switch (type) {
    case "text": {
      const dictionary = [...new Set(values.filter((value) => value !== null).map(String))];
      const codeOf = new Map(dictionary.map((text, code) => [text, code]));
      return { name, type, codes: Int32Array.from(values, (value) => (value === null ? 0 : codeOf.get(String(value))!)), dictionary, nulls };
    }
    case "number":
      return { name, type: "double", values: Float64Array.from(numbers()), nulls };
    case "whole":
      return { name, type: "int", values: Int32Array.from(numbers()), nulls };
    case "date":
      return { name, type, values: Int32Array.from(numbers()), nulls };
    case "truth":
      return { name, type, values: Uint8Array.from(numbers()), nulls };
  }
}
