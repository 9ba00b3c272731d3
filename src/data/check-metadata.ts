import type { ColumnMetaData, FileMetaData, SchemaElement } from "hyparquet";
import { endOfElement } from "./schema-elements.ts";

interface Leaf {
  readonly element: SchemaElement;
  /** One value a row: neither nested nor repeated. */
  readonly flat: boolean;
}

/**
 * What a footer that could be parsed contradicts itself in, in words; undefined where it is whole. Whoever reads the file goes by
 * its counts and places, and a flipped byte turns numbers into texts and leaves out fields.
 */
export function flawOf({ schema, num_rows: rows, row_groups: groups }: FileMetaData, dataEnd: number): string | undefined {
  const leaves = leavesOf(schema);
  if (!leaves) return "its list of columns is no tree";
  if (!isCount(rows)) return "it counts no rows";
  if (!Array.isArray(groups)) return "it has no list of row groups";
  const starts = new Set<number>();
  let counted = 0n;
  for (const [index, group] of groups.entries()) {
    if (!isCount(group?.num_rows) || !isCount(group.total_byte_size)) return `row group ${index} counts no rows or bytes`;
    counted += group.num_rows;
    if (group.columns?.length !== leaves.length) return `row group ${index} has not the columns of the file`;
    for (const [place, { meta_data: chunk }] of group.columns.entries()) {
      const flaw = chunk ? flawOfChunk(chunk, leaves[place], group.num_rows, dataEnd) : "nothing is said of it";
      if (flaw !== undefined) return `row group ${index}, column "${leaves[place].element.name}": ${flaw}`;
      const { start, length } = chunkRange(chunk!);
      if (length > 0 && starts.has(start)) return `two columns lie at byte ${start}`;
      starts.add(start);
    }
  }
  return counted === rows ? undefined : `it counts ${rows} rows, and its row groups ${counted}`;
}

function leavesOf(schema: readonly SchemaElement[]): Leaf[] | undefined {
  const isTree = Array.isArray(schema) && schema.length > 0 && schema.every((element) => typeof element?.name === "string" && (element.num_children === undefined || isSmall(element.num_children)));
  // Every element but the root is one child of one other.
  if (!isTree || schema.reduce((sum, { num_children = 0 }) => sum + num_children, 0) !== schema.length - 1) return undefined;
  if (endOfElement(schema, 0) !== schema.length) return undefined;
  const leaves: Leaf[] = [];
  for (let at = 1; at < schema.length; ) {
    const end = endOfElement(schema, at);
    for (let inside = at; inside < end; inside++) if (!schema[inside].num_children) leaves.push({ element: schema[inside], flat: end === at + 1 && schema[at].repetition_type !== "REPEATED" });
    at = end;
  }
  return leaves;
}

function flawOfChunk(chunk: ColumnMetaData, { element, flat }: Leaf, rows: bigint, dataEnd: number): string | undefined {
  const { path_in_schema: path, type, codec, encodings, num_values: values, data_page_offset: data, dictionary_page_offset: dictionary, total_compressed_size: stored, total_uncompressed_size: size } = chunk;
  if (!Array.isArray(path) || path.at(-1) !== element.name || (flat && path.length !== 1)) return "another column stands there";
  if (typeof codec !== "string" || !Array.isArray(encodings)) return "how it is written is not said";
  if (type !== element.type) return `it is ${type} there, and ${element.type} in the list of columns`;
  if (!isCount(values) || (flat && values !== rows)) return `it counts ${values} values, and the row group ${rows} rows`;
  if (!isCount(data) || !isCount(size) || typeof stored !== "bigint" || (dictionary !== undefined && !isCount(dictionary))) return "its place is not said";
  const { start, length } = chunkRange(chunk);
  if (start < FIRST_BYTE || length < 0 || start + length > dataEnd) return `it should lie at bytes ${start} to ${start + length}, but data ends at ${dataEnd}`;
  return rows > 0n && (Number(data) < start || Number(data) > start + length) ? `its pages should begin at byte ${data}` : undefined;
}

/** Behind the magic word. */
const FIRST_BYTE = 4;
const MOST = BigInt(Number.MAX_SAFE_INTEGER);

function isCount(value: unknown): value is bigint {
  return typeof value === "bigint" && value >= 0n && value <= MOST;
}

function isSmall(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0;
}

/** Where a column's chunk lies in its file. */
export function chunkRange(chunk: ColumnMetaData): { start: number; length: number } {
  return { start: Number(chunk.dictionary_page_offset || chunk.data_page_offset), length: Number(chunk.total_compressed_size) };
}
