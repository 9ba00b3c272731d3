/** The SELECTs of a statement: which relations each reads, how they are joined, and what must hold of their rows. */
import { isNamed, isSign, isWord, type Token } from "./tokens.ts";

/** A relation that a SELECT reads. */
export interface Relation {
  /** Name of a view or a table, lower case; undefined for a subquery or a table function. */
  readonly view: string | undefined;
  /** What its columns may be qualified with. */
  readonly alias: string;
  /** What ON of its own join demands. */
  readonly on: readonly Condition[];
  /** Columns that its own join holds equal to those of a relation before it (USING). */
  readonly using: readonly string[];
  /** Rows of relations before it need a partner here to get into the result. */
  readonly demanded: boolean;
  /**
   * A row of it that fails WHERE may be taken away beforehand. Not so on the side of an outer join that may be missing, and where
   * ASOF picks one row of many.
   */
  readonly filtered: boolean;
  /** The tokens that name it. */
  readonly tokens: readonly Token[];
}

/** One of the conditions that are joined by AND. */
export type Condition = readonly Token[];

export interface Block {
  readonly relations: readonly Relation[];
  readonly conditions: readonly Condition[];
  /** No condition says anything about single relations: rows are joined by their places, or missing ones on both sides filled up. */
  readonly opaque: boolean;
  /** It has no SELECT list (`FROM options`), so it gives all columns. */
  readonly whole: boolean;
}

const CLAUSES = ["select", "from", "where", "group", "having", "window", "qualify", "order", "limit", "offset", "using"];
const SET_WORDS = ["union", "intersect", "except"];
const JOIN_WORDS = ["join", "inner", "left", "right", "full", "outer", "cross", "natural", "asof", "positional", "semi", "anti"];

/** Every SELECT of the statement, those in brackets too. */
export function blocksOf(tokens: readonly Token[]): Block[] {
  return levels(tokens).flatMap((level) => selects(level).map(readBlock));
}

/** A level is what stands between two brackets, without what stands in further ones: those come as one closing bracket. */
function levels(tokens: readonly Token[]): Level[] {
  const open: Level[] = [{ tokens: [], inner: new Map() }];
  const all = [open[0]];
  for (const token of tokens) {
    if (token.kind === "sign" && "([{".includes(token.text)) {
      const level: Level = { tokens: [], inner: new Map() };
      open[open.length - 1].tokens.push(token);
      open[open.length - 1].inner.set(token, level);
      open.push(level);
      all.push(level);
    } else if (token.kind === "sign" && ")]}".includes(token.text)) {
      open.pop();
      open[open.length - 1].tokens.push(token);
    } else open[open.length - 1].tokens.push(token);
  }
  return all;
}

interface Level {
  readonly tokens: Token[];
  /** What an opening bracket of this level holds. */
  readonly inner: Map<Token, Level>;
}

/** The parts of a level that UNION and the like join. `EXCEPT` after a star is none. */
function selects(level: Level): Level[] {
  const parts: Token[][] = [[]];
  level.tokens.forEach((token, i) => {
    if (isWord(token, ...SET_WORDS) && !isSign(level.tokens[i - 1], "*")) parts.push([]);
    else parts[parts.length - 1].push(token);
  });
  return parts.map((tokens) => ({ tokens, inner: level.inner }));
}

/** Tokens by the clause in which they stand. */
function clausesOf({ tokens }: Level): Map<string, Token[]> {
  const clauses = new Map<string, Token[]>();
  let open: Token[] | undefined;
  tokens.forEach((token, i) => {
    const before = tokens[i - 1];
    const isClause = isWord(token, ...CLAUSES)
      && !(token.text === "from" && isWord(before, "distinct"))
      && !(token.text === "using" && !isWord(tokens[i + 1], "sample"))
      && !isSign(before, ".");
    if (isClause && !clauses.has(token.text)) clauses.set(token.text, (open = []));
    else open?.push(token);
  });
  return clauses;
}

function readBlock(level: Level): Block {
  const clauses = clausesOf(level);
  const joined = joinsOf({ tokens: clauses.get("from") ?? [], inner: level.inner });
  return {
    relations: joined.map((part, place) => readRelation(part, level, place)),
    conditions: conjuncts(withInner(clauses.get("where") ?? [], level)),
    opaque: joined.some(({ join }) => ["right", "full", "natural", "positional"].some((word) => join.has(word))),
    whole: clauses.has("from") && !clauses.has("select"),
  };
}

interface Joined {
  readonly join: ReadonlySet<string>;
  readonly tokens: Token[];
}

function joinsOf({ tokens }: Level): Joined[] {
  const parts: Joined[] = [{ join: new Set(), tokens: [] }];
  for (let i = 0; i < tokens.length; i++) {
    if (isSign(tokens[i], ",")) parts.push({ join: new Set(), tokens: [] });
    else if (isWord(tokens[i], ...JOIN_WORDS) && isJoinAhead(tokens, i)) {
      const join = new Set<string>();
      for (; isWord(tokens[i], ...JOIN_WORDS); i++) join.add(tokens[i].text);
      i--;
      parts.push({ join, tokens: [] });
    } else parts[parts.length - 1].tokens.push(tokens[i]);
  }
  return parts;
}

/** Whether the words that begin here end in JOIN: `left(x, 1)` is a function. */
function isJoinAhead(tokens: readonly Token[], at: number): boolean {
  let i = at;
  while (isWord(tokens[i], ...JOIN_WORDS) && !isWord(tokens[i], "join")) i++;
  return isWord(tokens[i], "join");
}

function readRelation({ join, tokens }: Joined, level: Level, place: number): Relation {
  const onAt = tokens.findIndex((token) => isWord(token, "on"));
  const usingAt = tokens.findIndex((token) => isWord(token, "using"));
  const ends = [onAt, usingAt].filter((at) => at >= 0);
  const [first, ...rest] = tokens.slice(0, ends.length > 0 ? Math.min(...ends) : tokens.length);
  const isTable = isNamed(first) && !isSign(rest[0], "(") && !isSign(rest[0], ".");
  const alias = isTable ? rest.find((token) => isNamed(token) && !isWord(token, "as", "tablesample")) : rest.findLast(isNamed);
  const optional = join.has("left") || join.has("anti");
  return {
    view: isTable ? first.text : undefined,
    alias: alias?.text ?? (isTable ? first.text : `#${place}`),
    on: onAt >= 0 ? conjuncts(withInner(tokens.slice(onAt + 1), level)) : [],
    using: usingAt >= 0 ? withInner(tokens.slice(usingAt + 1), level).filter(isNamed).map(({ text }) => text) : [],
    demanded: !optional,
    filtered: !optional && !join.has("asof"),
    tokens: isTable ? [first, ...(alias ? [alias] : [])] : [],
  };
}

/** A stretch of a level with all that stands in its brackets. */
function withInner(tokens: readonly Token[], { inner }: Level): Token[] {
  return tokens.flatMap((token) => {
    const within = inner.get(token);
    return within ? [token, ...withInner(within.tokens, within)] : [token];
  });
}

/** What AND joins at the top: one condition where there is an OR. */
function conjuncts(tokens: readonly Token[]): Condition[] {
  if (tokens.length === 0) return [];
  const depth = tokens[0].kind === "sign" && "([{".includes(tokens[0].text) ? tokens[0].depth - 1 : tokens[0].depth;
  const parts: Token[][] = [[]];
  let between = false;
  let cases = 0;
  for (const token of tokens) {
    const top = token.depth === depth;
    if (top && isWord(token, "or")) return [tokens];
    if (top && isWord(token, "case")) cases++;
    if (top && isWord(token, "end")) cases--;
    if (top && isWord(token, "between")) between = true;
    if (top && cases === 0 && isWord(token, "and")) {
      if (!between) {
        parts.push([]);
        continue;
      }
      between = false;
    }
    parts[parts.length - 1].push(token);
  }
  return parts.filter((part) => part.length > 0).flatMap(unwrapped);
}

/** `(a AND b)` is as good as `a AND b`. */
function unwrapped(condition: Condition): Condition[] {
  const first = condition[0];
  const last = condition[condition.length - 1];
  if (!isSign(first, "(") || !isSign(last, ")") || condition.slice(1, -1).some((token) => token.depth < first.depth)) return [condition];
  return condition.length === 2 ? [] : conjuncts(condition.slice(1, -1));
}
