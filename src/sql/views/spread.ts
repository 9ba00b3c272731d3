/** Whether a query can be answered in parts, each over some of the files, and how its answer is put together from theirs (docs/sql.md). */
import type { Spread } from "../../data/views/spread.ts";
import type { Statement } from "./statement.ts";
import { isNamed, isSign, isWord } from "./tokens.ts";
import { checkTokens, NotSpread, refuse, type SpreadContext } from "./spread-checks.ts";
import { spreadGroups } from "./spread-groups.ts";
import { spreadRows } from "./spread-rows.ts";
import { clauseAt, itemsOf, withoutView, type Clauses } from "./spread-text.ts";

export { NotSpread };

/** Throws NotSpread, which says why one worker has to read all: whatever is not known to give the same answer in parts is not tried. */
export function spreadOf({ sql, tokens }: Statement, context: SpreadContext): Spread {
  const { view, alias } = oneView(clauseAt(tokens) ?? refuse("it is no plain SELECT"), context);
  const own = withoutView(tokens, alias === undefined ? [view] : [alias]);
  checkTokens(own, context);
  const clauses = clauseAt(own) ?? refuse("it is no plain SELECT");
  const items = itemsOf(clauses.select);
  const aliases = items.flatMap(({ alias }) => alias ?? []);
  if (new Set(aliases).size < aliases.length) refuse("two columns of the answer have one name");
  const known = context.columns.get(view)!;
  if ((clauses.where ?? []).some((token) => isNamed(token) && aliases.includes(token.text) && !known.has(token.text))) refuse("a condition names a column of the answer");
  const calls = items.some(({ expression }) => expression.some((token, i) => isWord(token, ...context.aggregates) && isSign(expression[i + 1], "(")));
  const asked = { sql, clauses, items, view, known, aggregates: context.aggregates };
  return clauses.group !== undefined || clauses.having !== undefined || calls ? spreadGroups(asked) : spreadRows(asked);
}

function oneView({ from }: Clauses, { columns }: SpreadContext): { readonly view: string; readonly alias: string | undefined } {
  const [first, ...rest] = from;
  if (!first || !isNamed(first)) return refuse("it has a subquery");
  if (rest.some((token) => isSign(token, ",") || isWord(token, "join"))) return refuse("a join looks at rows of several files at once");
  if (!columns.has(first.text)) return refuse(`${first.text} is worked out as a whole`);
  const alias = isWord(rest[0], "as") ? rest.slice(1) : rest;
  if (alias.length > 1 || alias.some((token) => !isNamed(token))) return refuse("it takes a sample");
  return { view: first.text, alias: alias[0]?.text };
}
