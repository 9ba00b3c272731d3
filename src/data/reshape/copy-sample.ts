import { TakenRows } from "../../core/reshape/taken-rows.ts";
import { ParquetError } from "../ports.ts";
import type { DayChunk } from "../catalogue/types.ts";
import { dataFile, openData } from "../file-rows.ts";
import { columnsToCopy } from "./copy-columns.ts";
import type { CopyContext } from "./copy-rows.ts";
import { rowGroupBytes } from "./parquet-pieces.ts";
import { ColumnBuffer, tableOf } from "./stored-columns.ts";
import { scanStored } from "./stored-reader.ts";

const FILES_SAMPLED = 3;
const ROWS_SAMPLED = 50_000;

/** Some rows of some files as the copy would hold them, in memory only: how large they are beside their source. */
export async function sampleCopy({ folder, zones, options }: CopyContext, { files, symbol }: DayChunk): Promise<{ rows: number; sourceBytes: number; copyBytes: number }> {
  const found = { rows: 0, sourceBytes: 0, copyBytes: 0 };
  const step = Math.max(1, Math.floor(files.length / FILES_SAMPLED));
  for (const file of files.filter((_, i) => i % step === Math.floor(step / 2)).slice(0, FILES_SAMPLED)) {
    try {
      const data = await dataFile(folder, file.path);
      const open = await openData(data, zones[file.layout]);
      const rowGroup = open.footer.rowGroups.findIndex(({ rows }) => rows > 0);
      if (rowGroup < 0) continue;
      const group = open.footer.rowGroups[rowGroup];
      const rows = Math.min(ROWS_SAMPLED, group.rows);
      const { names } = columnsToCopy(open, options.columns, { file, symbol, contract: undefined, expiry: file.expiry });
      const all = TakenRows.all(rows);
      const table = await scanStored(data, open.footer, names, { rowGroup, offset: 0, count: rows }, (columns) => {
        const buffers = [...columns.values()].map((column) => {
          const buffer = new ColumnBuffer(file.path, column.field, rows);
          buffer.put(column, all);
          return buffer;
        });
        return tableOf(buffers, rows);
      });
      found.rows += rows;
      found.sourceBytes += ([...group.columnBytes.values()].reduce((sum, bytes) => sum + bytes, 0) * rows) / group.rows;
      found.copyBytes += rowGroupBytes(table, rows, open.columns.map).length;
    } catch (error) {
      // It will be said with its unit.
      if (!(error instanceof ParquetError)) throw error;
    }
  }
  return found;
}
