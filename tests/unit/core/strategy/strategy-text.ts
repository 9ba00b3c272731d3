import { parseStrategy } from "../../../../src/core/strategy/parse.ts";
import { StrategyError, type ParsedStrategy, type StrategyProblem } from "../../../../src/core/strategy/types.ts";

/** A strategy whose `entry.when` stands in line 4 and whose `exit.when` stands in line 6. */
export function withWhen(entry: string, exit?: string, more = ""): string {
  return `name: test\nuniverse: { symbol: NIFTY }\nentry:\n  when: ${entry}\n  legs: [{ cp: CE, lots: 1 }, { cp: PE, lots: 1 }]\n${exit === undefined ? "" : `exit: { when: ${exit} }\n`}${more}`;
}

export const parsedWhen = (entry: string, exit?: string, more?: string): ParsedStrategy => parseStrategy(withWhen(entry, exit, more));

/** The problems of a text that must be refused. */
export function problemsOf(text: string, overrides = {}): readonly StrategyProblem[] {
  try {
    parseStrategy(text, overrides);
  } catch (error) {
    if (error instanceof StrategyError) return error.problems;
    throw error;
  }
  throw new Error("this text should have been refused");
}
