/** The columns of one Parquet file (or row group), typed. */
export type SampleColumn =
  | { readonly name: string; readonly type: "double"; readonly values: Float64Array; readonly nulls?: Uint8Array }
  | { readonly name: string; readonly type: "int"; readonly values: Int32Array; readonly nulls?: Uint8Array }
  /** Instants or wall clocks in `unit`. `zone`: the Arrow zone; "UTC" is what files without an Arrow schema say. */
  | { readonly name: string; readonly type: "time"; readonly values: BigInt64Array; readonly unit: TimeUnit; readonly zone: string; readonly nulls?: Uint8Array }
  /** Days since 1970. */
  | { readonly name: string; readonly type: "date"; readonly values: Int32Array; readonly nulls?: Uint8Array }
  | { readonly name: string; readonly type: "text"; readonly codes: Int32Array; readonly dictionary: readonly string[]; readonly nulls?: Uint8Array };

export type TimeUnit = "ms" | "us" | "ns";

export interface SampleTable {
  readonly rows: number;
  readonly columns: readonly SampleColumn[];
}

export function constantText(name: string, rows: number, value: string): SampleColumn {
  return { name, type: "text", codes: new Int32Array(rows), dictionary: [value] };
}

export function constantInt(name: string, rows: number, value: number): SampleColumn {
  return { name, type: "int", values: new Int32Array(rows).fill(value) };
}

const PER_MILLISECOND: Readonly<Record<TimeUnit, bigint>> = { ms: 1n, us: 1_000n, ns: 1_000_000n };

/** Milliseconds, whole or not a number, as a time column; a missing clock becomes null. */
export function timeColumn(name: string, milliseconds: Float64Array, unit: TimeUnit, zone: string, nulls?: Uint8Array): SampleColumn {
  const values = new BigInt64Array(milliseconds.length);
  const scale = PER_MILLISECOND[unit];
  for (let i = 0; i < values.length; i++) values[i] = BigInt(milliseconds[i]) * scale;
  return { name, type: "time", values, unit, zone, nulls };
}
