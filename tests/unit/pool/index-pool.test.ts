import { BroadcastChannel } from "node:worker_threads";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { CatalogueFile } from "../../../src/data/catalogue/types.ts";
import { ParquetError } from "../../../src/data/ports.ts";
import { IndexPool } from "../../../src/pool/index-pool.ts";
import { createNodeHost } from "../../../src/pool/spawn-node.ts";

const host = createNodeHost(new URL("./scripted-index-worker.mjs", import.meta.url));
const file = (path: string): CatalogueFile => ({ path, layout: "raw", kind: "option", symbol: "BANKNIFTY" });

describe("IndexPool", () => {
  let pool: IndexPool;
  const opened = (workers: number) => (pool = new IndexPool(host, workers, () => ({ kind: "node", root: "/" })));
  /** A scripted worker gives its number as the size of every file. */
  const workersThatAnswer = async (requests: readonly (readonly string[])[]) => {
    const answers = await Promise.all(requests.map((paths) => pool.facts(paths.map(file), {})));
    return new Set(answers.flat().map((facts) => ("size" in facts ? facts.size : -1))).size;
  };
  afterEach(() => pool.close());

  it("spreads requests over its workers and answers in the order of the files", async () => {
    opened(2);
    const answers = await Promise.all([["a", "b"], ["c"], ["d"], ["e"]].map((paths) => pool.facts(paths.map(file), {})));
    expect(answers.flat().map((facts) => ("footer" in facts ? facts.footer : "problem"))).toEqual(["a", "b", "c", "d", "e"]);
  });

  it("uses as many workers as it may, and no more", async () => {
    opened(2);
    expect(await workersThatAnswer(["a", "b", "c", "d", "e", "f"].map((name) => Array.from({ length: 24 }, (_, i) => `${name}${i}`)))).toBe(2);
  });

  it("starts no second worker for what the first has read sooner", async () => {
    opened(2);
    expect(await workersThatAnswer([["a"], ["b"], ["c"], ["d"], ["e"], ["f"]])).toBe(1);
  });

  it.each([["crashes", /out of bounds/], ["throws", /404/]] as const)("makes a problem of a file on which reading %s, and reads the others of its request and beside it", async (bad, says) => {
    opened(1);
    const [mixed, beside] = await Promise.all([pool.facts(["a", bad, "b"].map(file), {}), pool.facts(["c"].map(file), {})]);
    expect(mixed).toMatchObject([{ footer: "a" }, { problem: { path: bad, kind: "corrupt", fatal: true, message: expect.stringMatching(says) } }, { footer: "b" }]);
    expect(beside).toMatchObject([{ footer: "c" }]);
  });

  it("makes a problem of a file on which its worker hangs for five minutes, which may be gone the next time, and reads the others", async () => {
    opened(1);
    // The workers hang for real; the time that is waited for them passes at once.
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const channel = new BroadcastChannel("hangs");
    const hung: unknown[] = [];
    channel.onmessage = ({ data }: { data: unknown }) => {
      hung.push(data);
      vi.advanceTimersByTime(299_000);
      setImmediate(() => vi.advanceTimersByTime(1_000));
    };
    try {
      const answers = await pool.facts(["a", "hangs", "b"].map(file), {});
      expect(answers).toMatchObject([{ footer: "a" }, { problem: { path: "hangs", kind: "gone", fatal: true, message: expect.stringMatching(/^reading it does not end: The worker gave no sign of life for 300 seconds/) } }, { footer: "b" }]);
      await expect(pool.probe(file("hangs"))).rejects.toMatchObject({ path: "hangs", fault: "gone" });
      expect(await pool.probe(file("fine"))).toEqual({ rows: 1, ist: 1, utc: 0 });
      expect(new Set(hung).size).toBe(5);
    } finally {
      channel.close();
      vi.useRealTimers();
    }
  });

  it("does not call a file damaged for which there was not enough memory, and reads the others", async () => {
    opened(1);
    const answers = await pool.facts(["a", "big", "b"].map(file), {});
    expect(answers).toMatchObject([{ footer: "a" }, { problem: { path: "big", kind: "memory", fatal: true, message: expect.stringMatching(/^there is not enough memory.*Until then it is not used/) } }, { footer: "b" }]);
  });

  it("throws a ParquetError where a file's clocks cannot be read", async () => {
    opened(1);
    await expect(pool.probe(file("damaged"))).rejects.toMatchObject({ path: "damaged", fault: "not_parquet", detail: "this is no Parquet file" });
    await expect(pool.probe(file("crashes"))).rejects.toBeInstanceOf(ParquetError);
    expect(await pool.probe(file("fine"))).toEqual({ rows: 1, ist: 1, utc: 0 });
  });

  it("rejects when no worker can open the folder, instead of making a problem of every file", async () => {
    pool = new IndexPool(host, 2, () => ({ kind: "node", root: "/gone" }));
    await expect(pool.facts(["a", "b"].map(file), {})).rejects.toThrow("the folder is gone");
    await expect(pool.probe(file("a"))).rejects.toThrow("the folder is gone");
  });

  it("rejects what is under way when it is closed, instead of making problems of it", async () => {
    opened(1);
    const pending = pool.facts([file("a")], {});
    pool.close();
    await expect(pending).rejects.toThrow("index worker");
  });
});
