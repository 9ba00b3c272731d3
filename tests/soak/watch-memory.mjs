// Stands before every thread of a process of Node (--import, with --expose-gc): writes to the file MEMORY_LOG what is held after what can be
// collected has been, a line of JSON at a time.
import { appendFileSync } from "node:fs";
import { isMainThread, threadId } from "node:worker_threads";
import { arenaBytes } from "./arenas.mjs";

const EVERY = 400;

setInterval(() => {
  globalThis.gc();
  const { user, system } = process.cpuUsage();
  const cpu = (user + system) / 1e6;
  const arena = arenaBytes();
  if (isMainThread) appendFileSync(process.env.MEMORY_LOG, `${JSON.stringify({ cpu, rss: process.memoryUsage.rss() })}\n`);
  else if (arena > 0) appendFileSync(process.env.MEMORY_LOG, `${JSON.stringify({ cpu, thread: threadId, arena })}\n`);
}, EVERY).unref();
