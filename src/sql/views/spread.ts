/** Whether a query can be answered in parts, each over some of the files, and how its answer is put together from theirs (docs/sql.md). */
import type { Spread } from "../../data/views/spread.ts";
import type { Statement } from "./statement.ts";
import { isNamed, isSign, isWord, type Token } from "./tokens.ts";
import { clauseAt, itemsOf, outside, sameTokens, textOf, type Clauses } from "./spread-text.ts";

/** What of the views has to be known. */
export interface SpreadContext {
  /** Columns of each view whose files can be read in parts, lower case. */
  readonly columns: ReadonlyMap<string, ReadonlySet<string>>;
  /** Names of DuckDB's aggregate functions. */
  readonly aggregates: ReadonlySet<string>;
}

export class NotSpread extends Error {
  override readonly name = "NotSpread";
}

const refuse = (why: string): never => {
  throw new NotSpread(why);
};

/** Throws NotSpread, which says why one worker has to read all. */
export function spreadOf(statement: Statement, context: SpreadContext): Spread {
  const clauses = clauseAt(statement.tokens) ?? refuse("it is no plain SELECT");
  const view = oneView(clauses, context);
  const { tokens } = statement;
  if (tokens.some((token, i) => isWord(token, "select") && i > 0) || tokens.some((token, i) => isSign(token, "(") && isWord(tokens[i + 1], "from", "with", "values", "table"))) refuse("it has a subquery");
  if (tokens.some((token) => isWord(token, "over"))) refuse("a window function looks at rows of all days");
  const items = itemsOf(clauses.select);
  const isCall = (token: Token, i: number, all: readonly Token[]): boolean => token.kind === "word" && context.aggregates.has(token.text) && isSign(all[i + 1], "(") && !isSign(all[i - 1], ".");
  const aggregated = clauses.group !== undefined || clauses.having !== undefined || items.some(({ expression }) => expression.some(isCall));
  const aliases = new Set(items.flatMap(({ alias }) => alias ?? []));
  const known = context.columns.get(view)!;
  if ((clauses.where ?? []).some((token) => isNamed(token) && aliases.has(token.text) && !known.has(token.text))) refuse("a condition names a column of the answer");
  return aggregated ? spreadGroups(statement.sql, clauses, view, known, isCall) : spreadRows(statement.sql, clauses, view);
}

function oneView({ from }: Clauses, { columns }: SpreadContext): string {
  const [first, ...rest] = from;
  if (!first || !isNamed(first)) return refuse("it has a subquery");
  if (rest.some((token) => isSign(token, ",") || isWord(token, "join"))) return refuse("a join looks at rows of several files at once");
  if (!columns.has(first.text)) return refuse(`${first.text} is worked out as a whole`);
  const alias = isWord(rest[0], "as") ? rest.slice(1) : rest;
  return alias.length > 1 || alias.some((token) => !isNamed(token)) ? refuse("it takes a sample") : first.text;
}

/** Rows of the parts, one part after another, or sorted anew. */
function spreadRows(sql: string, { select, from, where, order, limit, offset }: Clauses, view: string): Spread {
  const body = `SELECT ${textOf(sql, select)} FROM ${textOf(sql, from)}${where ? ` WHERE ${textOf(sql, where)}` : ""}`;
  const shared = { view, keys: [], groups: [], anywhere: true, because: "", dated: false, columns: undefined };
  const most = rowsWanted(limit, offset);
  const cut = `${limit ? ` LIMIT ${textOf(sql, limit)}` : ""}${offset ? ` OFFSET ${textOf(sql, offset)}` : ""}`;
  const top = most === undefined ? "" : ` LIMIT ${most}`;
  if (!order) return { ...shared, part: `${body}${top}`, rest: cut, needsAll: false };
  const items = itemsOf(select);
  const sorted = outside(order, ",").map((tokens) => orderOf(sql, tokens, items.map(({ alias, expression }) => ({ alias, expression }))));
  return { ...shared, part: `${body} ORDER BY ${textOf(sql, order)}${top}`, rest: ` ORDER BY ${sorted.join(", ")}${cut}`, needsAll: true };
}

/** An item of ORDER BY as it sorts the rows of the answer: by the place of a column, or by its name. */
function orderOf(sql: string, tokens: readonly Token[], items: readonly { readonly alias: string | undefined; readonly expression: readonly Token[] }[]): string {
  const end = tokens.findIndex((token, i) => i > 0 && isWord(token, "asc", "desc", "nulls"));
  const [key, way] = end < 0 ? [tokens, []] : [tokens.slice(0, end), tokens.slice(end)];
  const place = items.findIndex(({ alias, expression }) => (key.length === 1 && alias !== undefined && isNamed(key[0]) && key[0].text === alias) || sameTokens(key, expression));
  const direction = way.length === 0 ? "" : ` ${textOf(sql, way)}`;
  if (key.length === 1 && key[0].kind === "number") return `${key[0].text}${direction}`;
  const star = items.some(({ expression }) => isSign(expression[0], "*"));
  if (place >= 0 && !star) return `${place + 1}${direction}`;
  return star && items.length === 1 && key.every((token) => isNamed(token)) && key.length === 1 ? `"${key[0].text}"${direction}` : refuse("it is sorted by what is no column of the answer");
}

/** LIMIT and OFFSET together, as far as they are numbers. */
function rowsWanted(limit: readonly Token[] | undefined, offset: readonly Token[] | undefined): number | undefined {
  if (!limit && !offset) return undefined;
  const numbers = [limit, offset].flatMap((tokens) => (tokens ? [tokens] : []));
  if (numbers.some((tokens) => tokens.length !== 1 || tokens[0].kind !== "number" || !/^\d+$/.test(tokens[0].text))) return refuse("its LIMIT is no plain number");
  return limit ? numbers.reduce((sum, [{ text }]) => sum + Number(text), 0) : undefined;
}

type IsCall = (token: Token, i: number, all: readonly Token[]) => boolean;

function spreadGroups(sql: string, clauses: Clauses, view: string, known: ReadonlySet<string>, isCall: IsCall): Spread {
  const { select, from, where, group, having, order, limit, offset } = clauses;
  const items = itemsOf(select);
  if (items.some(({ expression }) => isSign(expression[0], "*") || isWord(expression[0], "columns"))) return refuse("it takes all columns beside an aggregate");
  const keys = keysOf(group, items, known, isCall);
  const parts: string[] = [];
  let because = "";
  /** An aggregate of a part as a column of it. */
  const column = (text: string): string => {
    const at = parts.indexOf(text);
    return `a${at < 0 ? parts.push(text) - 1 : at}`;
  };
  const combined = (call: readonly Token[]): string => {
    const text = textOf(sql, call);
    const name = call[0].text;
    const put = COMBINED[name];
    if (!put || isWord(call[2], "distinct") || call.some((token) => token.depth === call[1].depth && isWord(token, "order"))) {
      because ||= isWord(call[2], "distinct") ? `${name}(DISTINCT …) cannot be put together from parts` : `${name} cannot be put together from parts`;
      return `any_value(${column(text)})`;
    }
    return put((other) => column(other === name ? text : `${other}${text.slice(name.length)}`));
  };
  const aliases = new Map(items.flatMap(({ alias, expression }) => (alias === undefined || known.has(alias) ? [] : [[alias, expression] as const])));
  const rewrite = (tokens: readonly Token[], within: ReadonlyMap<string, readonly Token[]>): string => {
    let made = "";
    let last = tokens[0]?.from ?? 0;
    for (let i = 0; i < tokens.length; ) {
      made += sql.slice(last, tokens[i].from);
      const key = keys.findIndex((expression) => sameTokens(expression, tokens.slice(i, i + expression.length)));
      const alias = isNamed(tokens[i]) && !isSign(tokens[i + 1], "(") && !isSign(tokens[i - 1], ".") ? within.get(tokens[i].text) : undefined;
      let end = i + 1;
      if (isCall(tokens[i], i, tokens)) {
        end = callEnd(tokens, i);
        const call = tokens.slice(i, end);
        if (call.slice(1).some((token, j) => isCall(token, j + 1, call))) refuse("an aggregate stands within another");
        made += combined(call);
      } else if (key >= 0) {
        end = i + keys[key].length;
        made += `k${key}`;
      } else if (alias) made += `(${rewrite(alias, new Map())})`;
      else if (isNamed(tokens[i]) && known.has(tokens[i].text) && !isSign(tokens[i + 1], "(")) refuse(`"${tokens[i].text}" stands in it beside what it is grouped by`);
      else made += textOf(sql, [tokens[i]]);
      last = tokens[end - 1].to;
      i = end;
    }
    return made;
  };
  const columns = items.map(({ expression }) => rewrite(expression, new Map([...aliases].filter(([, own]) => own !== expression))));
  const kept = having && rewrite(having, aliases);
  const named = new Map(items.flatMap(({ alias, expression }) => (alias === undefined ? [] : [[alias, expression] as const])));
  const sorted = order && outside(order, ",").map((tokens) => (tokens[0].kind === "number" ? textOf(sql, tokens) : rewrite(tokens, named))).join(", ");
  const cut = `${limit ? ` LIMIT ${textOf(sql, limit)}` : ""}${offset ? ` OFFSET ${textOf(sql, offset)}` : ""}`;
  const list = [...keys.map((key, i) => `${textOf(sql, key)} AS k${i}`), ...parts.map((text, i) => `${text} AS a${i}`)];
  const grouped = (by: readonly string[]): string => (by.length > 0 ? ` GROUP BY ${by.join(", ")}` : "");
  return {
    view, columns, because, needsAll: true,
    dated: (where ?? []).some((token) => isNamed(token) && token.text === "date") && !(where ?? []).some((token) => isWord(token, "or", "null", "not")),
    keys: keys.flatMap((key) => (isNamed(key[key.length - 1]) && (key.length === 1 || (key.length === 3 && isSign(key[1], "."))) ? key[key.length - 1].text : [])),
    groups: keys.map((_, i) => `k${i}`),
    anywhere: because === "",
    part: `SELECT ${list.length > 0 ? list.join(", ") : "1 AS k0"} FROM ${textOf(sql, from)}${where ? ` WHERE ${textOf(sql, where)}` : ""}${grouped(keys.map((key) => textOf(sql, key)))}`,
    rest: `${grouped(keys.map((_, i) => `k${i}`))}${kept ? ` HAVING ${kept}` : ""}${sorted ? ` ORDER BY ${sorted}` : ""}${cut}`,
  };
}

/** The expressions of GROUP BY: places and names of the answer's columns stand for what they are. */
function keysOf(group: readonly Token[] | undefined, items: ReturnType<typeof itemsOf>, known: ReadonlySet<string>, isCall: IsCall): (readonly Token[])[] {
  if (!group) return [];
  if (group.length === 1 && isWord(group[0], "all")) return items.filter(({ expression }) => !expression.some(isCall)).map(({ expression }) => expression);
  return outside(group, ",").map((tokens) => {
    const [first] = tokens;
    if (isWord(first, "rollup", "cube", "grouping")) return refuse("it groups in several ways at once");
    if (tokens.length > 1) return tokens;
    if (first.kind === "number") return items[Number(first.text) - 1]?.expression ?? tokens;
    return known.has(first.text) ? tokens : (items.find(({ alias }) => alias === first.text)?.expression ?? tokens);
  });
}

/** Where an aggregate's call ends, its FILTER included. */
function callEnd(tokens: readonly Token[], at: number): number {
  const closing = (from: number): number => tokens.findIndex((token, i) => i > from && isSign(token, ")") && token.depth < tokens[from].depth) + 1;
  const end = closing(at + 1);
  return isWord(tokens[end], "filter") && isSign(tokens[end + 1], "(") ? closing(end + 1) : end;
}

/** How aggregates of parts become that of all; `of` gives the column of an aggregate of the same arguments. */
const COMBINED: Readonly<Record<string, (of: (aggregate: string) => string) => string>> = {
  count: (of) => `coalesce(sum(${of("count")}), 0)`,
  sum: (of) => `sum(${of("sum")})`,
  min: (of) => `min(${of("min")})`,
  max: (of) => `max(${of("max")})`,
  bool_and: (of) => `bool_and(${of("bool_and")})`,
  bool_or: (of) => `bool_or(${of("bool_or")})`,
  avg: (of) => `(CAST(sum(${of("sum")}) AS DOUBLE) / sum(${of("count")}))`,
  mean: (of) => `(CAST(sum(${of("sum")}) AS DOUBLE) / sum(${of("count")}))`,
};
