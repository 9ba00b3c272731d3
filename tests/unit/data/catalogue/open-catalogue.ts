/** Opens a catalogue over a real folder, with the readers of the product, and counts what it asks of them. */
import type { Kernels } from "../../../../src/core/kernels.ts";
import { defaultRules } from "../../../../src/core/market/rules.ts";
import { Catalogue, type CatalogueOptions } from "../../../../src/data/catalogue/catalogue.ts";
import type { CatalogueFile, DataSettings } from "../../../../src/data/catalogue/types.ts";
import { readFacts } from "../../../../src/data/facts.ts";
import type { IndexStore } from "../../../../src/data/index-store.ts";
import type { Folder, RowReader } from "../../../../src/data/ports.ts";
import { probeClocks } from "../../../../src/data/probe.ts";
import { sessionLookup } from "../../../../src/data/session-of.ts";
import { testKernels } from "../../../support/memory-day.ts";
import { column, micros, parquetBytes, testReader, type FixtureOptions } from "../parquet-fixture.ts";

export function memoryStore(): IndexStore & { readonly values: Map<string, unknown> } {
  const values = new Map<string, unknown>();
  return {
    values,
    get: async (key) => structuredClone(values.get(key)),
    set: async (key, value) => void values.set(key, structuredClone(value)),
  };
}

/** A file of snapshots at these clocks, as the user's files have them. */
export function snapshots(moments: readonly string[], more: Parameters<typeof parquetBytes>[0] = [], options?: FixtureOptions): Uint8Array<ArrayBuffer> {
  return parquetBytes([
    column("timestamp", "us", moments.map((moment) => (moment === "bogus" ? 19_800_000_000n : micros(moment)))),
    column("price", "double", moments.map((_, i) => 100 + i)),
    ...more,
  ], options);
}

let reader: Promise<RowReader> | undefined;
let kernels: Kernels | undefined;

export interface Opened {
  readonly catalogue: Catalogue;
  /** Paths in the order in which their facts and clocks were asked for. */
  readonly factsOf: string[];
  readonly clocksOf: string[];
}

export async function openCatalogue(folder: Folder, settings: DataSettings = {}, options: Partial<CatalogueOptions> = {}): Promise<Opened> {
  const rows = await (reader ??= testReader());
  const run = (kernels ??= testKernels());
  const factsOf: string[] = [];
  const clocksOf: string[] = [];
  const catalogue = await Catalogue.open({
    folder, settings, rules: defaultRules, store: memoryStore(),
    readFacts: (files, zones) => {
      factsOf.push(...files.map(({ path }) => path));
      return Promise.all(files.map((file) => readFacts(folder, rows, run, file, zones, sessionLookup(defaultRules), defaultRules)));
    },
    probeClocks: (file: CatalogueFile) => {
      clocksOf.push(file.path);
      return probeClocks(folder, rows, file);
    },
    ...options,
  });
  return { catalogue, factsOf, clocksOf };
}
