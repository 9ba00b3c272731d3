import { DateDay, Field, Float64, Utf8 } from "apache-arrow";
import type { ContractId } from "../../core/market/contract-id.ts";
import type { SymbolName } from "../../core/market/types.ts";
import { LEAN_COLUMNS } from "../../core/reshape/lean-columns.ts";
import type { CopyOptions } from "../../core/reshape/options.ts";
import type { DayNumber } from "../../core/time.ts";
import type { CatalogueFile } from "../catalogue/types.ts";
import type { OpenFile } from "../file-rows.ts";

/** A column that the copy has and the source has not: what the path or the name tells of all of its rows. */
export interface AddedColumn {
  readonly field: Field;
  /** A text, a number of rupees, or days since 1970. */
  readonly value: string | number;
}

export interface CopiedColumns {
  /** Of the source, in the order of the file. */
  readonly names: readonly string[];
  readonly added: readonly AddedColumn[];
  /** Equal for rows that can stand in one file. */
  readonly schema: string;
}

export interface RowsAbout {
  readonly file: CatalogueFile;
  readonly symbol: SymbolName;
  /** Of a file that holds one. */
  readonly contract: ContractId | undefined;
  readonly expiry: DayNumber | undefined;
}

/** What is kept of a file, and what is added so that its rows can stand beside those of others. */
export function columnsToCopy({ footer, columns: { map } }: OpenFile, columns: CopyOptions["columns"], { file, symbol, contract, expiry }: RowsAbout): Omit<CopiedColumns, "schema"> {
  const lean = new Set([...map.source].filter(([known]) => LEAN_COLUMNS.has(known)).map(([, own]) => own));
  const names = footer.columns.map(({ name }) => name).filter((name) => columns === "all" || lean.has(name));
  const taken = new Set(names);
  const added: AddedColumn[] = [];
  const add = (known: string, field: Field, value: string | number | undefined): void => {
    if (value !== undefined && !map.source.has(known) && !taken.has(field.name)) added.push({ field, value });
  };
  add("symbol", new Field("symbol", new Utf8(), true), file.kind === "option" ? symbol : undefined);
  add("opt_type", new Field("opt_type", new Utf8(), true), contract?.cp ?? file.cp);
  add("strike", new Field("strike", new Float64(), true), contract?.strike ?? file.strike);
  add("expiry", new Field("expiry", new DateDay(), true), contract?.expiry ?? expiry);
  return { names, added };
}

/** Names, types and zones: files that agree in them can be put together without a change. */
export function schemaClass({ footer }: OpenFile, { names, added }: Omit<CopiedColumns, "schema">): string {
  const kept = new Set(names);
  return JSON.stringify([footer.columns.filter(({ name }) => kept.has(name)).map(({ name, type, zone }) => [name, type, zone]), added.map(({ field }) => field.name)]);
}
