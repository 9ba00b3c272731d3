// Stands before every thread of a process under Node (--import): writes what it holds to the file MEMORY_LOG, a line of JSON four times a second.
import { appendFileSync } from "node:fs";
import { isMainThread, threadId } from "node:worker_threads";

const EVERY = 250;
const { Instance } = WebAssembly;
/** The memories of the kernels' instances in this thread. */
const arenas = [];

WebAssembly.Instance = new Proxy(Instance, {
  construct(target, args, newTarget) {
    const made = Reflect.construct(target, args, newTarget);
    const { memory, alloc, mark, release } = made.exports;
    if (memory && alloc && mark && release) arenas.push(memory);
    return made;
  },
});

setInterval(() => {
  const { user, system } = process.cpuUsage();
  const cpu = (user + system) / 1e6;
  const line = isMainThread ? { cpu, rss: process.memoryUsage.rss() } : arenas.length > 0 && { cpu, thread: threadId, arena: arenas.reduce((sum, { buffer }) => sum + buffer.byteLength, 0) };
  if (line) appendFileSync(process.env.MEMORY_LOG, `${JSON.stringify(line)}\n`);
}, EVERY).unref();
