/** Files that an option names: health thresholds and market rules. Each throws a UsageError that names the file and every problem in it. */
import { readFile } from "node:fs/promises";
import { parseThresholds } from "../core/health/thresholds-file.ts";
import type { Thresholds } from "../core/health/thresholds.ts";
import { parseRulesOverride } from "../core/market/override-file.ts";
import type { RulesOverride } from "../core/market/override.ts";
import { StrategyError } from "../core/strategy/types.ts";
import { UsageError } from "./exit.ts";

export function readThresholds(file: string | undefined): Promise<Thresholds | undefined> {
  return readGiven("--thresholds", file, "the file of thresholds", parseThresholds);
}

export function readRules(file: string | undefined): Promise<RulesOverride | undefined> {
  return readGiven("--rules", file, "the market-rules file", parseRulesOverride);
}

async function readGiven<T>(option: string, file: string | undefined, thing: string, parse: (text: string) => T): Promise<T | undefined> {
  if (file === undefined) return undefined;
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw new UsageError(`${option} ${file}: ${thing} cannot be read (${(error as Error).message}). Give the path of a YAML or JSON file.`);
  }
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof StrategyError)) throw error;
    throw new UsageError(error.message.split("\n").map((line) => `${file}: ${line}`).join("\n"));
  }
}
