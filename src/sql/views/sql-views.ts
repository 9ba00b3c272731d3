/** The SQL console: answers one query over the views of a folder. Nothing is read before a query needs it, and nothing stays after it. */
import type { Progress } from "../../data/catalogue/types.ts";
import type { KeptRuns } from "../../data/views/kept-runs.ts";
import type { AnswerColumn, PartOf, Spread, SqlPart } from "../../data/views/spread.ts";
import { FileStates } from "../../data/hot/file-states.ts";
import { KeptFacts } from "../../data/hot/kept-facts.ts";
import { DAY_VIEWS, FILE_VIEWS, INDEX_VIEWS, RUN_VIEWS, VIEWS, type View } from "../../data/views/views.ts";
import type { Duckdb } from "../duckdb.ts";
import { cachedNames } from "./cached-names.ts";
import { Collector, type Collected, type Most } from "./collect.ts";
import { dayTables, type DayViewOptions } from "./day-views.ts";
import { isSaid, problemOf } from "./duckdb-words.ts";
import { indexTable } from "./index-views.ts";
import type { MadeTable } from "./made-view.ts";
import { answerColumns, checkTypes, combineParts, functionNames } from "./parts.ts";
import { portionOf } from "./portion.ts";
import { referencesOf, type References } from "./references.ts";
import { viewRows, wantedFiles, type RowSourceOptions, type ViewRows, type WantedFiles } from "./row-source.ts";
import { runTables } from "./run-views.ts";
import { NotSpread, spreadOf } from "./spread.ts";
import { readStatement, type Statement } from "./statement.ts";
import type { Reading } from "./view-file.ts";
import { withViews } from "./with-views.ts";

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
  /** How the query can be answered in so many parts; else why not, in words, or without words where it would not pay. */
  spread(sql: string, parts: number, progress?: (progress: Progress) => void): Promise<Spread | { readonly why: string }>;
  /** Answers one part, with so much memory. Throws as `ask` does. */
  askPart(sql: string, spread: Spread, part: PartOf & { readonly memoryMb: number }, most: Most, progress?: (progress: Progress) => void): Promise<SqlPart>;
  /** The answer out of those of the parts; undefined where they cannot be put together after all. */
  combine(spread: Spread, parts: readonly SqlPart[], most: Most): Promise<SqlAnswer | undefined>;
}

/** What has been worked out of days, from query to query. */
const FACTS_BYTES = 4 << 20;

const FILE_COLUMNS = new Map(VIEWS.map(({ name, fileColumns }) => [name, fileColumns]));
const COLUMNS_OF_FILES = new Map(FILE_VIEWS.map(({ name, columns }) => [name, new Set(columns.map((column) => column.name.toLowerCase()))]));

export function createSqlViews(given: SqlViewsOptions): SqlViews {
  const tag = `f${++folders}`;
  const options = { ...given, tag, questions: cachedNames(given.questions) };
  const { host, memoryMb, folder } = options;
  const states = new FileStates(folder);
  const facts = new KeptFacts(states, FACTS_BYTES);
  let asked = 0;
  let functions: ReturnType<typeof functionNames> | undefined;

  /** Runs work with the views that a statement reads, of the files that `choose` leaves. */
  async function withStatement(statement: Statement, memory: number, choose: (files: WantedFiles, references: References) => WantedFiles, progress: (progress: Progress) => void, work: (db: Duckdb) => void): Promise<Pick<SqlAnswer, "notes" | "files">> {
    const references = referencesOf(statement, FILE_COLUMNS);
    states.forget();
    const rows: ViewRows[] = [];
    const reading: Reading = {};
    try {
      const made: { readonly view: View; readonly tables: readonly MadeTable[] }[] = [];
      for (const view of VIEWS) {
        const use = references.views.get(view.name);
        if (!use) continue;
        if (FILE_VIEWS.includes(view)) rows.push(await viewRows({ ...options, reading }, choose(await wantedFiles(options, view, use, progress), references), references, progress));
        else if (RUN_VIEWS.includes(view)) made.push({ view, tables: await runTables(host, view, use, options.runs) });
        else if (DAY_VIEWS.includes(view)) made.push({ view, tables: await dayTables({ ...options, facts }, view, use, progress) });
        else if (INDEX_VIEWS.includes(view)) made.push({ view, tables: [await indexTable(view, options.questions, options.rules, progress)].filter((table) => table !== undefined) });
      }
      const prefix = `${tag}_q${++asked}`;
      await host.run((db) => {
        db.query(`SET memory_limit = '${memory}MB'`);
        withViews(db, prefix, references, rows, made, options.rules, () => work(db));
      });
      return { notes: rows.flatMap(({ notes }) => notes), files: rows.map(({ view, known, files }) => ({ view: view.name, known, opened: files.length })) };
    } catch (error) {
      throw problemOf(error, statement.sql, memory, { all: VIEWS, read: [...references.views.keys()] }, reading.path);
    } finally {
      for (const { files } of rows) for (const { file } of files) file.source.close();
    }
  }

  return {
    async ask(sql, most, progress = () => undefined) {
      const statement = readStatement(sql);
      const collector = new Collector(most);
      const found = await withStatement(statement, memoryMb, (files) => files, progress, (db) => db.stream(statement.sql, collector.take));
      return { ...collector.result(), ...found };
    },
    async spread(sql, parts, progress = () => undefined) {
      const statement = readStatement(sql);
      functions ??= await host.run(functionNames);
      try {
        const spread = spreadOf(statement, { columns: COLUMNS_OF_FILES, ...functions });
        const references = referencesOf(statement, FILE_COLUMNS);
        const view = FILE_VIEWS.find(({ name }) => name === spread.view)!;
        portionOf((await wantedFiles(options, view, references.views.get(view.name)!, progress)).wanted, spread, judgesRows(references), { index: 0, of: parts });
        return spread;
      } catch (error) {
        if (!(error instanceof NotSpread)) throw error;
        return { why: error.message };
      }
    },
    async askPart(sql, spread, part, most, progress = () => undefined) {
      const statement = readStatement(sql);
      const collector = new Collector(most);
      let columns: readonly AnswerColumn[] = [];
      const found = await withStatement(statement, part.memoryMb, (files, references) => ({ ...files, wanted: portionOf(files.wanted, spread, judgesRows(references), part) }), progress, (db) => {
        columns = answerColumns(db, statement.sql);
        checkTypes([...columns, ...(spread.columns ? answerColumns(db, spread.part) : [])]);
        db.stream(spread.part, collector.take);
      });
      return { ...collector.result(), ...found, columns };
    },
    async combine(spread, parts, most) {
      const collector = new Collector(most);
      const together = await host.run((db) => {
        db.query(`SET memory_limit = '${memoryMb}MB'`);
        try {
          return combineParts(db, `${tag}_parts${++asked}`, spread, parts, collector.take);
        } catch (error) {
          // Asked as a whole, the query says what is wrong with it.
          if (isSaid(error)) return false;
          throw error;
        }
      });
      if (!together) return undefined;
      return {
        ...collector.result(),
        notes: [...new Set(parts.flatMap(({ notes }) => notes))],
        files: parts[0].files.map(({ view, known }, place) => ({ view, known, opened: parts.reduce((sum, { files }) => sum + files[place].opened, 0) })),
      };
    },
  };
}

/** What is said against a row depends on others. */
function judgesRows({ names }: References): boolean {
  return names === undefined || names.has("quality");
}
