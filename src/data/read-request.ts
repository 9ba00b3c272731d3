import type { FileMetaData } from "hyparquet";
import { ParquetError } from "./ports.ts";
import type { ReadRequest } from "./ports.ts";

/** A request with everything filled in. */
export interface RowsAsked {
  readonly rowGroups: readonly number[];
  /** First row and number of rows, counted over these row groups. */
  readonly offset: number;
  readonly rows: number;
}

/** Throws a ParquetError when the file does not have what is asked for. */
export function rowsAsked(path: string, { row_groups }: FileMetaData, request: ReadRequest): RowsAsked {
  const rowGroups = request.rowGroups ?? row_groups.map((_, index) => index);
  const beyond = rowGroups.find((index) => row_groups[index] === undefined);
  if (beyond !== undefined) throw new ParquetError(path, `row group ${beyond} was asked for, but the file has ${row_groups.length}.`, { fault: "changed" });
  const total = rowGroups.reduce((sum, index) => sum + Number(row_groups[index].num_rows), 0);
  const { offset, count } = request.rows ?? { offset: 0, count: total };
  if (offset + count > total) throw new ParquetError(path, `rows ${offset} to ${offset + count} were asked for, but the row groups hold ${total}.`, { fault: "changed" });
  return { rowGroups, offset, rows: count };
}
