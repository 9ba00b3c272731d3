import { explainStrategy } from "../core/strategy/explain.ts";
import { problemText } from "../core/strategy/types.ts";
import { readStrategy } from "./read-strategy.ts";
import { print, say } from "./words.ts";

/** Parses a strategy and says in words what it does; reads no data. Warnings go to stderr. */
export async function checkCommand(file: string): Promise<void> {
  const strategy = await readStrategy(file);
  for (const warning of strategy.warnings) say(`${file}: warning: ${problemText(warning)}`);
  await print(explainStrategy(strategy));
}
