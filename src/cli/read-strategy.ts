import { readFile } from "node:fs/promises";
import { parseStrategy } from "../core/strategy/parse.ts";
import { checkStrategy } from "../core/strategy/check.ts";
import type { MarketRules } from "../core/market/types.ts";
import { StrategyError, type ParsedStrategy, type StrategyOverrides } from "../core/strategy/types.ts";
import { UsageError } from "./exit.ts";

/** Reads a strategy file. Throws a UsageError that names the file and every problem in it. */
export async function readStrategy(file: string, rules: MarketRules, overrides: StrategyOverrides = {}): Promise<ParsedStrategy> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw new UsageError(`${file}: the strategy file cannot be read (${(error as Error).message}). Give the path of a YAML or JSON file.`);
  }
  try {
    const strategy = parseStrategy(text, overrides);
    const problems = checkStrategy(strategy, rules);
    if (problems.length > 0) throw new StrategyError(problems);
    return strategy;
  } catch (error) {
    if (!(error instanceof StrategyError)) throw error;
    throw new UsageError(error.message.split("\n").map((line) => `${file}: ${line}`).join("\n"));
  }
}
