import { readFile } from "node:fs/promises";
import { csvCell } from "../core/results/csv-cell.ts";
import { QueryTable } from "../data/query-table.ts";
import type { KeptRuns } from "../data/views/kept-runs.ts";
import { VIEWS } from "../data/views/views.ts";
import type { SqlReply } from "../pool/protocol.ts";
import { startSqlDesk } from "../pool/sql-desk.ts";
import { EXIT, UsageError } from "./exit.ts";
import { keptRunFiles } from "./kept-run-files.ts";
import { nodeHost, openData, sayProgress } from "./open-data.ts";
import { dataSettings, type DataOptions } from "./options.ts";
import { readRules } from "./read-given-file.ts";
import { count, print, printPieces, say, sayOver } from "./words.ts";

export interface SqlOptions extends DataOptions {
  readonly runs?: string;
  readonly memory: number;
  readonly files: number;
  readonly workers: number;
  readonly json?: true;
  readonly csv?: true;
}

const NO_RUNS: KeptRuns = { list: async () => [], trades: async () => undefined };
/** What is printed as a table for people; the files take everything. */
const ROWS_SHOWN = 50;
const MOST_ROWS = 50_000_000;
const MOST_BYTES = 1 << 30;

/** Runs one query over the views of a folder. `query` may be `@FILE`. Answers the exit status. */
export async function sqlCommand(query: string, options: SqlOptions): Promise<number> {
  const { memory, files, workers, json, csv } = options;
  if (json && csv) throw new UsageError("--json and --csv: give one of the two");
  const sql = query.startsWith("@") ? await readFile(query.slice(1), "utf8") : query;
  const rules = await readRules(options.rules);
  const kept = options.runs === undefined ? NO_RUNS : await keptRunFiles(options.runs);
  const data = await openData(options.data, dataSettings(options), rules);
  const desk = await startSqlDesk(nodeHost, data.catalogue, () => data.source, { rules, memoryMb: memory, mostFiles: files, workers });
  try {
    const reply = await desk.api.ask({ sql, mostRows: MOST_ROWS, mostBytes: MOST_BYTES }, sayProgress, kept.list, kept.trades);
    sayOver("");
    if (reply.kind === "problem") {
      for (const line of problemLines(sql, reply)) say(line);
      return EXIT.failed;
    }
    if (!reply.complete) {
      say(`the result is larger than ${MOST_BYTES / 2 ** 20} MB: aggregate, name fewer columns, or end the query with a LIMIT`);
      return EXIT.failed;
    }
    for (const note of reply.notes) say(`note: ${note}`);
    const table = QueryTable.from(reply.arrow);
    if (csv) await printPieces(table.csvLines(csvCell));
    else if (json) await printPieces(jsonPieces(table));
    else await print(tableLines(table).join("\n"));
    if (!json && !csv) say(`${count(table.rows, "row")} in ${(reply.milliseconds / 1000).toFixed(2)} s${reply.files.map(({ view, known, opened }) => `; ${view}: ${opened.toLocaleString("en-IN")} of ${count(known, "file")} opened`).join("")}${spreadWords(reply)}`);
    return EXIT.done;
  } finally {
    desk.end();
    data.close();
  }
}

function spreadWords({ workers, alone }: Extract<SqlReply, { kind: "answer" }>): string {
  if (workers > 1) return `; by ${workers} workers`;
  return alone === undefined ? "" : `; by one worker: ${alone}`;
}

export const VIEW_NAMES = VIEWS.map(({ name }) => name).join(", ");

/** What is wrong, and below it the line of the query with a mark. */
function problemLines(sql: string, { message, place }: Extract<SqlReply, { kind: "problem" }>): string[] {
  if (!place) return [message];
  const start = sql.lastIndexOf("\n", place.from - 1) + 1;
  const end = sql.indexOf("\n", place.from);
  const line = sql.slice(start, end < 0 ? undefined : end);
  const mark = "^".repeat(Math.max(1, Math.min(place.to, start + line.length) - place.from));
  return [message, `  ${line}`, `  ${" ".repeat(place.from - start)}${mark}`];
}

/** One object per row, with the names of the columns as keys. */
function* jsonPieces(table: QueryTable): Generator<string> {
  yield "[";
  for (let row = 0; row < table.rows; row++) {
    const cells = Object.fromEntries(table.columns.map(({ name }, column) => [name, table.value(row, column)]));
    yield `${row === 0 ? "" : ","}\n${JSON.stringify(cells)}`;
  }
  yield "\n]\n";
}

function tableLines(table: QueryTable): string[] {
  const shown = Math.min(table.rows, ROWS_SHOWN);
  const rows = [table.columns.map(({ name }) => name), ...Array.from({ length: shown }, (_, row) => table.columns.map((_, column) => table.text(row, column) ?? "—"))];
  const widths = table.columns.map((_, column) => Math.max(...rows.map((cells) => cells[column].length)));
  const lines = rows.map((cells) => cells.map((cell, column) => (table.columns[column].kind === "number" ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join("  ").trimEnd());
  return shown < table.rows ? [...lines, `… ${count(table.rows - shown, "more row")}; --csv and --json print all`] : lines;
}
