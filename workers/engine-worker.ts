import { fieldsOf } from "../src/core/engine/fields.ts";
import type { DayRecording } from "../src/core/engine/day-recording.ts";
import { runDate, type DatePass } from "../src/core/engine/run-date.ts";
import { instantiateKernels, type Kernels } from "../src/core/kernels.ts";
import { dayPath } from "../src/core/results/day-path.ts";
import type { DayOutcome } from "../src/core/results/types.ts";
import type { DayNumber } from "../src/core/time.ts";
import { rulesWith } from "../src/core/market/rules.ts";
import type { MarketRules, SymbolName } from "../src/core/market/types.ts";
import type { ParsedStrategy } from "../src/core/strategy/types.ts";
import { createDaySource, type DaySource } from "../src/data/day-data.ts";
import { createEarlierDays, type EarlierDays } from "../src/data/earlier-days.ts";
import type { DayChunk } from "../src/data/catalogue/types.ts";
import { unpackChunk } from "../src/pool/packed-plan.ts";
import type { EngineWorkerApi, PackedFiles } from "../src/pool/protocol.ts";
import { movedOutcomes, movedReplay } from "../src/pool/transfers.ts";
import type { WorkerPlatform } from "./platform.ts";

interface Ready {
  readonly strategies: readonly ParsedStrategy[];
  readonly rules: MarketRules;
  readonly files: PackedFiles;
  readonly kernels: Kernels;
  /** One per symbol: each keeps what it has read of one chunk. */
  readonly days: (symbol: SymbolName) => DaySource;
  readonly earlier: EarlierDays;
  readonly release: () => void;
}

/** Runs days of the strategies of one run. */
export function createEngineWorker({ openSource, loadKernels, loadReader }: WorkerPlatform): EngineWorkerApi {
  let ready: Ready | undefined;
  let chunks: readonly DayChunk[] | undefined;

  function run(date: DayNumber, jobs: (ready: Ready) => DatePass["strategies"]): Promise<DayOutcome[]> {
    if (!ready || !chunks) throw new Error("a day was to be run before init and beginPortion");
    const { rules, kernels, days, earlier } = ready;
    const own = chunks;
    return runDate({
      date, kernels, rules,
      strategies: jobs(ready),
      open(symbol) {
        const chunk = own.find((one) => one.symbol === symbol && one.dates.includes(date));
        return chunk && days(symbol).day(chunk, date, () => earlier.before(symbol, date));
      },
    });
  }

  return {
    async init({ source, reader: name, strategies, rules: own, files, earlier }) {
      const [folder, reader, module] = await Promise.all([openSource(source), loadReader(name), loadKernels()]);
      const kernels = instantiateKernels(module);
      const rules = rulesWith(own);
      const fields = [...new Set(strategies.flatMap(fieldsOf))].sort();
      const newSource = (): DaySource => createDaySource({ folder, reader, kernels, rules, fields });
      const sources = new Map<SymbolName, DaySource>();
      const days = (symbol: SymbolName): DaySource => {
        const known = sources.get(symbol) ?? newSource();
        sources.set(symbol, known);
        return known;
      };
      ready = {
        strategies, rules, files, kernels, days,
        earlier: createEarlierDays(newSource(), earlier.map((chunk) => unpackChunk(chunk, files))),
        release: () => sources.forEach((one) => one.release()),
      };
    },
    async beginPortion(next) {
      if (!ready) throw new Error("beginPortion was called before init");
      const { files, release } = ready;
      release();
      chunks = next.chunks.map((chunk) => unpackChunk(chunk, files));
    },
    async runDay(date, orders) {
      return movedOutcomes(await run(date, ({ strategies }) => orders.map(({ strategy, recordSample }) => ({ strategy: strategies[strategy], recordSample }))));
    },
    async replay(date) {
      let recording: DayRecording | undefined;
      const [outcome] = await run(date, ({ strategies }) => [{ strategy: strategies[0], recordSample: true, record: (made) => (recording = made) }]);
      const exit = ready?.strategies[0].variants[0].strategy.exit;
      return movedReplay({ outcome, recorded: recording && exit && { recording, path: dayPath(recording, outcome.trades, exit) } });
    },
  };
}
