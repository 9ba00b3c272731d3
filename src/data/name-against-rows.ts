import type { MarketRules } from "../core/market/types.ts";
import { isoDate } from "../core/time.ts";
import { holdsSeveral, UNKNOWN_SYMBOL } from "./catalogue/types.ts";
import type { CatalogueFile } from "./catalogue/types.ts";
import { dayColumn } from "./clock-columns.ts";
import type { OpenFile } from "./file-rows.ts";
import { NULL_DATE } from "./ports.ts";
import type { Column, RowReader } from "./ports.ts";
import { optionSide, underlyingOf } from "./row-keys.ts";

/** At most this many rows are looked at where statistics are missing. */
const LOOKED_AT_ROWS = 500_000;

/**
 * Where the columns of a contract's file say something else than its name, in words: symbol, strike, side, expiry.
 * Columns that the file does not have, and words that mean nothing, contradict nobody; of a file of many contracts the rows
 * are told apart by their own symbols.
 */
export async function contradictions(reader: RowReader, open: OpenFile, file: CatalogueFile, rules: Pick<MarketRules, "actualExpiry">): Promise<string[]> {
  if (file.kind !== "option" && file.kind !== "future") return [];
  const found: string[] = [];
  const check = async (known: string, named: string | undefined, agrees: (value: Value) => boolean | undefined): Promise<void> => {
    const name = open.columns.map.source.get(known);
    if (name === undefined || named === undefined) return;
    const odd = (await valuesOf(reader, open, name, known)).find((value) => agrees(value) === false);
    if (odd !== undefined) found.push(`${known} is ${named} by the name, ${inWords(odd, known)} in column "${name}"`);
  };
  const { symbol, strike, cp, expiry } = file;
  await check("symbol", holdsSeveral(file) || symbol === UNKNOWN_SYMBOL ? undefined : symbol, (value) => {
    const told = typeof value === "string" ? underlyingOf(value) : undefined;
    return told === undefined ? undefined : told === symbol;
  });
  await check("strike", strike === undefined ? undefined : String(strike), (value) => Number(value) === strike);
  await check("opt_type", cp, (value) => {
    const side = typeof value === "string" ? optionSide(value) : undefined;
    return side && side === cp;
  });
  await check("expiry", expiry === undefined ? undefined : isoDate(expiry), (value) => typeof value === "number" && rules.actualExpiry(symbol, value) === expiry);
  return found;
}

type Value = string | number;

function inWords(value: Value, known: string): string {
  return known === "expiry" && typeof value === "number" ? isoDate(value) : String(value);
}

/** The different values of a column that its statistics tell, or that its first rows hold; none of a type that no text or number has. Dates as day numbers. */
async function valuesOf(reader: RowReader, { data, footer }: OpenFile, name: string, known: string): Promise<Value[]> {
  const ends = footer.rowGroups.flatMap(({ statistics }) => {
    const found = statistics.get(name);
    return found ? [found.min, found.max] : [undefined];
  });
  const told = ends.every((value) => typeof value === "string" || typeof value === "number" || typeof value === "bigint");
  if (told && known !== "expiry") return [...new Set(ends.map((value) => (typeof value === "bigint" ? Number(value) : (value as Value))))];
  const type = footer.columns.find((column) => column.name === name)?.type;
  if (type === "GROUP" || type === "BYTE_ARRAY") return [];
  let rows = 0;
  const rowGroups = footer.rowGroups.flatMap((group, index) => ((rows += group.rows) <= LOOKED_AT_ROWS || index === 0 ? [index] : []));
  const column = (await reader.read(data, { columns: [name], rowGroups })).columns.get(name);
  return column ? differentValues(data.path, name, column, known) : [];
}

function differentValues(path: string, name: string, column: Column, known: string): Value[] {
  if (known === "expiry") return [...new Set(dayColumn(path, name, column))].filter((day) => day !== NULL_DATE);
  if (column.type === "text") return [...column.dictionary];
  return column.type === "number" ? [...new Set(column.values)].filter((value) => !Number.isNaN(value)) : [];
}
