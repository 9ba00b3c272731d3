import { transfer } from "comlink";
import { instantiateKernels } from "../src/core/kernels.ts";
import { rulesWith } from "../src/core/market/rules.ts";
import { joinedBytes } from "../src/data/joined-bytes.ts";
import type { FileQuestions } from "../src/data/catalogue/answering.ts";
import { ChoiceNeeded } from "../src/data/catalogue/catalogue.ts";
import type { Folder } from "../src/data/ports.ts";
import { ParquetError } from "../src/data/ports.ts";
import type { KeptRuns } from "../src/data/views/kept-runs.ts";
import type { SqlWorkerApi } from "../src/pool/protocol.ts";
import { remoteApi, type WorkerLost } from "../src/pool/worker-host.ts";
import type { OpenSource } from "../src/sql/blob-source.ts";
import { createDuckdbHost, type DuckdbHost } from "../src/sql/duckdb.ts";
import { previewFile } from "../src/sql/preview.ts";
import type { DayViewOptions } from "../src/sql/views/day-views.ts";
import { SqlProblem } from "../src/sql/views/sql-problem.ts";
import { createSqlViews, type SqlViews } from "../src/sql/views/sql-views.ts";
import { arrowParquet, resultParquet } from "../src/sql/write-parquet.ts";
import type { WorkerPlatform } from "./platform.ts";

export interface SqlPlatform extends Pick<WorkerPlatform, "openSource" | "loadKernels" | "loadReader"> {
  /** How DuckDB gets at a file while a query runs. */
  readonly openSync: OpenSource;
  loadDuckdb(): Promise<WebAssembly.Module>;
}

/** Signs of life are milliseconds apart. */
const TELL_EVERY = 1_000;

/** Holds DuckDB, which is loaded at the first question. Parquet of trades can be written before any folder is known. */
export function createSqlWorker({ openSource, openSync, loadDuckdb, loadKernels, loadReader }: SqlPlatform): SqlWorkerApi {
  let folder: Folder | undefined;
  let host: Promise<DuckdbHost> | undefined;
  let views: Promise<SqlViews> | undefined;
  let kept: KeptRuns | undefined;
  let machine: ReturnType<DayViewOptions["machine"]> | undefined;
  const loadMachine: DayViewOptions["machine"] = () => {
    machine ??= Promise.all([loadKernels(), loadReader("parquet-wasm")]).then(([module, reader]) => ({ kernels: instantiateKernels(module), reader }));
    machine.catch(() => (machine = undefined));
    return machine;
  };
  let alive: () => void = () => undefined;
  let told = 0;
  const tell = (): void => {
    if (performance.now() - told < TELL_EVERY) return;
    told = performance.now();
    alive();
  };
  const duckdb = (): Promise<DuckdbHost> => {
    host ??= loadDuckdb().then((module) => createDuckdbHost(module, tell));
    host.catch(() => (host = undefined));
    return host;
  };
  return {
    async init(source) {
      folder = await openSource(source);
    },
    async openViews({ catalogue, rules, memoryMb, mostFiles }, stillAtIt) {
      alive = stillAtIt;
      const given = folder;
      if (!given) throw new Error("views were asked for before init");
      const questions = remoteApi<FileQuestions>(catalogue, new Promise<WorkerLost>(() => undefined));
      const runs: KeptRuns = { list: async () => kept?.list() ?? [], trades: async (id) => kept?.trades(id) };
      views = duckdb().then((host) => createSqlViews({ host, folder: given, openSource: openSync, questions, runs, rules: rulesWith(rules), machine: loadMachine, memoryMb, mostFiles }));
      await views;
    },
    async ask({ sql, mostRows, mostBytes }, progress, runs, trades) {
      if (!views) throw new Error("a query was asked before openViews");
      const started = performance.now();
      kept = { list: runs, trades };
      try {
        const { messages, rows, complete, notes, files } = await (await views).ask(sql, { rows: mostRows, bytes: mostBytes }, progress);
        const arrow = joinedBytes(messages);
        return transfer({ kind: "answer", arrow, rows, complete, notes, files, workers: 1, milliseconds: performance.now() - started }, [arrow.buffer]);
      } catch (error) {
        if (error instanceof SqlProblem) return { kind: "problem", message: error.message, ...(error.place && { place: { ...error.place } }) };
        if (isProblem(error)) return { kind: "problem", message: error.message };
        throw error;
      }
    },
    async spread(sql, parts, progress) {
      if (!views) throw new Error("a query was asked before openViews");
      try {
        return await (await views).spread(sql, parts, progress);
      } catch (error) {
        // Asked as a whole, the query says what is wrong with it.
        if (isProblem(error)) return { why: "" };
        throw error;
      }
    },
    async askPart({ sql, mostRows, mostBytes }, spread, part, progress) {
      if (!views) throw new Error("a query was asked before openViews");
      try {
        const { messages, complete, notes, files, columns } = await (await views).askPart(sql, spread, part, { rows: mostRows, bytes: mostBytes }, progress);
        return transfer({ messages, complete, notes, files, columns }, messages.map(({ buffer }) => buffer as ArrayBuffer));
      } catch (error) {
        if (isProblem(error)) return { why: `a part of it could not be answered by itself (${error.message})` };
        throw error;
      }
    },
    async combine(spread, parts, { mostRows, mostBytes }) {
      if (!views) throw new Error("a query was asked before openViews");
      const answer = await (await views).combine(spread, parts, { rows: mostRows, bytes: mostBytes });
      if (!answer) return undefined;
      const { rows, complete, notes, files } = answer;
      const arrow = joinedBytes(answer.messages);
      return transfer({ kind: "answer", arrow, rows, complete, notes, files }, [arrow.buffer]);
    },
    async parquetOf(arrow) {
      return new Blob([await arrowParquet(await duckdb(), arrow)], { type: "application/vnd.apache.parquet" });
    },
    async preview(path, rows) {
      if (!folder) throw new Error("a preview was asked for before init");
      const file = await folder.file(path);
      if (!file) throw new ParquetError(path, "the file is no longer in the folder. Refresh the folder.", { fault: "gone" });
      return previewFile(await duckdb(), file, openSync, rows);
    },
    async parquet(table, trades, labels, runId) {
      return new Blob([await resultParquet(await duckdb(), table, trades, labels, runId)], { type: "application/vnd.apache.parquet" });
    },
  };
}

/** What the user can do something about. */
function isProblem(error: unknown): error is Error {
  return error instanceof SqlProblem || error instanceof ChoiceNeeded || error instanceof ParquetError;
}
