/** Aggregates of the parts, put together group by group. */
import type { Spread } from "../../data/views/spread.ts";
import { PART_NAME, refuse, type Asked } from "./spread-checks.ts";
import { directed } from "./spread-rows.ts";
import { isName, outside, sameTokens, textOf } from "./spread-text.ts";
import { isNamed, isSign, isWord, type Token } from "./tokens.ts";

const keyName = (key: number): string => `${PART_NAME}k${key}`;
const partName = (part: number): string => `${PART_NAME}a${part}`;

type IsCall = (token: Token, i: number, all: readonly Token[]) => boolean;

export function spreadGroups({ sql, clauses: { from, where, group, having, order, limit, offset }, items, view, known, aggregates }: Asked): Spread {
  const isCall: IsCall = (token, i, all) => token.kind === "word" && aggregates.has(token.text) && isSign(all[i + 1], "(");
  const all = [...items.map(({ expression }) => expression), having ?? [], order ?? []];
  if (all.some((tokens) => tokens.some((token, i) => isStar(token, i, tokens)))) return refuse("it takes all columns beside an aggregate");
  if (all.some((tokens) => tokens.some((token) => isSign(token, "->") || isWord(token, "lambda", view)))) return refuse("a name in it may mean several things");
  const keys = keysOf(group, items, known, isCall);
  const parts: string[] = [];
  let because = "";
  /** An aggregate of a part as a column of it. */
  const column = (text: string): string => {
    const at = parts.indexOf(text);
    return partName(at < 0 ? parts.push(text) - 1 : at);
  };
  const combined = (call: readonly Token[]): string => {
    const text = textOf(sql, call);
    const name = call[0].text;
    const put = COMBINED[name];
    const inside = call.slice(2).filter((token) => token.depth === call[1].depth);
    if (!put || isWord(call[2], "distinct") || inside.some((token) => isWord(token, "order") || isSign(token, ","))) {
      because ||= isWord(call[2], "distinct") ? `${name}(DISTINCT …) cannot be put together from parts` : `${name} cannot be put together from parts`;
      return `any_value(${column(text)})`;
    }
    return put((other) => column(other === name ? text : `${other}${text.slice(name.length)}`));
  };
  /** The expression over the columns of parts; `within` gives what names of columns of the answer stand for. */
  const rewrite = (tokens: readonly Token[], within: ReadonlyMap<string, readonly Token[]>): string => {
    let made = "";
    let last = tokens[0]?.from ?? 0;
    for (let i = 0; i < tokens.length; ) {
      made += sql.slice(last, tokens[i].from);
      const key = keys.findIndex((expression) => isWhole(tokens, i, expression));
      const alias = isNamed(tokens[i]) && !isSign(tokens[i + 1], "(") ? within.get(tokens[i].text) : undefined;
      let end = i + 1;
      if (isCall(tokens[i], i, tokens)) {
        end = callEnd(tokens, i);
        const call = tokens.slice(i, end);
        if (call.slice(1).some((token, j) => isCall(token, j + 1, call))) refuse("an aggregate stands within another");
        made += combined(call);
      } else if (alias && (key >= 0 || known.has(tokens[i].text))) refuse(`"${tokens[i].text}" may mean a column of the view or one of the answer`);
      else if (key >= 0) {
        end = i + keys[key].length;
        made += keyName(key);
      } else if (alias) made += `(${rewrite(alias, NO_NAMES)})`;
      else if (isName(tokens[i]) && known.has(tokens[i].text) && !isSign(tokens[i + 1], "(")) refuse(`"${tokens[i].text}" stands in it beside what it is grouped by`);
      else made += textOf(sql, [tokens[i]]);
      last = tokens[end - 1].to;
      i = end;
    }
    return made;
  };
  const aliases = new Map(items.flatMap(({ alias, expression }) => (alias === undefined ? [] : [[alias, expression] as const])));
  // Beside a column of the view that has its name, an alias is none within SELECT and HAVING.
  const others = new Map([...aliases].filter(([alias]) => !known.has(alias)));
  const columns = items.map(({ expression }) => rewrite(expression, new Map([...others].filter(([, own]) => own !== expression))));
  const kept = having && rewrite(having, others);
  const sorted = order && outside(order, ",").map((tokens) => {
    const { key, direction } = directed(sql, tokens);
    const place = key.length === 1 && isNamed(key[0]) ? items.findIndex(({ alias }) => alias === key[0].text) : -1;
    if (place >= 0) return `${place + 1}${direction}`;
    if (key[0].kind === "number" && key.length > 1) return refuse("it is sorted by what begins with a number");
    return `${key[0].kind === "number" || isWord(key[0], "all") ? textOf(sql, key) : rewrite(key, aliases)}${direction}`;
  }).join(", ");
  const cut = `${limit ? ` LIMIT ${textOf(sql, limit)}` : ""}${offset ? ` OFFSET ${textOf(sql, offset)}` : ""}`;
  const list = [...keys.map((key, i) => `${textOf(sql, key)} AS ${keyName(i)}`), ...parts.map((text, i) => `${text} AS ${partName(i)}`)];
  const grouped = (by: readonly string[]): string => (by.length > 0 ? ` GROUP BY ${by.join(", ")}` : "");
  return {
    view, columns, because, needsAll: true,
    dated: (where ?? []).some((token) => isName(token) && token.text === "date") && !(where ?? []).some((token) => isWord(token, "or", "null", "not")),
    keys: keys.flatMap((key) => (key.length === 1 ? key[0].text : [])),
    groups: keys.map((_, i) => keyName(i)),
    anywhere: because === "",
    part: `SELECT ${list.length > 0 ? list.join(", ") : `1 AS ${keyName(0)}`} FROM ${textOf(sql, from)}${where ? ` WHERE ${textOf(sql, where)}` : ""}${grouped(keys.map((key) => textOf(sql, key)))}`,
    rest: `${grouped(keys.map((_, i) => keyName(i)))}${kept ? ` HAVING ${kept}` : ""}${sorted ? ` ORDER BY ${sorted}` : ""}${cut}`,
  };
}

const NO_NAMES: ReadonlyMap<string, readonly Token[]> = new Map();

/** Whether it stands for all columns; not in count(*), where it is a sign for rows, and not between two factors. */
function isStar(token: Token, i: number, all: readonly Token[]): boolean {
  if (!isSign(token, "*")) return false;
  const before = all[i - 1];
  if (isSign(before, "(")) return !isWord(all[i - 2], "count");
  return before === undefined || isSign(before, ",") || isSign(before, ".");
}

/** Whether an expression stands at a place as a whole: what is beside it would otherwise take a part of it. */
function isWhole(tokens: readonly Token[], at: number, expression: readonly Token[]): boolean {
  if (!sameTokens(expression, tokens.slice(at, at + expression.length))) return false;
  const [before, next] = [tokens[at - 1], tokens[at + expression.length]];
  if (expression.length === 1) return !isSign(next, "(");
  return (before === undefined || ["(", ",", "["].some((sign) => isSign(before, sign))) && (next === undefined || [")", ",", "]"].some((sign) => isSign(next, sign)));
}

/** The expressions of GROUP BY: places and names of the answer's columns stand for what they are. */
function keysOf(group: readonly Token[] | undefined, items: Asked["items"], known: ReadonlySet<string>, isCall: IsCall): (readonly Token[])[] {
  if (!group) return [];
  const names = (tokens: readonly Token[]): boolean => tokens.some((token) => isName(token) && known.has(token.text));
  // A constant groups nothing there.
  if (group.length === 1 && isWord(group[0], "all")) return items.map(({ expression }) => expression).filter((expression) => !expression.some(isCall) && names(expression)).map((key) => checkedKey(key, items, known));
  return outside(group, ",").map((tokens) => {
    const [first] = tokens;
    if (first === undefined || isWord(first, "rollup", "cube", "grouping")) return refuse("it groups in several ways at once");
    const own = tokens.length > 1 || (isName(first) && known.has(first.text)) ? tokens : first.kind === "number" ? items[Number(first.text) - 1]?.expression : items.find(({ alias }) => alias === first.text)?.expression;
    return own && names(own) ? checkedKey(own, items, known) : refuse("it is grouped by what is no column");
  });
}

/** Columns of the answer are not known where parts are grouped. */
function checkedKey(key: readonly Token[], items: Asked["items"], known: ReadonlySet<string>): readonly Token[] {
  const unknown = key.find((token, i) => isNamed(token) && !known.has(token.text) && !isSign(key[i + 1], "(") && items.some(({ alias }) => alias === token.text));
  return unknown ? refuse(`it is grouped by "${unknown.text}", a column of the answer`) : key;
}

/** Where an aggregate's call ends, its FILTER included. */
function callEnd(tokens: readonly Token[], at: number): number {
  const closing = (from: number): number => tokens.findIndex((token, i) => i > from && isSign(token, ")") && token.depth < tokens[from].depth) + 1;
  const end = closing(at + 1);
  return isWord(tokens[end], "filter") && isSign(tokens[end + 1], "(") ? closing(end + 1) : end;
}

/** How aggregates of parts become that of all; `of` gives the column of an aggregate of the same arguments. */
const COMBINED: Readonly<Record<string, (of: (aggregate: string) => string) => string>> = {
  count: (of) => `CAST(coalesce(sum(${of("count")}), 0) AS BIGINT)`,
  sum: (of) => `sum(${of("sum")})`,
  min: (of) => `min(${of("min")})`,
  max: (of) => `max(${of("max")})`,
  bool_and: (of) => `bool_and(${of("bool_and")})`,
  bool_or: (of) => `bool_or(${of("bool_or")})`,
  avg: (of) => `(CAST(sum(${of("sum")}) AS DOUBLE) / sum(${of("count")}))`,
  mean: (of) => `(CAST(sum(${of("sum")}) AS DOUBLE) / sum(${of("count")}))`,
};
