/** Of which contract a row is: what the path says, else what the row's own columns say (`data/contract-rows.ts`). */
import { isoDate, type DayNumber } from "../../core/time.ts";
import { CONTRACT_REST, LONGEST_FIRST, OTHER_SPELLINGS, SIDE_WORDS } from "../../data/row-keys.ts";
import { sqlText } from "../duckdb.ts";
import { isText, unitOf, type StoredColumn } from "./clock-sql.ts";

/** The underlying that a text names, as `underlyingOf` finds it. */
export function underlyingSql(text: string): string {
  const word = `regexp_replace(upper(${text}), '[^A-Z0-9]', '', 'g')`;
  const spelled = Object.entries(OTHER_SPELLINGS).map(([other, symbol]) => `WHEN ${word} = ${sqlText(other)} THEN ${sqlText(symbol)}`);
  const named = LONGEST_FIRST.map((symbol) => `WHEN starts_with(${word}, ${sqlText(symbol)}) AND (length(${word}) = ${symbol.length} OR regexp_matches(substr(${word}, ${symbol.length + 1}), ${sqlText(CONTRACT_REST.source)})) THEN ${sqlText(symbol)}`);
  return `CASE ${[...spelled, ...named].join(" ")} END`;
}

/** CE or PE, as `optionSide` finds it. */
export function sideSql(text: string): string {
  const is = (side: "CE" | "PE"): string => `WHEN upper(trim(${text})) IN (${SIDE_WORDS[side].map(sqlText).join(", ")}) THEN '${side}'`;
  return `CASE ${is("CE")} ${is("PE")} END`;
}

/** A column of dates as DATE, before the rules have their say on re-dated contracts. */
export function plainDateSql({ sql, element }: StoredColumn): string {
  const unit = unitOf(element);
  if (unit !== undefined) return `CAST(epoch_ms(${sql} // ${{ MILLIS: 1, MICROS: 1_000, NANOS: 1_000_000 }[unit]}) AS DATE)`;
  if (isText(element)) return `TRY_CAST(left(${sql}, 10) AS DATE)`;
  if (element.converted_type === "DATE" || element.logical_type?.type === "DATE" || element.type === "INT96") return `CAST(${sql} AS DATE)`;
  return `CAST(try_strptime(CAST(TRY_CAST(${sql} AS BIGINT) AS VARCHAR), '%Y%m%d') AS DATE)`;
}

/** What the values of a column mean where that is not `plain`; null for a value that means no date. */
export type Meanings = ReadonlyMap<string, DayNumber | null>;

export function meaningSql(column: string, plain: string, meanings: Meanings): string {
  if (meanings.size === 0) return plain;
  const cases = [...meanings].map(([value, day]) => `WHEN ${sqlText(value)} THEN ${day === null ? "CAST(NULL AS DATE)" : `DATE '${isoDate(day)}'`}`);
  return `CASE CAST(${column} AS VARCHAR) ${cases.join(" ")} ELSE ${plain} END`;
}
