/** The page's workers without its views, for figures of workers alone. A folder is dropped, then a measurement called. */
import { browserHost } from "../../../src/pool/spawn-browser.ts";
import { contractDay, type ContractDays } from "../contract-day.ts";

let folder: Promise<FileSystemHandle | null> | undefined;

document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  folder = event.dataTransfer?.items[0]?.getAsFileSystemHandle?.();
});

Object.assign(globalThis, {
  async measureContractDay(strategyText: string): Promise<ContractDays> {
    const handle = await folder;
    if (!(handle instanceof FileSystemDirectoryHandle)) throw new Error("no folder was dropped");
    return contractDay(browserHost, { kind: "handle", handle }, strategyText);
  },
});
