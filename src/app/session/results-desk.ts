import { WorkerLost, type HostedWorker, type WorkerHost } from "../../pool/worker-host.ts";
import type { Backend } from "./backend.ts";

type Results = Backend["results"];

/** The worker that merges the results of a run. What one run has broken, the next one does not inherit. */
export function createResultsDesk(host: WorkerHost): { readonly api: Results; end(): void } {
  let worker: HostedWorker<"results"> | undefined;
  let broken = false;

  const end = (): void => {
    worker?.end();
    worker = undefined;
    broken = false;
  };

  async function ask<T>(question: (api: Results) => Promise<T>, breaks: (error: unknown) => boolean = (error) => error instanceof WorkerLost): Promise<T> {
    const asked = (worker ??= host.spawn("results"));
    try {
      return await question(asked.api);
    } catch (error) {
      broken ||= worker === asked && breaks(error);
      throw error;
    }
  }

  return {
    end,
    api: {
      begin(strategies, rules) {
        if (broken) end();
        return ask((api) => api.begin(strategies, rules));
      },
      // A day that is missing makes everything that is merged after it wrong.
      add: (places, days) => ask((api) => api.add(places, days), () => true),
      snapshot: (place, variant) => ask((api) => api.snapshot(place, variant)),
      trades: (place) => ask((api) => api.trades(place)),
      analyse: (place, request) => ask((api) => api.analyse(place, request)),
      dayTable: (place, request) => ask((api) => api.dayTable(place, request)),
      ranking: () => ask((api) => api.ranking()),
      hash: (place) => ask((api) => api.hash(place)),
      csv: (place, table, runId) => ask((api) => api.csv(place, table, runId)),
      skipsCsv: (place) => ask((api) => api.skipsCsv(place)),
      runJson: (place, context) => ask((api) => api.runJson(place, context)),
      record: (place) => ask((api) => api.record(place)),
    },
  };
}
