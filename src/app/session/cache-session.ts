import { createMemo, createSignal } from "solid-js";
import { cacheContents, clearCache, type CacheShare } from "../../data/hot/cache-budget.ts";
import type { CacheFolder } from "../../data/hot/cache-folder.ts";
import type { KeptNotes } from "../../data/hot/kept-slices.ts";
import { errorText } from "./errors.ts";
import type { RunSession } from "./run-session.ts";

/** One symbol and month of the cache, bytes by kind. */
export interface CacheRow {
  readonly symbol: string;
  /** `2024-08`, or `all`. */
  readonly month: string;
  readonly series: number;
  readonly options: number;
  readonly days: number;
}

/** What the browser allows the page to keep. `persisted`: it will not be cleared when the disk runs low. */
export interface CacheRoom {
  readonly persisted: boolean;
  /** Bytes that the browser allows in all. */
  readonly quota: number | undefined;
}

/** What is kept between runs: its contents, its room, and what the last run has made of it. */
export function createCacheSession(folder: CacheFolder, run: RunSession) {
  const [shares, setShares] = createSignal<readonly CacheShare[]>([]);
  const [room, setRoom] = createSignal<CacheRoom>();
  const [trouble, setTrouble] = createSignal<string>();

  async function look(): Promise<void> {
    try {
      setShares(await cacheContents(folder));
      const { quota } = await navigator.storage.estimate();
      setRoom({ persisted: await navigator.storage.persisted(), quota });
      setTrouble(undefined);
    } catch (error) {
      setTrouble(`The cache cannot be looked at: ${errorText(error)}`);
    }
  }

  void look();
  return {
    rows: createMemo(() => rowsOf(shares())),
    /** Months of which rows of contracts are kept. */
    months: createMemo(() => new Set(shares().flatMap(({ kind, month }) => (kind === "options" ? [month] : [])))),
    bytes: createMemo(() => shares().reduce((sum, { bytes }) => sum + bytes, 0)),
    room,
    trouble,
    look,
    /** What the last run has read, and what its workers hold. */
    last: createMemo(() => totalOf(run.kept())),
    async clear(): Promise<void> {
      try {
        await clearCache(folder);
      } catch (error) {
        setTrouble(`The cache cannot be cleared: ${errorText(error)}`);
        return;
      }
      await look();
    },
    /** A refusal is a normal state: the browser may then clear the cache when the disk runs low. */
    async protect(): Promise<void> {
      await navigator.storage.persist();
      await look();
    },
  };
}

export type CacheSession = ReturnType<typeof createCacheSession>;

function rowsOf(shares: readonly CacheShare[]): CacheRow[] {
  const rows = new Map<string, CacheRow>();
  for (const { symbol, month, kind, bytes } of shares) {
    const key = `${symbol}\n${month}`;
    const row = rows.get(key) ?? { symbol, month, series: 0, options: 0, days: 0 };
    rows.set(key, { ...row, [kind]: row[kind] + bytes });
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

function totalOf(notes: readonly KeptNotes[]) {
  if (notes.length === 0) return undefined;
  const sum = (of: (one: KeptNotes) => number) => notes.reduce((all, one) => all + of(one), 0);
  return {
    files: sum(({ reads }) => reads.files),
    cacheReads: sum(({ reads }) => reads.cacheReads),
    cacheBytes: sum(({ reads }) => reads.cacheBytes),
    held: sum(({ hot }) => hot.bytes),
    budget: sum(({ hot }) => hot.budget),
    refused: sum(({ hot }) => hot.refused),
    troubles: [...new Set(notes.flatMap(({ trouble }) => trouble ?? []))],
  };
}
