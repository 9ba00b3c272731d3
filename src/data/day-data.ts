import { addQuality, noQuality } from "../core/grid/slice.ts";
import type { QualityCounts, Slice } from "../core/grid/slice.ts";
import { UnreadableInput } from "../core/engine/ports.ts";
import type { DayData } from "../core/engine/ports.ts";
import type { Kernels } from "../core/kernels.ts";
import { contractKey } from "../core/market/contract-id.ts";
import type { MarketRules, SymbolName } from "../core/market/types.ts";
import type { FileFingerprint } from "../core/results/types.ts";
import type { DayNumber } from "../core/time.ts";
import { mapBounded } from "./bounded.ts";
import type { DayChunk } from "./catalogue/types.ts";
import { ChunkRows } from "./chunk-rows.ts";
import type { DaySlice } from "./chunk-rows.ts";
import { comparePaths } from "./data-files.ts";
import { dateRows, type DateRows, type Recalled, type Worked } from "./date-rows.ts";
import { ParquetError } from "./ports.ts";
import type { Folder, RowReader } from "./ports.ts";
import type { SliceContext } from "./slice-files.ts";
import type { SliceKeeper } from "./slice-keeper.ts";

/** How many contracts are read at the same time: their requests overlap, their decoding does not. */
export const CONTRACT_LANES = 8;

export interface DaySourceOptions {
  readonly folder: Folder;
  readonly reader: RowReader;
  readonly kernels: Kernels;
  readonly rules: MarketRules;
  /** Canonical names of the columns that the strategy asks for beside prices and quotes. */
  readonly fields?: readonly string[];
  /** What keeps the slices that this source makes. Absent: nothing is kept beyond a chunk. */
  readonly keeper?: (context: SliceContext, symbol: SymbolName) => SliceKeeper;
  /** Answers what it remembers of a date of a chunk, and asks `open` for the rest. Absent: nothing is remembered. */
  readonly remember?: (chunk: DayChunk, date: DayNumber, fields: string, open: () => DateRows) => DateRows;
  /** Answers what has been worked out under a key, and asks `work` for the rest. Absent: it is worked out again in every run. */
  readonly recall?: (key: string, work: () => Promise<Worked>) => Promise<Worked>;
}

/** The rows of one instrument that the day was asked for. */
export interface Instrument {
  readonly key: string;
  /** An option contract, rather than spot, future or VIX. */
  readonly contract: boolean;
  readonly quality: QualityCounts;
}

/** A date's rows with an account of what was asked of them. */
export interface CountedDay extends DayData {
  /** What the answers can depend on beside the contents of the files read: which files there are, and how they are read. */
  inputs(): string;
  /** What the report counts, one by one. */
  instruments(): readonly Instrument[];
}


/** Answers the engine's questions about dates. What one date of a chunk has read serves the later ones. */
export interface DaySource {
  /** Dates of one chunk are asked for in any order; ascending saves the most reading. `previous` gives the date before it in the data, `recalled` what is known of it. */
  day(chunk: DayChunk, date: DayNumber, previous?: () => DayData | undefined, recalled?: Recalled): CountedDay;
  /** Forgets everything that was read. */
  release(): void;
}

export function createDaySource(options: DaySourceOptions): DaySource {
  let current: { readonly chunk: DayChunk; readonly key: string; readonly rows: ChunkRows } | undefined;
  const rowsOf = (chunk: DayChunk): ChunkRows => {
    if (current?.chunk === chunk) return current.rows;
    const key = chunkKey(chunk);
    if (current?.key !== key) current = { chunk, key, rows: new ChunkRows(options, chunk) };
    return current.rows;
  };
  const fields = options.fields?.join() ?? "";
  return {
    day(chunk, date, previous = () => undefined, recalled = new Map()) {
      const open = () => dateRows(rowsOf(chunk), date);
      const rows = options.remember?.(chunk, date, fields, open) ?? open();
      const keep = (name: string, work: () => Promise<Worked>) => options.recall?.(JSON.stringify([chunk.symbol, date, name, rows.inputs()]), work) ?? work();
      return dayData(rows, date, previous, rows.recalled ?? recalled, keep);
    },
    release() {
      current = undefined;
    },
  };
}

/** A chunk may be made anew for every date: it is the same when it says the same. */
function chunkKey({ symbol, dates, files, zones, kinds, barLabel, barSpans }: DayChunk): string {
  return JSON.stringify([symbol, dates, files.length, files[0]?.path, files.at(-1)?.path, zones, kinds, barLabel, barSpans]);
}

function dayData(rows: DateRows, date: DayNumber, previous: () => DayData | undefined, recalled: Recalled, keep: (name: string, work: () => Promise<Worked>) => Promise<Worked>): CountedDay {
  const files = new Map<string, FileFingerprint>();
  const counted = new Map<string, Slice>();
  const listed = new Set<string>();
  let before: DayData | undefined;

  const note = (key: string, found: DaySlice | undefined): Slice | undefined => {
    for (const file of found?.files ?? []) files.set(file.path, file);
    if (!found?.slice) return undefined;
    counted.set(key, found.slice);
    const { slice, barSpan, expiry } = found;
    return barSpan === undefined && expiry === undefined ? slice : { ...slice, ...(barSpan !== undefined && { barSpan }), ...(expiry !== undefined && { expiry }) };
  };

  return {
    date,
    expiries: () => readable(() => rows.expiries()),
    strikes: (expiry) => readable(() => rows.strikes(expiry)),
    load: (contracts) =>
      readable(() =>
        mapBounded(contracts, CONTRACT_LANES, async (contract) => {
          const key = contractKey(contract);
          const slice = note(key, await rows.contract(contract, key));
          if (slice) listed.add(key);
          return slice;
        }),
      ),
    spot: () => readable(async () => note("spot", await rows.spot())),
    future: () => readable(async () => note("future", await rows.future())),
    vix: () => readable(async () => note("vix", await rows.vix())),
    previous: () => (before ??= previous()),
    async recall<T>(name: string, work: () => Promise<T>) {
      let known = recalled.get(name);
      if (!known) {
        known = keep(name, async () => ({ value: await work(), files: [...files.values()] }));
        recalled.set(name, known);
        // What failed is tried again by the next one who asks.
        known.catch(() => recalled.delete(name));
      }
      const { value, files: read } = await known;
      for (const file of read) files.set(file.path, file);
      return value as T;
    },
    hasRows: () => readable(() => rows.hasRows()),
    inputs: () => rows.inputs(),
    instruments: () => [...counted].map(([key, { quality }]) => ({ key, contract: listed.has(key), quality })),
    report: () => {
      const quality = noQuality();
      for (const slice of counted.values()) addQuality(quality, slice.quality);
      // Of an earlier date only the files count: its rows are those of another day.
      const all = new Map([...(before?.report().files ?? []).map((file) => [file.path, file] as const), ...files]);
      return { files: [...all.values()].sort((a, b) => comparePaths(a.path, b.path)), quality, contracts: listed.size };
    },
  };
}

/** A file that the day needs and that cannot be used costs that day, with the reason in words. */
async function readable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ParquetError) throw new UnreadableInput(error.path, error.detail, { cause: error });
    throw error;
  }
}
