import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DateDay, type DataType, Field, Float64, Int32, Schema, Table, TimestampMicrosecond, TimestampMillisecond, TimestampNanosecond, Utf8, tableToIPC } from "apache-arrow";
import { parquetBytes, type ParquetOptions } from "../../src/core/sample/parquet-bytes.ts";
import type { SampleColumn, SampleTable } from "../../src/core/sample/table.ts";

/** Writes tables as the row groups of one Parquet file, with an Arrow schema when a column names a zone other than UTC. */
export function writeTables(root: string, path: string, tables: readonly SampleTable[], options: ParquetOptions = {}): void {
  const target = join(root, path);
  mkdirSync(dirname(target), { recursive: true });
  const zoned = tables[0].columns.some((column) => column.type === "time" && column.zone !== "UTC");
  const keyValues = zoned ? [{ key: "ARROW:schema", value: arrowSchema(tables[0]) }] : undefined;
  writeFileSync(target, parquetBytes(tables, { keyValues, ...options }));
}

/** The schema message that Arrow writers leave in a file's footer: base64 of the stream's first message. */
function arrowSchema(table: SampleTable): string {
  const stream = tableToIPC(new Table(new Schema(table.columns.map((column) => new Field(column.name, arrowType(column), true)))), "stream");
  const length = new DataView(stream.buffer, stream.byteOffset).getInt32(4, true);
  return Buffer.from(stream.subarray(0, 8 + length)).toString("base64");
}

const TIMESTAMPS = { ms: TimestampMillisecond, us: TimestampMicrosecond, ns: TimestampNanosecond } as const;

function arrowType(column: SampleColumn): DataType {
  switch (column.type) {
    case "double":
      return new Float64();
    case "int":
      return new Int32();
    case "date":
      return new DateDay();
    case "text":
      return new Utf8();
    case "time":
      return new TIMESTAMPS[column.unit](column.zone);
  }
}
