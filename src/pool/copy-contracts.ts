/** Which contracts a copy makes files of, and which of them are made together. */
import { contractKey, type ContractId } from "../core/market/contract-id.ts";
import type { SymbolName } from "../core/market/types.ts";
import type { DayNumber } from "../core/time.ts";
import { comparePaths } from "../data/data-files.ts";
import { inGroups } from "../data/catalogue/groups.ts";
import { holdsSeveral, UNKNOWN_SYMBOL, type CatalogueContract, type CatalogueFile, type DayChunk, type FileFacts } from "../data/catalogue/types.ts";

/** About so many rows of contracts that are made together: their clocks and places are held in memory. */
const ROWS_TOGETHER = 4_000_000;
/** Files that are written side by side at most. */
const CONTRACTS_TOGETHER = 100;

/** Contracts whose files are read together. */
export interface ContractsTogether {
  readonly contracts: readonly { readonly contract: ContractId; readonly files: ReadonlySet<string> }[];
  readonly chunk: DayChunk;
  /** Dates wanted of each file, by its path. */
  readonly datesOf: Readonly<Record<string, readonly DayNumber[]>>;
  /** Of the rows of the files, about. */
  readonly share: number;
}

interface Source {
  readonly file: CatalogueFile;
  readonly facts: FileFacts | undefined;
  readonly dates: DayNumber[];
  readonly chunk: DayChunk;
  /** Contracts that it holds. */
  contracts: number;
}

interface Found {
  readonly contract: ContractId;
  readonly sources: Source[];
}

/**
 * The contracts of the files of all portions. A contract with files of its own is made by itself; of files that hold many, neighbours of one
 * expiry are made together, so that a file is not read once for each of them.
 */
export function contractsTogether(chunks: readonly DayChunk[], symbol: SymbolName, held: readonly CatalogueContract[]): ContractsTogether[] {
  const sources = new Map<string, Source>();
  for (const chunk of chunks) {
    chunk.files.forEach((file, i) => {
      const known = sources.get(file.path) ?? { file, facts: chunk.facts[i], dates: [], chunk, contracts: 0 };
      known.dates.push(...chunk.dates);
      sources.set(file.path, known);
    });
  }
  const found = new Map<string, Found>();
  for (const { file, symbol: own, expiry, strike, cp } of held) {
    const source = sources.get(file);
    if (!source || (own !== symbol && own !== UNKNOWN_SYMBOL)) continue;
    const contract = { symbol, expiry, strike, cp };
    const key = contractKey(contract);
    const known = found.get(key) ?? { contract, sources: [] };
    known.sources.push(source);
    found.set(key, known);
    source.contracts++;
  }
  const isShared = ({ sources }: Found): boolean => sources.some(({ file }) => holdsSeveral(file));
  const all = [...found.values()];
  const apart = all.filter((one) => !isShared(one)).map((one) => [one]);
  const shared = [...inGroups(all.filter(isShared), ({ contract }) => contract.expiry).values()].flatMap(neighbours);
  return [...apart, ...shared].map(together);
}

function neighbours(ofExpiry: readonly Found[]): Found[][] {
  const groups: Found[][] = [];
  let rows = Infinity;
  for (const one of [...ofExpiry].sort((a, b) => a.contract.strike - b.contract.strike || (a.contract.cp < b.contract.cp ? -1 : 1))) {
    const own = rowsAbout(one);
    if (rows + own > ROWS_TOGETHER || groups[groups.length - 1].length === CONTRACTS_TOGETHER) {
      groups.push([]);
      rows = 0;
    }
    groups[groups.length - 1].push(one);
    rows += own;
  }
  return groups;
}

/** As if all contracts of a file had as many. */
function rowsAbout({ sources }: Found): number {
  return sources.reduce((sum, { facts, contracts }) => sum + (facts?.rows ?? 0) / contracts, 0);
}

function together(found: readonly Found[]): ContractsTogether {
  const sources = [...new Set(found.flatMap(({ sources }) => sources))].sort((a, b) => comparePaths(a.file.path, b.file.path));
  const rows = sources.reduce((sum, { facts }) => sum + (facts?.rows ?? 0), 0);
  return {
    contracts: found.map(({ contract, sources }) => ({ contract, files: new Set(sources.map(({ file }) => file.path)) })),
    chunk: { ...sources[0].chunk, dates: [...new Set(sources.flatMap(({ dates }) => dates))].sort((a, b) => a - b), files: sources.map(({ file }) => file), facts: sources.map(({ facts }) => facts) },
    datesOf: Object.fromEntries(sources.map(({ file, dates }) => [file.path, dates])),
    share: rows === 0 ? 1 : Math.min(1, found.reduce((sum, one) => sum + rowsAbout(one), 0) / rows),
  };
}
