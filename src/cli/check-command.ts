import { rulesWith } from "../core/market/rules.ts";
import { explainStrategy } from "../core/strategy/explain.ts";
import { problemText } from "../core/strategy/types.ts";
import { readRules } from "./read-given-file.ts";
import { readStrategy } from "./read-strategy.ts";
import { print, say } from "./words.ts";

export interface CheckOptions {
  readonly rules?: string;
}

/** Parses a strategy and says in words what it does; reads no data. Warnings go to stderr. */
export async function checkCommand(file: string, { rules }: CheckOptions): Promise<void> {
  const strategy = await readStrategy(file, rulesWith(await readRules(rules)));
  for (const warning of strategy.warnings) say(`${file}: warning: ${problemText(warning)}`);
  await print(explainStrategy(strategy));
}
