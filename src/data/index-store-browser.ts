import { createStore, get, set } from "idb-keyval";
import type { IndexStore } from "./index-store.ts";

/** Keeps indexes in IndexedDB, in a database of their own. */
export function createBrowserIndexStore(): IndexStore {
  const database = createStore("straddle-index", "folders");
  return {
    get: (key) => get(key, database),
    set: (key, value) => set(key, value, database),
  };
}
