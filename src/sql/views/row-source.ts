/** A view over the rows of files, for one query: which files it takes, opened, and understood. */
import type { MarketRules } from "../../core/market/types.ts";
import { mapBounded } from "../../data/bounded.ts";
import type { Answering, FileQuestions } from "../../data/catalogue/answering.ts";
import type { CatalogueFile, Progress, SeriesKind } from "../../data/catalogue/types.ts";
import { ParquetError, type Folder } from "../../data/ports.ts";
import type { View } from "../../data/views/views.ts";
import type { OpenSource } from "../blob-source.ts";
import type { Duckdb, DuckdbHost } from "../duckdb.ts";
import { byDate, byName, datedByName, nameTable, type NarrowedFiles } from "./narrow.ts";
import { measure } from "./measured.ts";
import type { References, ViewUse } from "./references.ts";
import type { PlacedFile } from "./row-view.ts";
import { SqlProblem } from "./sql-problem.ts";
import { openViewFile, type Reading, type ViewFile, type WantedRows } from "./view-file.ts";

export interface RowSourceOptions {
  /** Heads the names of the folder's tables. */
  readonly tag: string;
  readonly host: DuckdbHost;
  readonly folder: Folder;
  readonly openSource: OpenSource;
  readonly questions: FileQuestions;
  readonly rules: MarketRules;
  /** A query that needs more files of one view is refused. */
  readonly mostFiles: number;
  readonly reading: Reading;
}

export interface ViewRows {
  readonly view: View;
  readonly files: readonly PlacedFile[];
  /** How many files the view has in all. */
  readonly known: number;
  readonly dates: NarrowedFiles["dates"];
  /** What the user should know of files that are left out. */
  readonly notes: readonly string[];
}

const KINDS: Readonly<Record<string, SeriesKind>> = { options: "option", spot: "spot", futures: "future" };
const FILES_AT_ONCE = 8;
/** Reasons that are listed one by one. */
const NOTES_LISTED = 5;

/** Files of a view that a query needs, none of them opened. */
export interface WantedFiles {
  readonly view: View;
  readonly wanted: readonly WantedRows[];
  readonly known: number;
  readonly dates: NarrowedFiles["dates"];
  readonly answering: Answering | undefined;
}

/** Throws SqlProblem when the query would need too many files, ChoiceNeeded, or the platform's errors. */
export async function wantedFiles(options: Omit<RowSourceOptions, "reading">, view: View, use: ViewUse, progress: (progress: Progress) => void): Promise<WantedFiles> {
  const { host, questions, mostFiles } = options;
  const kind = KINDS[view.name];
  const files = await questions.named(kind);
  if (files.length === 0) return { view, wanted: [], known: 0, dates: undefined, answering: undefined };
  const table = await tableOf(options, kind);
  const ids = await host.run((db) => datedByName(db, table, use, files, byName(db, table, use)));
  const isDated = use.places.every((conditions) => conditions.some(({ columns }) => columns.has("date")));
  if (ids.length > mostFiles && !isDated) throw tooMany(view, ids.length, mostFiles);
  const idOf = new Map(ids.map((id) => [files[id].path, id]));
  const answering = await questions.answering(ids.map((id) => files[id].path), progress);
  const { wanted, dates } = await host.run((db) => byDate(db, table, use, answering.files, answering.files.map(({ file }) => idOf.get(file.path) ?? 0)));
  if (wanted.length > mostFiles) throw tooMany(view, wanted.length, mostFiles);
  return { view, wanted, known: files.length, dates, answering };
}

/** Opens these of the files that are wanted. Throws the platform's errors. */
export async function viewRows(options: RowSourceOptions, { view, wanted, known, dates, answering }: WantedFiles, { names }: References, progress: (progress: Progress) => void): Promise<ViewRows> {
  if (!answering) return { view, files: [], known, dates, notes: [] };
  const notes = answering.problems.map(({ path, message }) => `${path} is left out: ${message}`);
  const leaveOut = (error: unknown): undefined => {
    if (!(error instanceof ParquetError)) throw error;
    notes.push(`${error.path} is left out: ${error.detail}`);
  };
  const whole = names === undefined || names.has("quality") || names.has("file_row");
  let done = 0;
  const opened = await mapBounded(wanted, FILES_AT_ONCE, async (rows): Promise<ViewFile | undefined> => {
    try {
      return await openViewFile({ ...options, zones: answering.zones, names, whole }, rows);
    } catch (error) {
      return leaveOut(error);
    } finally {
      progress({ phase: "footers", done: ++done, total: wanted.length });
    }
  });
  const placed: PlacedFile[] = [];
  await options.host.run((db) => {
    for (const file of opened) {
      if (!file) continue;
      try {
        placed.push({ file, place: placed.length, measured: measure(db, file, answering, options.rules) });
      } catch (error) {
        file.source.close();
        leaveOut(error);
      }
    }
  });
  return { view, files: placed, known, dates, notes: notes.length > NOTES_LISTED ? [...notes.slice(0, NOTES_LISTED), `${notes.length - NOTES_LISTED} more files are left out; the Data tab says why`] : notes };
}

/** Names are put into a table once, and anew when the folder has been listed anew. */
async function tableOf({ tag, host, questions }: Omit<RowSourceOptions, "reading">, kind: SeriesKind): Promise<string> {
  const table = `${tag}_names_${kind}_${await questions.revision()}`;
  if (await host.run((db) => exists(db, table))) return table;
  const files: readonly CatalogueFile[] = await questions.named(kind);
  await host.run((db) => {
    for (const old of tablesLike(db, `${tag}_names_${kind}_%`)) db.query(`DROP TABLE ${old}`);
    nameTable(db, table, files);
  });
  return table;
}

function exists(db: Duckdb, table: string): boolean {
  return tablesLike(db, table).length > 0;
}

function tablesLike(db: Duckdb, pattern: string): string[] {
  const found = db.query(`SELECT table_name AS v FROM duckdb_tables() WHERE table_name LIKE '${pattern}'`);
  return found.toArray().map((row: { v: string }) => row.v);
}

function tooMany({ name, fileColumns }: View, count: number, most: number): SqlProblem {
  return new SqlProblem(
    `the query may need rows of ${count.toLocaleString("en-IN")} files of "${name}", and at most ${most.toLocaleString("en-IN")} are opened for one. Narrow it beside FROM ${name} with conditions on ${fileColumns.join(", ")}, such as WHERE date = DATE '2024-08-22'${fileColumns.includes("strike") ? " AND strike BETWEEN 50000 AND 51000" : ""}`,
  );
}
