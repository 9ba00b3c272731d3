/** The files that a run can be saved as. */
import type { ResultTable } from "../../core/results/types.ts";
import type { Backend } from "./backend.ts";
import type { RunSession } from "./run-session.ts";

export type DownloadName = `${ResultTable}.${"csv" | "parquet"}` | "run.json";

/** Makes the file in a worker. Rejects with the reason, in words, where that fails. */
export async function makeDownload(backend: Backend, run: RunSession, name: DownloadName): Promise<Blob> {
  const identity = run.shown();
  if (!identity) throw new Error("There are no results to save yet: run a strategy first.");
  const { runId, place } = identity;
  if (name !== "run.json") {
    const [table, form] = name.split(".") as [ResultTable, "csv" | "parquet"];
    return form === "csv" ? backend.results.csv(place, table, runId) : backend.parquet(table, await backend.results.trades(place), identity.labels, runId);
  }
  return backend.results.runJson(place, {
    runId,
    folder: identity.source.name,
    clockZones: identity.zones,
    problems: await identity.problems(),
    reader: identity.reader,
    workers: identity.workers,
    machine: { processors: navigator.hardwareConcurrency, browser: navigator.userAgent },
    started: identity.started,
    finished: run.finished() ?? new Date(),
    stopped: run.status() === "stopped",
    quarantine: identity.quarantine,
  });
}

/** Hands a file to the browser's downloads. */
export function saveAs(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun by then; revoking at once would cut it off in some browsers.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
