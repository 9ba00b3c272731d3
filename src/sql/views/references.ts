/** What a statement reads of the views. */
import { blocksOf, type Block } from "./blocks.ts";
import type { FileColumn } from "../../data/views/views.ts";
import { fileConditions, type FileCondition } from "./conditions.ts";
import type { Statement } from "./statement.ts";
import { isNamed, isSign, isWord, type Token } from "./tokens.ts";

/** One view as a statement uses it. */
export interface ViewUse {
  /**
   * For each place that reads the view, what has to hold of a file's columns for its rows to matter there. A place without conditions
   * needs every file.
   */
  readonly places: readonly (readonly FileCondition[])[];
}

export interface References {
  readonly views: ReadonlyMap<string, ViewUse>;
  /** Every name in the statement, lower case, that may be a column; undefined where it may read all of them. */
  readonly names: ReadonlySet<string> | undefined;
}

/** @param views names of the views, with the file columns of each */
export function referencesOf({ tokens }: Statement, views: ReadonlyMap<string, readonly FileColumn[]>): References {
  const describes = isWord(tokens[0], "describe");
  const blocks = blocksOf(tokens);
  const found = new Map<string, FileCondition[][]>();
  const placed = new Set<Token>();
  for (const block of blocks)
    for (const relation of block.relations) {
      for (const token of relation.tokens) placed.add(token);
      const columns = views.get(relation.view ?? "");
      if (relation.view === undefined || !columns) continue;
      const places = found.get(relation.view) ?? [];
      places.push(fileConditions(block, relation, columns));
      found.set(relation.view, places);
    }
  const loose = looseTokens(tokens, blocks, placed, views);
  for (const { text } of loose) if (views.has(text)) found.set(text, [...(found.get(text) ?? []), []]);
  const all = describes || loose.length > 0 || isWord(tokens[0], "summarize", "pivot", "unpivot", "table") || blocks.some(isWhole) || tokens.some((_, i) => takesAll(tokens, i));
  return {
    // To describe a view takes none of its rows.
    views: new Map([...found].map(([view, places]) => [view, { places: describes ? [] : places }])),
    names: all ? undefined : new Set(tokens.filter(isNamed).map(({ text }) => text)),
  };
}

function isWhole({ whole, relations }: Block): boolean {
  return whole && relations.some(({ view }) => view !== undefined);
}

/**
 * Names of relations outside the places that read them: `SELECT o FROM options o`, `TABLE options`. A view's name that can only mean a
 * column (`SELECT spot FROM atm`) is none.
 */
function looseTokens(tokens: readonly Token[], blocks: readonly Block[], placed: ReadonlySet<Token>, views: ReadonlyMap<string, unknown>): Token[] {
  const aliases = new Set(blocks.flatMap(({ relations }) => relations.flatMap(({ view, alias }) => (view !== undefined && views.has(view) ? [view, alias] : []))));
  const isRelation = ({ text }: Token, i: number): boolean => aliases.has(text) || (views.has(text) && (isWord(tokens[i - 1], ...BEFORE_RELATIONS) || isJoined(tokens, i)));
  return tokens.filter((token, i) => isNamed(token) && !placed.has(token) && !isSign(tokens[i + 1], ".") && !isSign(tokens[i - 1], ".") && !isWord(tokens[i - 1], "as") && isRelation(token, i));
}

/** After these stands a relation. */
const BEFORE_RELATIONS = ["table", "describe", "summarize", "pivot", "pivot_wider", "pivot_longer", "unpivot", "from", "join"];

/** Whether a token stands in brackets that join relations, which are no SELECT: `FROM (spot JOIN days USING (date))`. */
function isJoined(tokens: readonly Token[], at: number): boolean {
  const { depth } = tokens[at];
  const level: Token[] = [];
  for (let i = at; i >= 0 && tokens[i].depth >= depth; i--) level.push(tokens[i]);
  for (let i = at + 1; i < tokens.length && tokens[i].depth >= depth; i++) level.push(tokens[i]);
  const own = level.filter((token) => token.depth === depth);
  return depth > 0 && own.some((token) => isWord(token, "join")) && !own.some((token) => isWord(token, "from"));
}

/** A star that is no product and no count, COLUMNS(…), or a join by all names that two relations share. */
function takesAll(tokens: readonly Token[], i: number): boolean {
  const token = tokens[i];
  if (isWord(token, "natural")) return true;
  if (isWord(token, "columns")) return isSign(tokens[i + 1], "(");
  if (!isSign(token, "*")) return false;
  const before = tokens[i - 1];
  if (isSign(before, "(")) return !(isWord(tokens[i - 2], "count") && isSign(tokens[i + 1], ")"));
  const operand = before !== undefined && (before.kind === "number" || before.kind === "text" || isSign(before, ")") || isSign(before, "]") || (isNamed(before) && !isWord(before, "select", "distinct", "all")));
  return !operand;
}
