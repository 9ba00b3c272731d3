import { instantiateKernels } from "../src/core/kernels.ts";
import { rulesWith } from "../src/core/market/rules.ts";
import type { MarketRules } from "../src/core/market/types.ts";
import type { DayChunk } from "../src/data/catalogue/types.ts";
import { mayCover } from "../src/data/catalogue/file-dates.ts";
import { badRows } from "../src/data/health/bad-rows.ts";
import { inspectGroup, type DatedReport } from "../src/data/health/inspect-group.ts";
import { fileGroups, HEALTH_FIELDS } from "../src/data/health/instruments.ts";
import { ParquetError, type Folder, type RowReader } from "../src/data/ports.ts";
import { sessionLookup } from "../src/data/session-of.ts";
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

/** Looks into the rows of files: what can be said against them. */
export function createCareWorker({ openSource, loadKernels, loadReader }: WorkerPlatform): CareWorkerApi {
  let opened: Opened | undefined;
  const ready = (): Opened => {
    if (!opened) throw new Error("the care worker was asked before it was opened");
    return opened;
  };
  const begin = (task: PlannedChunk): { readonly chunk: DayChunk; readonly context: SliceContext; readonly rules: MarketRules } => {
    const { folder, reader, kernels, rules, files } = ready();
    const chunk = unpackChunk(task, files);
    const { zones, kinds, barLabel, barSpans = {} } = chunk;
    return { chunk, rules, context: { folder, reader, kernels, zones, kinds, barLabel, barSpans, fields: HEALTH_FIELDS, sessionOf: sessionLookup(rules) } };
  };
  return {
    async open({ source, rules: own, files }) {
      const [folder, reader, module] = await Promise.all([openSource(source), loadReader("parquet-wasm"), loadKernels()]);
      opened = { folder, reader, kernels: instantiateKernels(module), rules: rulesWith(own), files };
    },
    async inspect(task) {
      const { chunk, context, rules } = begin(task);
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
    async badRows(task, query) {
      const { chunk, context, rules } = begin(task);
      return badRows(context, rules, chunk, query);
    },
  };
}
