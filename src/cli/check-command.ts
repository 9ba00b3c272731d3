import { readStrategy } from "./read-strategy.ts";
import { strategyWords } from "./strategy-words.ts";
import { print } from "./words.ts";

/** Parses a strategy and says in words what it does; reads no data. */
export async function checkCommand(file: string): Promise<void> {
  await print(strategyWords(await readStrategy(file)));
}
