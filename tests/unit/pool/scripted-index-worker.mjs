// An index worker in a real thread that answers by the file's path as a test wants.
import { BroadcastChannel, parentPort, threadId } from "node:worker_threads";
import { expose } from "comlink";
import nodeEndpoint from "comlink/dist/esm/node-adapter.mjs";

const crash = () => {
  setImmediate(() => { throw new Error("out of bounds"); });
  return new Promise(() => undefined);
};
const hangs = new BroadcastChannel("hangs");
hangs.unref();
const hang = () => {
  hangs.postMessage(threadId);
  for (;;);
};
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

expose(
  {
    async init({ root }) {
      if (root === "/gone") throw new Error("the folder is gone");
    },
    async facts(files) {
      if (files.some(({ path }) => path === "crashes")) return crash();
      if (files.some(({ path }) => path === "hangs")) hang();
      if (files.some(({ path }) => path === "throws")) throw new Error("the server answered 404");
      if (files.some(({ path }) => path === "big")) throw Object.assign(new Error("there is not enough memory for the rows of big."), { name: "MemoryRefused" });
      await pause(50);
      return files.map(({ path }) => ({ size: threadId, modified: 0, rows: 1, footer: path }));
    },
    async probe({ path }) {
      if (path === "crashes") return crash();
      if (path === "hangs") hang();
      if (path === "damaged") return { problem: { path, kind: "not_parquet", fatal: true, message: "this is no Parquet file" } };
      return { rows: 1, ist: 1, utc: 0 };
    },
  },
  nodeEndpoint(parentPort),
);
