/** The views of one query, made before it runs and dropped after it. */
import type { DayNumber } from "../../core/time.ts";
import type { MarketRules } from "../../core/market/types.ts";
import type { View } from "../../data/views/views.ts";
import type { Duckdb } from "../duckdb.ts";
import type { SyncSource } from "../duckdb-runtime.ts";
import { arrowTable } from "./arrow-table.ts";
import { makeView, type MadeTable } from "./made-view.ts";
import type { References } from "./references.ts";
import type { ViewRows } from "./row-source.ts";
import { rowView, type RowViewTables } from "./row-view.ts";

export function withViews(db: Duckdb, prefix: string, references: References, rows: readonly ViewRows[], made: readonly { readonly view: View; readonly tables: readonly MadeTable[] }[], rules: MarketRules, work: () => void): void {
  const tables: string[] = [];
  const views: string[] = [];
  const sources = new Map<string, SyncSource>();
  const statements: string[] = [];
  try {
    for (const { view, tables: own } of made) {
      const found = makeView(db, view, prefix, own);
      views.push(...found.views);
      tables.push(...found.tables);
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
