/** The page's workers without its views, for figures of workers alone. A folder is dropped, then a measurement called. */
import { browserHost } from "../../../src/pool/spawn-browser.ts";
import { contractDay } from "../contract-day.ts";
import { hotRuns } from "../hot-runs.ts";

let folder: Promise<FileSystemHandle | null> | undefined;

document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  folder = event.dataTransfer?.items[0]?.getAsFileSystemHandle?.();
});

async function dropped() {
  const handle = await folder;
  if (!(handle instanceof FileSystemDirectoryHandle)) throw new Error("no folder was dropped");
  return { kind: "handle", handle } as const;
}

const measurements = {
  measureContractDay: async (strategyText: string) => contractDay(browserHost, await dropped(), strategyText),
  measureHotRuns: async () => hotRuns(browserHost, await dropped()),
};
export type PageMeasurements = typeof measurements;

Object.assign(globalThis, measurements);
