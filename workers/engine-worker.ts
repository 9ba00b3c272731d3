import { fieldsOf } from "../src/core/engine/fields.ts";
import { runDay } from "../src/core/engine/run-day.ts";
import { instantiateKernels, type Kernels } from "../src/core/kernels.ts";
import { defaultRules } from "../src/core/market/rules.ts";
import type { ParsedStrategy } from "../src/core/strategy/types.ts";
import { createDaySource, type DaySource } from "../src/data/day-data.ts";
import type { DayChunk } from "../src/data/catalogue/types.ts";
import { KeptSlices } from "../src/data/hot/kept-slices.ts";
import { unpackChunk } from "../src/pool/packed-plan.ts";
import type { EngineWorkerApi, PackedFiles } from "../src/pool/protocol.ts";
import { sourceName } from "../src/pool/source-name.ts";
import { movedOutcome } from "../src/pool/transfers.ts";
import type { WorkerPlatform } from "./platform.ts";

interface Ready {
  readonly strategy: ParsedStrategy;
  readonly files: PackedFiles;
  readonly kernels: Kernels;
  readonly days: DaySource;
  readonly kept: KeptSlices | undefined;
}

/** Runs days of one strategy. */
export function createEngineWorker({ openSource, openCache, loadKernels, loadReader }: WorkerPlatform): EngineWorkerApi {
  let ready: Ready | undefined;
  let chunk: DayChunk | undefined;
  return {
    async init({ source, reader: name, strategy, files, cache: limit }) {
      const [folder, reader, module] = await Promise.all([openSource(source), loadReader(name), loadKernels()]);
      const kernels = instantiateKernels(module);
      const kept = limit ? new KeptSlices({ folder, source: sourceName(kernels, source), cache: openCache(), limit, kernels, rules: defaultRules }) : undefined;
      ready = { strategy, files, kernels, kept, days: createDaySource({ folder, reader, kernels, rules: defaultRules, fields: fieldsOf(strategy), keeper: kept?.keeper }) };
    },
    async beginChunk(next) {
      if (!ready) throw new Error("beginChunk was called before init");
      ready.days.release();
      await ready.kept?.flush();
      chunk = unpackChunk(next, ready.files);
    },
    async runDay(date, recordSample) {
      if (!ready || !chunk) throw new Error("runDay was called before init and beginChunk");
      const { strategy, kernels, days } = ready;
      return movedOutcome(await runDay({ strategy, data: days.day(chunk, date), rules: defaultRules, kernels, recordSample }));
    },
    finish: async () => ready?.kept?.finish(),
  };
}
