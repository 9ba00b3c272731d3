import type { Kernels } from "../core/kernels.ts";
import { datesOfRows } from "../core/grid/slice-rows.ts";
import type { SessionOf } from "../core/grid/slice-rows.ts";
import type { MarketRules } from "../core/market/types.ts";
import { isoDate } from "../core/time.ts";
import type { DayNumber } from "../core/time.ts";
import type { CatalogueFile, FileFacts, FileProblem, FileProblemKind } from "./catalogue/types.ts";
import { dateSpan } from "./clock-statistics.ts";
import { dataFile, openData, rowClocks } from "./file-rows.ts";
import type { OpenFile, Zones } from "./file-rows.ts";
import { heldContracts } from "./held-contracts.ts";
import { contradictions } from "./name-against-rows.ts";
import { ParquetError } from "./ports.ts";
import type { Folder, RowReader } from "./ports.ts";
import { readStable } from "./retry-changed.ts";
import { clockColumns } from "./source-columns.ts";

/** Above this, the clocks of a whole file are not read for an exact list of its dates. */
const EXACT_ROWS = 4_000_000;

/** Facts, and what the user should know about the file although it can be used. */
export type FactsFound = FileFacts & { readonly problems?: readonly FileProblem[] };

/**
 * What a file's footer and, where that does not tell its dates, its clocks say. A file that cannot be used gives the problem.
 */
export async function readFacts(
  folder: Folder,
  reader: RowReader,
  kernels: Kernels,
  file: CatalogueFile,
  zones: Zones,
  sessionOf: SessionOf,
  rules: Pick<MarketRules, "actualExpiry">,
): Promise<FactsFound | { readonly problem: FileProblem }> {
  try {
    const data = await dataFile(folder, file.path);
    const { value, state } = await readStable(data, async (snapshot) => {
      const open = await openData(snapshot, zones[file.layout]);
      if (open.footer.rows === 0) return { open, dates: {}, held: {}, wrong: [] };
      return {
        open,
        dates: await datesOf(reader, kernels, open, sessionOf),
        held: await heldContracts(reader, open, file, rules),
        wrong: await contradictions(reader, open, file, rules),
      };
    });
    const { open, dates, held, wrong } = value;
    if (wrong.length > 0) return { problem: problem(file.path, "name_contradicts_rows", true, `the name and the rows disagree: ${wrong.join("; ")}. Rename the file or take it out; it is not used.`) };
    const problems = notes(file, open, dates);
    return { ...state, rows: open.footer.rows, footer: open.footer.hash, ...dates, ...held, ...(problems.length > 0 && { problems }) };
  } catch (error) {
    if (error instanceof ParquetError) return { problem: problem(error.path, error.fault, true, error.detail) };
    throw error;
  }
}

function notes(file: CatalogueFile, { footer, columns }: OpenFile, { lastDate }: Dates): FileProblem[] {
  const found: FileProblem[] = [];
  if (footer.rows === 0) found.push(problem(file.path, "no_rows", false, "the file has columns but no rows. Nothing can be read from it; remove it or copy it again if it should have some."));
  if (columns.clockIsLastTrade)
    found.push(problem(file.path, "missing_column", false, `the file has no clock but "${columns.clock.column}": the time of the last trade stands for the time of each row, so quotes may look older than they are. Add a "timestamp" column.`));
  if (file.kind === "option" && file.expiry !== undefined && lastDate !== undefined && lastDate > file.expiry)
    found.push(problem(file.path, "rows_after_expiry", false, `its rows go on to ${isoDate(lastDate)}, after the expiry ${isoDate(file.expiry)} that its name gives. Check which contract it holds.`));
  return found;
}

function problem(path: string, kind: FileProblemKind, fatal: boolean, message: string): FileProblem {
  return { path, kind, fatal, message };
}

type Dates = Pick<FileFacts, "firstDate" | "lastDate" | "dates" | "sessionDates">;

/** From the statistics where they tell; else from the clocks, exactly unless the file is very large. */
async function datesOf(reader: RowReader, kernels: Kernels, open: OpenFile, sessionOf: SessionOf): Promise<Dates> {
  const { footer, columns, zone } = open;
  const groups = footer.rowGroups.map((group, index) => ({ index, rows: group.rows, ...dateSpan(footer, group, columns, zone) })).filter(({ rows }) => rows > 0);
  const unknown = groups.filter(({ first, last }) => first === undefined || last === undefined);
  if (unknown.length === 0) return { firstDate: Math.min(...groups.map(({ first = Infinity }) => first)), lastDate: Math.max(...groups.map(({ last = -Infinity }) => last)) };

  const exact = footer.rows <= EXACT_ROWS;
  const dates = new Set<DayNumber>();
  const sessionDates = new Set<DayNumber>();
  for (const { index } of exact ? groups : unknown) {
    const batch = await reader.read(open.data, { columns: clockColumns(columns), rowGroups: [index] });
    for (const { date, inSession } of datesOfRows(kernels, [rowClocks(open, batch, 0)], sessionOf).dates) {
      dates.add(date);
      if (inSession > 0) sessionDates.add(date);
    }
  }
  const all = [...dates].sort((a, b) => a - b);
  if (exact) return { ...ends(all), dates: all, sessionDates: [...sessionDates].sort((a, b) => a - b) };
  const known = groups.filter((group) => !unknown.includes(group));
  return ends([...all, ...known.flatMap(({ first, last }) => [first ?? [], last ?? []].flat())].sort((a, b) => a - b));
}

function ends(ascending: readonly DayNumber[]): Dates {
  return ascending.length === 0 ? {} : { firstDate: ascending[0], lastDate: ascending[ascending.length - 1] };
}
