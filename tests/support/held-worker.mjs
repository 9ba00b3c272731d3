// The built worker, in which workers of one kind stop before they read certain files until the test says "go"; what opens a file without waiting stops for good,
// and so does one that is called what it must not be.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { BroadcastChannel, parentPort, workerData } from "node:worker_threads";

/** @param {{ worker: string, files: string[], channel: string, kind?: string, call?: string }} where the worker's module, how the files' paths end, where to listen, which workers, and a function of theirs that never ends */
export async function startHeld({ worker, files, channel, kind = "engine", call }) {
  if (workerData === kind) hold(files, channel);
  if (workerData === kind && call !== undefined) hangIn(call, channel);
  await import(worker);
}

function hangIn(call, name) {
  const channel = new BroadcastChannel(name);
  channel.unref();
  const { on } = parentPort;
  parentPort.on = (type, heard) =>
    on.call(parentPort, type, (message) => {
      if (message.path?.[0] === call) {
        channel.postMessage(call);
        stopForGood();
      }
      heard(message);
    });
}

function stopForGood() {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

function hold(files, name) {
  const channel = new BroadcastChannel(name);
  channel.unref();
  const waiting = [];
  channel.onmessage = ({ data }) => {
    if (data === "go") for (const free of waiting.splice(0)) free();
    else setClock(data);
  };
  const { open, openSync } = fs;
  fs.openSync = (path, ...rest) => {
    const file = files.find((ending) => String(path).endsWith(ending));
    if (file !== undefined) {
      channel.postMessage(file);
      stopForGood();
    }
    return openSync(path, ...rest);
  };
  fs.open = (path, ...rest) => {
    const file = files.find((ending) => String(path).endsWith(ending));
    if (file === undefined) return open(path, ...rest);
    waiting.push(() => open(path, ...rest));
    channel.postMessage(file);
  };
  syncBuiltinESMExports();
}

/** @param {number} by milliseconds */
function setClock(by) {
  const now = Date.now;
  Date.now = () => now() + by;
}
