import { fieldsOf } from "../src/core/engine/fields.ts";
import type { DayRecording } from "../src/core/engine/day-recording.ts";
import { runDate, type DatePass } from "../src/core/engine/run-date.ts";
import { instantiateKernels, type Kernels } from "../src/core/kernels.ts";
import { dayPath } from "../src/core/results/day-path.ts";
import type { DayNumber, Second } from "../src/core/time.ts";
import { rulesWith } from "../src/core/market/rules.ts";
import type { MarketRules, SymbolName } from "../src/core/market/types.ts";
import type { DayOutcome } from "../src/core/results/types.ts";
import type { ParsedStrategy } from "../src/core/strategy/types.ts";
import { studyVerdict } from "../src/core/studies/check.ts";
import type { Study } from "../src/core/studies/schema.ts";
import { studyDay, studyFields, type StudyDay } from "../src/core/studies/study-day.ts";
import { createDaySource, type CountedDay, type DaySource } from "../src/data/day-data.ts";
import { createEarlierDays, type EarlierDays } from "../src/data/earlier-days.ts";
import type { DayChunk } from "../src/data/catalogue/types.ts";
import type { KeptDays, KeptPass } from "../src/data/hot/kept-days.ts";
import { KeptSlices } from "../src/data/hot/kept-slices.ts";
import { countedFolder, countedReader, noReads } from "../src/data/hot/reads.ts";
import { hiddenAfter } from "../src/data/hidden-rows.ts";
import type { Folder, RowReader } from "../src/data/ports.ts";
import { packDays } from "../src/pool/packed-days.ts";
import { unpackChunk } from "../src/pool/packed-plan.ts";
import type { EngineRun, EngineWorkerApi, PackedFiles, PlannedPortion } from "../src/pool/protocol.ts";
import { engineBuild } from "../src/pool/engine-version.ts";
import { sourceName } from "../src/pool/source-name.ts";
import { movedReplay } from "../src/pool/transfers.ts";
import type { WorkerPlatform } from "./platform.ts";

/** Days that are done within so many milliseconds travel together. */
const TOGETHER = 20;

/** What stays from run to run. */
interface Opened {
  readonly folder: Folder;
  readonly reader: RowReader;
  readonly kernels: Kernels;
  readonly rules: MarketRules;
  readonly kept: KeptSlices | undefined;
}

interface Begun {
  readonly strategies: readonly ParsedStrategy[];
  readonly study: Study | undefined;
  readonly paths: boolean;
  readonly files: PackedFiles;
  readonly earlierChunks: readonly DayChunk[];
  /** One per symbol: each keeps what it has read of one chunk. */
  readonly days: (symbol: SymbolName) => DaySource;
  readonly earlier: EarlierDays;
  readonly release: () => void;
  /** Finished days, unless the run is one of many that follow each other in a moment. */
  readonly resumed: KeptDays | undefined;
}

/** Runs days of the strategies of one run after another. */
export function createEngineWorker({ openSource, openCache, loadKernels, loadReader }: WorkerPlatform): EngineWorkerApi {
  let opened: Opened | undefined;
  let begun: Begun | undefined;
  let chunks: readonly DayChunk[] = [];
  /** Portions of the plan, unpacked: a run that follows another goes over the same. */
  const unpacked = new Map<string, readonly DayChunk[]>();

  const begin = ({ folder, reader, kernels, rules, kept }: Opened, { strategies, study, paths = false, plan, look }: EngineRun): Begun => {
    if (plan) unpacked.clear();
    const files = plan?.files ?? begun?.files;
    const earlierChunks = plan?.earlier.map((chunk) => unpackChunk(chunk, plan.files)) ?? begun?.earlierChunks;
    if (!files || !earlierChunks) throw new Error("the first run of a worker came without a plan");
    const fields = [...new Set([...strategies.flatMap(fieldsOf), ...(study ? studyFields(study) : [])])].sort();
    const newSource = (): DaySource => createDaySource({ folder, reader, kernels, rules, fields, keeper: kept?.keeper, remember: kept && ((...asked) => kept.remembered.of(...asked)), recall: kept?.facts.recall });
    const sources = new Map<SymbolName, DaySource>();
    const days = (symbol: SymbolName): DaySource => {
      const known = sources.get(symbol) ?? newSource();
      sources.set(symbol, known);
      return known;
    };
    return { strategies, study, paths, files, earlierChunks, days, earlier: createEarlierDays(newSource(), earlierChunks), release: () => sources.forEach((one) => one.release()), resumed: look ? kept?.days : undefined };
  };

  const ready = () => {
    if (!opened || !begun) throw new Error("a day was to be run before open and begin");
    return { opened, begun };
  };

  /** The dates that follow belong to this portion. */
  const enter = async (portion: PlannedPortion): Promise<void> => {
    const { opened: { kept }, begun: { release, files } } = ready();
    release();
    await kept?.turn();
    const key = [...portion.dates, ...portion.chunks.map(({ symbol }) => symbol)].join();
    chunks = unpacked.get(key) ?? portion.chunks.map((chunk) => unpackChunk(chunk, files));
    unpacked.set(key, chunks);
  };

  const openDay = (symbol: SymbolName, date: DayNumber): CountedDay | undefined => {
    const { days, earlier } = ready().begun;
    const chunk = chunks.find((one) => one.symbol === symbol && one.dates.includes(date));
    return chunk && days(symbol).day(chunk, date, () => earlier.before(symbol, date));
  };

  const passOf = (date: DayNumber, strategies: DatePass["strategies"], hideAfter?: Second): KeptPass => {
    const { kernels, rules, kept } = ready().opened;
    const open = (symbol: SymbolName): CountedDay | undefined => {
      const day = openDay(symbol, date);
      return day && hideAfter !== undefined ? hiddenAfter(day, hideAfter) : day;
    };
    return { date, kernels, rules, strategies, kept: kept?.grids, open };
  };

  return {
    async open({ source, reader: name, rules: own, keep }) {
      const [data, plainReader, module] = await Promise.all([openSource(source), loadReader(name), loadKernels()]);
      const kernels = instantiateKernels(module);
      const rules = rulesWith(own);
      const reads = noReads();
      const folder = countedFolder(data, reads);
      const reader = countedReader(plainReader, reads);
      opened = { folder, reader, kernels, rules, kept: keep && new KeptSlices({ folder, source: sourceName(source), cache: openCache(), limits: keep, kernels, rules, build: engineBuild, reads }) };
    },
    async begin(run) {
      if (!opened) throw new Error("begin was called before open");
      await opened.kept?.begin(run.look, run.ahead);
      begun = begin(opened, run);
    },
    async runDays(work, portion) {
      const { opened: { kept }, begun: { strategies, resumed } } = ready();
      if (portion) await enter(portion);
      const until = performance.now() + TOGETHER;
      const done: DayOutcome[] = [];
      for (const { date, orders, hideAfter } of work) {
        const pass = passOf(date, orders.map(({ strategy, recordSample }) => ({ strategy: strategies[strategy], recordSample })), hideAfter);
        done.push(...(await (resumed ? resumed.run(pass) : runDate(pass))));
        if (performance.now() > until) break;
      }
      await kept?.daysDone();
      return packDays(done);
    },
    async readDays(dates, portion) {
      const { strategies } = ready().begun;
      if (portion) await enter(portion);
      const until = performance.now() + TOGETHER;
      let done = 0;
      while (done < dates.length && (done === 0 || performance.now() < until)) await runDate(passOf(dates[done++], strategies.map((strategy) => ({ strategy, recordSample: false }))));
      return done;
    },
    async studyDays(dates, portion) {
      const { opened: { kernels, rules, kept }, begun: { study, paths } } = ready();
      if (!study) throw new Error("a day of a study was to be run, and no study has begun");
      if (portion) await enter(portion);
      const until = performance.now() + TOGETHER;
      const done: StudyDay[] = [];
      while (done.length < dates.length && (done.length === 0 || performance.now() < until)) {
        const date = dates[done.length];
        done.push(await studyDay({ study, wanted: studyVerdict(study, rules, date) === "run", paths, date, data: openDay(study.universe.symbol, date), rules, kernels, kept: kept?.grids }));
      }
      return done;
    },
    async replay(date, portion) {
      const [strategy] = ready().begun.strategies;
      await enter(portion);
      let recording: DayRecording | undefined;
      const [outcome] = await runDate(passOf(date, [{ strategy, recordSample: true, record: (made) => (recording = made) }]));
      const { exit } = strategy.variants[0].strategy;
      return movedReplay({ outcome, recorded: recording && { recording, path: dayPath(recording, outcome.trades, exit) } });
    },
    finish: async () => opened?.kept?.finish(),
  };
}
