import type { RowBatch } from "../core/grid/slice-rows.ts";
import { contractKey } from "../core/market/contract-id.ts";
import type { ContractId } from "../core/market/contract-id.ts";
import type { MarketRules, SymbolName } from "../core/market/types.ts";
import type { FileFingerprint } from "../core/results/types.ts";
import { formatMoment } from "../core/time.ts";
import type { DayNumber } from "../core/time.ts";
import type { CatalogueFile } from "./catalogue/types.ts";
import { contractKeys, contractOf, keyColumns, rowFacts } from "./contract-rows.ts";
import type { RowFacts } from "./contract-rows.ts";
import { groupRows } from "./group-rows.ts";
import { NO_EXPIRY } from "./held-contracts.ts";
import { keyRuns, rowsOfRuns } from "./key-runs.ts";
import { ParquetError } from "./ports.ts";
import { readFileRows, sliceSet } from "./slice-files.ts";
import type { FileRows, SliceContext, SliceSet } from "./slice-files.ts";
import { gridColumns } from "./source-columns.ts";
import { secondWithTwoBooks } from "./two-books.ts";

/** All contracts of one date out of files that hold many, told apart by their rows. */
export interface OptionPartition {
  readonly contracts: readonly ContractId[];
  /** The files that were read. */
  readonly read: readonly FileFingerprint[];
  /** Slices of one contract; empty for one that the files do not hold. */
  slices(contract: ContractId): SliceSet;
}

/**
 * Reads the files of one date. What the path gives (expiry, strike, side) holds for all rows of a file; the rest must be columns.
 * Throws a ParquetError for a file without an expiry, as mixed when two of its rows cannot be of one contract.
 */
export async function readPartition(context: SliceContext, rules: MarketRules, symbol: SymbolName, files: readonly CatalogueFile[], date: DayNumber): Promise<OptionPartition> {
  const read: FileRows[] = [];
  const parts = new Map<string, { contract: ContractId; batches: RowBatch[] }>();
  for (const [number, file] of files.entries()) {
    const rows = await readFileRows(context, file, number, date, date, (open) => [...gridColumns(open.columns), ...keyColumns(open)]);
    read.push(rows);
    for (const { contract, batch } of contractParts(context, rules, symbol, rows, date)) {
      const name = contractKey(contract);
      const part = parts.get(name) ?? { contract, batches: [] };
      part.batches.push(batch);
      parts.set(name, part);
    }
  }
  const sliced = new Map<string, SliceSet>();
  return {
    contracts: [...parts.values()].map(({ contract }) => contract),
    read: read.map(({ fingerprint }) => fingerprint),
    slices: (contract) => {
      const key = contractKey(contract);
      const set = sliced.get(key) ?? sliceSet(context, read, parts.get(key)?.batches ?? [], date, date);
      sliced.set(key, set);
      return set;
    },
  };
}

/** Those rows of a file that are of one contract, out of one of its pieces. */
export interface ContractPart {
  readonly contract: ContractId;
  readonly piece: number;
  readonly batch: RowBatch;
}

/** The rows of a file by contract, piece after piece. Throws a ParquetError for a file without an expiry. */
export function* contractParts(context: SliceContext, rules: Pick<MarketRules, "actualExpiry">, symbol: SymbolName, rows: FileRows, date: DayNumber): Generator<ContractPart> {
  for (const [piece, batch] of rows.batches.entries()) {
    const runs = keyRuns(rows.pieces[piece], keyColumns(rows.open));
    const known = rowFacts(rules, symbol, rows.file, rows.open, runs.heads);
    if (known.expiry === undefined) throw withoutExpiry(context, rows.file.path, rows, batch, rowFacts(rules, symbol, rows.file, rows.open, rows.pieces[piece]), date);
    for (const [key, own] of groupRows(contractKeys(known.expiry, known.side, known.strike))) yield { contract: contractOf(symbol, key), piece, batch: { ...batch, select: rowsOfRuns(runs, own) } };
  }
}

function withoutExpiry(context: SliceContext, path: string, rows: FileRows, batch: RowBatch, { side, strike }: RowFacts, date: DayNumber): ParquetError {
  for (const [key, select] of groupRows(contractKeys(new Float64Array(side.length), side, strike))) {
    const slice = sliceSet(context, [rows], [{ ...batch, select }], date, date).slices.get(date);
    const second = slice && secondWithTwoBooks(slice);
    if (second === undefined) continue;
    const { strike: mixed, cp } = contractOf("", key);
    return new ParquetError(path, `several expiries are mixed: ${mixed} ${cp} has two books at ${formatMoment(date, second)}, and there is no "expiry" column. Add one, or keep the files apart by contract.`, { fault: "mixed_expiries" });
  }
  return new ParquetError(path, NO_EXPIRY, { fault: "missing_column" });
}
