/**
 * Workers that hang for real, before a file that does not answer or in a call that never ends: they are replaced, what they did is tried once
 * more and then reported, and everything else is done. Only the five minutes that are waited for them pass at once.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { BroadcastChannel } from "node:worker_threads";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { buildCli } from "../../../scripts/lib/build-cli.mjs";
import { defaultRules } from "../../../src/core/market/rules.ts";
import { readRecordedRun, type RecordedRun } from "../../../src/core/results/recorded-run.ts";
import type { DayOutcome } from "../../../src/core/results/types.ts";
import { isVerified } from "../../../src/core/results/verification.ts";
import { parseStrategy } from "../../../src/core/strategy/parse.ts";
import { openNodeCopyTarget } from "../../../src/data/reshape/copy-target-node.ts";
import type { CatalogueSummary } from "../../../src/data/catalogue/types.ts";
import { checkHealth } from "../../../src/pool/check-health.ts";
import { copyData, leftToCopy } from "../../../src/pool/copy-data.ts";
import type { HealthFound } from "../../../src/pool/health-protocol.ts";
import { HANG_AFTER, WAITING_HANG_AFTER } from "../../../src/pool/in-time.ts";
import type { CatalogueWorkerApi, RunPlan } from "../../../src/pool/protocol.ts";
import { replayDay } from "../../../src/pool/replay.ts";
import { runBacktest } from "../../../src/pool/scheduler.ts";
import { createNodeHost } from "../../../src/pool/spawn-node.ts";
import { verifyRun } from "../../../src/pool/verify-run.ts";
import { openCatalogue, type CatalogueQuestions } from "../../../src/pool/standing-catalogue.ts";
import { startSqlDesk } from "../../../src/pool/sql-desk.ts";
import type { HostedWorker, WorkerHost, WorkerKind } from "../../../src/pool/worker-host.ts";
import { straddle } from "../../support/cli.ts";
import { WHOLE } from "../../support/copy.ts";
import { smallSample } from "../../support/layouts.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { writeTables } from "../../support/write-table.ts";

const HELD = new URL("../../support/held-worker.mjs", import.meta.url).href;
const NO_SIGN = /The worker gave no sign of life for 300 seconds/;

const STRATEGY = "name: x\nuniverse: { symbol: BANKNIFTY }\nentry: { legs: [{ cp: CE, lots: -1 }] }\n";

const sample = smallSample({ seed: 17, days: 1, strikesEachSide: 1 });
const slow = sample.files.filter(({ date }) => date === undefined).map(({ path }) => path).sort()[1];

let root: string;
let threads: WorkerHost;
let entry: URL;
let catalogue: HostedWorker<"catalogue">;
beforeAll(async () => {
  root = join(tempFolder(), "data");
  for (const file of sample.files) writeTables(root, file.path, [...file.tables()]);
  process.env.STRADDLE_CACHE = tempFolder();
  entry = pathToFileURL(join(await buildCli(), "worker.js"));
  threads = createNodeHost(entry);
  catalogue = threads.spawn("catalogue");
  await catalogue.api.open(source(), {}, () => undefined);
});
afterAll(() => catalogue?.end());

let channel: BroadcastChannel;
/** How often a worker came to the file. */
let held: number;
/** How long it is waited for. */
let limit: number;
beforeEach(() => {
  held = 0;
  limit = HANG_AFTER;
  channel = new BroadcastChannel(`hung ${process.pid} ${Math.random()}`);
  channel.onmessage = () => {
    held++;
    // The call that hangs is under way by then.
    setImmediate(() => vi.advanceTimersByTime(limit));
  };
});
afterEach(() => {
  channel.close();
  vi.useRealTimers();
});

function written(strategy: string): string {
  const file = join(tempFolder(), "strategy.yaml");
  writeFileSync(file, strategy);
  return file;
}

const source = () => ({ kind: "node", root }) as const;

/** Threads of which those of one kind hang whenever they come to the file, or where they are called something. */
function hanging(kind: WorkerKind, call?: string): WorkerHost {
  const held = join(tempFolder(), "worker.mjs");
  writeFileSync(held, `import { startHeld } from ${JSON.stringify(HELD)};\nawait startHeld(${JSON.stringify({ worker: entry.href, files: call === undefined ? [slow] : [], channel: channel.name, kind, call })});\n`);
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  return createNodeHost(pathToFileURL(held));
}

it("a health check names the file on which two workers have hung, and looks through the others", async () => {
  const plan = await catalogue.api.healthPlan({ anew: true }, () => undefined);
  const check = async (host: WorkerHost): Promise<HealthFound[]> => {
    const found: HealthFound[] = [];
    const ended = await checkHealth({ plan, host, rules: defaultRules, workers: 1, open: () => ({ source: source() }), onDay: (one) => found.push(one) });
    expect(ended).toBe("done");
    return found.sort((a, b) => a.day.date - b.day.date);
  };
  const sound = await check(threads);
  const disturbed = await check(hanging("care"));
  // With all files of its task, then alone, twice.
  expect(held).toBe(3);
  expect(disturbed).toHaveLength(sound.length);
  for (const [i, { day, reports }] of disturbed.entries()) {
    expect(day.problems).toEqual([...sound[i].day.problems, { path: slow, message: expect.stringMatching(NO_SIGN) }]);
    expect(day.problems.at(-1)!.message).toMatch(/^inspecting it does not end.*See whether the disk or the network that it lies on answers/);
    const others = sound[i].reports.filter(({ files }) => !files.includes(slow));
    expect(others).toHaveLength(sound[i].reports.length - 1);
    expect(reports).toHaveLength(others.length);
    expect(reports).toEqual(expect.arrayContaining([...others]));
  }
});

it("a copy says which part two workers have hung on, makes the others, and the next copy only that part", async () => {
  const options = { ...WHOLE, layout: "contracts" } as const;
  const plan = await catalogue.api.copyPlan(options, () => undefined);
  const out = join(tempFolder(), "copy");
  const target = openNodeCopyTarget(out);
  const copy = async (host: WorkerHost) => {
    const { finished, tasks } = await leftToCopy(plan, target);
    const done: string[] = [];
    const failed: string[] = [];
    await copyData({
      plan, options, host, workers: 1, target, descriptor: { kind: "node", root: out },
      open: (api, files) => api.open({ source: source(), files }),
      onUnits: (records) => done.push(...records.map(({ id }) => id)),
      onFailed: ({ work: { units } }, error) => failed.push(...units.map(({ id }) => `${id}: ${String(error)}`)),
      onProgress: () => undefined,
    }, tasks);
    return { finished: finished.map(({ id }) => id), done, failed };
  };
  const units = plan.tasks.flatMap(({ work }) => work.units.map(({ id }) => id)).sort();
  const first = await copy(hanging("care"));
  expect(held).toBe(2);
  expect(first.failed).toEqual([expect.stringMatching(NO_SIGN)]);
  expect(first.done).toHaveLength(units.length - 1);
  vi.useRealTimers();
  const second = await copy(threads);
  expect([second.finished.sort(), second.failed]).toEqual([first.done.sort(), []]);
  expect([...second.finished, ...second.done].sort()).toEqual(units);
});

describe("a verification", () => {
  let run: RecordedRun;
  beforeAll(async () => {
    const out = join(tempFolder(), "out");
    const { status, stderr } = await straddle(["run", written(STRATEGY), "--data", root, "--out", out]);
    expect(status, stderr).toBe(0);
    const text = (name: string) => readFileSync(join(out, name), "utf8");
    run = readRecordedRun({ ledger: text("run.json"), trades: text("trades.csv"), skips: text("skips.csv") });
  });
  const verify = (host: WorkerHost) => verifyRun({ run, catalogue: catalogue.api, host, source, sample: 1, seed: 1 });

  it("names the file over which the reference does not end, and goes on", async () => {
    const found = await verify(hanging("verify"));
    expect(held).toBe(1);
    expect(found.lookAhead).toMatchObject([{ why: null }]);
    expect(found.days).toMatchObject([{ result: "unverified" }]);
    expect(found.days[0].why).toBe(`the reference does not end; the last file that it began to read is ${slow}, which may be damaged: copy it again from its source (The worker gave no sign of life for 300 seconds (working it out with the reference engine))`);
  });

  it.each(["open", "begin", "runDays"])("says that the engine does not end with the future hidden, and keeps what the reference found (%s)", async (call) => {
    const found = await verify(hanging("engine", call));
    expect(held).toBe(1);
    expect(found.days).toMatchObject([{ result: "equal" }]);
    expect(found.lookAhead).toMatchObject([{ moments: [], why: expect.stringMatching(/^the engine does not end \(The worker gave no sign of life for 300 seconds/) }]);
    expect(isVerified(found)).toBe(false);
  });
});

it.each(["open", "begin", "replay"])("a day that is looked at says that reading it does not end (%s)", async (call) => {
  const strategy = parseStrategy(STRATEGY);
  const [date] = sample.days.map((day) => day.date);
  const replay = async (host: WorkerHost) => replayDay(host, { source: source(), reader: "parquet-wasm" }, { plan: await catalogue.api.plan([strategy], () => undefined), strategy, date });
  await expect(replay(hanging("engine", call))).rejects.toThrow(/^2024-\d\d-\d\d cannot be looked at, since reading it does not end: The worker gave no sign of life for 300 seconds .*then open the day again\.$/);
  expect(held).toBe(1);
  vi.useRealTimers();
  expect((await replay(threads)).outcome.date).toBe(date);
});

describe.each(["open", "begin"])("an engine that hangs before its first day (%s)", (call) => {
  const run = async (host: WorkerHost) => {
    const strategy = parseStrategy(STRATEGY);
    const outcomes: DayOutcome[] = [];
    await runBacktest({ plan: await catalogue.api.plan([strategy], () => undefined), strategies: [strategy], host, workers: 1, init: () => ({ source: source(), reader: "parquet-wasm" }), onOutcome: (_, outcome) => outcomes.push(outcome) });
    return outcomes.map(({ date, parts, trades }) => ({ date, parts, trades }));
  };

  it("is replaced, and the run is what it would have been", async () => {
    const sound = await run(threads);
    const hung = hanging("engine", call);
    let spawned = 0;
    expect(await run({ spawn: (kind) => (spawned++ === 0 ? hung : threads).spawn(kind) })).toEqual(sound);
    expect([held, spawned]).toEqual([1, 2]);
  });

  it("fails the run where the next one hangs, too, and says so", async () => {
    await expect(run(hanging("engine", call))).rejects.toThrow("The worker gave no sign of life for 300 seconds (getting ready)");
    expect(held).toBe(2);
  });
});

describe("a catalogue", () => {
  const opened = (host: WorkerHost) => openCatalogue({ host, source, settings: {}, rules: undefined, progress: () => undefined });
  const plan = (questions: Pick<CatalogueQuestions, "plan">) => questions.plan([parseStrategy(STRATEGY)], () => undefined).then(({ dates }) => dates);

  it.each(["open", "plan"])("that hangs is replaced and asked once more (%s)", async (call) => {
    limit = WAITING_HANG_AFTER;
    const sound = await plan(catalogue.api);
    const hung = hanging("catalogue", call);
    let spawned = 0;
    const { summary, api, end } = await opened({ spawn: (kind) => (spawned++ === 0 ? hung : threads).spawn(kind) });
    expect(summary.files).toBe(sample.files.length);
    expect(await plan(api)).toEqual(sound);
    expect([held, spawned]).toEqual([1, 2]);
    end();
  });

  it("that hangs again says so, and is asked anew by the next question", async () => {
    limit = WAITING_HANG_AFTER;
    const { api, end } = await opened(hanging("catalogue", "plan"));
    await expect(plan(api)).rejects.toThrow(/^Looking through the folder does not end, tried twice: The worker gave no sign of life for 360 seconds \(planning a run\)\. See whether the disk or the network that it lies on answers, then open the folder again\.$/);
    expect(held).toBe(2);
    expect((await api.files({ offset: 0, limit: 1 })).total).toBe(sample.files.length);
    end();
  });

  it("that is heard of is waited for, as long as workers that it waits for itself may take", async () => {
    await expect(standing({ answersAfter: 20 * 60_000, signEvery: HANG_AFTER })).resolves.toBe("planned");
    await expect(standing({ answersAfter: 20 * 60_000, signEvery: 7 * 60_000 })).rejects.toThrow(/tried twice: The worker gave no sign of life for 360 seconds/);
  });

  /** What a catalogue answers that is heard of every so many milliseconds, by its progress or otherwise. */
  async function standing({ answersAfter, signEvery }: { readonly answersAfter: number; readonly signEvery: number }): Promise<unknown> {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
    const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
    const spawn = () => {
      let alive: () => void = () => undefined;
      let signs: ReturnType<typeof setInterval> | undefined;
      const api: Partial<CatalogueWorkerApi> = {
        open: async (_source, _settings, _progress, _rules, told) => ((alive = told!), {} as CatalogueSummary),
        summary: async () => ({}) as CatalogueSummary,
        async plan() {
          signs = setInterval(() => alive(), signEvery);
          await later(answersAfter);
          return "planned" as unknown as RunPlan;
        },
      };
      return { api, end: () => clearInterval(signs) };
    };
    const { api: questions, end } = await opened({ spawn: spawn as unknown as WorkerHost["spawn"] });
    const answer = questions.plan([], () => undefined);
    answer.catch(() => undefined);
    for (let minute = 0; minute < 60; minute++) await vi.advanceTimersByTimeAsync(60_000);
    end();
    return answer;
  }
});

it("a query is asked twice and then reported, and the next one is answered", async () => {
  const desk = await startSqlDesk(hanging("sql"), catalogue.api, source, { memoryMb: 512, mostFiles: 1_000, workers: 1 });
  try {
    const ask = (sql: string) => desk.api.ask({ sql, mostRows: 10, mostBytes: 1 << 20 }, () => undefined, async () => [], async () => undefined);
    await expect(ask("SELECT count(*) AS n FROM options")).rejects.toThrow(/^The query failed twice: The worker gave no sign of life for 300 seconds \(.*query\)\. The next query has new workers\.$/);
    expect(held).toBe(2);
    expect(await ask("SELECT count(*) AS n FROM spot")).toMatchObject({ kind: "answer", rows: 1 });
  } finally {
    desk.end();
  }
});
