/** Writes small real Parquet files for tests, with any column type that a vendor's file may have. */
import { Field, Schema, Table, TimestampMicrosecond, tableToIPC } from "apache-arrow";
import type { CompressionCodec, SchemaElement } from "hyparquet";
import { parquetWriteBuffer } from "hyparquet-writer";
import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { openNodeFolder } from "../../../src/data/folder-node.ts";
import { createParquetWasmReader } from "../../../src/data/parquet-wasm-reader.ts";
import type { DataFile, Folder, RowReader } from "../../../src/data/ports.ts";

export type Cell = number | bigint | string | boolean | null;

const stamp = (unit: "MILLIS" | "MICROS" | "NANOS", isAdjustedToUTC: boolean): Omit<SchemaElement, "name"> => ({ type: "INT64", logical_type: { type: "TIMESTAMP", unit, isAdjustedToUTC } });

/** Column types by short names. */
export const TYPES = {
  ms: stamp("MILLIS", true),
  us: stamp("MICROS", true),
  ns: stamp("NANOS", true),
  localUs: stamp("MICROS", false),
  double: { type: "DOUBLE" },
  float: { type: "FLOAT" },
  int32: { type: "INT32" },
  int64: { type: "INT64" },
  int16: { type: "INT32", converted_type: "INT_16" },
  uint32: { type: "INT32", converted_type: "UINT_32" },
  decimal: { type: "INT64", converted_type: "DECIMAL", precision: 12, scale: 2 },
  bool: { type: "BOOLEAN" },
  text: { type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" } },
  date: { type: "INT32", converted_type: "DATE" },
  timeMs: { type: "INT32", converted_type: "TIME_MILLIS", logical_type: { type: "TIME", unit: "MILLIS", isAdjustedToUTC: false } },
  bytes: { type: "BYTE_ARRAY" },
} as const satisfies Record<string, Omit<SchemaElement, "name">>;

export interface FixtureColumn {
  readonly name: string;
  readonly type: keyof typeof TYPES | Omit<SchemaElement, "name">;
  readonly values: readonly Cell[] | BigInt64Array | Float64Array | Int32Array;
}

export interface FixtureOptions {
  readonly rowGroupSize?: number;
  /** Time zones that the Arrow schema in the file names, by column. */
  readonly zones?: Readonly<Record<string, string>>;
  readonly codec?: CompressionCodec;
}

export function column(name: string, type: FixtureColumn["type"], values: FixtureColumn["values"]): FixtureColumn {
  return { name, type, values };
}

export function parquetBytes(columns: readonly FixtureColumn[], options: FixtureOptions = {}): Uint8Array<ArrayBuffer> {
  const schema: SchemaElement[] = [{ name: "root", num_children: columns.length }];
  for (const { name, type } of columns) schema.push({ name, repetition_type: "OPTIONAL", ...(typeof type === "string" ? TYPES[type] : type) });
  const buffer = parquetWriteBuffer({
    columnData: columns.map(({ name, values, type }) => ({ name, data: (type === "text" ? Array.from(values) : values) as Cell[] })),
    schema,
    codec: options.codec ?? "SNAPPY",
    rowGroupSize: options.rowGroupSize ?? 1_000_000,
    ...(options.zones && { kvMetadata: [{ key: "ARROW:schema", value: arrowSchema(options.zones) }] }),
  });
  return new Uint8Array(buffer);
}

function arrowSchema(zones: Readonly<Record<string, string>>): string {
  const fields = Object.entries(zones).map(([name, zone]) => new Field(name, new TimestampMicrosecond(zone), true));
  return Buffer.from(tableToIPC(new Table(new Schema(fields)), "stream")).toString("base64");
}

/** A temporary folder on disk with the given files, as the command line sees it. */
export async function folderOf(files: Readonly<Record<string, Uint8Array | string>>): Promise<{ root: string; folder: Folder }> {
  const root = await mkdtemp(join(tmpdir(), "straddle-data-"));
  for (const [path, content] of Object.entries(files)) {
    const target = join(root, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
  }
  return { root, folder: await openNodeFolder(root) };
}

/** One file that exists only in memory. */
export function memoryFile(path: string, content: Uint8Array<ArrayBuffer> | string, modified = 1): DataFile {
  const blob = new Blob([content]);
  return { path, stat: async () => ({ size: blob.size, modified }), blob: async () => blob };
}

export async function testReader(): Promise<RowReader> {
  return createParquetWasmReader(await readFile(new URL("../../../node_modules/parquet-wasm/esm/parquet_wasm_bg.wasm", import.meta.url)));
}

/** Microseconds of a wall clock `2024-08-23 09:15:00.250`, as if it were UTC. */
export function micros(moment: string): bigint {
  const [whole, fraction = ""] = moment.split(".");
  return BigInt(Date.parse(`${whole.replace(" ", "T")}Z`)) * 1000n + BigInt(fraction.padEnd(6, "0"));
}
