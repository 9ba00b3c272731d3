/** What the catalogue asks of the files themselves. Injected: a pool may spread it over workers, a test may count it. */
import type { Kernels } from "../../core/kernels.ts";
import type { MarketRules, SymbolName } from "../../core/market/types.ts";
import { mapBounded } from "../bounded.ts";
import { dataFile } from "../file-rows.ts";
import { readFacts, type FactsFound } from "../facts.ts";
import { readFooter } from "../footer.ts";
import type { Folder, RowReader } from "../ports.ts";
import { probeClocks, readRowKind, type ClockProbe, type RowKindFound } from "../probe.ts";
import { underlyingOf } from "../row-keys.ts";
import { sessionLookup } from "../session-of.ts";
import { sourceColumns, type SourceColumns } from "../source-columns.ts";
import type { CatalogueFile, ClockZone, FileProblem, Layout } from "./types.ts";

export type Zones = Partial<Record<Layout, ClockZone>>;
export type FactsOrProblem = FactsFound | { readonly problem: FileProblem };

export interface Inspector {
  /** Facts of each file in order; a file that cannot be used gives the problem instead. */
  facts(files: readonly CatalogueFile[], zones: Zones): Promise<readonly FactsOrProblem[]>;
  /** Throws ParquetError. */
  clocks(file: CatalogueFile): Promise<ClockProbe>;
  /** Throws ParquetError. */
  rowKind(file: CatalogueFile): Promise<RowKindFound>;
  /** The underlyings that a file's rows name, by its statistics; throws ParquetError. */
  symbols(file: CatalogueFile): Promise<readonly SymbolName[]>;
}

export interface InspectorOptions {
  readonly folder: Folder;
  readonly reader: RowReader;
  readonly kernels: Kernels;
  readonly rules: MarketRules;
}

/** Reads in this thread, a few files at a time: requests overlap, decoding does not. */
export function createInspector({ folder, reader, kernels, rules }: InspectorOptions): Inspector {
  const sessionOf = sessionLookup(rules);
  return {
    facts: (files, zones) => mapBounded(files, 4, (file) => readFacts(folder, reader, kernels, file, zones, sessionOf, rules)),
    clocks: (file) => probeClocks(folder, reader, file),
    rowKind: (file) => readRowKind(folder, reader, file),
    symbols: async (file) => {
      const footer = await readFooter(await dataFile(folder, file.path));
      const name = symbolColumn(sourceColumns(file.path, footer.columns));
      const found = new Set<SymbolName>();
      for (const group of footer.rowGroups) {
        const ends = name === undefined ? undefined : group.statistics.get(name);
        for (const end of [ends?.min, ends?.max]) {
          const symbol = typeof end === "string" ? underlyingOf(end) : undefined;
          if (symbol) found.add(symbol);
        }
      }
      return [...found];
    },
  };
}

function symbolColumn(columns: SourceColumns): string | undefined {
  return columns.map.columns.get("symbol")?.name;
}
