/** One Parquet file read by hyparquet alone, straight from its bytes: none of the product's readers, grids or caches. */
import { parquetMetadataAsync, parquetReadObjects, type AsyncBuffer, type FileMetaData } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import type { IsoDate } from "../core/time.ts";
import { mapColumns } from "../data/column-names.ts";
import { readFooter } from "../data/footer.ts";
import type { DataFile, Footer } from "../data/ports.ts";
import { NotVerifiable } from "./not-verifiable.ts";
import type { RawRow } from "./reference.ts";
import { clockReader, dateOf, FIRST_CLOCK, type ReadClock } from "./stored-clock.ts";

/** Timestamps as nanoseconds, dates as days since 1970. */
const parsers = {
  timestampFromMilliseconds: (value: bigint) => (value === undefined || value === null ? null : value * 1_000_000n),
  timestampFromMicroseconds: (value: bigint) => (value === undefined || value === null ? null : value * 1_000n),
  timestampFromNanoseconds: (value: bigint) => (value === undefined || value === null ? null : value),
  dateFromDays: (days: number) => (days === undefined || days === null ? null : days),
};

/** The stretch of a file's rows that holds all of a date. */
interface Stretch {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

export class ParquetFile {
  readonly #buffer: AsyncBuffer;
  readonly #metadata: FileMetaData;
  readonly #names: ReadonlyMap<string, string>;
  readonly #clocks: ReadonlyMap<string, ReadClock>;
  #stretches: ReadonlyMap<IsoDate, Stretch> | undefined;

  private constructor(
    readonly footer: Footer,
    readonly state: { readonly size: number; readonly modified: number },
    buffer: AsyncBuffer,
    metadata: FileMetaData,
    utc: boolean,
  ) {
    this.#buffer = buffer;
    this.#metadata = metadata;
    this.#names = mapColumns(footer.columns).source;
    const byName = new Map(footer.columns.map((column) => [column.name, column]));
    const clocks = ["timestamp", "ts", "lastTradeTime"].flatMap((known): [string, ReadClock][] => {
      const column = byName.get(this.#names.get(known) ?? "");
      return column ? [[known, clockReader(column, utc)]] : [];
    });
    this.#clocks = new Map(clocks);
    if (!this.#clocks.has("timestamp") && !this.#clocks.has("ts")) throw new NotVerifiable("its clock is no timestamp column but a date with a time of day, or lastTradeTime: the reference reads neither");
  }

  /** Throws ParquetError for what is no Parquet file, NotVerifiable for clocks that the reference cannot read. */
  static async open(file: DataFile, utc: boolean): Promise<ParquetFile> {
    const state = await file.stat();
    const footer = await readFooter(file);
    const blob = await file.blob();
    const buffer: AsyncBuffer = { byteLength: blob.size, slice: (start, end) => blob.slice(start, end).arrayBuffer() };
    return new ParquetFile(footer, state, buffer, await parquetMetadataAsync(buffer, { parsers }), utc);
  }

  has(known: string): boolean {
    return this.#names.has(known);
  }

  typeOf(known: string): string | undefined {
    return this.footer.columns.find(({ name }) => name === this.#names.get(known))?.type;
  }

  /** Throws NotVerifiable for what hyparquet cannot read. */
  async dates(): Promise<readonly IsoDate[]> {
    return [...(await this.#datesHeld()).keys()];
  }

  /** All rows of a date in file order, cells by canonical names: clocks as nanoseconds of Indian time, the rest as stored. Throws NotVerifiable for what hyparquet cannot read. */
  async rows(date: IsoDate, known: readonly string[]): Promise<RawRow[]> {
    const stretch = (await this.#datesHeld()).get(date);
    if (!stretch) return [];
    const columns = known.flatMap((name): [string, string][] => (this.#names.has(name) ? [[name, this.#names.get(name)!]] : []));
    const rows: RawRow[] = [];
    for (const stored of await this.#read([...new Set([...this.#clockNames(), ...columns.map(([, own]) => own)])], stretch)) {
      const row: RawRow = this.#clocksOf(stored);
      const clock = clockOf(row);
      if (clock === null || dateOf(clock) !== date) continue;
      for (const [name, own] of columns) row[name] = stored[own];
      rows.push(row);
    }
    return rows;
  }

  async #datesHeld(): Promise<ReadonlyMap<IsoDate, Stretch>> {
    if (this.#stretches) return this.#stretches;
    const held = new Map<IsoDate, Stretch>();
    let at = 0;
    for (const group of this.#metadata.row_groups) {
      const to = at + Number(group.num_rows);
      for (const stored of await this.#read(this.#clockNames(), { from: at, to })) {
        const clock = clockOf(this.#clocksOf(stored));
        if (clock !== null) {
          const date = dateOf(clock);
          held.set(date, { from: held.get(date)?.from ?? at, to: at + 1 });
        }
        at++;
      }
    }
    return (this.#stretches = held);
  }

  #clockNames(): string[] {
    return [...this.#clocks.keys()].map((known) => this.#names.get(known)!);
  }

  #clocksOf(stored: RawRow): RawRow {
    return Object.fromEntries([...this.#clocks].map(([known, read]) => [known, read(stored[this.#names.get(known)!])]));
  }

  async #read(columns: readonly string[], { from, to }: Stretch): Promise<RawRow[]> {
    try {
      return await parquetReadObjects({ file: this.#buffer, metadata: this.#metadata, columns: [...columns], rowStart: from, rowEnd: to, compressors, parsers, geoparquet: false });
    } catch (error) {
      throw new NotVerifiable(`its rows cannot be read (${error instanceof Error ? error.message : String(error)}). Unless it has just changed, it is damaged: copy it again from its source`);
    }
  }
}

/** Semantics §1.1: `timestamp`, or where that is bogus `ts`; null for a row that is dropped. */
function clockOf(row: RawRow): bigint | null {
  const usable = [row.timestamp, row.ts].find((clock) => typeof clock === "bigint" && clock >= FIRST_CLOCK);
  return typeof usable === "bigint" ? usable : null;
}
