/** The page's workers: one for the catalogue, one for results, a pool for days, and DuckDB when it is first needed. */
import { serveFiles } from "../../data/folder-broker.ts";
import { runBacktest } from "../../pool/scheduler.ts";
import type { SourceDescriptor } from "../../pool/protocol.ts";
import { movedOutcome, movedSource, movedTrades } from "../../pool/transfers.ts";
import type { HostedWorker, WorkerHost } from "../../pool/worker-host.ts";
import type { Backend, GrantedSource, OpenCatalogue } from "./backend.ts";

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

  let results: HostedWorker<"results"> | undefined;
  const resultsApi = () => (results ??= host.spawn("results")).api;

  return {
    async open(source, settings, progress, signal) {
      const worker = host.spawn("catalogue");
      signal.addEventListener("abort", worker.end, { once: true });
      try {
        const summary = await worker.api.open(movedSource(describe(source)), settings, progress);
        return openCatalogue(worker, summary);
      } catch (error) {
        worker.end();
        throw error;
      }

      function openCatalogue({ api }: typeof worker, summary: OpenCatalogue["summary"]): OpenCatalogue {
        let sql: Promise<HostedWorker<"sql">> | undefined;
        return {
          summary,
          refresh: api.refresh,
          current: api.summary,
          configure: api.configure,
          files: api.files,
          coverage: api.coverage,
          plan: api.plan,
          async preview(path, rows) {
            sql ??= startSql(host, describe(source));
            return (await sql).api.preview(path, rows);
          },
          close() {
            worker.end();
            void sql?.then((started) => started.end());
          },
        };
      }
    },

    async run({ source, reader, ...request }) {
      await runBacktest({ ...request, host, init: () => ({ source: describe(source), reader }) });
    },

    results: {
      begin(strategies) {
        // A new worker for each run: what one run has broken, the next one does not inherit.
        results?.end();
        results = undefined;
        return resultsApi().begin(strategies);
      },
      add: (place, outcome) => resultsApi().add(place, movedOutcome(outcome)),
      snapshot: (place) => resultsApi().snapshot(place),
      hash: (place) => resultsApi().hash(place),
      csv: (place, runId) => resultsApi().csv(place, runId),
      runJson: (place, context) => resultsApi().runJson(place, context),
    },

    async tradesParquet(trades, labels, runId) {
      const worker = host.spawn("sql");
      try {
        return await worker.api.tradesParquet(movedTrades(trades), labels, runId);
      } finally {
        worker.end();
      }
    },
  };
}

async function startSql(host: WorkerHost, source: SourceDescriptor): Promise<HostedWorker<"sql">> {
  const worker = host.spawn("sql");
  try {
    await worker.api.init(movedSource(source));
    return worker;
  } catch (error) {
    worker.end();
    throw error;
  }
}
