import type { ContractId } from "../core/market/contract-id.ts";
import type { MarketRules, SymbolName } from "../core/market/types.ts";
import type { CatalogueFile } from "./catalogue/types.ts";
import { dayColumn } from "./clock-columns.ts";
import type { OpenFile, Piece } from "./file-rows.ts";
import { NULL_DATE, ParquetError } from "./ports.ts";
import { codesOf, mappedRows, optionSide, underlyingOf } from "./row-keys.ts";
import { wrongType } from "./source-columns.ts";

const KEY_COLUMNS = ["expiry", "strike", "opt_type", "symbol"];
/** In the number of a contract, expiry and side stand above the strike in paise. */
const STRIKE_LIMIT = 2 ** 26;

/** What is known of each row; NaN where it is missing or of another symbol. */
export interface RowFacts {
  /** Undefined where neither path nor column gives it. */
  readonly expiry: Float64Array | undefined;
  /** 0 = CE, 1 = PE. */
  readonly side: Float64Array;
  /** Paise. */
  readonly strike: Float64Array;
}

/** What the path and the columns tell of the rows of one symbol. Throws a ParquetError where neither tells side or strike. */
export function rowFacts(rules: Pick<MarketRules, "actualExpiry">, symbol: SymbolName, file: CatalogueFile, { columns: { map }, data: { path } }: OpenFile, piece: Piece): RowFacts {
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
  const strike = file.strike !== undefined ? constant(file.strike * 100) : strikes?.found.type === "number" ? mappedRows(strikes.found.values, (rupees) => Math.round(rupees * 100)) : missing("strike", "strike");

  const expiries = column("expiry");
  const expiry = file.expiry !== undefined ? constant(file.expiry) : expiries && mappedRows(dayColumn(path, expiries.name, expiries.found), (day) => (day === NULL_DATE ? NaN : rules.actualExpiry(symbol, day)));
  return { expiry, side, strike };
}

function sideCode(word: string): number | undefined {
  const side = optionSide(word);
  return side && (side === "CE" ? 0 : 1);
}

/** The columns that tell the contracts of a file's rows. */
export function keyColumns({ columns: { map } }: OpenFile): string[] {
  return KEY_COLUMNS.flatMap((name) => map.source.get(name) ?? []);
}

/** A contract as one number per row; NaN for a row that is not used. */
export function contractKeys(expiry: Float64Array, side: Float64Array, strike: Float64Array): Float64Array {
  const keys = new Float64Array(expiry.length);
  for (let row = 0; row < keys.length; row++) keys[row] = (expiry[row] * 2 + side[row]) * STRIKE_LIMIT + strike[row];
  return keys;
}

export function contractOf(symbol: SymbolName, key: number): ContractId {
  const above = Math.floor(key / STRIKE_LIMIT);
  return { symbol, expiry: Math.floor(above / 2), cp: above % 2 === 0 ? "CE" : "PE", strike: (key % STRIKE_LIMIT) / 100 };
}
