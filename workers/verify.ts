import { expose } from "comlink";
import { browserPlatform } from "./platform-browser.ts";
import { createVerifyWorker } from "./verify-worker.ts";

expose(createVerifyWorker(browserPlatform));
