import { instantiateKernels } from "../src/core/kernels.ts";
import { rulesWith } from "../src/core/market/rules.ts";
import type { MarketRules } from "../src/core/market/types.ts";
import type { DayChunk } from "../src/data/catalogue/types.ts";
import { mayCover } from "../src/data/catalogue/file-dates.ts";
import { badRows } from "../src/data/health/bad-rows.ts";
import { inspectGroup, type DatedReport } from "../src/data/health/inspect-group.ts";
import { fileGroups, HEALTH_FIELDS, readInstruments } from "../src/data/health/instruments.ts";
import type { CopyOptions } from "../src/core/reshape/options.ts";
import type { CopyContext } from "../src/data/reshape/copy-rows.ts";
import { sampleCopy } from "../src/data/reshape/copy-sample.ts";
import { copyUnits } from "../src/data/reshape/copy-task.ts";
import { ParquetError, type Folder, type RowReader } from "../src/data/ports.ts";
import { sessionLookup } from "../src/data/session-of.ts";
import { heardFolder, heardTarget } from "../src/data/signs-of-life.ts";
import type { SliceContext } from "../src/data/slice-files.ts";
import { unpackChunk } from "../src/pool/packed-plan.ts";
import type { CareWorkerApi, DatedProblem, PackedFiles, PlannedChunk } from "../src/pool/protocol.ts";
import type { Kernels } from "../src/core/kernels.ts";
import type { WorkerPlatform } from "./platform.ts";

interface Opened {
  readonly folder: Folder;
  readonly reader: RowReader;
  readonly kernels: Kernels;
  readonly rules: MarketRules;
  readonly files: PackedFiles;
}

export type CarePlatform = Pick<WorkerPlatform, "openSource" | "openTarget" | "loadKernels" | "loadReader">;

/** Looks into the rows of files: what can be said against them, and makes copies of them. */
export function createCareWorker({ openSource, openTarget, loadKernels, loadReader }: CarePlatform): CareWorkerApi {
  let opened: Opened | undefined;
  const ready = (): Opened => {
    if (!opened) throw new Error("the care worker was asked before it was opened");
    return opened;
  };
  const begin = (task: PlannedChunk, alive: () => void = () => undefined): { readonly chunk: DayChunk; readonly context: SliceContext; readonly rules: MarketRules } => {
    const { folder, reader, kernels, rules, files } = ready();
    const chunk = unpackChunk(task, files);
    const { zones, kinds, barLabel, barSpans = {} } = chunk;
    return { chunk, rules, context: { folder: heardFolder(folder, () => alive()), reader, kernels, zones, kinds, barLabel, barSpans, fields: HEALTH_FIELDS, sessionOf: sessionLookup(rules) } };
  };
  const beginCopy = (task: PlannedChunk, options: CopyOptions, alive?: () => void): { readonly chunk: DayChunk; readonly copying: CopyContext } => {
    const { chunk, context: { folder, reader, kernels, zones }, rules } = begin(task, alive);
    return { chunk, copying: { folder, reader, kernels, rules, zones, options } };
  };
  return {
    async open({ source, rules: own, files }) {
      const [folder, reader, module] = await Promise.all([openSource(source), loadReader("parquet-wasm"), loadKernels()]);
      opened = { folder, reader, kernels: instantiateKernels(module), rules: rulesWith(own), files };
    },
    async inspect(task, alive) {
      const { chunk, context, rules } = begin(task, alive);
      const reports: DatedReport[] = [];
      const problems: DatedProblem[] = [];
      for (const group of fileGroups(chunk)) {
        try {
          reports.push(...(await inspectGroup(context, rules, chunk, group)));
        } catch (error) {
          if (!(error instanceof ParquetError)) throw error;
          const { path, detail } = error;
          const place = chunk.files.findIndex((file) => file.path === path);
          problems.push({ path, message: detail, dates: chunk.dates.filter((date) => mayCover(chunk.files[place], chunk.facts[place], date)) });
        }
      }
      return { reports, problems };
    },
    async timeRead(task) {
      const { chunk, context, rules } = begin(task);
      const started = performance.now();
      let rows = 0;
      for (const group of fileGroups(chunk)) {
        if (group.kind !== "option") continue;
        for (const { parts } of await readInstruments(context, rules, chunk, group)) for (const { batch } of parts) rows += batch.select?.length ?? batch.rows;
      }
      return { rows, milliseconds: performance.now() - started };
    },
    async sampleCopy(task, options) {
      const { chunk, copying } = beginCopy(task, options);
      return sampleCopy(copying, chunk);
    },
    async copy(target, task, work, options, alive) {
      const { chunk, copying } = beginCopy(task, options, alive);
      return copyUnits(copying, heardTarget(openTarget(target), alive), chunk, work);
    },
    async badRows(task, query) {
      const { chunk, context, rules } = begin(task);
      return badRows(context, rules, chunk, query);
    },
  };
}
