import { readFile } from "node:fs/promises";
import { parseRulesOverride, RulesError } from "../core/market/override-file.ts";
import type { RulesOverride } from "../core/market/override.ts";
import { UsageError } from "./exit.ts";

/** Reads a market-rules file where one is given. Throws a UsageError that names the file and every problem in it. */
export async function readRules(file: string | undefined): Promise<RulesOverride | undefined> {
  if (file === undefined) return undefined;
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw new UsageError(`--rules ${file}: the market-rules file cannot be read (${(error as Error).message}). Give the path of a YAML or JSON file.`);
  }
  try {
    return parseRulesOverride(text);
  } catch (error) {
    if (!(error instanceof RulesError)) throw error;
    throw new UsageError(error.message.split("\n").map((line) => `${file}: ${line}`).join("\n"));
  }
}
