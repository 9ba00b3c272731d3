import { del, get, set } from "idb-keyval";

/** A market-rules file as the user chose it. */
export interface KeptRules {
  readonly name: string;
  readonly text: string;
}

/** The market-rules file of the last visit. */
export interface RulesMemory {
  load(): Promise<KeptRules | undefined>;
  save(kept: KeptRules): Promise<void>;
  remove(): Promise<void>;
}

const KEY = "market-rules";

export const browserRulesMemory: RulesMemory = {
  load: () => get<KeptRules>(KEY),
  save: (kept) => set(KEY, kept),
  remove: () => del(KEY),
};
