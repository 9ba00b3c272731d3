/** Writes the outputs of a copy, proves that they hold what their sources hold, and puts them under their names. */
import type { Field } from "apache-arrow";
import type { Kernels } from "../../core/kernels.ts";
import { hashText, TableSums, type SummedColumn } from "../../core/reshape/checksum.ts";
import { TakenRows } from "../../core/reshape/taken-rows.ts";
import { readFooter } from "../footer.ts";
import { dataFile } from "../file-rows.ts";
import { ParquetError, type DataFile, type Folder } from "../ports.ts";
import { stateOf } from "../retry-changed.ts";
import { PARTIAL, type CopyFile, type CopyTarget } from "./copy-target.ts";
import type { CopyContext, CopyOutput, RowSource, SourcePiece } from "./copy-rows.ts";
import { ParquetPieces, rowGroupBytes } from "./parquet-pieces.ts";
import { ColumnBuffer, StoredColumn, tableOf } from "./stored-columns.ts";
import { scanStored } from "./stored-reader.ts";

/** Rows that are taken into memory before they are written take about this much at most, whatever the day holds. */
const BUFFER_BYTES = 256 << 20;
/** Rows of a row group that are decoded at once. */
const WINDOW_ROWS = 1 << 18;
const BYTES_PER_VALUE = 8;

/** A file of the copy that is complete under its temporary name and holds what its sources hold. */
export interface WrittenOutput {
  readonly output: CopyOutput;
  readonly bytes: number;
  readonly rows: number;
  /** Of its columns, added ones included (`TableSums`). */
  readonly sums: Readonly<Record<string, string>>;
}

/** Rows [from, to) of an output: one row group. */
interface Slot {
  readonly output: OpenOutput;
  readonly from: number;
  readonly to: number;
}

/**
 * Writes the outputs side by side, so that a source that has rows for several of them is decoded once. Throws a ParquetError for a
 * source that cannot be read to its end, the platform's error where the disk is full; nothing is left under a temporary name then.
 */
export async function writeOutputs({ folder, kernels, options: { rowGroup } }: CopyContext, target: CopyTarget, outputs: readonly CopyOutput[]): Promise<WrittenOutput[]> {
  const open: OpenOutput[] = [];
  try {
    for (const output of outputs) open.push(new OpenOutput(kernels, target, output, await target.create(`${output.path}${PARTIAL}`)));
    for (const slots of passes(open, rowGroup)) {
      await fill(folder, slots);
      for (const slot of slots) await slot.output.writeGroup();
    }
    const written: WrittenOutput[] = [];
    for (const one of open) written.push(await one.finish());
    return written;
  } catch (error) {
    for (const one of open) await one.abandon();
    throw error;
  }
}

/** Row groups that are filled together: the first of every output, then the second, … as many as fit into memory. */
function* passes(outputs: readonly OpenOutput[], rowGroup: number): Generator<Slot[]> {
  const slots: Slot[] = [];
  const most = Math.max(0, ...outputs.map(({ rows }) => rows));
  for (let from = 0; from < most; from += rowGroup) for (const output of outputs) if (from < output.rows) slots.push({ output, from, to: Math.min(from + rowGroup, output.rows) });
  let pass: Slot[] = [];
  let bytes = 0;
  for (const slot of slots) {
    const own = (slot.to - slot.from) * slot.output.fields * BYTES_PER_VALUE;
    // One output's row groups come one after another: its buffer is written before it is filled again.
    if (pass.length > 0 && (bytes + own > BUFFER_BYTES || pass.some(({ output }) => output === slot.output))) {
      yield pass;
      pass = [];
      bytes = 0;
    }
    pass.push(slot);
    bytes += own;
  }
  if (pass.length > 0) yield pass;
}

/** Decodes every piece that has rows for the slots once, and puts its rows into their places. */
async function fill(folder: Folder, slots: readonly Slot[]): Promise<void> {
  const wanted = new Map<SourcePiece, { readonly slot: Slot; readonly source: RowSource; readonly rows: number[]; readonly at: number[] }[]>();
  for (const slot of slots) {
    const { sources, source, row } = slot.output.output;
    slot.output.begin(slot.to - slot.from);
    const known = new Map<number, { readonly rows: number[]; readonly at: number[] }>();
    for (let i = slot.from; i < slot.to; i++) {
      let need = known.get(source[i]);
      if (!need) {
        need = { rows: [], at: [] };
        known.set(source[i], need);
        const own = sources[source[i]];
        wanted.set(own.piece, [...(wanted.get(own.piece) ?? []), { slot, source: own, ...need }]);
      }
      need.rows.push(row[i]);
      need.at.push(i - slot.from);
    }
  }
  for (const [piece, needs] of wanted) {
    const file = await sameFile(folder, piece);
    const first = Math.min(...needs.map(({ rows }) => rows.reduce((a, b) => Math.min(a, b))));
    const last = Math.max(...needs.map(({ rows }) => rows.reduce((a, b) => Math.max(a, b))));
    const whole = first === 0 && piece.rows <= WINDOW_ROWS;
    for (let offset = first; offset <= last; offset += WINDOW_ROWS) {
      const count = whole ? piece.rows : Math.min(WINDOW_ROWS, last + 1 - offset);
      const names = [...new Set(needs.flatMap(({ source }) => source.columns.names))];
      await scanStored(file, piece.open.footer, names, { rowGroup: piece.rowGroup, offset, count }, (columns) => {
        for (const { slot, source, rows, at } of needs) {
          const taken = takenOf(rows, at, offset, count);
          if (taken.length > 0) slot.output.put(source, columns, taken);
        }
      });
    }
  }
}

/** Those of the rows that are in a window of so many rows, by their place in it. */
function takenOf(rows: readonly number[], at: readonly number[], offset: number, count: number): TakenRows {
  const taken = new Int32Array(rows.length);
  const places = new Int32Array(rows.length);
  let inside = 0;
  for (let i = 0; i < rows.length; i++) {
    if (rows[i] < offset || rows[i] >= offset + count) continue;
    taken[inside] = rows[i] - offset;
    places[inside++] = at[i];
  }
  return new TakenRows(taken.subarray(0, inside), places.subarray(0, inside));
}

/** The file as it was when its rows were counted. */
async function sameFile(folder: Folder, { fingerprint }: SourcePiece): Promise<DataFile> {
  const file = await dataFile(folder, fingerprint.path);
  const { size, modified } = await stateOf(file);
  if (size !== fingerprint.size || modified !== fingerprint.modified) throw new ParquetError(fingerprint.path, "the file changed while it was being copied. Wait until nothing writes to it, then copy again.", { fault: "changed" });
  return file;
}

class OpenOutput {
  readonly output: CopyOutput;
  readonly #target: CopyTarget;
  readonly #file: CopyFile;
  readonly #pieces = new ParquetPieces();
  readonly #sums: TableSums;
  readonly #kernels: Kernels;
  #buffers: ColumnBuffer[] | undefined;
  #groupRows = 0;
  #bytes = 0;
  #closed = false;

  constructor(kernels: Kernels, target: CopyTarget, output: CopyOutput, file: CopyFile) {
    this.#kernels = kernels;
    this.#sums = new TableSums(kernels);
    this.#target = target;
    this.output = output;
    this.#file = file;
  }

  get rows(): number {
    return this.output.row.length;
  }

  get fields(): number {
    const [{ columns }] = this.output.sources;
    return columns.names.length + columns.added.length;
  }

  begin(rows: number): void {
    this.#buffers = undefined;
    this.#groupRows = rows;
  }

  /** Rows of a source into their places of the row group, and into the sums that the copy has to have. */
  put({ columns }: RowSource, stored: ReadonlyMap<string, StoredColumn>, taken: TakenRows): void {
    const { path } = this.output;
    const own = columns.names.map((name) => stored.get(name)!);
    this.#buffers ??= [...own.map(({ field }) => field), ...columns.added.map(({ field }): Field => field)].map((field) => new ColumnBuffer(path, field, this.#groupRows));
    const summed = new Map<string, SummedColumn>();
    own.forEach((column, i) => {
      this.#buffers![i].put(column, taken);
      summed.set(column.field.name, column.summed(taken));
    });
    columns.added.forEach((added, i) => {
      this.#buffers![own.length + i].putConstant(added.value, taken.at);
      summed.set(added.field.name, constant(added.field, added.value));
    });
    this.#sums.add(taken, summed);
  }

  async writeGroup(): Promise<void> {
    const table = tableOf(this.#buffers!, this.#groupRows);
    this.#buffers = undefined;
    await this.#write(this.#pieces.add(rowGroupBytes(table, this.#groupRows, this.output.sources[0].piece.open.columns.map)));
  }

  async #write(bytes: Uint8Array): Promise<void> {
    await this.#file.write(bytes);
    this.#bytes += bytes.length;
  }

  /** Reads the file again and compares it with what its sources held. */
  async finish(): Promise<WrittenOutput> {
    await this.#write(this.#pieces.finish());
    await this.#file.close();
    this.#closed = true;
    const sums = this.#sums.result();
    await verify(this.#kernels, this.#target, `${this.output.path}${PARTIAL}`, this.rows, sums);
    return { output: this.output, bytes: this.#bytes, rows: this.rows, sums };
  }

  async abandon(): Promise<void> {
    if (this.#closed) await this.#target.remove(`${this.output.path}${PARTIAL}`);
    else await this.#file.abandon();
  }
}

/** A column in which every row has the same value. */
function constant(field: Field, value: string | number): SummedColumn {
  if (typeof value === "string") return { hash: hashText(value) };
  const buffer = new ColumnBuffer("", field, 1);
  buffer.putConstant(value, Int32Array.of(0));
  return { value: new Int32Array((buffer.finish().values as Float64Array | Int32Array).buffer) };
}

/** Row counts and column checksums of a file that was written. Throws an Error that names what differs. */
async function verify(kernels: Kernels, target: CopyTarget, path: string, rows: number, sums: Readonly<Record<string, string>>): Promise<void> {
  const file = await target.file(path);
  if (!file) throw new Error(`${path}: the copy is not there after it was written`);
  const footer = await readFooter(file);
  const found = new TableSums(kernels);
  for (const [rowGroup, group] of footer.rowGroups.entries()) {
    for (let offset = 0; offset < group.rows; offset += WINDOW_ROWS) {
      const count = Math.min(WINDOW_ROWS, group.rows - offset);
      const all = TakenRows.all(count);
      await scanStored(file, footer, footer.columns.map(({ name }) => name), { rowGroup, offset, count }, (columns) => found.add(all, new Map([...columns].map(([name, column]) => [name, column.summed(all)]))));
    }
  }
  if (found.rows !== rows) throw new Error(`${path}: the copy has ${found.rows} rows, its sources have ${rows}. This is a defect of Straddle; please report it. The copy was removed.`);
  const result = found.result();
  const differing = [...new Set([...Object.keys(sums), ...Object.keys(result)])].filter((name) => sums[name] !== result[name]);
  if (differing.length > 0) throw new Error(`${path}: the checksums of ${differing.map((name) => (name === "*" ? "whole rows" : name)).join(", ")} are not those of the sources. This is a defect of Straddle, or of the disk; try again, then report it. The copy was removed.`);
}
