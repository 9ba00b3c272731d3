/** SQL text cut into tokens, as DuckDB's parser would: enough to see which views a query reads and under which conditions. */
import { SqlProblem } from "./sql-problem.ts";

export interface Token {
  /**
   * `word`: keyword or name, `text` in lower case. `name`: a name in double quotes, `text` without them, in lower case. `column`: a name with
   * that of its view before it, `text` the name alone; `tokensOf` makes none. Others as written.
   */
  readonly kind: "word" | "name" | "column" | "text" | "number" | "sign";
  readonly text: string;
  /** Place in the statement: first character, and the one after the last. */
  readonly from: number;
  readonly to: number;
  /** How many brackets are open around it; an opening bracket counts itself, a closing one does not. */
  readonly depth: number;
}

/** White space and comments of one line that stand before a token. */
const GAP = /(?:\s+|--[^\n\r]*)*/y;
/** The next end of a comment, or a comment within it. */
const COMMENT = /\/\*|\*\//g;
const TOKEN = /((?!e')[a-z_\u0080-\uffff][\w$\u0080-\uffff]*)|"((?:[^"]|"")*)"|(e'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|\$(\w*)\$[\s\S]*?\$\4\$)|((?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:e[+-]?\d+)?)|(::|<>|<=|>=|!=|==|\|\||->>?|=>|:=|\/\/|[^\s"'])/iy;

/** Throws a SqlProblem where a quotation mark or a bracket has no other end. */
export function tokensOf(sql: string): Token[] {
  const tokens: Token[] = [];
  const open: { readonly sign: string; readonly at: number }[] = [];
  for (let at = gapEnd(sql, 0); at < sql.length; at = gapEnd(sql, at)) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(sql);
    if (!match) throw new SqlProblem(`the ${sql[at] === '"' ? "name" : "text"} that begins here has no closing ${sql[at]}`, { from: at, to: sql.length });
    const [whole, word, name, text, , number] = match;
    const kind = word !== undefined ? "word" : name !== undefined ? "name" : text !== undefined ? "text" : number !== undefined ? "number" : "sign";
    if (kind === "sign" && ")]}".includes(whole) && !open.pop()) throw new SqlProblem(`this ${whole} closes nothing`, { from: at, to: at + 1 });
    if (kind === "sign" && "([{".includes(whole)) open.push({ sign: whole, at });
    tokens.push({ kind, text: name?.replaceAll('""', '"').toLowerCase() ?? word?.toLowerCase() ?? whole, from: at, to: at + whole.length, depth: open.length });
    at += whole.length;
  }
  const unclosed = open.at(-1);
  if (unclosed) throw new SqlProblem(`this ${unclosed.sign} is not closed`, { from: unclosed.at, to: unclosed.at + 1 });
  return tokens;
}

function gapEnd(sql: string, at: number): number {
  for (let next = at; ; next = commentEnd(sql, next)) {
    GAP.lastIndex = next;
    GAP.exec(sql);
    next = GAP.lastIndex;
    if (!sql.startsWith("/*", next)) return next;
  }
}

/** Comments stand within comments. */
function commentEnd(sql: string, start: number): number {
  let open = 0;
  COMMENT.lastIndex = start;
  do {
    const match = COMMENT.exec(sql);
    if (!match) throw new SqlProblem("the comment that begins here has no end */", { from: start, to: sql.length });
    open += match[0] === "/*" ? 1 : -1;
  } while (open > 0);
  return COMMENT.lastIndex;
}

export const isWord = (token: Token | undefined, ...words: readonly string[]): boolean => token?.kind === "word" && words.includes(token.text);
export const isSign = (token: Token | undefined, sign: string): boolean => token?.kind === "sign" && token.text === sign;
/** A word or a quoted name. */
export const isNamed = (token: Token | undefined): token is Token => token?.kind === "word" || token?.kind === "name";
