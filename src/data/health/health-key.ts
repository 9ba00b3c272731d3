import { canonicalHash } from "../../core/results/hash.ts";
import type { MarketRules } from "../../core/market/types.ts";
import type { DayNumber } from "../../core/time.ts";
import { mapBounded } from "../bounded.ts";
import { mayCover } from "../catalogue/file-dates.ts";
import type { CatalogueFile, DayChunk } from "../catalogue/types.ts";
import type { Folder } from "../ports.ts";
import { stateOf, type FileState } from "../retry-changed.ts";

/** Raised when the same rows would be measured otherwise. */
const VERSION = 1;
const LANES = 16;

/** What the health of each date of a chunk depends on. */
export async function healthKeys(folder: Folder, rules: Pick<MarketRules, "version" | "calendarHash">, chunk: DayChunk): Promise<ReadonlyMap<DayNumber, string>> {
  const { kinds, barLabel, barSpans = {} } = chunk;
  return dateKeys(folder, chunk, [VERSION, rules.version, rules.calendarHash, kinds, barLabel, barSpans]);
}

/** For each date of a chunk a hash of which files may hold rows of it, their size and time, their zones, and what else is told. */
export async function dateKeys(folder: Folder, { symbol, dates, files, facts, zones }: DayChunk, also: unknown): Promise<ReadonlyMap<DayNumber, string>> {
  const states = await fileStates(folder, files, facts);
  const read = [symbol, zones, also];
  return new Map(
    dates.map((date) => {
      const own = files.flatMap((file, i) => (mayCover(file, facts[i], date) ? [[file.path, states[i]?.size ?? -1, states[i]?.modified ?? -1]] : []));
      return [date, canonicalHash([...read, date, own])] as const;
    }),
  );
}

/** Size and time of each file, as far as it is there. */
export async function fileStates(folder: Folder, files: readonly CatalogueFile[], facts: readonly (FileState | undefined)[]): Promise<(FileState | undefined)[]> {
  return mapBounded(files, LANES, async (file, i) => facts[i] ?? (await foundState(folder, file)));
}

/** Undefined of a file that has gone: that it cannot be read is what will be reported. */
async function foundState(folder: Folder, { path }: CatalogueFile): Promise<FileState | undefined> {
  const file = await folder.file(path);
  return file && stateOf(file);
}
