import { keptInBrowser, type KeptValue } from "./kept-value.ts";

/** A market-rules file as the user chose it. */
export interface KeptRules {
  readonly name: string;
  readonly text: string;
}

/** The market-rules file of the last visit. */
export type RulesMemory = KeptValue<KeptRules>;

export const browserRulesMemory: RulesMemory = keptInBrowser("market-rules");
