import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { readFooter } from "../../../src/data/footer.ts";
import { openNodeFolder } from "../../../src/data/folder-node.ts";
import type { RowReader } from "../../../src/data/ports.ts";
import { createDuckdbReader } from "../../../src/sql/duckdb-reader.ts";
import { openFileSource } from "../../../src/sql/file-source-node.ts";
import { smallSample, writeLayouts } from "../../support/layouts.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { testReader } from "../data/parquet-fixture.ts";
import { duckdbWasm } from "../sql/duckdb-wasm.ts";

describe("generated files, read by both readers", () => {
  let readers: [RowReader, RowReader];
  beforeAll(async () => {
    readers = [await testReader(), await createDuckdbReader(await duckdbWasm(), openFileSource)];
  });

  async function differing(root: string): Promise<{ files: number; different: string[] }> {
    const files = await (await openNodeFolder(root)).list();
    const different: string[] = [];
    for (const file of files) {
      const columns = (await readFooter(file)).columns.map(({ name }) => name);
      const [a, b] = [await readers[0].read(file, { columns }), await readers[1].read(file, { columns })];
      // A column without rows has nothing to compare, not even a zone.
      const same = a.rows === b.rows && (a.rows === 0 || columns.every((name) => isDeepStrictEqual(a.columns.get(name), b.columns.get(name))));
      if (!same) different.push(file.path);
    }
    return { files: files.length, different };
  }

  it("are the same in every column of the sample that ships", async () => {
    const { files, different } = await differing(fileURLToPath(new URL("../../../public/sample/", import.meta.url)));
    expect(different).toEqual([]);
    expect(files).toBeGreaterThan(50);
  });

  it("are the same in every column of all three layouts", async () => {
    const sample = smallSample({ seed: 31, days: 1, strikesEachSide: 3, future: true, cadence: { near: 3, far: 200, nearSteps: 1, busy: { every: 3600, around: 30, idle: 60 } } });
    const { raw, packed, day } = writeLayouts(sample, tempFolder());
    for (const [root, fewest] of [[raw, 40], [packed, 40], [day, 3]] as const) {
      const { files, different } = await differing(root);
      expect(different).toEqual([]);
      expect(files).toBeGreaterThanOrEqual(fewest);
    }
  });
});
