/** Files that are cut, scrambled or lie: read as what they are, or refused by name, and the next file is read all the same. */
import type { FileMetaData } from "hyparquet";
import { beforeAll, describe, expect, it } from "vitest";
import type { RowReader } from "../../../src/data/ports.ts";
import { createDuckdbReader } from "../../../src/sql/duckdb-reader.ts";
import { openFileSource } from "../../../src/sql/file-source-node.ts";
import { testReader } from "../../unit/data/parquet-fixture.ts";
import { duckdbWasm } from "../../unit/sql/duckdb-wasm.ts";
import { footerStart, outcome, pagesOf, readFlipped, smallFile, SOUND, withFooter } from "./damage.ts";

/** So many of each part and reader; `npm run test:soak` takes more. */
const SEEDS = 500;

let readers: readonly RowReader[];
beforeAll(async () => {
  readers = [await testReader(), await createDuckdbReader(await duckdbWasm(), openFileSource)];
});

it("has readers that agree on sound files, in every form", async () => {
  for (const bytes of SOUND) {
    const [first, ...others] = await Promise.all(readers.map((reader) => outcome(reader, bytes)));
    expect(first).toContain("100.05");
    expect(others).toEqual([first]);
  }
});

it("cut after any byte is refused", async () => {
  const whole = smallFile("SNAPPY", undefined);
  for (const reader of readers) for (let length = 0; length < whole.length; length++) expect(await outcome(reader, whole.slice(0, length)), `${reader.name}: ${length} of ${whole.length} bytes`).toBe("refused");
});

it("with bytes missing in the middle, at every kind of place, is refused or read as it was", async () => {
  const whole = smallFile("UNCOMPRESSED", "PLAIN");
  const good = await outcome(readers[0], whole);
  const [first, second, footer] = [pagesOf(whole, 0), pagesOf(whole, 1), footerStart(whole)];
  for (const [what, at, count] of [["magic", 0, 4], ["page header", first, 5], ["page", first + 60, 100], ["end of a page", second - 3, 3], ["page to page", first + 40, second - first], ["footer", footer + 20, 30], ["length of the footer", whole.length - 8, 4]] as const) {
    const cut = Uint8Array.from([...whole.subarray(0, at), ...whole.subarray(at + count)]);
    for (const reader of readers) expect(["refused", good], `${what} by ${reader.name}`).toContain(await outcome(reader, cut));
  }
});

it.each(["pages", "footer"] as const)("with flipped bits in its %s is refused by name or read to the last row, and the next file is read", async (part) => {
  for (const reader of readers) expect(await readFlipped((bytes) => outcome(reader, bytes), part, SEEDS), reader.name).toBeGreaterThan(SEEDS / 4);
});

describe("a footer that lies about", () => {
  const chunk = (m: FileMetaData, column: number) => m.row_groups[0].columns[column].meta_data!;
  const LIES: readonly (readonly [string, (metadata: FileMetaData) => void])[] = [
    ["rows of the file", (m) => (m.num_rows = 1_000n)],
    ["rows of the file, fewer", (m) => (m.num_rows = 3n)],
    ["rows of a group", (m) => (m.row_groups[0].num_rows = 500n)],
    ["rows of a group, fewer, and of the file", (m) => void ((m.row_groups[0].num_rows = 5n), (m.num_rows = 45n))],
    ["rows of a group, less than none", (m) => void ((m.row_groups[0].num_rows = -5n), (m.num_rows = 35n))],
    ["rows and values, astronomically", (m) => void ((m.num_rows = 2n ** 60n), (m.row_groups = m.row_groups.slice(0, 1)), (m.row_groups[0].num_rows = 2n ** 60n), m.row_groups[0].columns.forEach((c) => (c.meta_data!.num_values = 2n ** 60n)))],
    ["rows and values, beyond 32 bits", (m) => void ((m.row_groups = m.row_groups.slice(0, 1)), (m.num_rows = 2n ** 33n), (m.row_groups[0].num_rows = 2n ** 33n), m.row_groups[0].columns.forEach((c) => (c.meta_data!.num_values = 2n ** 33n)))],
    ["rows and values, more", (m) => void ((m.row_groups = m.row_groups.slice(0, 1)), (m.num_rows = 500n), (m.row_groups[0].num_rows = 500n), m.row_groups[0].columns.forEach((c) => (c.meta_data!.num_values = 500n)))],
    ["values", (m) => (chunk(m, 1).num_values = 500n)],
    ["values, fewer", (m) => (chunk(m, 1).num_values = 5n)],
    ["compressed bytes", (m) => (chunk(m, 1).total_compressed_size = 10_000_000n)],
    ["compressed bytes, fewer", (m) => (chunk(m, 1).total_compressed_size = 9n)],
    ["compressed bytes, less than none", (m) => (chunk(m, 1).total_compressed_size = -9n)],
    ["a place, by some bytes", (m) => (chunk(m, 3).data_page_offset += 7n)],
    ["a place, in another column", (m) => (chunk(m, 3).data_page_offset = chunk(m, 4).data_page_offset)],
    ["a place, in the footer", (m) => (chunk(m, 3).data_page_offset = 1_000_000n)],
    ["the place of pages behind a dictionary", (m) => (chunk(m, 1).data_page_offset = 1_000_000n)],
    ["the codec", (m) => (chunk(m, 1).codec = "GZIP")],
    ["the type of a chunk", (m) => (chunk(m, 1).type = "INT32")],
    ["the type of a column", (m) => (m.schema[2].type = "INT32")],
    ["columns: one is missing", (m) => void m.row_groups[0].columns.pop()],
    ["columns: in another order", (m) => void m.row_groups[0].columns.reverse()],
    ["columns: one is there twice", (m) => (m.row_groups[0].columns[1] = m.row_groups[0].columns[0])],
    ["row groups: all are there twice", (m) => void (m.row_groups.push(...m.row_groups), (m.num_rows *= 2n))],
    ["what may be missing", (m) => (m.schema[4].repetition_type = "REQUIRED")],
    ["what repeats", (m) => (m.schema[4].repetition_type = "REPEATED")],
  ];
  const bytes = smallFile("SNAPPY", undefined);

  it.each(LIES)("%s is refused", async (_what, lie) => {
    const lying = withFooter(bytes, lie);
    for (const reader of readers) expect(await outcome(reader, lying), reader.name).toBe("refused");
  });

  it("digits beyond any decimal is refused, or read all the same, and the next file is read", async () => {
    const lying = withFooter(bytes, (m) => (m.schema[5].precision = 243));
    const sound = await outcome(readers[0], bytes);
    for (const reader of readers) {
      expect(["refused", sound]).toContain(await outcome(reader, lying));
      expect(await outcome(reader, bytes), reader.name).toBe(sound);
    }
  });

  it("nothing is read", async () => {
    const same = withFooter(bytes, () => undefined);
    for (const reader of readers) expect(await outcome(reader, same)).toBe(await outcome(reader, bytes));
  });

  it("uncompressed bytes alone is read all the same: no reader goes by them", async () => {
    const lying = withFooter(bytes, (m) => (chunk(m, 1).total_uncompressed_size = 2n ** 50n));
    for (const reader of readers) expect(await outcome(reader, lying)).toBe(await outcome(reader, bytes));
  });
});
