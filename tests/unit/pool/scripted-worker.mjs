// An engine worker in a real thread that does by date what a test wants. What happened is written into the source's folder.
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { BroadcastChannel, parentPort } from "node:worker_threads";
import { expose } from "comlink";
import nodeEndpoint from "comlink/dist/esm/node-adapter.mjs";

/** Dates that misbehave. */
const HANGS = 102;
const CRASHES = 103;
const THROWS = 104;
const CRASHES_ONCE = 105;
const CRASHES_FOR_SECOND = 107;

const noData = (date) => ({
  date, parts: [{ part: 0, kind: "no_data" }], skips: [], sample: [], quality: {}, files: [], contractsRead: 0,
  milliseconds: { load: 0, simulate: 0 },
});

let root;
let portion;
let id;

expose(
  {
    async open({ source }) {
      root = source.root;
      if (root.endsWith("no-folder")) throw new Error("the folder is gone");
      id = Math.random().toString(36).slice(2);
    },
    async begin({ plan, look }) {
      if (plan === undefined) appendFileSync(join(root, "log"), `again ${id} ${look}\n`);
    },
    async finish() {
      return undefined;
    },
    async runDays([{ date, orders }], next) {
      portion = next ?? portion;
      const log = join(root, "log");
      appendFileSync(log, `${date} ${id} ${portion.dates[0]} ${orders.map(({ strategy, recordSample }) => `${strategy}:${recordSample}`)}\n`);
      const tries = readFileSync(log, "utf8").split("\n").filter((line) => line.startsWith(`${date} `)).length;
      if (date === HANGS) {
        new BroadcastChannel(`hangs ${root}`).postMessage(date);
        for (;;);
      }
      if (date === CRASHES_FOR_SECOND && orders.some(({ strategy }) => strategy === 1)) process.exit(1);
      if (date === CRASHES || (date === CRASHES_ONCE && tries === 1)) {
        setImmediate(() => { throw new Error("boom"); });
        return new Promise(() => undefined);
      }
      if (date === THROWS) throw new Error("the kernel stopped");
      return { outcomes: orders.map(() => noData(date)), counts: orders.map(() => 0), trades: { length: 0 } };
    },
  },
  nodeEndpoint(parentPort),
);
