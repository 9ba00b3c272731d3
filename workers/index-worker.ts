import { instantiateKernels, type Kernels } from "../src/core/kernels.ts";
import { rulesWith } from "../src/core/market/rules.ts";
import type { MarketRules } from "../src/core/market/types.ts";
import { mapBounded } from "../src/data/bounded.ts";
import { readFacts } from "../src/data/facts.ts";
import { ParquetError, type Folder, type RowReader } from "../src/data/ports.ts";
import { probeClocks } from "../src/data/probe.ts";
import { sessionLookup } from "../src/data/session-of.ts";
import type { IndexWorkerApi } from "../src/pool/protocol.ts";
import type { WorkerPlatform } from "./platform.ts";

/** Files that are read at the same time: their requests overlap, their decoding does not. */
const FILE_LANES = 4;

interface Ready {
  readonly folder: Folder;
  readonly reader: RowReader;
  readonly kernels: Kernels;
  readonly rules: MarketRules;
}

/** Reads footers and clocks. */
export function createIndexWorker({ openSource, loadKernels, loadReader }: WorkerPlatform): IndexWorkerApi {
  let ready: Ready | undefined;
  const opened = (): Ready => {
    if (!ready) throw new Error("the index worker was asked before init");
    return ready;
  };
  return {
    async init(source, own) {
      const [folder, reader, module] = await Promise.all([openSource(source), loadReader("parquet-wasm"), loadKernels()]);
      ready = { folder, reader, kernels: instantiateKernels(module), rules: rulesWith(own) };
    },
    async facts(files, zones) {
      const { folder, reader, kernels, rules } = opened();
      const sessionOf = sessionLookup(rules);
      return mapBounded(files, FILE_LANES, (file) => readFacts(folder, reader, kernels, file, zones, sessionOf, rules));
    },
    async probe(file) {
      const { folder, reader } = opened();
      try {
        return await probeClocks(folder, reader, file);
      } catch (error) {
        // An error loses its class on the way to another worker.
        if (error instanceof ParquetError) return { problem: { path: error.path, kind: error.fault, fatal: true, message: error.detail } };
        throw error;
      }
    },
  };
}
