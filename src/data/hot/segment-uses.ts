/** When the cache's files were last read: only the order of eviction depends on it, so workers that write at once may lose a note. */
import type { CacheFolder } from "./cache-folder.ts";

const FILE = "uses.json";

/** Milliseconds since 1970 by file name. */
export async function readUses(folder: CacheFolder): Promise<ReadonlyMap<string, number>> {
  const file = await folder.open(FILE);
  if (!file) return new Map();
  try {
    return new Map(Object.entries(JSON.parse(await file.text()) as Record<string, number>));
  } catch {
    // Damaged: as if nothing had been used, until the next note.
    return new Map();
  }
}

export async function noteUse(folder: CacheFolder, names: Iterable<string>, now = Date.now()): Promise<void> {
  const used = [...names];
  if (used.length === 0) return;
  const there = new Set(await folder.list());
  const uses = new Map([...(await readUses(folder)), ...used.map((name) => [name, now] as const)].filter(([name]) => there.has(name)));
  await folder.write(FILE, [new TextEncoder().encode(JSON.stringify(Object.fromEntries(uses)))]);
}
