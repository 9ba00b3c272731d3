import { expose } from "comlink";
import { createResultsWorker } from "./results-worker.ts";

expose(createResultsWorker());
