/** The files that may hold rows of a date, read until everything that a strategy can ask for on it is there. */
import type { MarketRules, SymbolName } from "../core/market/types.ts";
import type { Strategy } from "../core/strategy/types.ts";
import { dayNumber, isoDate, type DayNumber, type IsoDate } from "../core/time.ts";
import type { CatalogueFile, ClockZone, Layout } from "../data/catalogue/types.ts";
import { comparePaths } from "../data/data-files.ts";
import { ParquetError, type Folder } from "../data/ports.ts";
import { byContract, KEY_COLUMNS } from "./contract-rows.ts";
import type { Needed } from "./needed.ts";
import { NotVerifiable } from "./not-verifiable.ts";
import { ParquetFile } from "./parquet-file.ts";
import { expiryNamed, withRules, type RawFile, type RawRow, type RuleBook } from "./reference.ts";
import { FIRST_CLOCK, secondOf } from "./stored-clock.ts";

export interface FilesWanted {
  readonly symbol: SymbolName;
  /** The date verified, then those before it that it looks back at. */
  readonly dates: readonly IsoDate[];
  /** Of the symbol and of VIX, in any order. */
  readonly files: readonly CatalogueFile[];
  readonly strategies: readonly Strategy[];
  readonly needed: Needed;
  readonly zones: Partial<Record<Layout, ClockZone>>;
}

export interface FilesRead {
  readonly files: readonly RawFile[];
  readonly opened: readonly { readonly path: string; readonly size: number; readonly modified: number; readonly footer: string }[];
  readonly rows: number;
  /** Files that are no readable Parquet, in words. */
  readonly unreadable: readonly string[];
}

/** Reads from a folder. What a file's clocks say is remembered as long as the file stays as it is; rows are not. */
export class FolderRows {
  readonly #known = new Map<string, ParquetFile>();
  readonly #folder: Folder;
  readonly #rules: MarketRules;

  constructor(folder: Folder, rules: MarketRules) {
    this.#folder = folder;
    this.#rules = rules;
  }

  /** Series first, then contracts in the order of their expiries, until every expiry that the strategies name is decided. Throws NotVerifiable. */
  async read(wanted: FilesWanted, book: RuleBook): Promise<FilesRead> {
    const read = { files: [] as RawFile[], opened: [] as FilesRead["opened"][number][], rows: 0, unreadable: [] as string[] };
    for (const { expiry, files } of inExpiryOrder(wanted)) {
      if (expiry !== undefined && isDecided(wanted, read.files, isoDate(expiry), book)) break;
      for (const file of files) await this.#readFile(wanted, file, read);
    }
    return { ...read, files: read.files.sort((a, b) => comparePaths(a.path, b.path)) };
  }

  async #readFile({ symbol, dates, needed, zones }: FilesWanted, file: CatalogueFile, into: { files: RawFile[]; opened: FilesRead["opened"][number][]; rows: number; unreadable: string[] }): Promise<void> {
    const many = file.kind === "future" || (file.kind === "option" && (file.expiry === undefined || file.strike === undefined || file.cp === undefined));
    try {
      const data = await this.#open(file, zones);
      into.opened.push({ path: file.path, ...data.state, footer: data.footer.hash });
      const rows: RawRow[] = [];
      for (const date of dates) rows.push(...(await data.rows(date, ["lastTradeTime", ...needed.columns, ...(many ? KEY_COLUMNS : file.kind === "option" ? [] : ["symbol"])])));
      into.rows += rows.length;
      refuseShapes(data, rows, needed);
      if (rows.length > 0) into.files.push(...byContract(this.#rules, symbol, file, data, rows));
    } catch (error) {
      if (error instanceof NotVerifiable) throw new NotVerifiable(`${file.path}: ${error.message}`);
      if (!(error instanceof ParquetError)) throw error;
      into.unreadable.push(error.message);
    }
  }

  async #open({ path, layout }: CatalogueFile, zones: FilesWanted["zones"]): Promise<ParquetFile> {
    const file = await this.#folder.file(path);
    if (!file) throw new ParquetError(path, "the file is no longer there", { fault: "gone" });
    const { size, modified } = await file.stat();
    const known = this.#known.get(path);
    if (known?.state.size === size && known.state.modified === modified) return known;
    const opened = await ParquetFile.open(file, zones[layout] === "utc");
    this.#known.set(path, opened);
    return opened;
  }
}

/** Contracts by their expiry; before them, without one, what is read in any case: series, whatever their months, and files of many contracts. */
function inExpiryOrder({ files, dates, needed }: FilesWanted): { readonly expiry: DayNumber | undefined; readonly files: readonly CatalogueFile[] }[] {
  const days = dates.map(dayNumber);
  const first = Math.min(...days);
  const groups = new Map<DayNumber | undefined, CatalogueFile[]>();
  for (const file of files) {
    if ((file.kind === "vix" && !needed.vix) || (file.date !== undefined && !days.includes(file.date)) || (file.expiry ?? Infinity) < first) continue;
    // A future's month decides nothing about contracts.
    const expiry = file.kind === "option" ? file.expiry : undefined;
    groups.set(expiry, [...(groups.get(expiry) ?? []), file]);
  }
  return [...groups]
    .sort(([a = -Infinity], [b = -Infinity]) => a - b)
    .map(([expiry, group]) => ({ expiry, files: group.sort((a, b) => Number(a.kind === "option") - Number(b.kind === "option") || comparePaths(a.path, b.path)) }));
}

/** Whether contracts from an expiry on can change nothing, since every expiry that is named lies before it. */
function isDecided({ symbol, dates, strategies }: FilesWanted, files: readonly RawFile[], from: IsoDate, book: RuleBook): boolean {
  const names = [...new Set(strategies.flatMap(({ universe, entry, entries }) => [universe.expiry, ...[...entry.legs, ...(entries ?? []).flatMap(({ legs }) => legs)].flatMap(({ expiry }) => expiry ?? [])]))];
  return dates.every((date) => {
    const listed = listedExpiries(files, date, book);
    return names.every((name) => (/^\d/.test(name) ? name < from : withRules(book, () => expiryNamed(name, symbol, date, listed)) !== undefined));
  });
}

/** Expiries of which a contract has a row inside the session. */
function listedExpiries(files: readonly RawFile[], date: IsoDate, book: RuleBook): string[] {
  const session = book.sessionOf(date);
  if (session === "closed") return [];
  const midnight = BigInt(Date.parse(`${date}T00:00:00Z`)) * 1_000_000n;
  const isInside = (row: RawRow): boolean => {
    const clock = [row.timestamp, row.ts].find((one) => typeof one === "bigint" && one >= FIRST_CLOCK) as bigint;
    const second = secondOf(clock);
    return clock >= midnight && clock < midnight + 86_400_000_000_000n && second >= session.open && second < session.close && !session.breaks.some(([from, to]) => second >= from && second < to);
  };
  return [...new Set(files.filter(({ kind, rows }) => kind === "option" && rows.some(isInside)).map(({ expiry }) => expiry))];
}

/** Shapes of the same data that the reference does not read alike. */
function refuseShapes(data: ParquetFile, rows: readonly RawRow[], { columns }: Needed): void {
  if (columns.includes("volume") && !data.has("volume") && data.has("vol_delta")) throw new NotVerifiable("its volume is that of each row (vol_delta); the reference reads cumulative volume only");
  const mayBeBars = ["open", "high", "low", "close"].every((name) => data.has(name)) && !data.has("price") && !data.has("bp0");
  if (mayBeBars && rows.length === 1) throw new NotVerifiable("it has a single row on the date, from which the reference cannot tell bars from snapshots");
}
