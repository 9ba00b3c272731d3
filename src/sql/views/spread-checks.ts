/** What a query that is answered in parts may be made of. */
import type { SelectItem, Clauses } from "./spread-text.ts";
import { isNamed, isSign, isWord, type Token } from "./tokens.ts";

/** What of the views and of DuckDB has to be known. */
export interface SpreadContext {
  /** Columns of each view whose files can be read in parts, lower case. */
  readonly columns: ReadonlyMap<string, ReadonlySet<string>>;
  /** Names of DuckDB's aggregate functions. */
  readonly aggregates: ReadonlySet<string>;
  /** Names of its functions of one row that give the same value each time. */
  readonly scalars: ReadonlySet<string>;
}

/** A query over one view, and what is known of it. Names with that of the view before them are one token each. */
export interface Asked {
  readonly sql: string;
  readonly clauses: Clauses;
  readonly items: readonly SelectItem[];
  readonly view: string;
  /** Its columns, lower case. */
  readonly known: ReadonlySet<string>;
  readonly aggregates: ReadonlySet<string>;
}

export class NotSpread extends Error {
  override readonly name = "NotSpread";
}

export const refuse = (why: string): never => {
  throw new NotSpread(why);
};

/** Words of SQL that may stand before a bracket, or are functions whose name DuckDB's list of them lacks. */
const BEFORE_BRACKETS = new Set([
  "select", "where", "having", "by", "filter", "and", "or", "not", "in", "like", "ilike", "between", "is", "case", "when", "then", "else", "distinct", "all", "on",
  "cast", "try_cast", "coalesce", "nullif", "ifnull", "extract", "if", "decimal", "numeric", "varchar", "char", "rollup", "cube", "sets",
]);
/** Without brackets they are functions of the moment. */
const OF_THE_MOMENT = ["current_date", "current_time", "current_timestamp", "localtime", "localtimestamp", "current_user", "session_user", "user"];
/** Names of the columns of parts begin so. */
export const PART_NAME = "straddle_part_";

/** Throws NotSpread for what could give another answer in parts, or is not known not to. */
export function checkTokens(tokens: readonly Token[], { aggregates, scalars }: SpreadContext): void {
  if (tokens.some((token) => isWord(token, "over"))) refuse("a window function looks at rows of all days");
  for (const [i, token] of tokens.entries()) {
    const [before, next] = [tokens[i - 1], tokens[i + 1]];
    if (isWord(token, "select") && i > 0) refuse("it has a subquery");
    if (isSign(token, "(") && isWord(next, "from", "with", "values", "table")) refuse("it has a subquery");
    if (isWord(token, "within")) refuse("WITHIN GROUP looks at rows of all days");
    if (isWord(token, "columns") && isSign(next, "(")) refuse("COLUMNS stands for several columns");
    if (isWord(token, ...OF_THE_MOMENT)) refuse(`${token.text.toUpperCase()} is not the same in every part`);
    if (isSign(token, "#") || (isSign(token, ":") && token.depth === 0)) refuse(`what "${token.text}" means in it is not known to be the same in parts`);
    if (isSign(token, ".") && !isSign(next, "*")) refuse("a name in it has several parts");
    if (token.text.startsWith(PART_NAME)) refuse(`names that begin with "${PART_NAME}" are those of parts`);
    if (!isSign(next, "(") || !isNamed(token)) continue;
    const isFunction = token.kind === "word" && !isSign(before, ".") && (aggregates.has(token.text) || scalars.has(token.text) || BEFORE_BRACKETS.has(token.text));
    // The view itself may stand before a list of names for its columns; that is refused as such.
    if (!isFunction) refuse(`whether ${token.text}(…) gives the same in parts is not known`);
  }
}
