// Stands before every thread of a process of Node (--import, with --expose-gc): writes to the file MEMORY_LOG what is held after what can be
// collected has been, a line of JSON at a time.
import { appendFileSync } from "node:fs";
import { isMainThread, threadId } from "node:worker_threads";
import { arenaBytes } from "./arenas.mjs";

/** Seconds that the process has worked between two lines: collecting takes a part of them. */
const EVERY = 1.5;
/** Milliseconds. */
const LOOK_EVERY = 100;

let last = 0;
setInterval(() => {
  const { user, system } = process.cpuUsage();
  const cpu = (user + system) / 1e6;
  if (cpu < last + EVERY) return;
  last = cpu;
  globalThis.gc();
  const arena = arenaBytes();
  if (isMainThread) appendFileSync(process.env.MEMORY_LOG, `${JSON.stringify({ cpu, rss: process.memoryUsage.rss() })}\n`);
  else if (arena > 0) appendFileSync(process.env.MEMORY_LOG, `${JSON.stringify({ cpu, thread: threadId, arena })}\n`);
}, LOOK_EVERY).unref();
