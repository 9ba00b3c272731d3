import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import { PUBLIC_SAMPLE } from "../../../src/cli/sample-public.ts";
import { writeSample } from "../../../src/cli/sample.ts";
import { QUIRKS } from "../../../src/core/sample/quirk-counts.ts";
import { readFooter } from "../../../src/data/footer.ts";
import { openNodeFolder } from "../../../src/data/folder-node.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { testReader } from "../data/parquet-fixture.ts";

const CADENCE = { near: 2, far: 200, nearSteps: 1, busy: { every: 3600, around: 30, idle: 60 } };

describe("writeSample", () => {
  it("writes the folder that it sums up, one row group per contract", async () => {
    const out = tempFolder();
    const steps: [number, number][] = [];
    const summary = await writeSample({ out, days: 2, seed: 1, strikesEachSide: 3, cadence: CADENCE, progress: (done, total) => steps.push([done, total]) });
    const folder = await openNodeFolder(out);
    const files = await folder.list();
    expect(files.map(({ path }) => path).sort()).toEqual(summary.files.map(({ path }) => path).sort());
    for (const { path, size, rows } of summary.files) {
      const file = files.find((candidate) => candidate.path === path)!;
      const footer = await readFooter(file);
      expect((await file.stat()).size).toBe(size);
      expect(footer.rows, path).toBe(rows);
      expect(footer.rowGroups.length, path).toBe(1);
    }
    expect(summary).toMatchObject({ days: 2, expiries: 2, bytes: summary.files.reduce((sum, { size }) => sum + size, 0) });
    expect(steps.at(-1)).toEqual([summary.files.length, summary.files.length]);
  });

  it("writes the futures of all months into one file, a row group per month and day", async () => {
    const out = tempFolder();
    await writeSample({ out, days: 2, seed: 1, strikesEachSide: 2, cadence: CADENCE, spot: false, future: true });
    const folder = await openNodeFolder(out);
    expect((await folder.list()).some(({ path }) => path.startsWith("spot/"))).toBe(false);
    const footer = await readFooter((await folder.file("banknifty_futures.parquet"))!);
    expect(footer.rowGroups.length).toBe(4);
    expect(footer.columns.map(({ name }) => name)).toContain("expiry");
  });
});

describe("the sample that ships with the page", () => {
  const root = fileURLToPath(new URL("../../../public/sample/", import.meta.url));
  const manifest = JSON.parse(readFileSync(join(root, "manifest.json"), "utf8")) as { name: string; files: { path: string; size: number; modified: number }[] };

  it("is at most 3 MB and is what its manifest lists", async () => {
    const files = await (await openNodeFolder(root)).list();
    expect(files.map(({ path }) => path).sort()).toEqual(manifest.files.map(({ path }) => path).sort());
    for (const { path, size } of manifest.files) expect(statSync(join(root, path)).size, path).toBe(size);
    expect(manifest.files.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(3_000_000);
    expect(manifest.files.filter(({ path }) => path.startsWith("spot/")).length).toBeGreaterThanOrEqual(3);
    expect(manifest.name).not.toBe("");
  });

  it("is what the generator makes today, row for row, with every quirk", async () => {
    const out = tempFolder();
    const summary = await writeSample({ out, ...PUBLIC_SAMPLE });
    expect(QUIRKS.filter((quirk) => summary.quirks[quirk] === 0)).toEqual([]);
    expect(summary.files.map(({ path }) => path).sort()).toEqual(manifest.files.map(({ path }) => path).sort());
    const [made, shipped] = [await openNodeFolder(out), await openNodeFolder(root)];
    const reader = await testReader();
    for (const { path } of summary.files) {
      const [a, b] = [(await made.file(path))!, (await shipped.file(path))!];
      const columns = (await readFooter(a)).columns.map(({ name }) => name);
      const same = isDeepStrictEqual(await reader.read(b, { columns }), await reader.read(a, { columns }));
      expect(same, `${path} is not what the generator makes: run node scripts/make-public-sample.mjs`).toBe(true);
    }
  });
});
