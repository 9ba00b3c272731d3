import { sliceBytes } from "../core/grid/slice.ts";
import type { DayNumber } from "../core/time.ts";
import type { SliceSet } from "./slice-files.ts";

interface Entry {
  readonly loading: Promise<SliceSet>;
  /** Set once loaded; without the dates that were dropped. */
  set?: SliceSet;
  /** Dates before this one have been dropped. */
  first: DayNumber;
  bytes: number;
}

/**
 * Slices by instrument for the life of a chunk. Dates that are past are dropped; above the budget the instruments that were
 * not asked for longest are dropped, to be read again when they are wanted. Failures are not kept.
 */
export class SliceCache {
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;

  constructor(readonly budget: number) {}

  /** The slices of an instrument from `date` on at least, loaded when they are not at hand. */
  async get(key: string, date: DayNumber, load: () => Promise<SliceSet>): Promise<SliceSet> {
    const found = this.#entries.get(key);
    if (found && found.first <= date) {
      this.#entries.delete(key);
      this.#entries.set(key, found);
      return found.set ?? found.loading;
    }
    if (found) this.#drop(key, found);
    const entry: Entry = { loading: load(), first: -Infinity, bytes: 0 };
    this.#entries.set(key, entry);
    try {
      const set = await entry.loading;
      if (this.#entries.get(key) === entry) this.#keep(entry, set);
      return set;
    } catch (error) {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
      throw error;
    }
  }

  /** Forgets dates before `date`. */
  dropBefore(date: DayNumber): void {
    for (const entry of this.#entries.values()) {
      if (!entry.set || entry.first >= date) continue;
      entry.first = date;
      this.#keep(entry, { ...entry.set, slices: new Map([...entry.set.slices].filter(([day]) => day >= date)) });
    }
  }

  #keep(entry: Entry, set: SliceSet): void {
    this.#bytes -= entry.bytes;
    entry.set = set;
    entry.bytes = 0;
    for (const slice of set.slices.values()) entry.bytes += sliceBytes(slice);
    this.#bytes += entry.bytes;
    for (const [key, oldest] of this.#entries) {
      if (this.#bytes <= this.budget) break;
      if (oldest !== entry && oldest.set) this.#drop(key, oldest);
    }
  }

  #drop(key: string, entry: Entry): void {
    this.#bytes -= entry.bytes;
    this.#entries.delete(key);
  }
}
