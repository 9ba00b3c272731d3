import { MessageReader } from "apache-arrow";
import type { FileMetaData, SchemaElement } from "hyparquet";
import { metadataOf } from "./parquet-metadata.ts";
import type { DataFile, Footer, FooterColumn, FooterRowGroup } from "./ports.ts";
import { endOfElement } from "./schema-elements.ts";

/** What a file's footer says. `rows`: they will be read as well. Throws ParquetError: no Parquet file, empty, cut off, damaged, gone, not permitted. */
export async function readFooter(file: DataFile, use?: { readonly rows: boolean }): Promise<Footer> {
  const { metadata, hash } = await metadataOf(file, use);
  return { rows: Number(metadata.num_rows), columns: footerColumns(metadata), rowGroups: metadata.row_groups.map(footerRowGroup), hash };
}

function footerColumns(metadata: FileMetaData): FooterColumn[] {
  const zones = arrowZones(metadata);
  const columns: FooterColumn[] = [];
  let at = 1;
  while (at < metadata.schema.length) {
    const element = metadata.schema[at];
    const zone = zones.get(element.name);
    columns.push({ name: element.name, type: typeInWords(element), ...(zone !== undefined && { zone }) });
    at = endOfElement(metadata.schema, at);
  }
  return columns;
}

const UNITS = { MILLIS: "ms", MICROS: "us", NANOS: "ns" } as const;

export function typeInWords({ type, logical_type: logical, converted_type: converted, num_children, repetition_type, precision, scale }: SchemaElement): string {
  if (num_children || !type || repetition_type === "REPEATED") return "GROUP";
  if (logical?.type === "TIMESTAMP") return `${type} TIMESTAMP(${UNITS[logical.unit]}${logical.isAdjustedToUTC ? ", UTC" : ""})`;
  if (logical?.type === "TIME") return `${type} TIME(${UNITS[logical.unit]})`;
  if (logical?.type === "DECIMAL" || converted === "DECIMAL") return `${type} DECIMAL(${precision}, ${scale ?? 0})`;
  if (converted === "TIMESTAMP_MILLIS") return `${type} TIMESTAMP(ms, UTC)`;
  if (converted === "TIMESTAMP_MICROS") return `${type} TIMESTAMP(us, UTC)`;
  if (logical?.type === "INTEGER") return `${type} ${logical.isSigned ? "INT" : "UINT"}_${logical.bitWidth}`;
  const word = logical?.type ?? (converted === "UTF8" ? "STRING" : converted);
  return word === undefined ? type : `${type} ${word}`;
}

function footerRowGroup(group: FileMetaData["row_groups"][number]): FooterRowGroup {
  const statistics = new Map<string, { min: unknown; max: unknown; nulls?: number }>();
  const columnBytes = new Map<string, number>();
  for (const { meta_data: chunk } of group.columns) {
    if (!chunk || chunk.path_in_schema.length !== 1) continue;
    const name = chunk.path_in_schema[0];
    columnBytes.set(name, Number(chunk.total_compressed_size));
    const found = chunk.statistics;
    if (!found) continue;
    const nulls = found.null_count;
    statistics.set(name, { min: found.min_value ?? found.min, max: found.max_value ?? found.max, ...(nulls !== undefined && { nulls: Number(nulls) }) });
  }
  return { rows: Number(group.num_rows), bytes: Number(group.total_byte_size), statistics, columnBytes };
}

/** Thousands of files of one writer carry the same schema text. */
let lastSchema: { readonly text: string; readonly zones: ReadonlyMap<string, string> } | undefined;
const NO_ZONES: ReadonlyMap<string, string> = new Map();

/** Time zones by column name from the Arrow schema that the writer left in the file, where it did. */
function arrowZones(metadata: FileMetaData): ReadonlyMap<string, string> {
  const text = metadata.key_value_metadata?.find(({ key }) => key === "ARROW:schema")?.value;
  if (text === undefined) return NO_ZONES;
  if (lastSchema?.text === text) return lastSchema.zones;
  const zones = decodeZones(text);
  lastSchema = { text, zones };
  return zones;
}

function decodeZones(text: string): ReadonlyMap<string, string> {
  try {
    const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
    const fields = new MessageReader(bytes).readSchema(false)?.fields ?? [];
    return new Map(fields.flatMap(({ name, type }): [string, string][] => {
      const { timezone } = type as { timezone?: string | null };
      return timezone ? [[name, timezone]] : [];
    }));
  } catch {
    // No Arrow schema, or types that this Arrow does not know: as if the writer had left none. The Parquet schema still tells every type.
    return NO_ZONES;
  }
}
