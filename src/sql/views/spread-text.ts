/** A SELECT by its clauses and their items, as tokens. */
import { isNamed, isSign, isWord, type Token } from "./tokens.ts";

export interface Clauses {
  readonly select: readonly Token[];
  readonly from: readonly Token[];
  readonly where?: readonly Token[];
  readonly group?: readonly Token[];
  readonly having?: readonly Token[];
  readonly order?: readonly Token[];
  readonly limit?: readonly Token[];
  readonly offset?: readonly Token[];
}

const IN_ORDER = ["select", "from", "where", "group", "having", "order", "limit", "offset"] as const;
/** At the top of a statement these make it more than one SELECT over rows as they are. */
const OTHERS = ["union", "intersect", "except", "window", "qualify", "tablesample", "with", "distinct", "into", "fetch"];

/** The clauses of a statement that is one SELECT in the usual order; undefined for any other. */
export function clauseAt(tokens: readonly Token[]): Clauses | undefined {
  if (!isWord(tokens[0], "select") || isWord(tokens[1], "distinct", "all")) return undefined;
  const found: Partial<Record<(typeof IN_ORDER)[number], Token[]>> = {};
  let open: Token[] = [];
  let place = -1;
  for (const [i, token] of tokens.entries()) {
    const next = token.depth === 0 && token.kind === "word" && !isSign(tokens[i - 1], ".") ? IN_ORDER.indexOf(token.text as (typeof IN_ORDER)[number]) : -1;
    const isClause = next >= 0 && !(token.text === "from" && isWord(tokens[i - 1], "distinct")) && (!["group", "order"].includes(token.text) || isWord(tokens[i + 1], "by"));
    if (isClause) {
      if (next <= place) return undefined;
      place = next;
      found[IN_ORDER[next]] = open = [];
    } else if (token.depth === 0 && !isWord(tokens[i - 1], "is", "not") && (isWord(token, ...OTHERS) || (isWord(token, "using") && isWord(tokens[i + 1], "sample")))) return undefined;
    else if (!(isWord(token, "by") && isWord(tokens[i - 1], "group", "order"))) open.push(token);
  }
  const { select, from, ...rest } = found;
  return select && from && select.length > 0 ? { ...rest, select, from } : undefined;
}

export interface SelectItem {
  readonly expression: readonly Token[];
  /** Lower case. */
  readonly alias: string | undefined;
}

/** Words that end an expression, and after which another one begins. */
const NO_ALIAS = ["null", "true", "false", "end", "asc", "desc", "isnull", "notnull"];
const OPERATORS = ["is", "not", "and", "or", "like", "ilike", "in", "between", "case", "when", "then", "else", "distinct", "similar", "to", "escape", "glob", "date", "timestamp", "interval", "time"];

/** What SELECT lists, with the names that are given. */
export function itemsOf(select: readonly Token[]): SelectItem[] {
  return outside(select, ",").map((tokens) => {
    const last = tokens[tokens.length - 1];
    const before = tokens[tokens.length - 2];
    if (isNamed(last) && isWord(before, "as")) return { expression: tokens.slice(0, -2), alias: last.text };
    const ends = before !== undefined && (before.kind === "number" || before.kind === "text" || isSign(before, ")") || isSign(before, "]") || (isNamed(before) && !isWord(before, ...OPERATORS)));
    return isNamed(last) && ends && !isWord(last, ...NO_ALIAS) ? { expression: tokens.slice(0, -1), alias: last.text } : { expression: tokens, alias: undefined };
  });
}

/** What stands between signs that are in no bracket. */
export function outside(tokens: readonly Token[], sign: string): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (token.depth === 0 && isSign(token, sign)) parts.push([]);
    else parts[parts.length - 1].push(token);
  }
  return parts;
}

/** A stretch of the statement as it was written. */
export function textOf(sql: string, tokens: readonly Token[]): string {
  return tokens.length === 0 ? "" : sql.slice(tokens[0].from, tokens[tokens.length - 1].to);
}

export function sameTokens(a: readonly Token[], b: readonly Token[]): boolean {
  return a.length === b.length && a.every((token, i) => token.text === b[i].text && (token.kind === b[i].kind || (isName(token) && isName(b[i]))));
}

/** A name, with that of its view before it or without. */
export const isName = (token: Token | undefined): token is Token => token !== undefined && ["word", "name", "column"].includes(token.kind);

/** Names with that of the view before them as one token each. */
export function withoutView(tokens: readonly Token[], views: readonly string[]): Token[] {
  const made: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const [view, dot, name] = tokens.slice(i, i + 3);
    const isColumn = isNamed(view) && views.includes(view.text) && isSign(dot, ".") && isNamed(name) && !isSign(tokens[i - 1], ".") && !isSign(tokens[i + 3], ".") && !isSign(tokens[i + 3], "(");
    if (isColumn) i += 2;
    made.push(isColumn ? { ...name, kind: "column", from: view.from } : view);
  }
  return made;
}
