/** Rows of the parts, one part after another, or sorted anew. */
import type { Spread } from "../../data/views/spread.ts";
import { refuse, type Asked } from "./spread-checks.ts";
import { isName, outside, sameTokens, textOf } from "./spread-text.ts";
import { isNamed, isSign, isWord, type Token } from "./tokens.ts";

export function spreadRows({ sql, clauses: { select, from, where, order, limit, offset }, items, view, known }: Asked): Spread {
  const body = `SELECT ${textOf(sql, select)} FROM ${textOf(sql, from)}${where ? ` WHERE ${textOf(sql, where)}` : ""}`;
  const shared = { view, keys: [], groups: [], anywhere: true, because: "", dated: false, columns: undefined };
  const most = rowsWanted(limit, offset);
  const cut = `${limit ? ` LIMIT ${textOf(sql, limit)}` : ""}${offset ? ` OFFSET ${textOf(sql, offset)}` : ""}`;
  const top = most === undefined ? "" : ` LIMIT ${most}`;
  if (!order) return { ...shared, part: `${body}${top}`, rest: cut, needsAll: false };
  const sorted = outside(order, ",").map((tokens) => {
    const { key, direction } = directed(sql, tokens);
    return `${placeOf(key, items, known)}${direction}`;
  });
  return { ...shared, part: `${body} ORDER BY ${textOf(sql, order)}${top}`, rest: ` ORDER BY ${sorted.join(", ")}${cut}`, needsAll: true };
}

/** An item of ORDER BY: what it sorts by, and which way. */
export function directed(sql: string, tokens: readonly Token[]): { readonly key: readonly Token[]; readonly direction: string } {
  const end = tokens.findIndex((token, i) => i > 0 && token.depth === tokens[0].depth && isWord(token, "asc", "desc", "nulls"));
  return end < 0 ? { key: tokens, direction: "" } : { key: tokens.slice(0, end), direction: ` ${textOf(sql, tokens.slice(end))}` };
}

/** What of the answer rows are sorted by: the place of a column, or its name where all columns are taken. */
function placeOf(key: readonly Token[], items: Asked["items"], known: ReadonlySet<string>): string {
  const not = (): never => refuse("it is sorted by what is no column of the answer");
  const [only] = key;
  if (key.length === 1 && only.kind === "number") return only.text;
  if (items.some(({ expression }) => expression.some((token, i) => isSign(token, "*") && (i === 0 || isSign(expression[i - 1], "."))))) {
    const all = items.length === 1 && items[0].expression.length === 1;
    return all && key.length === 1 && isName(only) && known.has(only.text) ? `"${only.text}"` : not();
  }
  // A name alone is that of a column of the answer first; in an expression it may be either.
  const named = key.length === 1 && isNamed(only) ? items.findIndex(({ alias }) => alias === only.text) : -1;
  if (named >= 0) return String(named + 1);
  const place = items.findIndex(({ expression }) => sameTokens(key, expression));
  if (place < 0 || (key.length > 1 && key.some((token) => isNamed(token) && items.some(({ alias }) => alias === token.text)))) return not();
  return String(place + 1);
}

/** LIMIT and OFFSET together, as far as they are numbers. */
function rowsWanted(limit: readonly Token[] | undefined, offset: readonly Token[] | undefined): number | undefined {
  const numbers = [limit, offset].flatMap((tokens) => (tokens ? [tokens] : []));
  if (numbers.some((tokens) => tokens.length !== 1 || tokens[0].kind !== "number" || !/^\d+$/.test(tokens[0].text))) return refuse("its LIMIT is no plain number");
  return limit ? numbers.reduce((sum, [{ text }]) => sum + Number(text), 0) : undefined;
}
