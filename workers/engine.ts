import { expose } from "comlink";
import { createEngineWorker } from "./engine-worker.ts";
import { browserPlatform } from "./platform-browser.ts";

expose(createEngineWorker(browserPlatform));
