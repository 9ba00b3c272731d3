import type { RowBatch } from "../core/grid/slice-rows.ts";
import { contractKey } from "../core/market/contract-id.ts";
import type { ContractId } from "../core/market/contract-id.ts";
import type { MarketRules, SymbolName } from "../core/market/types.ts";
import { formatMoment } from "../core/time.ts";
import type { DayNumber } from "../core/time.ts";
import type { CatalogueFile } from "./catalogue/types.ts";
import { dayColumn } from "./clock-columns.ts";
import type { OpenFile, Piece } from "./file-rows.ts";
import { groupRows } from "./group-rows.ts";
import { NULL_DATE, ParquetError } from "./ports.ts";
import { codesOf, optionSide, underlyingOf } from "./row-keys.ts";
import { readFileRows, sliceSet } from "./slice-files.ts";
import type { FileRows, SliceContext, SliceSet } from "./slice-files.ts";
import { secondWithTwoBooks } from "./two-books.ts";
import { wrongType } from "./source-columns.ts";

const KEY_COLUMNS = ["expiry", "strike", "opt_type", "symbol"];
/** A contract as one number: (expiry, side) above the strike in paise. */
const STRIKE_LIMIT = 2 ** 26;

/** All contracts of one date out of files that hold many, told apart by their rows. */
export interface OptionPartition {
  readonly contracts: readonly ContractId[];
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
    const rows = await readFileRows(context, file, number, date, date, ({ columns: { map } }) => KEY_COLUMNS.flatMap((name) => map.source.get(name) ?? []));
    read.push(rows);
    rows.batches.forEach((batch, index) => {
      const known = knownOfRows(rules, symbol, file, rows.open, rows.pieces[index]);
      if (known.expiry === undefined) throw withoutExpiry(context, file.path, rows, batch, known, date);
      for (const [key, select] of groupRows(contractKeys(known.expiry, known.side, known.strike))) {
        const contract = contractOf(symbol, key);
        const name = contractKey(contract);
        const part = parts.get(name) ?? { contract, batches: [] };
        part.batches.push({ ...batch, select });
        parts.set(name, part);
      }
    });
  }
  const sliced = new Map<string, SliceSet>();
  return {
    contracts: [...parts.values()].map(({ contract }) => contract),
    slices: (contract) => {
      const key = contractKey(contract);
      const set = sliced.get(key) ?? sliceSet(context, read, parts.get(key)?.batches ?? [], date, date);
      sliced.set(key, set);
      return set;
    },
  };
}

/** What is known of each row; NaN where it is missing or of another symbol. */
interface RowFacts {
  /** Undefined where neither path nor column gives it. */
  readonly expiry: Float64Array | undefined;
  /** 0 = CE, 1 = PE. */
  readonly side: Float64Array;
  /** Paise. */
  readonly strike: Float64Array;
}

function knownOfRows(rules: MarketRules, symbol: SymbolName, file: CatalogueFile, { columns: { map }, data: { path } }: OpenFile, piece: Piece): RowFacts {
  const constant = (value: number): Float64Array => new Float64Array(piece.rows).fill(value);
  const column = (known: string) => {
    const name = map.source.get(known);
    const found = name === undefined ? undefined : piece.columns.get(name);
    return name === undefined || !found ? undefined : { name, found };
  };
  const missing = (what: string, name: string): never => {
    throw new ParquetError(path, `the file holds many contracts, but neither its path nor a column tells the ${what} of a row. Add a "${name}" column.`, { fault: "missing_column" });
  };

  const symbols = column("symbol");
  const other = symbols?.found.type === "text" ? codesOf(symbols.found, (word) => (underlyingOf(word) === symbol ? 0 : undefined)) : undefined;

  const sides = column("opt_type");
  if (file.cp === undefined && sides && sides.found.type !== "text") throw wrongType(path, sides.name, sides.found.type, "CE or PE");
  const side = file.cp !== undefined ? constant(file.cp === "CE" ? 0 : 1) : sides?.found.type === "text" ? codesOf(sides.found, sideCode) : missing("side", "opt_type");
  if (other) for (let row = 0; row < side.length; row++) side[row] += other[row];

  const strikes = column("strike");
  if (file.strike === undefined && strikes && strikes.found.type !== "number") throw wrongType(path, strikes.name, strikes.found.type, "numbers");
  const strike = file.strike !== undefined ? constant(file.strike * 100) : strikes?.found.type === "number" ? strikes.found.values.map((rupees) => Math.round(rupees * 100)) : missing("strike", "strike");

  const expiries = column("expiry");
  const expiry = file.expiry !== undefined ? constant(file.expiry) : expiries && Float64Array.from(dayColumn(path, expiries.name, expiries.found), (day) => (day === NULL_DATE ? NaN : rules.actualExpiry(symbol, day)));
  return { expiry, side, strike };
}

function sideCode(word: string): number | undefined {
  const side = optionSide(word);
  return side && (side === "CE" ? 0 : 1);
}

function contractKeys(expiry: Float64Array, side: Float64Array, strike: Float64Array): Float64Array {
  return expiry.map((day, row) => (day * 2 + side[row]) * STRIKE_LIMIT + strike[row]);
}

function contractOf(symbol: SymbolName, key: number): ContractId {
  const above = Math.floor(key / STRIKE_LIMIT);
  return { symbol, expiry: Math.floor(above / 2), cp: above % 2 === 0 ? "CE" : "PE", strike: (key % STRIKE_LIMIT) / 100 };
}

function withoutExpiry(context: SliceContext, path: string, rows: FileRows, batch: RowBatch, { side, strike }: RowFacts, date: DayNumber): ParquetError {
  for (const [key, select] of groupRows(contractKeys(new Float64Array(side.length), side, strike))) {
    const slice = sliceSet(context, [rows], [{ ...batch, select }], date, date).slices.get(date);
    const second = slice && secondWithTwoBooks(slice);
    if (second === undefined) continue;
    const { strike: mixed, cp } = contractOf("", key);
    return new ParquetError(path, `several expiries are mixed: ${mixed} ${cp} has two books at ${formatMoment(date, second)}, and there is no "expiry" column. Add one, or keep the files apart by contract.`, { fault: "mixed_expiries" });
  }
  return new ParquetError(path, 'the file carries no expiry: contracts of one strike cannot be told apart. Add an "expiry" column, or put exp=YYYY-MM-DD into the path.', { fault: "missing_column" });
}
