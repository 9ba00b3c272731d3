/** The SQL console: answers one query over the views of a folder. Nothing is read before a query needs it, and nothing stays after it. */
import type { DayNumber } from "../../core/time.ts";
import type { MarketRules } from "../../core/market/types.ts";
import type { Progress } from "../../data/catalogue/types.ts";
import type { KeptRuns } from "../../data/views/kept-runs.ts";
import { DAY_VIEWS, FILE_VIEWS, INDEX_VIEWS, RUN_VIEWS, VIEWS, type View } from "../../data/views/views.ts";
import type { Duckdb } from "../duckdb.ts";
import type { SyncSource } from "../duckdb-runtime.ts";
import { arrowTable } from "./arrow-table.ts";
import { cachedNames } from "./cached-names.ts";
import { Collector, type Collected, type Most } from "./collect.ts";
import { dayTables, type DayViewOptions } from "./day-views.ts";
import { problemOf } from "./duckdb-words.ts";
import { indexTable } from "./index-views.ts";
import { makeView, type MadeTable } from "./made-view.ts";
import { referencesOf, type References } from "./references.ts";
import { viewRows, type RowSourceOptions, type ViewRows } from "./row-source.ts";
import { rowView, type RowViewTables } from "./row-view.ts";
import { runTables } from "./run-views.ts";
import { readStatement } from "./statement.ts";
import type { Reading } from "./view-file.ts";

/** Folders that have been asked about on this thread: names of tables and files are never used twice. */
let folders = 0;

export interface SqlViewsOptions extends Omit<RowSourceOptions, "tag" | "reading"> {
  readonly runs: KeptRuns;
  readonly machine: DayViewOptions["machine"];
  /** Megabytes that a query may take; it fails with words when it needs more. */
  readonly memoryMb: number;
}

export interface SqlAnswer extends Collected {
  /** What the user should know of the result: files that were left out. */
  readonly notes: readonly string[];
  /** For each view that the query reads of files: how many there are, and how many were opened for it. */
  readonly files: readonly { readonly view: string; readonly known: number; readonly opened: number }[];
}

export interface SqlViews {
  /** Throws SqlProblem, ChoiceNeeded, ParquetError or the platform's error. */
  ask(sql: string, most: Most, progress?: (progress: Progress) => void): Promise<SqlAnswer>;
}

const FILE_COLUMNS = new Map(VIEWS.map(({ name, fileColumns }) => [name, fileColumns]));

export function createSqlViews(given: SqlViewsOptions): SqlViews {
  const tag = `f${++folders}`;
  const options = { ...given, tag, questions: cachedNames(given.questions) };
  const { host, memoryMb } = options;
  let asked = 0;
  return {
    async ask(sql, most, progress = () => undefined) {
      const statement = readStatement(sql);
      const references = referencesOf(statement, FILE_COLUMNS);
      const rows: ViewRows[] = [];
      const reading: Reading = {};
      try {
        const made: { readonly view: View; readonly tables: readonly MadeTable[] }[] = [];
        for (const view of VIEWS) {
          const use = references.views.get(view.name);
          if (!use) continue;
          if (FILE_VIEWS.includes(view)) rows.push(await viewRows({ ...options, reading }, view, use, references, progress));
          else if (RUN_VIEWS.includes(view)) made.push({ view, tables: await runTables(host, view, use, options.runs) });
          else if (DAY_VIEWS.includes(view)) made.push({ view, tables: await dayTables(options, view, use, progress) });
          else if (INDEX_VIEWS.includes(view)) made.push({ view, tables: [await indexTable(view, options.questions, options.rules, progress)].filter((table) => table !== undefined) });
        }
        const collector = new Collector(most);
        const prefix = `${tag}_q${++asked}`;
        await host.run((db) => {
          db.query(`SET memory_limit = '${memoryMb}MB'`);
          withViews(db, prefix, references, rows, made, options.rules, () => db.stream(statement.sql, collector.take));
        });
        return { ...collector.result(), notes: rows.flatMap(({ notes }) => notes), files: rows.map(({ view, known, files }) => ({ view: view.name, known, opened: files.length })) };
      } catch (error) {
        throw problemOf(error, statement.sql, memoryMb, { all: VIEWS, read: [...references.views.keys()] }, reading.path);
      } finally {
        for (const { files } of rows) for (const { file } of files) file.source.close();
      }
    },
  };
}

function withViews(db: Duckdb, prefix: string, references: References, rows: readonly ViewRows[], made: readonly { readonly view: View; readonly tables: readonly MadeTable[] }[], rules: MarketRules, work: () => void): void {
  const tables: string[] = [];
  const views: string[] = [];
  const sources = new Map<string, SyncSource>();
  const statements: string[] = [];
  try {
    for (const { view, tables: own } of made) {
      views.push(view.name);
      tables.push(...makeView(db, view, prefix, own));
    }
    for (const { view, files } of rows) {
      const own = rowTables(db, `${prefix}_${view.name}`, files, rules, references);
      tables.push(...own.made);
      const made = rowView({ view, prefix: `${prefix}_${view.name}`, names: references.names, files }, own);
      for (const [name, source] of made.files) sources.set(name, source);
      statements.push(...made.statements);
      views.push(...made.views);
      tables.push(...made.tables);
    }
    db.withFiles(sources, () => {
      for (const statement of statements) db.query(statement);
      work();
    });
  } finally {
    for (const view of views.reverse()) db.query(`DROP VIEW IF EXISTS ${view}`);
    for (const table of tables) db.query(`DROP TABLE IF EXISTS ${table}`);
  }
}

/** The tables that a view over files reads beside them, as far as the query needs them. */
function rowTables(db: Duckdb, prefix: string, files: ViewRows["files"], rules: MarketRules, { names }: References): RowViewTables & { readonly made: readonly string[] } {
  const made: string[] = [];
  const make = (name: string, columns: Parameters<typeof arrowTable>[0]): string => {
    db.insert(`${prefix}_${name}`, arrowTable(columns));
    made.push(`${prefix}_${name}`);
    return `${prefix}_${name}`;
  };
  const asked = (column: string): boolean => names === undefined || names.has(column);
  const gives = files.flatMap(({ file, place }) => file.answering.givesWay.map((date) => ({ place, date })));
  return {
    made,
    pieces: asked("quality") ? `(SELECT DATE '1970-01-01' + date AS date, first, beyond FROM ${make("pieces", tradingPieces(rules))})` : "",
    paths: asked("file") && files.length > 0 ? make("paths", { place: Int32Array.from(files, ({ place }) => place), path: files.map(({ file }) => file.open.data.path) }) : `(SELECT 0 AS place, '' AS path)`,
    givesWay: gives.length > 0 ? `(SELECT place, DATE '1970-01-01' + date AS date FROM ${make("gives", { place: Int32Array.from(gives, ({ place }) => place), date: Int32Array.from(gives, ({ date }) => date) })})` : undefined,
  };
}

let known: { readonly rules: MarketRules; readonly pieces: Record<"date" | "first" | "beyond", Int32Array> } | undefined;

/** The stretches of each date in which the exchange trades: sessions without their breaks. */
function tradingPieces(rules: MarketRules): Record<"date" | "first" | "beyond", Int32Array> {
  if (known?.rules === rules) return known.pieces;
  const found: { date: DayNumber; first: number; beyond: number }[] = [];
  for (let date = FIRST_SESSION; date <= LAST_SESSION; date++) {
    const session = rules.session(date);
    if (session === undefined || session === "closed") continue;
    let first = session.open;
    for (const [from, to] of session.breaks) {
      found.push({ date, first, beyond: from });
      first = to;
    }
    found.push({ date, first, beyond: session.close });
  }
  const column = (of: (piece: (typeof found)[number]) => number): Int32Array => Int32Array.from(found, of);
  known = { rules, pieces: { date: column(({ date }) => date), first: column(({ first }) => first), beyond: column(({ beyond }) => beyond) } };
  return known.pieces;
}

/** Beyond these the market rules have no calendar: 2000 to 2039. */
const FIRST_SESSION = 10_957;
const LAST_SESSION = 25_567;
