import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { parseStrategy } from "../../../src/core/strategy/parse.ts";
import type { ParsedStrategy } from "../../../src/core/strategy/types.ts";
import type { DayOutcome } from "../../../src/core/results/types.ts";
import type { PlannedPortion, RunPlan } from "../../../src/pool/protocol.ts";
import { runBacktest, type BacktestRequest } from "../../../src/pool/scheduler.ts";
import { EnginePool } from "../../../src/pool/engine-pool.ts";
import { createNodeHost } from "../../../src/pool/spawn-node.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const host = createNodeHost(new URL("./scripted-worker.mjs", import.meta.url));
const strategy = parseStrategy("name: scripted\nuniverse: { symbol: BANKNIFTY }\nentry: { legs: [{ cp: CE, lots: -1 }] }");
const HANGS = 102;
const CRASHES = 103;
const THROWS = 104;
const CRASHES_ONCE = 105;
const CRASHES_FOR_SECOND = 107;

function portion(...dates: number[]): PlannedPortion {
  return { dates, chunks: [{ symbol: "BANKNIFTY", dates, files: new Uint32Array(), zones: {}, kinds: {}, barLabel: "start" }] };
}

function planOf(portions: readonly PlannedPortion[], strategies: readonly ParsedStrategy[]): RunPlan {
  const dates = portions.flatMap((one) => one.dates).sort((a, b) => a - b);
  return { strategies: strategies.map(() => ({ kind: "planned", dates, notRun: [], uncertainRules: [] })), dates, portions, earlier: [], files: { text: new Uint8Array(), ends: new Uint32Array() } };
}

interface Ran {
  readonly outcomes: readonly DayOutcome[];
  readonly ended: "done" | "stopped";
  readonly places: readonly number[];
  /** `date worker first-date-of-portion strategy:recordSample,…` per attempt. */
  readonly log: readonly string[][];
}

/** @param onHung called when a worker is about to hang */
async function run(portions: readonly PlannedPortion[], options: Partial<BacktestRequest> = {}, strategies: readonly ParsedStrategy[] = [strategy], onHung: () => void = () => undefined): Promise<Ran> {
  const root = tempFolder();
  const channel = new BroadcastChannel(`hangs ${root}`);
  channel.onmessage = onHung;
  const outcomes: DayOutcome[] = [];
  const places: number[] = [];
  const ended = await runBacktest({
    plan: planOf(portions, strategies),
    strategies,
    host,
    workers: 2,
    init: () => ({ source: { kind: "node", root }, reader: "parquet-wasm" }),
    onOutcome(place, outcome) {
      places.push(place);
      outcomes.push(outcome);
    },
    hangAfter: 20_000,
    ...options,
  }).finally(() => channel.close());
  return { outcomes, places, ended, log: readFileSync(join(root, "log"), "utf8").trim().split("\n").map((line) => line.split(" ")) };
}

/** Waits until so many wait: each of as many workers has a portion by then, however late it was started. */
function untilCalled(times: number): () => Promise<void> {
  let calls = 0;
  let enough: () => void;
  const called = new Promise<void>((resolve) => (enough = resolve));
  return () => {
    if (++calls === times) enough();
    return called;
  };
}

const datesOf = (ran: Ran) => ran.outcomes.map((outcome) => outcome.date).sort((a, b) => a - b);
const attempts = (ran: Ran, date: number) => ran.log.filter(([one]) => one === String(date)).length;
const failed = (ran: Ran) => ran.outcomes.flatMap((outcome) => outcome.parts.flatMap((part) => (part.kind === "not_run" ? [{ date: outcome.date, reason: part.reason, detail: part.detail }] : [])));

describe("runBacktest", () => {
  it("gives every day once; a portion stays with one worker, its days in order", async () => {
    const ran = await run([portion(1, 2, 3), portion(11, 12), portion(21, 22, 23, 24)], { workers: 3 });
    expect(ran.ended).toBe("done");
    expect(datesOf(ran)).toEqual([1, 2, 3, 11, 12, 21, 22, 23, 24]);
    for (const first of ["1", "11", "21"]) {
      const lines = ran.log.filter(([, , portionOf]) => portionOf === first);
      expect(new Set(lines.map(([, worker]) => worker)).size).toBe(1);
      expect(lines.map(([date]) => Number(date))).toEqual(lines.map(([date]) => Number(date)).toSorted((a, b) => a - b));
    }
  });

  it("replaces a worker that crashes and reports its day after a second try; the others run on", async () => {
    const ran = await run([portion(101, CRASHES, 106), portion(201, 202)]);
    expect(datesOf(ran)).toEqual([101, CRASHES, 106, 201, 202]);
    expect(attempts(ran, CRASHES)).toBe(2);
    expect(failed(ran)).toMatchObject([{ date: CRASHES, reason: "unreadable", detail: expect.stringMatching(/1970-04-14 failed twice: The engine worker crashed: boom/) }]);
  });

  it("tells a day that failed once from one that fails always", async () => {
    const ran = await run([portion(101, CRASHES_ONCE, 106)]);
    expect(attempts(ran, CRASHES_ONCE)).toBe(2);
    expect(failed(ran)).toEqual([]);
    expect(datesOf(ran)).toEqual([101, CRASHES_ONCE, 106]);
  });

  it("replaces a worker that hangs in a loop", async () => {
    // The worker hangs for real; the time that is waited for it passes at once.
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const ran = await run([portion(101, HANGS, 106)], { hangAfter: 300_000 }, [strategy], () => setImmediate(() => vi.advanceTimersByTime(300_000)));
      expect(attempts(ran, HANGS)).toBe(2);
      expect(failed(ran)).toMatchObject([{ date: HANGS, detail: expect.stringContaining("no sign of life for 300 seconds") }]);
      expect(datesOf(ran)).toEqual([101, HANGS, 106]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("passes on what a worker says when it throws", async () => {
    const ran = await run([portion(THROWS)]);
    expect(failed(ran)).toMatchObject([{ date: THROWS, detail: expect.stringContaining("the kernel stopped") }]);
  });

  it("stops within a second even while a worker computes without a pause, and keeps the days done", async () => {
    const stop = new AbortController();
    let asked = 0;
    const ran = await run([portion(101, HANGS, 106)], {
      signal: stop.signal,
      order: (items) => items,
      delay: async () => {
        // The second call is that of the day that never ends; give it time to be in its loop.
        if (++asked === 2) setTimeout(() => { asked = performance.now(); stop.abort(); }, 300);
      },
    });
    expect(performance.now() - asked).toBeLessThan(1000);
    expect(ran.ended).toBe("stopped");
    expect(datesOf(ran)).toEqual([101]);
  });

  it("gives every day once while the number of workers is being found", async () => {
    const portions = Array.from({ length: 90 }, (_, i) => portion(1_000 + i));
    const counts: number[] = [];
    const ran = await run(portions, { workers: 3, tunedFrom: 1, onWorkers: (count) => counts.push(count), delay: () => new Promise((resume) => setTimeout(resume, 60)) });
    expect(ran.ended).toBe("done");
    expect(datesOf(ran)).toEqual(portions.map(({ dates: [date] }) => date));
    expect(counts.slice(0, 2)).toEqual([1, 2]);
    expect(new Set(ran.log.map(([, worker]) => worker)).size).toBeGreaterThan(1);
  });

  it("does nothing when it is stopped before it begins", async () => {
    const stop = new AbortController();
    stop.abort();
    const outcomes: DayOutcome[] = [];
    const ended = await runBacktest({
      plan: planOf([portion(1)], [strategy]), strategies: [strategy], host, workers: 1, signal: stop.signal, onOutcome: (_place, outcome) => outcomes.push(outcome),
      init: () => ({ source: { kind: "node", root: tempFolder() }, reader: "parquet-wasm" }),
    });
    expect(ended).toBe("stopped");
    expect(outcomes).toEqual([]);
  });

  it("rejects with the reason when no worker can be made ready", async () => {
    const broken = run([portion(1), portion(2)], { init: () => ({ source: { kind: "node", root: "/nowhere/no-folder" }, reader: "parquet-wasm" }) });
    await expect(broken).rejects.toThrow("the folder is gone");
  });

  it("asks for the sample only while the days done from the first on may have too few trades", async () => {
    const none = parseStrategy("name: scripted\nuniverse: { symbol: BANKNIFTY }\nentry: { legs: [{ cp: CE, lots: -1 }] }\nsampling: { first_trades: 0 }");
    expect((await run([portion(1, 2)], {}, [none])).log.map(([, , , orders]) => orders)).toEqual(["0:false", "0:false"]);
    expect((await run([portion(1, 2)], {}, [strategy, none])).log.map(([, , , orders]) => orders)).toEqual(["0:true,1:false", "0:true,1:false"]);
  });

  it("does a date for all strategies at once, and reports a day only for the strategy that fails", async () => {
    const ran = await run([portion(101, CRASHES_FOR_SECOND, 106)], {}, [strategy, strategy]);
    expect(ran.log.map(([date, , , orders]) => `${date} ${orders}`)).toEqual(["101 0:true,1:true", "107 0:true,1:true", "107 0:true", "107 1:true", "106 0:true,1:true"]);
    expect(ran.places).toEqual([0, 1, 0, 1, 0, 1]);
    expect(ran.outcomes.map(({ parts: [part] }) => part.kind)).toEqual(["no_data", "no_data", "no_data", "not_run", "no_data", "no_data"]);
  });
});

describe("a pool of workers that stays", () => {
  it("gives each portion back to the worker that ran it, without sending the same plan anew", async () => {
    const root = tempFolder();
    const portions = [portion(1, 2), portion(11), portion(21, 22), portion(31), portion(41)];
    const plan = planOf(portions, [strategy]);
    const pool = new EnginePool(host);
    const log = () => readFileSync(join(root, "log"), "utf8").trim().split("\n").map((line) => line.split(" "));
    const go = (look: boolean, delay?: () => Promise<void>) => runBacktest({ plan, strategies: [strategy], host, pool, workers: 2, look, delay, init: () => ({ source: { kind: "node", root }, reader: "parquet-wasm" }), onOutcome: () => undefined });
    try {
      await go(true, untilCalled(2));
      const first = log();
      const workerOf = new Map(first.map(([date, worker]) => [date, worker]));
      expect(new Set(workerOf.values()).size).toBe(2);
      for (let i = 0; i < 3; i++) await go(false);
      const later = log().slice(first.length);
      expect(later.filter(([word]) => word === "again").map(([, , look]) => look)).toEqual(Array(6).fill("false"));
      const days = later.filter(([word]) => word !== "again");
      expect(days).toHaveLength(3 * first.length);
      for (const [date, worker] of days) expect(worker).toBe(workerOf.get(date));
    } finally {
      pool.end();
    }
  });

  it("serves the next run at once after one was stopped, and replaces a worker that hangs in it", async () => {
    const root = tempFolder();
    const pool = new EnginePool(host);
    const go = (dates: number[], signal?: AbortSignal) => {
      const done: number[] = [];
      const options = { host, pool, workers: 1, strategies: [strategy], init: () => ({ source: { kind: "node", root } as const, reader: "parquet-wasm" as const }) };
      return runBacktest({ ...options, plan: planOf([portion(...dates)], [strategy]), signal, onOutcome: (_, { date }) => done.push(date) }).then((ended) => ({ ended, done }));
    };
    try {
      const stop = new AbortController();
      const hanging = go([1, HANGS], stop.signal);
      setTimeout(() => stop.abort(), 1500);
      expect((await hanging).ended).toBe("stopped");
      const asked = performance.now();
      expect(await go([5, 6])).toEqual({ ended: "done", done: [5, 6] });
      expect(performance.now() - asked).toBeLessThan(5000);
    } finally {
      pool.end();
    }
  });
});
