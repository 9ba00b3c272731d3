/** A made-up folder for the reference engine: what each file is the sample knows, whatever it is called. */
import { join } from "node:path";
import { isoDate } from "../../src/core/time.ts";
import type { Sample } from "../../src/core/sample/sample.ts";
import { readRows, type RawFile } from "./read-folder.ts";

/** @param folder where all files of the sample have been written */
export async function readSampleFiles(folder: string, { files, symbol }: Sample): Promise<RawFile[]> {
  const read = await Promise.all(files.map(async ({ path, kind, contract }): Promise<RawFile> => ({
    path, kind, symbol, broken: false,
    expiry: contract ? isoDate(contract.expiry) : "", strike: contract?.strike ?? 0, cp: contract?.cp ?? "",
    rows: await readRows(join(folder, path)),
  })));
  return read.sort((a, b) => (a.path < b.path ? -1 : 1));
}
