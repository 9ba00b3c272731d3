/** The page's workers: one for the catalogue, one for results, a pool for days, and DuckDB when it is first needed. */
import { serveFiles } from "../../data/folder-broker.ts";
import { EnginePool } from "../../pool/engine-pool.ts";
import { hotBudget } from "./hot-budget.ts";
import { rulesWith } from "../../core/market/rules.ts";
import { checkHealth, findBadRows } from "../../pool/check-health.ts";
import type { CopyJob } from "../../pool/copy-job.ts";
import { dryScan } from "../../pool/dry-scan.ts";
import { readAhead } from "../../pool/read-ahead.ts";
import { replayDay } from "../../pool/replay.ts";
import { WorkerHung } from "../../pool/in-time.ts";
import { runStudy } from "../../pool/run-study.ts";
import { openCatalogue } from "../../pool/standing-catalogue.ts";
import { runBacktest } from "../../pool/scheduler.ts";
import type { EngineOpen, ResultsWorkerApi, SourceDescriptor } from "../../pool/protocol.ts";
import { startSqlDesk } from "../../pool/sql-desk.ts";
import { StandingWorker } from "../../pool/standing-worker.ts";
import { movedCare, movedSource, movedTrades } from "../../pool/transfers.ts";
import type { WorkerHost } from "../../pool/worker-host.ts";
import type { Backend, GrantedSource, RunRequest } from "./backend.ts";
import { createResultsDesk } from "./results-desk.ts";

/** A study looks at few rows of a day, and must not push out those of backtests. */
const STUDY_SHARE = 0.25;

/** @param sampleManifest absolute address of the sample data's list of files */
export function createWorkerBackend(host: WorkerHost, sampleManifest: string): Backend {
  /** Every call opens its own port to the page's files: a port cannot be shared by workers. */
  function describe(source: GrantedSource): SourceDescriptor {
    switch (source.kind) {
      case "handle":
        return { kind: "handle", handle: source.handle };
      case "sample":
        return { kind: "http", name: source.name, manifest: sampleManifest };
      case "files": {
        const { port1, port2 } = new MessageChannel();
        serveFiles(port1, source.files);
        return { kind: "broker", name: source.name, paths: [...source.files.keys()], port: port2 };
      }
    }
  }

  /** One question to a worker that holds no run. */
  async function once<T>(doing: string, question: (api: ResultsWorkerApi) => Promise<T>): Promise<T> {
    const worker = new StandingWorker({ host, kind: "results", open: async () => undefined });
    try {
      return await worker.askTwice(doing, question);
    } finally {
      worker.end();
    }
  }

  /** Engine workers hold what they have read of one source; those of another are ended. Backtests and studies have workers of their own. */
  const engines = { run: keptEngines(1), study: keptEngines(STUDY_SHARE) };
  /** @param share of the memory that rows may take */
  function keptEngines(share: number) {
    let kept: { readonly source: GrantedSource; readonly settings: string; readonly pool: EnginePool } | undefined;
    return {
      of({ source, reader, rules, cacheBytes, workers }: Pick<RunRequest, "source" | "reader" | "rules" | "cacheBytes" | "workers">) {
        const keep = { warm: cacheBytes, hot: share * hotBudget(workers) };
        const settings = JSON.stringify([reader, rules, keep]);
        if (kept?.source !== source || kept.settings !== settings) {
          kept?.pool.end();
          kept = { source, settings, pool: new EnginePool(host) };
        }
        return { pool: kept.pool, init: (): EngineOpen => ({ source: describe(source), reader, rules, keep }) };
      },
      end() {
        kept?.pool.end();
        kept = undefined;
      },
    };
  }

  const results = createResultsDesk(host);

  const open: Backend["open"] = async (source, settings, progress, signal, rules) => {
    const { summary, api, end } = await openCatalogue({ host, source: () => describe(source), settings, progress, signal, rules });
    const previews = new StandingWorker({ host, kind: "sql", open: (sql) => sql.init(movedSource(describe(source))) });
    return {
      ...api,
      summary,
      current: api.summary,
      sqlDesk: (open) => startSqlDesk(host, api, () => describe(source), open),
      async preview(path, rows) {
        try {
          return await previews.askTwice(`previewing ${path}`, (sql) => sql.preview(path, rows));
        } catch (error) {
          if (!(error instanceof WorkerHung)) throw error;
          throw new Error(`Reading it does not end, tried twice: ${error.message}. See whether the disk or the network that it lies on answers, then choose the file again.`, { cause: error });
        }
      },
      close() {
        end();
        previews.end();
      },
    };
  };

  return {
    open,

    async run(request) {
      await runBacktest({ ...request, host, ...engines.run.of(request) });
    },

    readAhead: (request) => readAhead({ ...request, ...engines.run.of(request) }),

    release() {
      engines.run.end();
      engines.study.end();
      results.end();
    },

    async study(request) {
      const { source, reader, rules, paths } = request;
      // One day that is looked at has a worker of its own: it must not take the place of those that hold the study's rows.
      await runStudy({ ...request, host, ...(paths ? { init: () => ({ source: describe(source), reader, rules }) } : engines.study.of(request)) });
    },

    scan: ({ source, reader, rules, ...request }) => dryScan({ ...request, host, open: () => ({ source: describe(source), reader, rules }) }),

    replay: ({ source, rules, reader, ...request }) => replayDay(host, { source: describe(source), reader, rules }, request),

    async checkHealth({ source, rules, ...request }) {
      await checkHealth({ ...request, host, rules: rulesWith(rules), open: () => ({ source: describe(source), rules }) });
    },

    healthDesk({ source, rules, plan }) {
      const worker = new StandingWorker({ host, kind: "care", open: (api) => api.open(movedCare({ source: describe(source), rules, files: plan.files })) });
      // Whoever asks is told why it cannot.
      worker.start().catch(() => undefined);
      return { badRows: (query) => worker.askTwice("reading rows", (api) => findBadRows(api, plan.tasks, query)), close: () => worker.end() };
    },

    async verify({ source, catalogue, ...request }) {
      const { verifyRun } = await import("../../pool/verify-run.ts");
      return verifyRun({ ...request, catalogue, host, source: () => describe(source) });
    },

    async copyDesk({ source, rules, workers, catalogue, options, target: handle }) {
      const [{ makeCopy, prepareCopy }, { measureReading }, { openBrowserCopyTarget }] = await Promise.all([import("../../pool/copy-job.ts"), import("../../pool/measure-reading.ts"), import("../../data/reshape/copy-target-browser.ts")]);
      const job: CopyJob = {
        source: catalogue.summary.folder, catalogue, options, host, workers,
        open: (api, files) => api.open(movedCare({ source: describe(source), rules, files })),
        target: openBrowserCopyTarget(handle), descriptor: { kind: "handle", handle },
      };
      const copy: GrantedSource = { kind: "handle", name: handle.name, handle };
      return {
        prepare: (progress) => prepareCopy(job, progress),
        make: (prepared, watch) => makeCopy(job, prepared, watch),
        measure: ({ plan }, { records }, signal) => measureReading({
          ...job, catalogue, plan, records, signal,
          async openCopy(settings) {
            const opened = await open(copy, settings, () => undefined, signal, rules);
            return { catalogue: opened, open: (api, files) => api.open(movedCare({ source: describe(copy), rules, files })), close: opened.close };
          },
        }),
      };
    },

    results: results.api,
    compareTrades: (a, b) => once("comparing trades", (api) => api.compareTrades(a, b)),
    readTrades: (text) => once("reading trades", (api) => api.readTrades(text)),

    async parquet(table, trades, labels, runId) {
      const worker = new StandingWorker({ host, kind: "sql", open: async () => undefined });
      try {
        return await worker.ask("writing Parquet", (api) => api.parquet(table, movedTrades(trades), labels, runId));
      } finally {
        worker.end();
      }
    },
  };
}
