import { expose } from "comlink";
import { createIndexWorker } from "./index-worker.ts";
import { browserPlatform } from "./platform-browser.ts";

expose(createIndexWorker(browserPlatform));
