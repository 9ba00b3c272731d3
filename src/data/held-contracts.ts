import { contractKey } from "../core/market/contract-id.ts";
import type { ContractId } from "../core/market/contract-id.ts";
import type { MarketRules, SymbolName } from "../core/market/types.ts";
import { holdsSeveral, UNKNOWN_SYMBOL } from "./catalogue/types.ts";
import type { CatalogueFile, FileFacts } from "./catalogue/types.ts";
import { contractKeys, contractOf, keyColumns, rowFacts } from "./contract-rows.ts";
import type { OpenFile, Piece } from "./file-rows.ts";
import { ParquetError } from "./ports.ts";
import type { RowReader } from "./ports.ts";
import { underlyingOf } from "./row-keys.ts";

type Held = Pick<FileFacts, "symbols" | "contracts">;

/**
 * What the rows of a file tell that its path does not: the symbols, and the contracts of an option file that holds several, of
 * `UNKNOWN_SYMBOL` where neither path nor rows name one.
 * Throws a ParquetError for an option file whose rows carry no expiry, strike or side.
 */
export async function heldContracts(reader: RowReader, open: OpenFile, file: CatalogueFile, rules: Pick<MarketRules, "actualExpiry">): Promise<Held> {
  const several = holdsSeveral(file);
  if (!several && file.symbol !== UNKNOWN_SYMBOL) return {};
  const symbolColumn = open.columns.map.source.get("symbol");
  const names = several ? keyColumns(open) : symbolColumn === undefined ? [] : [symbolColumn];
  const symbols = new Set<SymbolName>(file.symbol === UNKNOWN_SYMBOL ? [] : [file.symbol]);
  const contracts = new Map<string, ContractId>();
  for (const [index, group] of open.footer.rowGroups.entries()) {
    if (group.rows === 0 || names.length === 0) continue;
    const piece = await reader.read(open.data, { columns: names, rowGroups: [index] });
    if (file.symbol === UNKNOWN_SYMBOL) for (const symbol of symbolsOf(piece, symbolColumn)) symbols.add(symbol);
    if (several) for (const symbol of symbols.size > 0 ? symbols : [UNKNOWN_SYMBOL]) for (const contract of contractsOf(rules, symbol, file, open, piece)) contracts.set(contractKey(contract), contract);
  }
  return { ...(file.symbol === UNKNOWN_SYMBOL && { symbols: [...symbols].sort() }), ...(several && { contracts: [...contracts.values()] }) };
}

function symbolsOf(piece: Piece, name: string | undefined): SymbolName[] {
  const column = piece.columns.get(name ?? "");
  return column?.type === "text" ? column.dictionary.flatMap((word) => underlyingOf(word) ?? []) : [];
}

function contractsOf(rules: Pick<MarketRules, "actualExpiry">, symbol: SymbolName, file: CatalogueFile, open: OpenFile, piece: Piece): ContractId[] {
  const { expiry, side, strike } = rowFacts(rules, symbol, file, open, piece);
  if (!expiry) throw new ParquetError(file.path, NO_EXPIRY, { fault: "missing_column" });
  return [...new Set(contractKeys(expiry, side, strike))].filter((key) => !Number.isNaN(key)).map((key) => contractOf(symbol, key));
}

/** Said of a file of many contracts that cannot be told apart. */
export const NO_EXPIRY = 'the file carries no expiry: contracts of one strike cannot be told apart. Add an "expiry" column, or put exp=YYYY-MM-DD into the path.';
