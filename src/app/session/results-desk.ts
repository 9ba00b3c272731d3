import { HANG_AFTER } from "../../pool/in-time.ts";
import { Silence } from "../../pool/silence.ts";
import { WorkerLost, type HostedWorker, type WorkerHost } from "../../pool/worker-host.ts";
import type { Backend } from "./backend.ts";

type Results = Backend["results"];

interface Listening {
  readonly hosted: HostedWorker<"results">;
  readonly silence: Silence;
}

/** The worker that merges the results of a run. What one run has broken, the next one does not inherit. */
export function createResultsDesk(host: WorkerHost): { readonly api: Results; end(): void } {
  let worker: Listening | undefined;
  let broken = false;

  const end = (): void => {
    worker?.hosted.end();
    worker = undefined;
    broken = false;
  };

  function listening(): Listening {
    const hosted = host.spawn("results");
    // Whatever is asked of it from then on rejects at once: it has lost the run.
    return { hosted, silence: new Silence(HANG_AFTER, "putting the results of the run together", () => hosted.end()) };
  }

  async function ask<T>(question: (api: Results) => Promise<T>, breaks: (error: unknown) => boolean = (error) => error instanceof WorkerLost): Promise<T> {
    const asked = (worker ??= listening());
    try {
      return await asked.silence.until(question(asked.hosted.api));
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
