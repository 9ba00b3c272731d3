/** Many thousands of damaged files: nothing dies, hangs, or is read without its name being said. */
import { expect, it } from "vitest";
import { createDuckdbReader } from "../../../src/sql/duckdb-reader.ts";
import { openFileSource } from "../../../src/sql/file-source-node.ts";
import { testReader } from "../../unit/data/parquet-fixture.ts";
import { duckdbWasm } from "../../unit/sql/duckdb-wasm.ts";
import { outcome, readFlipped } from "./damage.ts";

const SEEDS = 250 * Number(process.env.FUZZ_TIMES);

it.each(["pages", "footer"] as const)("files with flipped bits in their %s", async (part) => {
  for (const reader of [await testReader(), await createDuckdbReader(await duckdbWasm(), openFileSource)]) expect(await readFlipped((bytes) => outcome(reader, bytes), part, SEEDS)).toBeGreaterThan(SEEDS / 4);
});
