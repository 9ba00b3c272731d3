import { LONGEST_STATEMENT } from "../duckdb.ts";
import { SqlProblem } from "./sql-problem.ts";
import { isSign, isWord, tokensOf, type Token } from "./tokens.ts";

/** A question to the views: one statement that changes nothing. */
export interface Statement {
  readonly sql: string;
  readonly tokens: readonly Token[];
}

const QUESTIONS = ["select", "with", "from", "values", "table", "describe", "summarize", "explain", "pivot", "unpivot"];

const CHANGES = ["insert", "update", "delete", "copy", "create", "drop", "alter", "attach", "set", "install", "load", "export", "import"];

/**
 * Takes one statement that asks and changes nothing. Everything else is refused here: there is nothing to change, files are
 * read only, and settings are not the query's. Throws a SqlProblem.
 */
export function readStatement(text: string): Statement {
  if (text.length > LONGEST_STATEMENT) throw new SqlProblem(`the statement has ${text.length.toLocaleString("en-IN")} characters, and ${LONGEST_STATEMENT.toLocaleString("en-IN")} are taken. Shorten it; long lists become a join with a subquery`);
  const tokens = tokensOf(text);
  const end = tokens.findIndex((token) => isSign(token, ";"));
  if (end >= 0 && tokens.slice(end).some((token) => !isSign(token, ";"))) {
    const next = tokens[end + 1];
    throw new SqlProblem("one statement at a time: a second one begins after the semicolon", { from: next.from, to: next.to });
  }
  const own = end < 0 ? tokens : tokens.slice(0, end);
  if (own.length === 0) throw new SqlProblem("there is no query. Write one such as SELECT * FROM days");
  const first = own.find((token) => !isSign(token, "("));
  if (!first || !isWord(first, ...QUESTIONS))
    throw new SqlProblem(`only questions are asked here: SELECT, WITH, FROM, VALUES, DESCRIBE, SUMMARIZE, EXPLAIN, PIVOT. "${(first ?? own[0]).text.toUpperCase()}" is none`, first ?? own[0]);
  // WITH and EXPLAIN may stand before statements that are no questions.
  const other = isWord(first, "with", "explain") ? own.find((token) => token.depth === first.depth && isWord(token, ...CHANGES)) : undefined;
  if (other) throw new SqlProblem(`"${other.text.toUpperCase()}" changes something: only questions are asked here`, other);
  return { sql: text.slice(0, own[own.length - 1].to), tokens: own };
}
