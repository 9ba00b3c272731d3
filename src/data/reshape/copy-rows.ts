/** Which rows of which files go into which file of a copy, and in which order. */
import { copyUsed, ordered, type ClockColumn, type RowBatch } from "../../core/grid/ordered-rows.ts";
import { RowPlaces } from "../../core/grid/row-places.ts";
import type { Kernels } from "../../core/kernels.ts";
import { contractKey, type ContractId } from "../../core/market/contract-id.ts";
import type { MarketRules, SymbolName } from "../../core/market/types.ts";
import type { CopyKind, CopyOptions } from "../../core/reshape/options.ts";
import { isoDate, type DayNumber } from "../../core/time.ts";
import { holdsSeveral, type CatalogueFile } from "../catalogue/types.ts";
import { keyColumns } from "../contract-rows.ts";
import { dataFile, groupsBetween, openData, rowClocks, type OpenFile, type PlacedPiece, type Zones } from "../file-rows.ts";
import { monthColumns, monthParts } from "../futures.ts";
import { contractParts } from "../option-partition.ts";
import { ParquetError, type Folder, type RowReader } from "../ports.ts";
import { readStable } from "../retry-changed.ts";
import { clockColumns } from "../source-columns.ts";
import type { FileFingerprint } from "../../core/results/types.ts";
import type { SliceContext } from "../slice-files.ts";
import { columnsToCopy, schemaClass, type CopiedColumns } from "./copy-columns.ts";

export interface CopyContext {
  readonly folder: Folder;
  readonly reader: RowReader;
  readonly kernels: Kernels;
  readonly rules: MarketRules;
  readonly zones: Zones;
  readonly options: CopyOptions;
}

/** Files of one symbol and the dates that are wanted of each. */
export interface CopyFiles {
  readonly symbol: SymbolName;
  readonly files: readonly CatalogueFile[];
  readonly datesOf: (file: CatalogueFile) => ReadonlySet<DayNumber>;
  /** Those that are wanted of files that hold several; all where absent. */
  readonly contracts?: readonly ContractId[] | undefined;
}

/** One row group of a file that is copied. */
export interface SourcePiece {
  readonly file: CatalogueFile;
  readonly open: OpenFile;
  readonly fingerprint: FileFingerprint;
  readonly rowGroup: number;
  readonly rows: number;
}

/** Where rows of an output come from: a piece, and what is kept of it and added to it. */
export interface RowSource {
  readonly piece: SourcePiece;
  readonly columns: CopiedColumns;
}

/** A file of the copy. */
export interface CopyOutput {
  /** Below the root of the copy. */
  readonly path: string;
  readonly kind: CopyKind;
  /** The date or the contract whose rows it holds. */
  readonly of: DayNumber | ContractId;
  /** Those of all of its sources have the same schema. */
  readonly sources: readonly RowSource[];
  /** Of each row, in the order of the copy: its place among `sources`, and its row of that piece. */
  readonly source: Int32Array;
  readonly row: Int32Array;
}

/** Rows of one instrument out of one piece. */
interface Part {
  readonly piece: SourcePiece;
  readonly columns: CopiedColumns;
  readonly batch: RowBatch;
  /** Which row of the piece each of the batch is; all of them in order where absent. */
  readonly rows: Int32Array | undefined;
  /** Date of every row of the batch; those without a clock have that of a neighbour, or `NO_DATE`. */
  readonly dates: Int32Array;
}

interface CopiedInstrument {
  readonly contract?: ContractId;
  readonly expiry?: DayNumber;
  readonly parts: Part[];
}

export interface FileFailure {
  readonly file: CatalogueFile;
  readonly error: ParquetError;
}

const NO_DATE = -(2 ** 31);
const DAY_NS = 86_400_000_000_000n;

/** The outputs that the files of one kind give. A file that cannot be read is reported to `failed` and costs itself. */
export async function planOutputs(context: CopyContext, { symbol, files, datesOf, contracts }: CopyFiles, kind: CopyKind, failed: (failure: FileFailure) => void): Promise<CopyOutput[]> {
  const instruments = new Map<string, CopiedInstrument>();
  const wanted = contracts && wantedContracts(contracts);
  const apart = context.options.layout === "contracts" && kind === "option";
  // The form of a contract's files depends on no other contract: they are the same whichever are made together.
  const classesOf = new Map<string, Map<string, number>>();
  for (const [number, file] of files.filter((one) => one.kind === kind).entries()) {
    try {
      for (const { key, instrument, part } of await readParts(context, symbol, file, number, datesOf(file), wanted)) {
        const known = instruments.get(key) ?? { ...instrument, parts: [] };
        known.parts.push(part);
        instruments.set(key, known);
        const classes = classesOf.get(apart ? key : "") ?? new Map<string, number>();
        classesOf.set(apart ? key : "", classes);
        if (!classes.has(part.columns.schema)) classes.set(part.columns.schema, classes.size);
      }
    } catch (error) {
      if (!(error instanceof ParquetError)) throw error;
      failed({ file, error });
    }
  }
  const sorted = [...instruments].map(([key, instrument]) => ({ ...instrument, classes: classesOf.get(apart ? key : "")! })).sort(byContract);
  // By time, rows of all contracts stand together; those of one clock stay in the order of the contracts.
  const sound = sorted.map(({ parts, classes }) => inOrderOfParts(parts, classes, failed));
  const groups = context.options.sort === "time" && context.options.layout === "days" ? [sound.flat()] : sound;
  const outputs = new Map<string, OutputRows>();
  groups.forEach((parts, place) => {
    const { contract, classes } = apart ? sorted[place] : { contract: undefined, classes: classesOf.get("")! };
    /** Where the rows of a part go, by date; undefined of a date that is not wanted. */
    const known = parts.map(() => new Map<DayNumber, OutputRows | undefined>());
    const outputOf = ({ piece, columns }: Part, date: DayNumber): OutputRows | undefined => {
      if (!datesOf(piece.file).has(date)) return undefined;
      const path = outputPath(symbol, kind, contract, date, classes.get(columns.schema)!);
      const output = outputs.get(path) ?? new OutputRows(contract ?? date);
      outputs.set(path, output);
      return output;
    };
    eachRow(context.kernels, parts, (date, part, row) => {
      if (!known[part].has(date)) known[part].set(date, outputOf(parts[part], date));
      known[part].get(date)?.add(parts[part], row);
    });
  });
  return [...outputs].map(([path, output]) => output.finish(path, kind)).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The rows of one output while they are found. */
class OutputRows {
  readonly #places = new Map<Part, number>();
  readonly #sources: RowSource[] = [];
  readonly #source: number[] = [];
  readonly #row: number[] = [];

  constructor(readonly of: DayNumber | ContractId) {}

  add(part: Part, row: number): void {
    let place = this.#places.get(part);
    if (place === undefined) {
      place = this.#sources.push({ piece: part.piece, columns: part.columns }) - 1;
      this.#places.set(part, place);
    }
    this.#source.push(place);
    this.#row.push(row);
  }

  finish(path: string, kind: CopyKind): CopyOutput {
    return { path, kind, of: this.of, sources: this.#sources, source: Int32Array.from(this.#source), row: Int32Array.from(this.#row) };
  }
}

function byContract(a: CopiedInstrument, b: CopiedInstrument): number {
  const key = ({ contract, expiry }: CopiedInstrument): readonly number[] => [contract?.expiry ?? expiry ?? 0, contract?.strike ?? 0, contract?.cp === "PE" ? 1 : 0];
  const [left, right] = [key(a), key(b)];
  const place = left.findIndex((value, i) => value !== right[i]);
  return place < 0 ? 0 : left[place] - right[place];
}

/**
 * Which of two rows of one clock comes last is told by path and row: of a contract that files with different columns hold on one date,
 * these must come in the order of the parts that they go into. Without those that do not.
 */
function inOrderOfParts(parts: readonly Part[], classes: ReadonlyMap<string, number>, failed: (failure: FileFailure) => void): readonly Part[] {
  if (new Set(parts.map(({ columns }) => columns.schema)).size < 2) return parts;
  const wrong = new Set<CatalogueFile>();
  const last = new Map<DayNumber, number>();
  for (const { piece: { file }, columns, dates } of parts) {
    const own = classes.get(columns.schema)!;
    for (const date of new Set(dates)) {
      if (own < (last.get(date) ?? 0)) wrong.add(file);
      last.set(date, Math.max(own, last.get(date) ?? 0));
    }
  }
  for (const file of wrong) failed({ file, error: new ParquetError(file.path, "it holds rows of a contract that another file with other columns holds on the same date, and a copy cannot keep the order between them. Copy these files apart.", { fault: "wrong_type" }) });
  return wrong.size === 0 ? parts : parts.filter(({ piece }) => !wrong.has(piece.file));
}

interface FoundPart {
  readonly key: string;
  readonly instrument: Omit<CopiedInstrument, "parts">;
  readonly part: Part;
}

/** Contracts out of files that hold others too. */
interface WantedContracts {
  readonly keys: ReadonlySet<string>;
  readonly leastStrike: number;
  readonly mostStrike: number;
}

function wantedContracts(contracts: readonly ContractId[]): WantedContracts {
  const strikes = contracts.map(({ strike }) => strike);
  return { keys: new Set(contracts.map(contractKey)), leastStrike: Math.min(...strikes), mostStrike: Math.max(...strikes) };
}

/** Clocks and keys of a file, row group by row group; of those that hold several contracts what is wanted is kept of each. */
async function readParts(context: CopyContext, symbol: SymbolName, file: CatalogueFile, number: number, dates: ReadonlySet<DayNumber>, wanted: WantedContracts | undefined): Promise<FoundPart[]> {
  if (dates.size === 0) return [];
  const { folder, reader, zones } = context;
  const several = holdsSeveral(file);
  const unnamed = file.kind === "future" && file.expiry === undefined;
  const { value } = await readStable(await dataFile(folder, file.path), async (snapshot) => {
    const open = await openData(snapshot, zones[file.layout]);
    const { size, modified } = await snapshot.stat();
    const about: ReadFile = { symbol, file, number, open, fingerprint: { path: file.path, size, modified, footer: open.footer.hash }, first: Math.min(...dates) };
    const names = [...new Set([...clockColumns(open.columns), ...(several ? keyColumns(open) : unnamed ? monthColumns(open) : [])])];
    const found: FoundPart[] = [];
    for (const group of groupsBetween(open, Math.min(...dates), Math.max(...dates))) {
      if (several && wanted && !mayHoldStrikes(open, group, wanted)) continue;
      const piece = { ...(await reader.read(snapshot, { columns: names, rowGroups: [group] })), rowGroups: [group], offset: 0 };
      for (const one of partsOf(context, about, piece)) if (!several || !wanted || wanted.keys.has(one.key)) found.push(one);
    }
    return found;
  });
  return value;
}

/** Whether the statistics of a row group leave room for a strike that is wanted. */
function mayHoldStrikes({ footer, columns: { map } }: OpenFile, group: number, { leastStrike, mostStrike }: WantedContracts): boolean {
  const column = footer.columns.find(({ name }) => name === map.source.get("strike"));
  const known = column && PLAIN_NUMBER.test(column.type) ? footer.rowGroups[group].statistics.get(column.name) : undefined;
  return known?.min === undefined || known.max === undefined || (Number(known.min) <= mostStrike && Number(known.max) >= leastStrike);
}

const PLAIN_NUMBER = /^(DOUBLE|FLOAT|INT32|INT64)$/;

/** A file of which row groups are read. */
interface ReadFile {
  readonly symbol: SymbolName;
  readonly file: CatalogueFile;
  readonly number: number;
  readonly open: OpenFile;
  readonly fingerprint: FileFingerprint;
  readonly first: DayNumber;
}

/** The instruments of one row group. */
function* partsOf({ folder, reader, kernels, rules, zones, options }: CopyContext, { symbol, file, number, open, fingerprint, first }: ReadFile, piece: PlacedPiece): Generator<FoundPart> {
  const batch: RowBatch = { ...rowClocks(open, piece, number), price: null, bid: null, ask: null, lastTrade: null };
  const source: SourcePiece = { file, open, fingerprint, rowGroup: piece.rowGroups[0], rows: piece.rows };
  const dates = rowDates(kernels, batch);
  const columns = (contract: ContractId | undefined, expiry: DayNumber | undefined): CopiedColumns => {
    const chosen = columnsToCopy(open, options.columns, { file, symbol, contract, expiry });
    return { ...chosen, schema: schemaClass(open, chosen) };
  };
  const part = ({ select, ...own }: RowBatch, kept: CopiedColumns): Part => ({
    piece: source, columns: kept, rows: select,
    batch: select ? { ...own, rows: select.length, clock: pickedClock(own.clock, select), fallbackClock: pickedClock(own.fallbackClock, select) } : own,
    dates: select ? select.map((row) => dates[row]) : dates,
  });
  // What the rows of a partition need is told by the partition's own columns and path.
  const context = { folder, reader, kernels, zones, kinds: {}, barLabel: "start", barSpans: {}, fields: [], sessionOf: () => undefined } satisfies SliceContext;
  const rows = { file, open, pieces: [piece], batches: [batch], fingerprint, barSpan: undefined, whole: false };
  const { kind, expiry, strike, cp } = file;
  if (holdsSeveral(file)) {
    const shared = columns(undefined, expiry);
    for (const { contract, batch: own } of contractParts(context, rules, symbol, rows, first)) yield { key: contractKey(contract), instrument: { contract }, part: part(own, shared) };
  } else if (kind === "future" && expiry === undefined) {
    for (const { month, batch: own } of monthParts(rules, symbol, rows)) yield { key: `${month}`, instrument: { ...(month !== undefined && { expiry: month }) }, part: part(own, columns(undefined, month)) };
  } else {
    const contract = kind === "option" && expiry !== undefined && strike !== undefined && cp !== undefined ? { symbol, expiry, strike, cp } : undefined;
    yield { key: contract ? contractKey(contract) : `${expiry}`, instrument: { ...(contract && { contract }), ...(expiry !== undefined && { expiry }) }, part: part(batch, columns(contract, expiry)) };
  }
}

function pickedClock(clock: ClockColumn | null, select: Int32Array): ClockColumn | null {
  if (!clock) return null;
  const values = new BigInt64Array(select.length);
  copyUsed({ rows: clock.values.length, select }, clock.values, values, 0);
  return { ...clock, values };
}

/** The date of each row by its clock; a row without one goes with the row before it in its row group, else with the one after. */
function rowDates(kernels: Kernels, batch: RowBatch): Int32Array {
  const dates = kernels.scoped(() => {
    const { clock, total } = ordered(kernels, [batch]);
    const found = new Int32Array(total);
    for (let row = 0; row < total; row++) {
      const ns = kernels.i64[(clock >> 3) + row];
      found[row] = ns < 0n ? NO_DATE : Number(ns / DAY_NS);
    }
    return found;
  });
  let last = dates.find((date) => date !== NO_DATE) ?? NO_DATE;
  for (let row = 0; row < dates.length; row++) {
    if (dates[row] === NO_DATE) dates[row] = last;
    else last = dates[row];
  }
  return dates;
}

/** Rows of the parts: those without a clock first, the others by clock, then in the order of the parts. Rows that no date can be told of are left out. */
function eachRow(kernels: Kernels, parts: readonly Part[], use: (date: DayNumber, part: number, row: number) => void): void {
  const batches = parts.map(({ batch }) => batch);
  const places = new RowPlaces(batches);
  const pass = (place: number): void => {
    const part = places.batchOf(place);
    const row = places.rowOf(place);
    const { dates, rows } = parts[part];
    if (dates[row] !== NO_DATE) use(dates[row], part, rows ? rows[row] : row);
  };
  const order = kernels.scoped(() => {
    const rows = ordered(kernels, batches);
    const sorted = new Int32Array(rows.total);
    let bad = 0;
    for (let place = 0; bad < rows.bad; place++) if (kernels.i64[(rows.clock >> 3) + place] < 0n) sorted[bad++] = place;
    sorted.set(kernels.i32.subarray(rows.order >> 2, (rows.order >> 2) + rows.count), bad);
    return sorted;
  });
  for (const place of order) pass(place);
}

const SERIES_FOLDERS: Readonly<Record<Exclude<CopyKind, "option">, string>> = { spot: "spot", future: "futures", vix: "india_vix" };

/** Paths that the catalogue reads by itself: day partitions, packed contracts, series by day. */
function outputPath(symbol: SymbolName, kind: CopyKind, contract: ContractId | undefined, date: DayNumber, schema: number): string {
  const name = symbol.toLowerCase();
  const apart = schema === 0 ? "" : `part-${schema}/`;
  if (contract) return `options/${name}/${apart}exp=${isoDate(contract.expiry)}/type=${contract.cp}/strike=${contract.strike}.parquet`;
  if (kind === "option") return `options/${name}/date=${isoDate(date)}/part-${schema}.parquet`;
  const folder = kind === "vix" ? SERIES_FOLDERS.vix : `${SERIES_FOLDERS[kind]}/${name}`;
  return `${folder}/${apart}date=${isoDate(date)}.parquet`;
}
