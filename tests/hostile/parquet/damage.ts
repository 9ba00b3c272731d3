/** Small files, and what can go wrong with their bytes. */
import { createHash } from "node:crypto";
import { parquetMetadata, type CompressionCodec, type Encoding, type FileMetaData } from "hyparquet";
import { ByteWriter, parquetWriteBuffer } from "hyparquet-writer";
import { writeMetadata } from "hyparquet-writer/src/metadata.js";
import { expect } from "vitest";
import { ParquetError, type RowReader } from "../../../src/data/ports.ts";
import { seeded } from "../../unit/core/results/trades.ts";
import { memoryFile, TYPES } from "../../unit/data/parquet-fixture.ts";
import { cellsOf, COMPRESSORS } from "./corpus.ts";

const TRAILER = 8;
export const COLUMN_NAMES = ["timestamp", "price", "text", "holes", "cents"];
const AT = 1_724_145_300_000_000n;

/** A few rows of every kind of column that is read. */
export function smallFile(codec: CompressionCodec, encoding: Encoding | undefined, rows = 120): Uint8Array<ArrayBuffer> {
  const of = <T>(value: (i: number) => T): T[] => Array.from({ length: rows }, (_, i) => value(i));
  const data = [of((i) => AT + BigInt(i) * 1_000_000n), of((i) => 100 + (i % 9) / 20), of((i) => (i % 2 ? "PE" : "CE")), of((i) => (i % 5 === 0 ? null : i)), of((i) => (i - 20) / 100)];
  const types = [TYPES.us, TYPES.double, TYPES.text, TYPES.int32, TYPES.decimal];
  return new Uint8Array(parquetWriteBuffer({
    columnData: data.map((values, i) => ({ name: COLUMN_NAMES[i], data: values, ...(encoding && { encoding }) })),
    schema: [{ name: "root", num_children: data.length }, ...types.map((type, i) => ({ name: COLUMN_NAMES[i], repetition_type: "OPTIONAL" as const, ...type }))],
    codec, compressors: COMPRESSORS, rowGroupSize: 80,
  }));
}

/** Place of the first byte of the footer. */
export function footerStart(bytes: Uint8Array): number {
  return bytes.length - TRAILER - new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - TRAILER, true);
}

/** Where the pages of a column of the first row group begin. */
export function pagesOf(bytes: Uint8Array, column: number): number {
  const { meta_data: chunk } = parquetMetadata(bytes.slice().buffer, { geoparquet: false }).row_groups[0].columns[column];
  return Number(chunk!.dictionary_page_offset ?? chunk!.data_page_offset);
}

/** The same pages under a footer that says something else. */
export function withFooter(bytes: Uint8Array, lie: (metadata: FileMetaData) => void): Uint8Array<ArrayBuffer> {
  const metadata = parquetMetadata(bytes.slice().buffer, { geoparquet: false });
  lie(metadata);
  const writer = new ByteWriter();
  writer.appendBytes(bytes.subarray(0, footerStart(bytes)));
  writeMetadata(writer, metadata);
  writer.appendUint32(0x31524150);
  return new Uint8Array(writer.getBytes());
}

const FORMS: readonly (readonly [CompressionCodec, Encoding | undefined])[] = [["UNCOMPRESSED", "PLAIN"], ["SNAPPY", undefined], ["GZIP", undefined], ["ZSTD", "PLAIN"]];
/** Sound files of several codecs and encodings. */
export const SOUND: readonly Uint8Array<ArrayBuffer>[] = FORMS.map((form) => smallFile(...form));

/** A flipped length makes a text of megabytes out of what lies behind it: all of them together are more than fits into one text. */
function short(text: string): string {
  return text.length < 10_000 ? text : `${text.length} characters, ${createHash("sha256").update(text).digest("hex")}`;
}

/** Every cell of every column, or that the file is refused: by its name, and with what to do. */
export async function outcome(reader: RowReader, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  try {
    const { rows, columns } = await reader.read(memoryFile("x/bad.parquet", bytes), { columns: COLUMN_NAMES });
    for (const [name, column] of columns) expect(cellsOf(column).length, name).toBe(rows);
    return JSON.stringify([...columns].map(([name, column]) => [name, cellsOf(column).map((cell) => short(String(cell)))]));
  } catch (error) {
    expect(error).toBeInstanceOf(ParquetError);
    expect(String(error)).toMatch(/^ParquetError: x\/bad\.parquet: .*(Copy (it|the file) again|Write it|Convert it|remove it|the reader parquet-wasm)/s);
    return "refused";
  }
}

/** `npm run test:soak` draws others every time. */
const FIRST = Number(process.env.FUZZ_SEED ?? 1);

/** Flips one to three bits of one of the sound files, by the seed; now and then a sound file is read, and has to be what it is. Gives the number of refusals. */
export async function readFlipped(read: (bytes: Uint8Array<ArrayBuffer>) => Promise<string>, part: "pages" | "footer", seeds: number): Promise<number> {
  const sound: string[] = [];
  for (const file of SOUND) sound.push(await read(file));
  let refused = 0;
  for (let seed = FIRST; seed < FIRST + seeds; seed++) {
    const random = seeded(seed);
    const form = seed % SOUND.length;
    const bytes = SOUND[form].slice();
    const [from, to] = part === "pages" ? [4, footerStart(bytes)] : [footerStart(bytes), bytes.length];
    for (let flips = 1 + Math.floor(random() * 3); flips > 0; flips--) bytes[from + Math.floor(random() * (to - from))] ^= 1 << Math.floor(random() * 8);
    if ((await read(bytes)) === "refused") refused++;
    if (seed % 50 === 0) expect(await read(SOUND[form]), `after seed ${seed}`).toBe(sound[form]);
  }
  return refused;
}
