/** The hot tier: slices in the worker's memory from run to run, within a budget. */
import { sliceBytes, type Slice } from "../../core/grid/slice.ts";
import type { FileFingerprint } from "../../core/results/types.ts";
import type { DayNumber } from "../../core/time.ts";
import type { Fact, SliceKeeper, Wanted } from "../slice-keeper.ts";
import { ofDates, type SliceContext, type SliceSet } from "../slice-files.ts";
import type { FileStates } from "./file-states.ts";
import { rangeOf, sliceKey, WHOLE } from "./slice-key.ts";

interface Entry {
  /** Dates that the set answers for. */
  readonly first: DayNumber;
  readonly last: DayNumber;
  readonly set: SliceSet;
  readonly bytes: number;
  /** The run that asked for it last. */
  run: number;
}

/** How much of what runs asked for lies in memory. */
export interface HotUse {
  readonly bytes: number;
  readonly budget: number;
  /** Bytes of the last run that did not fit. */
  readonly refused: number;
}

/**
 * Slices of one worker. When the budget is used up, what neither this run nor the one before has asked for goes; what does not
 * fit then is read from the warm tier every time, so that a run which is too large keeps the part that fits.
 */
export class HotSlices {
  readonly #budget: number;
  readonly #states: FileStates;
  readonly #entries = new Map<string, Entry>();
  readonly #facts = new Map<string, { readonly files: readonly FileFingerprint[]; readonly value: unknown }>();
  /** Which entry holds a slice. */
  readonly #holders = new WeakMap<Slice, Entry>();
  #bytes = 0;
  #refused = 0;
  #run = 0;
  /** Bytes of the budget that something else takes. */
  taken = 0;
  /** Entries that have been given up. */
  dropped = 0;

  /** @param budget bytes */
  constructor(budget: number, states: FileStates) {
    this.#budget = budget;
    this.#states = states;
  }

  begin(): void {
    this.#run++;
    this.#refused = 0;
  }

  use(): HotUse {
    return { bytes: this.#bytes + this.taken, budget: this.#budget, refused: this.#refused };
  }

  /** Bytes that nothing takes. */
  get room(): number {
    return this.#budget - this.#bytes - this.taken;
  }

  /** Whether a slice lies in memory within the budget; it counts as used by this run then. */
  touch(slice: Slice): boolean {
    const holder = this.#holders.get(slice);
    if (holder) holder.run = this.#run;
    return holder !== undefined;
  }

  /** Answers from memory, else from `inner`. */
  keeper(inner: SliceKeeper, context: SliceContext, version: string): SliceKeeper {
    const fields = context.fields.join();
    const keyOf = (wanted: Wanted, range: string) => sliceKey(context, version, wanted, range, fields);
    return {
      slices: async (wanted, load) => {
        const found = (await this.#find(keyOf(wanted, WHOLE), wanted)) ?? (await this.#find(keyOf(wanted, rangeOf(wanted)), wanted));
        if (found) return found;
        const set = ofDates(await inner.slices(wanted, load), wanted.first, wanted.last);
        this.#keep(keyOf(wanted, set.whole ? WHOLE : rangeOf(wanted)), wanted, set);
        return set;
      },
      fact: async <T>(wanted: Wanted, load: () => Promise<Fact<T>>): Promise<Fact<T>> => {
        const key = keyOf(wanted, rangeOf(wanted));
        const known = this.#facts.get(key);
        if (known && (await this.#states.allSame(known.files))) return known as Fact<T>;
        const fact = await inner.fact(wanted, load);
        this.#facts.set(key, fact);
        return fact;
      },
    };
  }

  async #find(key: string, { first, last }: Wanted): Promise<SliceSet | undefined> {
    const entry = this.#entries.get(key);
    if (!entry || entry.first > first || entry.last < last || !(await this.#states.allSame(entry.set.files))) return undefined;
    entry.run = this.#run;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.set;
  }

  #keep(key: string, { first, last }: Wanted, set: SliceSet): void {
    this.#drop(key);
    let bytes = 0;
    for (const slice of set.slices.values()) bytes += sliceBytes(slice);
    for (const [old, { run }] of this.#entries) {
      if (this.#bytes + this.taken + bytes <= this.#budget) break;
      if (run < this.#run - 1) this.#drop(old);
    }
    if (this.#bytes + this.taken + bytes > this.#budget) {
      this.#refused += bytes;
      return;
    }
    this.#bytes += bytes;
    const entry: Entry = { first, last, set, bytes, run: this.#run };
    this.#entries.set(key, entry);
    for (const slice of set.slices.values()) this.#holders.set(slice, entry);
  }

  #drop(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#bytes -= entry.bytes;
    this.#entries.delete(key);
    for (const slice of entry.set.slices.values()) this.#holders.delete(slice);
    this.dropped++;
  }
}
