import { fieldsOf } from "../src/core/engine/fields.ts";
import { runDay } from "../src/core/engine/run-day.ts";
import { instantiateKernels, type Kernels } from "../src/core/kernels.ts";
import { rulesWith } from "../src/core/market/rules.ts";
import type { MarketRules } from "../src/core/market/types.ts";
import type { ParsedStrategy } from "../src/core/strategy/types.ts";
import { createDaySource, type DaySource } from "../src/data/day-data.ts";
import type { DayChunk } from "../src/data/catalogue/types.ts";
import { unpackChunk } from "../src/pool/packed-plan.ts";
import type { EngineWorkerApi, PackedFiles } from "../src/pool/protocol.ts";
import { movedOutcome } from "../src/pool/transfers.ts";
import type { WorkerPlatform } from "./platform.ts";

interface Ready {
  readonly strategy: ParsedStrategy;
  readonly rules: MarketRules;
  readonly files: PackedFiles;
  readonly kernels: Kernels;
  readonly days: DaySource;
}

/** Runs days of one strategy. */
export function createEngineWorker({ openSource, loadKernels, loadReader }: WorkerPlatform): EngineWorkerApi {
  let ready: Ready | undefined;
  let chunk: DayChunk | undefined;
  return {
    async init({ source, reader: name, strategy, rules: own, files }) {
      const [folder, reader, module] = await Promise.all([openSource(source), loadReader(name), loadKernels()]);
      const kernels = instantiateKernels(module);
      const rules = rulesWith(own);
      ready = { strategy, rules, files, kernels, days: createDaySource({ folder, reader, kernels, rules, fields: fieldsOf(strategy) }) };
    },
    async beginChunk(next) {
      if (!ready) throw new Error("beginChunk was called before init");
      ready.days.release();
      chunk = unpackChunk(next, ready.files);
    },
    async runDay(date, recordSample) {
      if (!ready || !chunk) throw new Error("runDay was called before init and beginChunk");
      const { strategy, rules, kernels, days } = ready;
      return movedOutcome(await runDay({ strategy, data: days.day(chunk, date), rules, kernels, recordSample }));
    },
  };
}
