/** The worker that owns the index of one folder, for as long as the folder is open: one that is lost or hangs is replaced, and asked once more. */
import type { RulesOverride } from "../core/market/override.ts";
import type { CatalogueSummary, DataSettings, Progress } from "../data/catalogue/types.ts";
import { WAITING_HANG_AFTER, WorkerHung } from "./in-time.ts";
import type { CatalogueWorkerApi, SourceDescriptor } from "./protocol.ts";
import { StandingWorker } from "./standing-worker.ts";
import { movedSource } from "./transfers.ts";
import type { WorkerHost } from "./worker-host.ts";

export type CatalogueQuestions = Omit<CatalogueWorkerApi, "open">;

export interface StandingCatalogue {
  readonly summary: CatalogueSummary;
  readonly api: CatalogueQuestions;
  /** Ends the worker at once, whatever it is doing. */
  end(): void;
}

export interface CatalogueOpen {
  readonly host: WorkerHost;
  /** Called once per worker: a port to the page's files cannot be shared. */
  readonly source: () => SourceDescriptor;
  readonly settings: DataSettings;
  readonly rules: RulesOverride | undefined;
  readonly progress: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

/** Opens the index of a folder. Rejects in words where the folder does not answer. */
export async function openCatalogue({ host, source, settings, rules, progress, signal }: CatalogueOpen): Promise<StandingCatalogue> {
  /** As the user has chosen since: whatever worker comes next begins with it. */
  let chosen = settings;
  const worker = new StandingWorker({
    host, kind: "catalogue", hangAfter: WAITING_HANG_AFTER,
    open: async (api, alive) => void (await api.open(movedSource(source()), chosen, heard(progress, alive), rules, alive)),
  });
  signal?.addEventListener("abort", () => worker.end(), { once: true });

  async function ask<T>(doing: string, question: (api: CatalogueWorkerApi, alive: () => void) => Promise<T>): Promise<T> {
    try {
      return await worker.askTwice(doing, question);
    } catch (error) {
      if (!(error instanceof WorkerHung)) throw error;
      throw new Error(`Looking through the folder does not end, tried twice: ${error.message}. See whether the disk or the network that it lies on answers, then open the folder again.`, { cause: error });
    }
  }

  const api: CatalogueQuestions = {
    refresh: (progress) => ask("looking for changes", (api, alive) => api.refresh(heard(progress, alive))),
    async configure(next) {
      const summary = await ask("applying your choices", (api) => api.configure(next));
      chosen = next;
      return summary;
    },
    files: (query) => ask("listing files", (api) => api.files(query)),
    coverage: (symbol, progress) => ask("looking for days", (api, alive) => api.coverage(symbol, heard(progress, alive))),
    plan: (strategies, progress) => ask("planning a run", (api, alive) => api.plan(strategies, heard(progress, alive))),
    planStudy: (study, progress) => ask("planning a study", (api, alive) => api.planStudy(study, heard(progress, alive))),
    named: (symbols) => ask("listing files", (api) => api.named(symbols)),
    contracts: (progress) => ask("looking for contracts", (api, alive) => api.contracts(heard(progress, alive))),
    healthPlan: (question, progress) => ask("planning a health check", (api, alive) => api.healthPlan(question, heard(progress, alive))),
    keepHealth: (found) => ask("keeping what was found", (api) => api.keepHealth(found)),
    copyPlan: (options, progress) => ask("planning a copy", (api, alive) => api.copyPlan(options, heard(progress, alive))),
    summary: () => ask("reading the index", (api) => api.summary()),
    // The port moves to the worker that is asked: there is no second time.
    answer: (port) => worker.ask("joining the SQL console", (api) => api.answer(port)),
  };
  try {
    return { summary: await api.summary(), api, end: () => worker.end() };
  } catch (error) {
    worker.end();
    throw error;
  }
}

/** Progress is a sign of life. */
function heard(progress: (progress: Progress) => void, alive: () => void): (progress: Progress) => void {
  return (told) => {
    alive();
    progress(told);
  };
}
