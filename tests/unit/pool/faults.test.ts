/**
 * Faults in the middle of a run, caused for real: an engine worker stands before the rows of one date while the fault happens. No result is
 * wrong, no day that was done is lost, what is not run says why, and the next run gives what an undisturbed one gives.
 */
import { cpSync, renameSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { BroadcastChannel } from "node:worker_threads";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { SampleTable } from "../../../src/core/sample/table.ts";
import { isoDate, type DayNumber } from "../../../src/core/time.ts";
import { HANG_AFTER } from "../../../src/pool/in-time.ts";
import { createNodeHost } from "../../../src/pool/spawn-node.ts";
import type { WorkerHost } from "../../../src/pool/worker-host.ts";
import { straddle, type RunSummary } from "../../support/cli.ts";
import { engineWorkers, type EngineWorkers, type PoolRun, type PoolRunOptions } from "../../support/engine-workers.ts";
import { smallSample } from "../../support/layouts.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { writeTables } from "../../support/write-table.ts";

const STRATEGY = `
name: hourly
universe: { symbol: BANKNIFTY }
time: { window: "09:15-15:25" }
entry: { legs: [{ cp: CE, lots: -1 }, { cp: PE, lots: -1 }], rebalance: { every: 1h } }
exit: { stop_loss: { rupees: 2000 } }
`;
const HELD = new URL("../../support/held-worker.mjs", import.meta.url).href;
const DAYS = 6;
const KEEP = { warm: 1e9, hot: 1e8 };

const sample = smallSample({ seed: 31, days: DAYS, strikesEachSide: 2 });
/** One per date. */
const spots = sample.files.filter(({ date }) => date !== undefined).map(({ path }) => path).sort();

let root: string;
let engines: EngineWorkers;
let undisturbed: PoolRun;
let cache: string;

beforeAll(async () => {
  root = join(tempFolder(), "data");
  for (const file of sample.files) writeTables(root, file.path, [...file.tables()]);
  engines = await engineWorkers(root);
  const pool = engines.pool();
  undisturbed = await pool.run(STRATEGY);
  pool.end();
  expect(undisturbed).toMatchObject({ days: DAYS, notRun: [] });
});
afterAll(() => engines.end());
// Workers take it over when they start.
beforeEach(() => {
  cache = tempFolder();
  process.env.STRADDLE_CACHE = cache;
});

/** What can be done to the workers of a run. */
interface Scene {
  /** Ends every engine worker at once, whatever it does. */
  killAll(): void;
  /** Sets the clock of all workers, milliseconds. */
  setClock(by: number): void;
}

interface Disturbed extends PoolRun {
  /** Dates in the order in which they were done. */
  readonly done: readonly DayNumber[];
  /** How often a worker came to the file. */
  readonly held: number;
}

let channels = 0;

/** A run of one worker in which something happens whenever it comes to one of the files. The worker goes on when `fault` has ended, and never where that answers "hang". */
async function disturbed(files: readonly string[], fault: (scene: Scene, time: number, file: string) => unknown, options: PoolRunOptions = {}): Promise<Disturbed> {
  const name = `faults ${process.pid} ${++channels}`;
  const channel = new BroadcastChannel(name);
  const entry = join(tempFolder(), "worker.mjs");
  writeFileSync(entry, `import { startHeld } from ${JSON.stringify(HELD)};\nawait startHeld(${JSON.stringify({ worker: engines.entry.href, files, channel: name })});\n`);
  const threads = createNodeHost(pathToFileURL(entry));
  const alive = new Set<() => void>();
  const host: WorkerHost = {
    spawn(kind) {
      const worker = threads.spawn(kind);
      alive.add(worker.end);
      return worker;
    },
  };
  const scene: Scene = {
    killAll() {
      for (const end of alive) end();
      alive.clear();
    },
    setClock: (by) => channel.postMessage(by),
  };
  let held = 0;
  channel.onmessage = async ({ data }: { data: string }) => {
    if ((await fault(scene, ++held, data)) !== "hang") channel.postMessage("go");
  };
  const pool = engines.pool({ keep: KEEP, workers: 1, host });
  const done: DayNumber[] = [];
  try {
    return { ...(await pool.run(STRATEGY, { ...options, onDay: ({ date }) => done.push(date) })), done, held };
  } finally {
    pool.end();
    channel.close();
  }
}

/** A run afterwards, in new workers over the same cache. */
async function again(): Promise<PoolRun & { readonly simulated: number }> {
  const pool = engines.pool({ keep: KEEP, workers: 1 });
  let simulated = 0;
  try {
    return { ...(await pool.run(STRATEGY, { onDay: ({ milliseconds: { load, simulate } }) => (simulated += load + simulate > 0 ? 1 : 0) })), simulated };
  } finally {
    pool.end();
  }
}

/** The run is what an undisturbed one is without some dates, and says of those why. */
function expectWithout(run: Disturbed, dates: readonly number[], why: RegExp): void {
  expect(run.notRun.map(({ date, reason }) => [isoDate(date), reason])).toEqual(dates.map((place) => [dateOf(spots[place]), "unreadable"]));
  for (const { detail } of run.notRun) expect(detail).toMatch(why);
  expect(run.days).toBe(DAYS - dates.length);
}

const dateOf = (spot: string) => /\d{4}-\d\d-\d\d/.exec(spot)![0];

const expectWhole = (run: PoolRun) => expect(run).toMatchObject({ hash: undisturbed.hash, trades: undisturbed.trades, days: DAYS, notRun: [] });

describe("a worker", () => {
  it("that is killed is replaced, and its day done by the next one", async () => {
    const run = await disturbed([spots[3]], ({ killAll }, time) => time === 1 && killAll());
    expect(run.held).toBe(2);
    expectWhole(run);
    expectWhole(await again());
  });

  it("that is killed twice on one day costs that day, and says so; the next run does nothing else", async () => {
    // Days that are done lie in the worker's memory for a second at most: the day before is done later than that.
    const run = await disturbed([spots[3], spots[4]], ({ killAll }, _time, file) => (file === spots[3] ? new Promise((later) => setTimeout(later, 1_100)) : killAll()));
    expectWithout(run, [4], /failed twice: The engine worker ended with status 1\. The other days are not affected/);
    const next = await again();
    expectWhole(next);
    expect(next.simulated).toBe(1);
  });

  it("whose read never ends is replaced after the limit", async () => {
    // The worker hangs for real; the time that is waited for it passes at once.
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const run = await disturbed([spots[3]], (_scene, time) => (time === 1 ? (vi.advanceTimersByTime(HANG_AFTER), "hang") : "go"));
      expect(run.held).toBe(2);
      expectWhole(run);
    } finally {
      vi.useRealTimers();
    }
  });
});

/** Something happens to the files while a worker stands before the rows of the third date; then they are as before. */
const CHANGES: readonly { readonly what: string; readonly missing: readonly number[]; readonly says: RegExp; change(): () => void }[] = [
  {
    what: "a file that is deleted", missing: [4], says: /^spot\S+: the file is no longer there\. Put it back/,
    change: () => away(spots[4]),
  },
  {
    what: "the file that is being read, deleted", missing: [3], says: /^spot\S+: the file is no longer there\. Put it back/,
    change: () => away(spots[3]),
  },
  {
    what: "a file that is cut off", missing: [4], says: /^spot\S+: .*cut off.*Copy it again/,
    change() {
      const back = away(spots[4]);
      cpSync(join(root, `${spots[4]}.away`), join(root, spots[4]));
      truncateSync(join(root, spots[4]), 2_000);
      return back;
    },
  },
  {
    what: "the folder that is renamed", missing: [3, 4, 5], says: /the file is no longer there\. Put it back/,
    change() {
      renameSync(root, `${root} moved`);
      return () => renameSync(`${root} moved`, root);
    },
  },
];

/** Writes the spot of a date anew, a hundred rupees higher. */
function raise(path: string): void {
  const higher = (table: SampleTable): SampleTable => ({ ...table, columns: table.columns.map((column) => (column.type === "double" ? { ...column, values: column.values.map((price) => price + 100) } : column)) });
  writeTables(root, path, [...sample.files.find((file) => file.path === path)!.tables()].map(higher));
}

/** Takes a file away; answers how to bring it back as it was. */
function away(path: string): () => void {
  renameSync(join(root, path), join(root, `${path}.away`));
  return () => renameSync(join(root, `${path}.away`), join(root, path));
}

describe("files that change", () => {
  it.each(CHANGES)("cost their days, and it says so: $what; the next run does only what is left", async ({ missing, says, change }) => {
    let back: (() => void) | undefined;
    const run = await disturbed([spots[3]], () => (back ??= change()));
    back?.();
    expectWithout(run, missing, says);
    const next = await again();
    expectWhole(next);
    expect(next.simulated).toBe(missing.length);
  });
});

describe("a file that is replaced by another", () => {
  it("counts as it is from then on, and a run over what is there gives the same", async () => {
    let back: (() => void) | undefined;
    const run = await disturbed([spots[3]], () => {
      if (back) return;
      back = away(spots[4]);
      raise(spots[4]);
    });
    expect(run).toMatchObject({ days: DAYS, notRun: [] });
    expect(run.hash).not.toBe(undisturbed.hash);
    const next = await again();
    expect(next.hash).toBe(run.hash);
    expect(next.simulated).toBe(0);
    back?.();
    const last = await again();
    expectWhole(last);
    expect(last.simulated).toBe(1);
  });
});

describe("a clock that is set", () => {
  it.each([["back", -1], ["forward", 1]] as const)("%s by a month spoils nothing that is kept", async (_, sign) => {
    const run = await disturbed([spots[3]], ({ setClock }, time) => time === 1 && setClock(sign * 30 * 86_400_000));
    expectWhole(run);
    expect(await again()).toMatchObject({ hash: undisturbed.hash, files: 0, simulated: 0 });
  });
});

it("a machine without enough memory runs the days that fit, says why the others do not, and blames no file", async () => {
  const strategy = join(tempFolder(), "hourly.yaml");
  writeFileSync(strategy, STRATEGY);
  const run = async (node: readonly string[]) => {
    const { status, stdout, stderr } = await straddle(["run", strategy, "--data", root, "--json"], { cache, node });
    const said = stderr.split("\n").filter((line) => / not run /.test(line));
    return { status, said, ...(JSON.parse(stdout) as RunSummary) };
  };
  // The machine gives a worker 5 MB, which some days need and more do not have: the limit holds for all WebAssembly memory.
  const small = await run(["--wasm-max-mem-pages=80"]);
  expect(small.days).toBeGreaterThan(0);
  expect(small.said.length).toBe(DAYS - small.days);
  for (const line of small.said) expect(line).toMatch(/failed twice: there is not enough memory for .*\. Choose fewer workers, close other tabs and programs, then run again\. The other days are not affected/);
  const whole = await run([]);
  expect(whole).toMatchObject({ status: 0, said: [], days: DAYS, result_hash: undisturbed.hash });
  expect(whole.variants[0].daily).toEqual(expect.arrayContaining([...small.variants[0].daily]));
});
