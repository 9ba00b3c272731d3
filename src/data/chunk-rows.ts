import { checksumOf } from "../core/grid/packed-slice.ts";
import type { Slice } from "../core/grid/slice.ts";
import { datesOfRows } from "../core/grid/slice-rows.ts";
import { contractKey } from "../core/market/contract-id.ts";
import type { ContractId } from "../core/market/contract-id.ts";
import type { MarketRules } from "../core/market/types.ts";
import type { FileFingerprint } from "../core/results/types.ts";
import type { DayNumber } from "../core/time.ts";
import type { CatalogueFile, DayChunk, FileFacts } from "./catalogue/types.ts";
import type { DaySourceOptions } from "./day-data.ts";
import { dataFile, openData, readPieces, rowClocks } from "./file-rows.ts";
import { refuseTwoBooks, sliceUnnamedFutures } from "./futures.ts";
import type { FutureSeries } from "./futures.ts";
import { readPartition } from "./option-partition.ts";
import type { OptionPartition } from "./option-partition.ts";
import { readStable } from "./retry-changed.ts";
import { sessionLookup } from "./session-of.ts";
import { SliceCache } from "./slice-cache.ts";
import { ofDates, sliceFiles } from "./slice-files.ts";
import type { SliceContext, SliceSet } from "./slice-files.ts";
import { NOTHING_KEPT, type Fact, type SliceKeeper, type Wanted } from "./slice-keeper.ts";
import { clockColumns } from "./source-columns.ts";

/** Slices of one worker's chunk stay below about this many bytes. */
const CACHE_BYTES = 256 << 20;

/** One instrument on one date. `slice` is absent without a row inside the session. */
export interface DaySlice {
  readonly slice: Slice | undefined;
  readonly files: readonly FileFingerprint[];
  readonly barSpan: number | undefined;
  /** Of a future whose contract month is known. */
  readonly expiry?: DayNumber;
}

interface ContractFiles {
  readonly contract: ContractId;
  readonly files: CatalogueFile[];
}

/** Everything that the files of one chunk hold, read when it is asked for: a contract's file once for all dates of the chunk. */
export class ChunkRows {
  readonly #context: SliceContext;
  readonly #rules: MarketRules;
  readonly #keeper: SliceKeeper;
  readonly #facts: ReadonlyMap<string, FileFacts>;
  readonly #contracts = new Map<string, ContractFiles>();
  readonly #partitions: CatalogueFile[] = [];
  readonly #cache = new SliceCache(CACHE_BYTES);
  readonly #dates = new Map<string, Promise<ReadonlySet<DayNumber>>>();
  #held: { readonly date: DayNumber; readonly loading: Promise<Fact<readonly ContractId[]>> } | undefined;
  #partition: { readonly date: DayNumber; readonly loading: Promise<OptionPartition> } | undefined;
  #futures: { readonly key: string; readonly loading: Promise<readonly FutureSeries[]> } | undefined;
  /** All dates of the chunk are read at once, so that what a date reports does not depend on which was asked for first. */
  readonly #first: DayNumber;
  readonly #last: DayNumber;
  #current = -Infinity;

  constructor(
    { folder, reader, kernels, rules, fields = [], keeper = () => NOTHING_KEPT }: DaySourceOptions,
    readonly chunk: DayChunk,
  ) {
    const { zones, kinds, barLabel, barSpans = {}, files, facts, dates } = chunk;
    this.#context = { folder, reader, kernels, zones, kinds, barLabel, barSpans, fields, sessionOf: sessionLookup(rules) };
    this.#rules = rules;
    this.#keeper = keeper(this.#context, chunk.symbol);
    this.#first = Math.min(...dates);
    this.#last = Math.max(...dates);
    this.#facts = new Map(facts.flatMap((fact, index) => (fact ? [[files[index].path, fact]] : [])));
    for (const file of files) if (file.kind === "option") this.#addOption(file);
  }

  #addOption(file: CatalogueFile): void {
    const { symbol } = this.chunk;
    const { expiry, strike, cp } = file;
    if (expiry === undefined || strike === undefined || cp === undefined) {
      this.#partitions.push(file);
      return;
    }
    const contract = { symbol, expiry, strike, cp };
    const found = this.#contracts.get(contractKey(contract)) ?? { contract, files: [] };
    found.files.push(file);
    this.#contracts.set(contractKey(contract), found);
  }

  /** Contracts of an expiry that may have rows on a date. */
  async contracts(date: DayNumber, expiry: DayNumber): Promise<ContractId[]> {
    const found = new Map<string, ContractId>();
    for (const [key, { contract, files }] of this.#contracts) if (contract.expiry === expiry && files.some((file) => this.#mayCover(file, date))) found.set(key, contract);
    for (const contract of await this.#heldBy(date)) if (contract.expiry === expiry) found.set(contractKey(contract), contract);
    return [...found.values()];
  }

  /** Expiries from the date on, ascending, of contracts that may have rows on it. */
  async expiries(date: DayNumber): Promise<DayNumber[]> {
    const found = new Set<DayNumber>();
    for (const { contract, files } of this.#contracts.values()) if (contract.expiry >= date && !found.has(contract.expiry) && files.some((file) => this.#mayCover(file, date))) found.add(contract.expiry);
    for (const { expiry } of await this.#heldBy(date)) if (expiry >= date) found.add(expiry);
    return [...found].sort((a, b) => a - b);
  }

  async contract(contract: ContractId, date: DayNumber): Promise<DaySlice | undefined> {
    const key = contractKey(contract);
    const files = this.#contracts.get(key)?.files.filter((file) => this.#mayCover(file, date)) ?? [];
    if ((await this.#heldBy(date)).some((held) => contractKey(held) === key)) return daySlice(await this.#fromPartition(contract, date), date);
    return files.length === 0 ? undefined : daySlice(await this.#slices(key, files, date), date);
  }

  async spot(date: DayNumber): Promise<DaySlice | undefined> {
    return this.#series("spot", this.#filesOf("spot", date), date);
  }

  async vix(date: DayNumber): Promise<DaySlice | undefined> {
    return this.#series("vix", this.#filesOf("vix", date), date);
  }

  /** The future with the smallest expiry from the date on that has rows in the session; a continuous series is the nearest. */
  async future(date: DayNumber): Promise<DaySlice | undefined> {
    const files = this.#filesOf("future", date);
    const unnamed = files.filter(({ expiry }) => expiry === undefined);
    const months = new Map<DayNumber, CatalogueFile[]>();
    for (const file of files) if (file.expiry !== undefined && file.expiry >= date) months.set(file.expiry, [...(months.get(file.expiry) ?? []), file]);
    const series = unnamed.length === 0 ? [] : await this.#unnamedMonths(unnamed);
    const candidates: { readonly expiry: DayNumber | undefined; load(): Promise<DaySlice | undefined> }[] = [
      ...series.map((month) => ({ expiry: month ?? undefined, load: () => this.#unnamedFuture(unnamed, month, date) })),
      ...[...months].map(([expiry, own]) => ({ expiry, load: () => this.#series(`future ${expiry}`, own, date) })),
    ];
    let found: DaySlice | undefined;
    for (const { expiry, load } of candidates.sort((a, b) => (a.expiry ?? date) - (b.expiry ?? date))) {
      if (expiry !== undefined && expiry < date) continue;
      const loaded = await load();
      found = loaded && { ...loaded, ...(expiry !== undefined && { expiry }) };
      if (found?.slice) break;
    }
    return found;
  }

  /** The files that may hold rows of a date and how they are read, as a checksum: the answers depend on nothing else but their contents. */
  inputs(date: DayNumber): string {
    const { kernels, zones, kinds, barLabel, barSpans } = this.#context;
    const paths = this.chunk.files.filter((file) => this.#mayCover(file, date)).map(({ path }) => path);
    const said = JSON.stringify([this.chunk.symbol, zones, kinds, barLabel, barSpans, paths]);
    return `${paths.length} ${said.length} ${checksumOf(kernels, new TextEncoder().encode(said))}`;
  }

  /** Whether a file has a row on the date, in the session or not. Reads as little as can tell. */
  async hasRows(date: DayNumber): Promise<boolean> {
    const candidates = this.chunk.files.filter((file) => file.kind !== "vix" && this.#mayCover(file, date));
    if (candidates.some(({ path }) => this.#facts.get(path)?.dates?.includes(date))) return true;
    let failure: unknown;
    for (const file of candidates) {
      if (this.#facts.get(file.path)?.dates) continue;
      try {
        if ((await this.#datesOf(file)).has(date)) return true;
      } catch (error) {
        failure ??= error;
      }
    }
    if (failure !== undefined) throw failure;
    return false;
  }

  #filesOf(kind: CatalogueFile["kind"], date: DayNumber): CatalogueFile[] {
    return this.chunk.files.filter((file) => file.kind === kind && this.#mayCover(file, date));
  }

  #mayCover({ path, date: only }: CatalogueFile, date: DayNumber): boolean {
    if (only !== undefined && only !== date) return false;
    const facts = this.#facts.get(path);
    if (!facts) return true;
    if (facts.rows === 0) return false;
    if (facts.dates) return facts.dates.includes(date);
    return (facts.firstDate ?? -Infinity) <= date && (facts.lastDate ?? Infinity) >= date;
  }

  async #series(key: string, files: readonly CatalogueFile[], date: DayNumber): Promise<DaySlice | undefined> {
    return files.length === 0 ? undefined : daySlice(await this.#slices(key, files, date), date);
  }

  async #slices(what: string, files: readonly CatalogueFile[], date: DayNumber, load = () => sliceFiles(this.#context, files, this.#first, this.#last)): Promise<SliceSet> {
    if (date !== this.#current) {
      this.#current = date;
      this.#cache.dropBefore(date);
    }
    return this.#cache.get(`${what} ${pathsOf(files)}`, date, async () => ofDates(await this.#keeper.slices(this.#wanted(what, files), load), this.#first, this.#last));
  }

  #wanted(what: string, files: readonly CatalogueFile[]): Wanted {
    return { what, files, first: this.#first, last: this.#last };
  }

  /** The months in futures files whose path names none; null for a continuous series. */
  async #unnamedMonths(files: readonly CatalogueFile[]): Promise<readonly (DayNumber | null)[]> {
    const months = await this.#keeper.fact(this.#wanted("months", files), async () => {
      const series = await this.#unnamedFutures(files);
      return { value: series.map(({ expiry }) => expiry ?? null), files: series.flatMap(({ set }) => set.files) };
    });
    return months.value;
  }

  async #unnamedFuture(files: readonly CatalogueFile[], month: DayNumber | null, date: DayNumber): Promise<DaySlice> {
    const set = await this.#slices(`month ${month}`, files, date, async () => {
      const found = (await this.#unnamedFutures(files)).find(({ expiry }) => expiry === (month ?? undefined));
      if (!found) throw new Error(`the futures of ${pathsOf(files)} hold no month ${month} any more`);
      return found.set;
    });
    return month === null ? continuousSlice(files[0].path, set, date) : daySlice(set, date);
  }

  async #unnamedFutures(files: readonly CatalogueFile[]): Promise<readonly FutureSeries[]> {
    const key = pathsOf(files);
    if (this.#futures?.key !== key) {
      const loading = sliceUnnamedFutures(this.#context, this.#rules, this.chunk.symbol, files, this.#first, this.#last);
      this.#futures = { key, loading };
      loading.catch(() => (this.#futures = undefined));
    }
    return this.#futures.loading;
  }

  /** Contracts in the files of the date that hold many. */
  async #heldBy(date: DayNumber): Promise<readonly ContractId[]> {
    const files = this.#partitionFiles(date);
    if (files.length === 0) return [];
    if (this.#held?.date !== date) {
      const loading = this.#keeper.fact({ what: `contracts of ${this.chunk.symbol}`, files, first: date, last: date }, async (): Promise<Fact<readonly ContractId[]>> => {
        const { contracts, read } = await this.#partitionOf(files, date);
        return { value: contracts, files: read };
      });
      this.#held = { date, loading };
      loading.catch(() => (this.#held = undefined));
    }
    return (await this.#held.loading).value;
  }

  async #fromPartition(contract: ContractId, date: DayNumber): Promise<SliceSet> {
    const files = this.#partitionFiles(date);
    return this.#keeper.slices({ what: contractKey(contract), files, first: date, last: date }, async () => (await this.#partitionOf(files, date)).slices(contract));
  }

  #partitionFiles(date: DayNumber): readonly CatalogueFile[] {
    return this.#partitions.filter((file) => this.#mayCover(file, date));
  }

  async #partitionOf(files: readonly CatalogueFile[], date: DayNumber): Promise<OptionPartition> {
    if (this.#partition?.date !== date) {
      const loading = readPartition(this.#context, this.#rules, this.chunk.symbol, files, date);
      this.#partition = { date, loading };
      loading.catch(() => (this.#partition = undefined));
    }
    return this.#partition.loading;
  }

  #datesOf(file: CatalogueFile): Promise<ReadonlySet<DayNumber>> {
    const known = this.#dates.get(file.path);
    if (known) return known;
    const reading = this.#readDates(file);
    this.#dates.set(file.path, reading);
    reading.catch(() => this.#dates.delete(file.path));
    return reading;
  }

  async #readDates(file: CatalogueFile): Promise<ReadonlySet<DayNumber>> {
    const { folder, reader, kernels, sessionOf, zones } = this.#context;
    const { value: dates } = await this.#keeper.fact(this.#wanted("dates", [file]), async () => {
      const { value, state } = await readStable(await dataFile(folder, file.path), async (snapshot) => {
        const open = await openData(snapshot, zones[file.layout]);
        const { pieces } = await readPieces(reader, open, clockColumns(open.columns), this.#first, this.#last);
        return { footer: open.footer.hash, clocks: pieces.map((piece) => rowClocks(open, piece, 0)) };
      });
      const found = datesOfRows(kernels, value.clocks, sessionOf).dates.map(({ date }) => date);
      return { value: found, files: [{ path: file.path, size: state.size, modified: state.modified, footer: value.footer }] };
    });
    return new Set(dates);
  }
}

function continuousSlice(path: string, set: SliceSet, date: DayNumber): DaySlice {
  const found = daySlice(set, date);
  if (found.slice) refuseTwoBooks(path, date, found.slice);
  return found;
}

function pathsOf(files: readonly CatalogueFile[]): string {
  return files.map(({ path }) => path).join("|");
}

function daySlice({ slices, files, barSpan }: SliceSet, date: DayNumber): DaySlice {
  return { slice: slices.get(date), files, barSpan };
}
