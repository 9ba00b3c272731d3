// The built worker, in which an engine stops before it reads certain files until the test says "go".
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { BroadcastChannel, workerData } from "node:worker_threads";

/** @param {{ worker: string, files: string[], channel: string }} where the worker's module, how the files' paths end, and where to listen */
export async function startHeld({ worker, files, channel }) {
  if (workerData === "engine") hold(files, channel);
  await import(worker);
}

function hold(files, name) {
  const channel = new BroadcastChannel(name);
  channel.unref();
  const waiting = [];
  channel.onmessage = ({ data }) => {
    if (data === "go") for (const free of waiting.splice(0)) free();
    else setClock(data);
  };
  const { openAsBlob } = fs;
  fs.openAsBlob = async (path, ...rest) => {
    const file = files.find((ending) => path.endsWith(ending));
    if (file !== undefined) {
      const freed = new Promise((resolve) => waiting.push(resolve));
      channel.postMessage(file);
      await freed;
    }
    return openAsBlob(path, ...rest);
  };
  syncBuiltinESMExports();
}

/** @param {number} by milliseconds */
function setClock(by) {
  const now = Date.now;
  Date.now = () => now() + by;
}
