/** The reader of Verify over files that are cut, scrambled or lie: it gives rows of the dates that it names, or refuses the file, and reads the next one. */
import { expect, it } from "vitest";
import { ParquetError } from "../../../src/data/ports.ts";
import { ParquetFile } from "../../../src/verify/parquet-file.ts";
import { dateOf } from "../../../src/verify/stored-clock.ts";
import { memoryFile } from "../../unit/data/parquet-fixture.ts";
import { readFlipped, smallFile, SOUND, withFooter } from "./damage.ts";

/** `npm run test:soak` takes more. */
const SEEDS = 500 * Number(process.env.FUZZ_TIMES ?? 1);

/** All that Verify would read of a file, or that it is refused. */
async function outcome(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  try {
    const file = await ParquetFile.open(memoryFile("x/bad.parquet", bytes), false);
    const found: unknown[] = [];
    for (const date of await file.dates()) {
      for (const row of await file.rows(date, ["price"])) {
        expect(dateOf(row.timestamp as bigint)).toBe(date);
        found.push([date, String(row.timestamp), String(row.price)]);
      }
    }
    return JSON.stringify(found);
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).name).not.toBe("AssertionError");
    return "refused";
  }
}

it("reads sound files alike, in every form", async () => {
  const [first, ...others] = await Promise.all(SOUND.map(outcome));
  expect(first).toContain("100.05");
  expect(JSON.parse(first)).toHaveLength(120);
  for (const other of others) expect(other).toBe(first);
});

it("refuses what was cut after any byte, as no Parquet file", async () => {
  const whole = smallFile("SNAPPY", undefined);
  for (let length = 0; length < whole.length; length += 7) await expect(ParquetFile.open(memoryFile("x/bad.parquet", whole.slice(0, length)), false), `${length}`).rejects.toBeInstanceOf(ParquetError);
});

it("gives rows of the dates that it names where bits of a footer are flipped, or refuses, and reads the next file", async () => {
  // In pages hyparquet may not come to an end: verify-pages.test.ts.
  expect(await readFlipped(outcome, "footer", SEEDS)).toBeGreaterThan(SEEDS / 10);
});

it("refuses a footer of more rows than there are, without looking for them", async () => {
  for (const rows of [1_000n, 2n ** 33n, 2n ** 60n]) {
    const lying = withFooter(smallFile("SNAPPY", undefined), (m) => void ((m.num_rows = rows), (m.row_groups[0].num_rows = rows), m.row_groups[0].columns.forEach((c) => (c.meta_data!.num_values = rows))));
    expect(await outcome(lying)).toBe("refused");
  }
});
