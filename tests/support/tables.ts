import type { SampleColumn, SampleTable } from "../../src/core/sample/table.ts";

/** A column of a table by name, of the type asked for; undefined when the table has none. */
export function columnOf<T extends SampleColumn["type"]>(table: SampleTable, name: string, type: T): Extract<SampleColumn, { type: T }> | undefined {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (!column) return undefined;
  if (column.type !== type) throw new TypeError(`Column ${name} is of type ${column.type}, not ${type}`);
  return column as Extract<SampleColumn, { type: T }>;
}

export function isNull(column: SampleColumn, row: number): boolean {
  return column.nulls?.[row] === 1;
}

/** Rows by index, in the order given. */
export function gatherRows(table: SampleTable, rows: Int32Array): SampleTable {
  return { rows: rows.length, columns: table.columns.map((column) => gatherColumn(column, rows)) };
}

function gatherColumn(column: SampleColumn, rows: Int32Array): SampleColumn {
  const nulls = column.nulls && Uint8Array.from(rows, (r) => column.nulls![r]);
  switch (column.type) {
    case "double":
      return { ...column, nulls, values: Float64Array.from(rows, (r) => column.values[r]) };
    case "int":
    case "date":
      return { ...column, nulls, values: Int32Array.from(rows, (r) => column.values[r]) };
    case "time":
      return { ...column, nulls, values: BigInt64Array.from(Array.from(rows, (r) => column.values[r])) };
    case "text":
      return { ...column, nulls, codes: Int32Array.from(rows, (r) => column.codes[r]) };
  }
}

/** The same columns as `like`, in its order and units; those that the table lacks are null in every row. */
export function alignTo(like: SampleTable, table: SampleTable): SampleTable {
  return {
    rows: table.rows,
    columns: like.columns.map((wanted) => {
      const found = table.columns.find((column) => column.name === wanted.name);
      if (!found) return nullColumn(wanted, table.rows);
      if (wanted.type === "time" && found.type === "time") return inUnit(found, wanted.unit);
      return found;
    }),
  };
}

const PER_SECOND = { ms: 1_000n, us: 1_000_000n, ns: 1_000_000_000n } as const;

export function inUnit(column: Extract<SampleColumn, { type: "time" }>, unit: keyof typeof PER_SECOND): Extract<SampleColumn, { type: "time" }> {
  if (column.unit === unit) return column;
  return { ...column, unit, values: column.values.map((value) => (value * PER_SECOND[unit]) / PER_SECOND[column.unit]) };
}

function nullColumn(like: SampleColumn, rows: number): SampleColumn {
  const nulls = new Uint8Array(rows).fill(1);
  switch (like.type) {
    case "double":
      return { ...like, nulls, values: new Float64Array(rows) };
    case "int":
    case "date":
      return { ...like, nulls, values: new Int32Array(rows) };
    case "time":
      return { ...like, nulls, values: new BigInt64Array(rows) };
    case "text":
      return { ...like, nulls, codes: new Int32Array(rows), dictionary: [""] };
  }
}
