/** The index of the browser's folders, in IndexedDB. */
import { createStore, get, set, type UseStore } from "idb-keyval";
import type { IndexStore } from "./index-store.ts";

/** Private windows and full disks refuse IndexedDB; the index is then made anew at every visit. */
export function browserIndexStore(): IndexStore {
  let store: UseStore | undefined;
  const open = () => (store ??= createStore("straddle-index", "catalogue"));
  return {
    get: (key) => get(key, open()).catch(() => undefined),
    set: (key, value) => set(key, value, open()).catch(() => undefined),
  };
}
