// Stands before a worker's code under Node: collects what can be collected whenever the process has worked for a while, and writes the
// thread and its arenas to the file MEMORY_LOG, a line of JSON at a time.
import { appendFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { threadId } from "node:worker_threads";
import { arenaBytes } from "./arenas.mjs";

/** Seconds that the process has worked between two lines: collecting takes a part of them. */
const EVERY = 1;
/** Milliseconds. */
const LOOK_EVERY = 100;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");
let last = 0;
setInterval(() => {
  const { user, system } = process.cpuUsage();
  const cpu = (user + system) / 1e6;
  if (cpu < last + EVERY) return;
  last = cpu;
  collect();
  const arena = arenaBytes();
  if (arena > 0) appendFileSync(process.env.MEMORY_LOG, `${JSON.stringify({ cpu, thread: threadId, arena })}\n`);
}, LOOK_EVERY).unref();
