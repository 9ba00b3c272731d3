import { del, get, set } from "idb-keyval";

/** One value that stays from visit to visit. */
export interface KeptValue<T> {
  load(): Promise<T | undefined>;
  save(value: T): Promise<void>;
  remove(): Promise<void>;
}

/** Kept in the browser's own storage, which can hold handles of folders too. */
export function keptInBrowser<T>(key: string): KeptValue<T> {
  return { load: () => get<T>(key), save: (value) => set(key, value), remove: () => del(key) };
}
