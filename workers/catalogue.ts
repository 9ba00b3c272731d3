import { expose } from "comlink";
import { createBrowserIndexStore } from "../src/data/index-store-browser.ts";
import { createBlobHost } from "../src/pool/blob-host.ts";
import { openSource } from "../src/pool/open-source.ts";
import { createCatalogueWorker } from "./catalogue-worker.ts";
import indexUrl from "./index.ts?worker&url";

/** More readers than this do not make a disk faster. */
const MOST_READERS = 6;

const store = createBrowserIndexStore();

expose(
  createCatalogueWorker({
    openSource,
    host: createBlobHost({ index: indexUrl }),
    indexWorkers: Math.max(1, Math.min(MOST_READERS, navigator.hardwareConcurrency)),
    openStore: () => store,
  }),
);
