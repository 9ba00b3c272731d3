import { expose } from "comlink";
import { createCareWorker } from "./care-worker.ts";
import { browserPlatform } from "./platform-browser.ts";

expose(createCareWorker(browserPlatform));
