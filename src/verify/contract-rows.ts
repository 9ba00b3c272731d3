/** Whose rows those of a file are: by its name, and where that does not say it by its columns. */
import type { MarketRules, SymbolName } from "../core/market/types.ts";
import { dayFromParts, isoDate, parseIsoDate, SECONDS_PER_DAY } from "../core/time.ts";
import type { CatalogueFile } from "../data/catalogue/types.ts";
import { optionSide, underlyingOf } from "../data/row-keys.ts";
import { NotVerifiable } from "./not-verifiable.ts";
import type { ParquetFile } from "./parquet-file.ts";
import type { RawFile, RawRow } from "./reference.ts";

export const KEY_COLUMNS = ["expiry", "strike", "opt_type", "symbol"];
const NS = 1_000_000_000n;

/** One file becomes as many as it holds instruments. Throws NotVerifiable. */
export function byContract(rules: MarketRules, symbol: SymbolName, file: CatalogueFile, data: ParquetFile, rows: readonly RawRow[]): RawFile[] {
  const { kind, path } = file;
  const named = { path, kind, symbol: kind === "vix" ? "" : symbol, broken: false };
  const ofSymbol = kind === "vix" || !data.has("symbol") ? rows : rows.filter((row) => isOf(symbol, row, kind));
  if (kind === "spot" || kind === "vix") return [{ ...named, expiry: "", strike: 0, cp: "", rows: ofSymbol }];
  if (kind === "option" && file.expiry !== undefined && file.strike !== undefined && file.cp !== undefined) return [{ ...named, expiry: isoDate(file.expiry), strike: file.strike, cp: file.cp, rows }];
  const split = new Map<string, { readonly head: Omit<RawFile, "rows">; readonly rows: RawRow[] }>();
  for (const row of ofSymbol) {
    const head = { ...named, ...(kind === "future" ? monthOf(rules, symbol, file, data, row) : contractOf(rules, symbol, file, data, row)) };
    const key = `${head.expiry} ${head.strike} ${head.cp}`;
    const part = split.get(key) ?? { head, rows: [] };
    split.set(key, part);
    part.rows.push(row);
  }
  return [...split.values()].flatMap(({ head, rows: own }) => (head.strike >= 0 ? [{ ...head, rows: own }] : []));
}

function isOf(symbol: SymbolName, row: RawRow, kind: CatalogueFile["kind"]): boolean {
  // A series file may name its index as it likes; the rows of many contracts are told apart by it.
  return typeof row.symbol !== "string" || kind === "spot" || underlyingOf(row.symbol) === symbol;
}

function contractOf(rules: MarketRules, symbol: SymbolName, file: CatalogueFile, data: ParquetFile, row: RawRow): Pick<RawFile, "expiry" | "strike" | "cp"> {
  const cp = file.cp ?? (typeof row.opt_type === "string" ? optionSide(row.opt_type) : undefined);
  const strike = file.strike ?? (typeof row.strike === "number" || typeof row.strike === "bigint" ? Math.round(Number(row.strike) * 100) / 100 : undefined);
  const expiry = file.expiry ?? expiryOf(rules, symbol, data, row.expiry);
  if (expiry === undefined && !data.has("expiry")) throw new NotVerifiable("neither its path nor a column tells the expiry of its rows");
  // Rows without a contract, of spot or of nothing, are nobody's.
  return cp === undefined || strike === undefined || expiry === undefined ? { expiry: "", strike: -1, cp: "" } : { expiry: isoDate(expiry), strike, cp };
}

function monthOf(rules: MarketRules, symbol: SymbolName, file: CatalogueFile, data: ParquetFile, row: RawRow): Pick<RawFile, "expiry" | "strike" | "cp"> {
  const expiry = file.expiry ?? expiryOf(rules, symbol, data, row.expiry);
  if (expiry === undefined && typeof row.symbol === "string" && /\d/.test(row.symbol)) throw new NotVerifiable(`its contract months stand in names such as “${row.symbol}”, which the reference does not read`);
  return { expiry: expiry === undefined ? "" : isoDate(expiry), strike: 0, cp: "" };
}

/** Undefined where the cell is missing. Throws NotVerifiable for a date of another form. */
function expiryOf(rules: MarketRules, symbol: SymbolName, data: ParquetFile, cell: unknown): number | undefined {
  if (cell === undefined || cell === null) return undefined;
  const day = dayOf(cell, data.typeOf("expiry") ?? "");
  if (day === undefined) throw new NotVerifiable(`its column of expiries holds “${String(cell)}”; the reference reads dates, timestamps, numbers like 20240829 and texts like 2024-08-29`);
  return rules.actualExpiry(symbol, day);
}

function dayOf(cell: unknown, type: string): number | undefined {
  if (typeof cell === "string") return parseIsoDate(cell.slice(0, 10));
  if (/DATE/.test(type) && typeof cell === "number") return cell;
  if (/TIMESTAMP/.test(type) && typeof cell === "bigint") {
    // A date kept as the instant of midnight in India reads 18:30 of the day before.
    const seconds = Number(cell / NS);
    return Math.floor((seconds % SECONDS_PER_DAY === 66_600 ? seconds + 19_800 : seconds) / SECONDS_PER_DAY);
  }
  const digits = Number(cell);
  return digits >= 19_000_101 && digits <= 29_991_231 ? dayFromParts(Math.floor(digits / 10_000), Math.floor(digits / 100) % 100, digits % 100) : undefined;
}
