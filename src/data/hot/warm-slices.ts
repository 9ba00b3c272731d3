/** The warm tier: slices in the cache instead of in Parquet files. */
import { checksumOf, packNumbers, packPrices, unpackNumbers, unpackPrices, type Packed } from "../../core/grid/packed-slice.ts";
import { QUALITY_FLAGS, type QualityCounts, type Slice } from "../../core/grid/slice.ts";
import type { Kernels } from "../../core/kernels.ts";
import type { FileFingerprint } from "../../core/results/types.ts";
import { isoDate, type DayNumber } from "../../core/time.ts";
import { mapBounded } from "../bounded.ts";
import type { Fact, SliceKeeper, Wanted } from "../slice-keeper.ts";
import type { SliceContext, SliceSet } from "../slice-files.ts";
import type { FileStates } from "./file-states.ts";
import { joinedBytes } from "../joined-bytes.ts";
import { rangeOf, sliceKey, WHOLE } from "./slice-key.ts";
import type { Kept, SegmentStore } from "./segment-store.ts";
import { shelfKey, type Shelf } from "./segment-name.ts";

/** One date of one column block: date, rows, where its bytes begin, how many, their checksum, how they are packed; then its quality counts, of prices. */
type Block = readonly [date: DayNumber, rows: number, at: number, bytes: number, checksum: number, forms: readonly number[], quality?: readonly number[]];

/** What is written beside the bytes of an entry. */
export interface AboutColumns {
  readonly files: readonly FileFingerprint[];
  readonly barSpan: number | null;
  /** Null where the source has no such column. */
  readonly blocks: readonly Block[] | null;
}

/** Names of column blocks; a field's block has the field's name in front. */
export const PRICES = "prices";
const FIELD = "field ";
/** `Slice.sameClock`, as numbers. */
const SAME_CLOCK = "same clock";

export interface WarmOptions {
  readonly store: SegmentStore;
  readonly states: FileStates;
  readonly kernels: Kernels;
  /** What is kept by another version is not used. */
  readonly version: string;
  readonly symbol: string;
}

export function createWarmSlices(options: WarmOptions, context: SliceContext): SliceKeeper {
  return new WarmSlices(options, context);
}

class WarmSlices implements SliceKeeper {
  readonly #store: SegmentStore;
  readonly #states: FileStates;
  readonly #kernels: Kernels;
  readonly #context: SliceContext;
  readonly #symbol: string;
  readonly #version: string;
  readonly #lookedAt = new Set<string>();

  constructor({ store, states, kernels, version, symbol }: WarmOptions, context: SliceContext) {
    this.#store = store;
    this.#states = states;
    this.#kernels = kernels;
    this.#context = context;
    this.#symbol = symbol;
    this.#version = version;
  }

  async slices(wanted: Wanted, load: () => Promise<SliceSet>): Promise<SliceSet> {
    await this.#lookAhead(this.#shelf(wanted, WHOLE));
    const found = (await this.#find(wanted, WHOLE)) ?? (await this.#find(wanted, rangeOf(wanted)));
    if (found) return found;
    const set = await load();
    await this.#keep(wanted, set);
    return set;
  }

  async fact<T>(wanted: Wanted, load: () => Promise<Fact<T>>): Promise<Fact<T>> {
    const shelf = this.#shelf(wanted, rangeOf(wanted));
    const key = this.#key(wanted, rangeOf(wanted), "fact");
    const about = (await this.#store.find(shelf, key))?.about as Fact<T> | undefined;
    if (about && (await this.#states.allSame(about.files))) return about;
    const fact = await load();
    await this.#store.put(shelf, key, fact, new Uint8Array());
    return fact;
  }

  /** What a shelf holds is mostly what runs of its month want: all of its files are looked at together instead of one after another. */
  async #lookAhead(shelf: Shelf): Promise<void> {
    const key = shelfKey(shelf);
    if (this.#lookedAt.has(key)) return;
    this.#lookedAt.add(key);
    void this.#states.look(((await this.#store.abouts(shelf)) as AboutColumns[]).flatMap(({ files }) => files));
  }

  #key(wanted: Wanted, range: string, block: string): string {
    return sliceKey(this.#context, this.#version, wanted, range, block);
  }

  #shelf({ files, first }: Wanted, range: string): Shelf {
    const [{ kind, expiry, date }] = files;
    const month = expiry ?? date ?? (range === WHOLE ? undefined : first);
    return { kind: kind === "option" ? "options" : "series", symbol: this.#symbol, month: month === undefined ? "all" : isoDate(month).slice(0, 7) };
  }

  async #find(wanted: Wanted, range: string): Promise<SliceSet | undefined> {
    const shelf = this.#shelf(wanted, range);
    const base = await this.#columns(shelf, this.#key(wanted, range, PRICES));
    if (!base?.about.blocks) return undefined;
    const fields: { readonly name: string; readonly kept: Columns }[] = [];
    for (const name of this.#context.fields) {
      const kept = await this.#columns(shelf, this.#key(wanted, range, FIELD + name));
      if (!kept) return undefined;
      if (kept.about.blocks) fields.push({ name, kept });
    }
    const marked = fields.some(({ name }) => name === "vol_delta");
    const sameClock = marked ? await this.#columns(shelf, this.#key(wanted, range, SAME_CLOCK)) : undefined;
    if (marked && !sameClock) return undefined;

    const prices = await this.#decoded(shelf, base, wanted, (bytes, rows, forms) => unpackPrices(this.#kernels, bytes, rows, forms));
    const numbers = (kept: Columns) => this.#decoded(shelf, kept, wanted, (bytes, rows, forms) => unpackNumbers(this.#kernels, bytes, rows, forms));
    const columns = await mapBounded(fields, 4, async ({ name, kept }) => ({ name, values: await numbers(kept) }));
    const marks = sameClock && (await numbers(sameClock));
    if (!prices || (marked && !marks) || columns.some(({ values }) => !values)) return undefined;

    const slices = new Map<DayNumber, Slice>();
    for (const [date, rows, , , , , quality] of base.about.blocks) {
      const own = prices.get(date);
      if (!own) continue;
      slices.set(date, {
        length: rows,
        ...own,
        fields: new Map(columns.flatMap(({ name, values }) => (values?.has(date) ? [[name, values.get(date)!]] : []))),
        ...(marks?.has(date) && { sameClock: Uint8Array.from(marks.get(date)!) }),
        quality: Object.fromEntries(QUALITY_FLAGS.map((flag, i) => [flag, quality?.[i] ?? 0])) as unknown as QualityCounts,
      });
    }
    return { slices, files: base.about.files, barSpan: base.about.barSpan ?? undefined, whole: range === WHOLE };
  }

  /** A block of columns that was made from the files as they are now. */
  async #columns(shelf: Shelf, key: string): Promise<Columns | undefined> {
    const kept = await this.#store.find(shelf, key);
    const about = kept?.about as AboutColumns | undefined;
    return kept && about && (await this.#states.allSame(about.files)) ? { key, kept, about } : undefined;
  }

  /** The dates wanted, from one read. Undefined, and the entry gone, where its bytes are not what was written. */
  async #decoded<T>(shelf: Shelf, { key, kept, about }: Columns, { first, last }: Wanted, decode: (bytes: Uint8Array, rows: number, forms: readonly number[]) => T | undefined): Promise<Map<DayNumber, T> | undefined> {
    const blocks = (about.blocks ?? []).filter(([date]) => date >= first && date <= last);
    const found = new Map<DayNumber, T>();
    if (blocks.length === 0) return found;
    const [, , from] = blocks[0];
    const [, , lastAt, lastBytes] = blocks[blocks.length - 1];
    const all = await kept.read(from, lastAt + lastBytes);
    for (const [date, rows, at, length, checksum, forms] of blocks) {
      const bytes = all?.subarray(at - from, at - from + length);
      const value = bytes && checksumOf(this.#kernels, bytes) === checksum ? decode(bytes, rows, forms) : undefined;
      if (value === undefined) {
        await this.#store.drop(shelf, key);
        return undefined;
      }
      found.set(date, value);
    }
    return found;
  }

  async #keep(wanted: Wanted, set: SliceSet): Promise<void> {
    const range = set.whole ? WHOLE : rangeOf(wanted);
    const shelf = this.#shelf(wanted, range);
    const slices = [...set.slices].sort(([a], [b]) => a - b);
    const put = async (block: string, pack: ((slice: Slice) => Packed) | null): Promise<void> => {
      const key = this.#key(wanted, range, block);
      if (await this.#columns(shelf, key)) return;
      const parts: Uint8Array<ArrayBuffer>[] = [];
      let at = 0;
      const blocks = pack && slices.map(([date, slice]): Block => {
        const { bytes, forms } = pack(slice);
        parts.push(bytes);
        at += bytes.length;
        const head = [date, slice.length, at - bytes.length, bytes.length, checksumOf(this.#kernels, bytes), forms] as const;
        return block === PRICES ? [...head, QUALITY_FLAGS.map((flag) => slice.quality[flag])] : head;
      });
      const about: AboutColumns = { files: set.files, barSpan: set.barSpan ?? null, blocks };
      await this.#store.put(shelf, key, about, joinedBytes(parts));
    };
    await put(PRICES, (slice) => packPrices(this.#kernels, slice));
    for (const name of this.#context.fields) await put(FIELD + name, slices.every(([, { fields }]) => fields.has(name)) ? ({ fields }) => packNumbers(this.#kernels, fields.get(name)!) : null);
    if (this.#context.fields.includes("vol_delta") && slices.every(([, { sameClock }]) => sameClock)) await put(SAME_CLOCK, ({ sameClock }) => packNumbers(this.#kernels, Float64Array.from(sameClock!)));
  }
}

interface Columns {
  readonly key: string;
  readonly kept: Kept;
  readonly about: AboutColumns;
}
