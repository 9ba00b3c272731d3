import { readFooter } from "../footer.ts";
import type { DataFile, Folder, ReadRequest, RowReader } from "../ports.ts";

/** What a run has asked of storage, for the user and for tests: a warm run opens no data file, a hot one reads nothing of the cache. */
export interface Reads {
  /** Paths of the data files whose bytes were asked for. Looking at size and time is not counted. */
  files: string[];
  /** Requests to the cache for bytes, and what they gave. */
  cacheReads: number;
  cacheBytes: number;
  /** Of Parquet: rows decoded, compressed bytes of their columns, and the time that reading and decoding took, milliseconds. */
  rows: number;
  bytes: number;
  milliseconds: number;
}

export function noReads(): Reads {
  return { files: [], cacheReads: 0, cacheBytes: 0, rows: 0, bytes: 0, milliseconds: 0 };
}

/** The same reader; `reads` counts its rows, bytes and time. */
export function countedReader(reader: RowReader, reads: Reads): RowReader {
  const count = async (file: DataFile, request: ReadRequest, rowsRead: number): Promise<void> => {
    reads.rows += rowsRead;
    const { rowGroups } = await readFooter(file);
    const groups = request.rowGroups?.map((index) => rowGroups[index]) ?? rowGroups;
    const bytes = groups.reduce((sum, { columnBytes }) => request.columns.reduce((all, name) => all + (columnBytes.get(name) ?? 0), sum), 0);
    const rows = groups.reduce((sum, group) => sum + group.rows, 0);
    reads.bytes += rows === 0 ? 0 : (bytes * rowsRead) / rows;
  };
  return {
    name: reader.name,
    close: () => reader.close(),
    async read(file, request) {
      const started = performance.now();
      const batch = await reader.read(file, request);
      reads.milliseconds += performance.now() - started;
      await count(file, request, batch.rows);
      return batch;
    },
    async fetch(file, request) {
      const started = performance.now();
      const { rows, decode, own } = await reader.fetch(file, request);
      reads.milliseconds += performance.now() - started;
      await count(file, request, rows);
      return {
        rows,
        decode(use) {
          const begun = performance.now();
          return decode((batch) => {
            // What is made of the rows is no reading.
            reads.milliseconds += performance.now() - begun;
            return use(batch);
          });
        },
        own() {
          const begun = performance.now();
          const batch = own();
          reads.milliseconds += performance.now() - begun;
          return batch;
        },
      };
    },
  };
}

/** The same folder; `reads.files` counts. */
export function countedFolder(folder: Folder, reads: Reads): Folder {
  const counted = (file: DataFile): DataFile => ({
    path: file.path,
    nativePath: file.nativePath,
    guarded: file.guarded,
    stat: () => file.stat(),
    blob: () => {
      reads.files.push(file.path);
      return file.blob();
    },
  });
  return {
    name: folder.name,
    list: async (progress, signal) => (await folder.list(progress, signal)).map(counted),
    file: async (path) => {
      const found = await folder.file(path);
      return found && counted(found);
    },
  };
}
