/** A market-rules file of the user's: YAML or JSON to rows that can stand in the rules. */
import { textHash } from "../results/hash.ts";
import { readDocument } from "../strategy/document.ts";
import { problem } from "../strategy/problems.ts";
import type { PlacedText, TextKind } from "../strategy/text.ts";
import { StrategyError, type StrategyProblem } from "../strategy/types.ts";
import { overrideSchema } from "./override-schema.ts";
import type { RulesOverride } from "./override.ts";
import { rulesWith } from "./rules.ts";

const KIND: TextKind = { thing: "a market-rules file", keys: "symbols, costs, holidays" };
const HASH_DIGITS = 8;

/** Throws a StrategyError that lists every problem. */
export function parseRulesOverride(text: string): RulesOverride {
  const { data, placed } = readDocument(text, KIND, overrideSchema);
  const { symbols = {}, costs = {}, ticks = {}, calendar = {}, hours, holidays, special_sessions, redated = [] } = data;
  const twice = doubles(placed);
  if (twice.length > 0) throw new StrategyError(twice);
  const override: RulesOverride = {
    hash: textHash(text).slice(0, HASH_DIGITS),
    symbols: Object.entries(symbols).flatMap(([symbol, rows]) => (rows ? [{ symbol, ...rows }] : [])),
    calendar: { ...calendar, ...(hours && { regularHours: hours }), ...(holidays && { holidays }), ...(special_sessions && { specialSessions: special_sessions }) },
    redated, ticks, costs,
  };
  try {
    rulesWith(override);
  } catch (error) {
    if (error instanceof RangeError) throw new StrategyError([{ path: "", message: error.message.replace(/^market rules: /, "") }]);
    throw error;
  }
  return override;
}

/** Two rows of one table with the same date: which of them is meant nobody can know. */
function doubles(placed: PlacedText): StrategyProblem[] {
  const problems: StrategyProblem[] = [];
  const visit = (value: unknown, path: readonly (string | number)[]): void => {
    if (value === null || typeof value !== "object") return;
    if (Array.isArray(value)) {
      const seen = new Map<unknown, number>();
      for (const [i, row] of value.entries()) {
        const date = (row as { from?: unknown; date?: unknown } | null)?.from ?? (row as { date?: unknown } | null)?.date;
        if (date === undefined) continue;
        const before = seen.get(date);
        if (before !== undefined) problems.push(problem([...path, i], placed, `${String(date)} stands in entry ${before + 1} of this table too; a date has one row`));
        seen.set(date, i);
      }
    }
    for (const [key, inside] of Object.entries(value)) visit(inside, [...path, Array.isArray(value) ? Number(key) : key]);
  };
  visit(placed.data, []);
  return problems;
}
