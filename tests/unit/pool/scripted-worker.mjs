// An engine worker in a real thread that does by date what a test wants. What happened is written into the source's folder.
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parentPort } from "node:worker_threads";
import { expose } from "comlink";
import nodeEndpoint from "comlink/dist/esm/node-adapter.mjs";

/** Dates that misbehave. */
const HANGS = 102;
const CRASHES = 103;
const THROWS = 104;
const CRASHES_ONCE = 105;

let root;
let chunk;
let id;

expose(
  {
    async init({ source }) {
      root = source.root;
      if (root.endsWith("no-folder")) throw new Error("the folder is gone");
      id = Math.random().toString(36).slice(2);
    },
    async beginChunk(next) {
      chunk = next;
    },
    async runDay(date, recordSample) {
      const log = join(root, "log");
      appendFileSync(log, `${date} ${id} ${chunk.dates[0]} ${recordSample}\n`);
      const tries = readFileSync(log, "utf8").split("\n").filter((line) => line.startsWith(`${date} `)).length;
      if (date === HANGS) for (;;);
      if (date === CRASHES || (date === CRASHES_ONCE && tries === 1)) {
        setImmediate(() => { throw new Error("boom"); });
        return new Promise(() => undefined);
      }
      if (date === THROWS) throw new Error("the kernel stopped");
      return { kind: "no_data", date };
    },
  },
  nodeEndpoint(parentPort),
);
