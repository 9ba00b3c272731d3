/** Which conditions of a query can be judged of a file before it is opened. */
import type { Block, Condition, Relation } from "./blocks.ts";
import type { FileColumn } from "../../data/views/views.ts";
import { isNamed, isSign, isWord, type Token } from "./tokens.ts";

/** A condition on file columns alone, as SQL over their bare names. */
export interface FileCondition {
  readonly sql: string;
  readonly columns: ReadonlySet<FileColumn>;
}

/** Words that are neither columns nor functions. */
const PLAIN_WORDS = new Set([
  ..."and or not in between is null true false like ilike similar to escape distinct from case when then else end as cast try_cast interval".split(" "),
  ..."date timestamp varchar text integer int bigint double decimal boolean day days week weeks month months year years quarter dow isodow doy".split(" "),
]);
/** Functions that give the same for the same, whenever they are asked. */
const FUNCTIONS = new Set([
  ..."abs ceil floor round sign mod greatest least coalesce nullif if ifnull upper lower trim length substring substr left right replace concat contains".split(" "),
  ..."starts_with prefix suffix strftime strptime try_strptime date_trunc datetrunc date_part datepart date_diff datediff date_add date_sub extract make_date last_day".split(" "),
  ..."year month day quarter week weekday dayofweek isodow dayofmonth dayofyear weekofyear yearweek dayname monthname list_contains list_has regexp_matches".split(" "),
]);
const SIGNS = new Set([..."( ) [ ] , + - * / % // = == != <> < <= > >= || ::".split(" ")]);

/**
 * What has to hold of the file columns of one relation for a row of it to matter. Nothing that is left out here changes the
 * result of the query: it only costs the opening of files.
 */
export function fileConditions(block: Block, relation: Relation, columns: readonly FileColumn[]): FileCondition[] {
  if (block.opaque) return [];
  const elsewhere = [...block.conditions, ...block.relations.flatMap((other) => (other !== relation && other.demanded ? other.on : []))];
  const equal = equalColumns(block, relation, columns, [...relation.on, ...(relation.filtered ? elsewhere : [])]);
  const own = ownColumns(relation, columns);
  const merged = mergedColumns(relation, columns);
  return [
    ...relation.on.flatMap((condition) => usable(condition, (name) => own(name) ?? equal.get(name)) ?? []),
    ...elsewhere.flatMap((condition) => usable(condition, (name) => (relation.filtered ? own(name) : merged(name)) ?? equal.get(name)) ?? []),
  ];
}

/** A column of the relation by how the query may write it. */
function ownColumns({ alias }: Relation, columns: readonly FileColumn[]): (name: string) => FileColumn | undefined {
  return (name) => columns.find((column) => name === column || name === `${alias}.${column}`);
}

/** Bare names that USING has made one with columns of the relation. */
function mergedColumns({ using }: Relation, columns: readonly FileColumn[]): (name: string) => FileColumn | undefined {
  return (name) => columns.find((column) => name === column && using.includes(column));
}

/** Columns of other relations that are equal to columns of this one in every row that matters, by `alias.column`. */
function equalColumns(block: Block, relation: Relation, columns: readonly FileColumn[], conditions: readonly Condition[]): ReadonlyMap<string, FileColumn> {
  const own = ownColumns(relation, columns);
  const equal = new Map<string, FileColumn>();
  for (const column of columns) {
    if (relation.using.includes(column)) for (const { alias } of before(block, relation)) equal.set(`${alias}.${column}`, column);
    if (relation.filtered) for (const other of block.relations) if (other.demanded && other !== relation && other.using.includes(column)) equal.set(`${other.alias}.${column}`, column);
  }
  const pairs = conditions.map(equation).filter((pair) => pair !== undefined);
  for (let found = -1; found !== equal.size; ) {
    found = equal.size;
    for (const [a, b] of pairs) {
      for (const [one, other] of [[a, b], [b, a]]) {
        const column = own(one) ?? equal.get(one);
        if (column !== undefined && own(other) === undefined && other.includes(".")) equal.set(other, column);
      }
    }
  }
  return equal;
}

function before(block: Block, relation: Relation): readonly Relation[] {
  return block.relations.slice(0, block.relations.indexOf(relation));
}

/** `a.x = b.y` as its two names. */
function equation(condition: Condition): readonly [string, string] | undefined {
  const at = condition.findIndex((token) => isSign(token, "=") || isSign(token, "=="));
  const [left, right] = [nameOf(condition.slice(0, at)), nameOf(condition.slice(at + 1))];
  return at > 0 && left !== undefined && right !== undefined ? [left, right] : undefined;
}

function nameOf(tokens: readonly Token[]): string | undefined {
  const [first, dot, second] = tokens;
  if (!isNamed(first)) return undefined;
  if (tokens.length === 1) return first.text;
  return tokens.length === 3 && isSign(dot, ".") && isNamed(second) ? `${first.text}.${second.text}` : undefined;
}

/** The condition over bare file columns; undefined where anything else stands in it. */
function usable(condition: Condition, columnOf: (name: string) => FileColumn | undefined): FileCondition | undefined {
  const columns = new Set<FileColumn>();
  const parts: string[] = [];
  for (let i = 0; i < condition.length; i++) {
    const token = condition[i];
    const next = condition[i + 1];
    if (token.kind === "word" || token.kind === "name") {
      const qualified = isSign(next, ".") && isNamed(condition[i + 2]);
      const column = columnOf(qualified ? `${token.text}.${condition[i + 2].text}` : token.text);
      const called = isSign(next, "(");
      if (token.kind === "word" && called && (FUNCTIONS.has(token.text) || PLAIN_WORDS.has(token.text))) parts.push(token.text);
      else if (token.kind === "word" && !qualified && PLAIN_WORDS.has(token.text) && !isColumn(condition, i)) parts.push(token.text);
      else if (column !== undefined && !called) {
        columns.add(column);
        parts.push(column);
        if (qualified) i += 2;
      } else return undefined;
    } else if (token.kind === "sign" && !SIGNS.has(token.text)) return undefined;
    else parts.push(token.text);
  }
  // What has become `date = date` says nothing.
  const isPlain = columns.size > 0 && !(parts.length === 3 && parts[0] === parts[2]);
  return isPlain ? { sql: parts.join(" "), columns } : undefined;
}

/** `date` is a type before a text (`DATE '2024-08-22'`) and after AS or `::`; anywhere else it is the column. */
function isColumn(condition: Condition, at: number): boolean {
  if (condition[at].text !== "date") return false;
  const before = condition[at - 1];
  return condition[at + 1]?.kind !== "text" && !isSign(before, "::") && !isWord(before, "as");
}
