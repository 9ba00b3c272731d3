/** Where the catalogue keeps what it learned, beside and never inside the user's folder. */
export interface IndexStore {
  /** A value kept under a key, or undefined. A store that cannot be read answers undefined: the index is then made anew. */
  get(key: string): Promise<unknown>;
  /** Keeps a structured-clonable value. A store that cannot be written forgets: nothing depends on it. */
  set(key: string, value: unknown): Promise<void>;
}

/** Keeps nothing. */
export const forgetfulStore: IndexStore = { get: async () => undefined, set: async () => {} };
