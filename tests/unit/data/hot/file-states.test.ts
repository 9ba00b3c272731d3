import { expect, it } from "vitest";
import { FileStates } from "../../../../src/data/hot/file-states.ts";
import type { DataFile, Folder } from "../../../../src/data/ports.ts";

const PATHS = Array.from({ length: 30 }, (_, i) => `options/${i}.parquet`);
const fingerprints = PATHS.map((path) => ({ path, size: path.length, modified: 7, footer: "" }));

/** Every look waits until the others that are under way have been counted. */
function slowFolder() {
  let underWay = 0;
  const seen = { looks: 0, together: 0 };
  const file = (path: string): DataFile => ({
    path,
    async stat() {
      seen.looks++;
      seen.together = Math.max(seen.together, ++underWay);
      await new Promise((resolve) => setTimeout(resolve, 1));
      underWay--;
      return { size: path.length, modified: 7 };
    },
    blob: () => Promise.reject(new Error("nobody reads")),
  });
  const folder: Folder = { name: "slow", list: async () => PATHS.map(file), file: async (path) => (path === PATHS[5] ? undefined : file(path)) };
  return { folder, seen };
}

it("looks at the files of a shelf together, a few at a time, and at each once", async () => {
  const { folder, seen } = slowFolder();
  const states = new FileStates(folder);
  await Promise.all([states.look(fingerprints), states.look(fingerprints)]);
  expect(seen.looks).toBe(PATHS.length - 1);
  expect(seen.together).toBeGreaterThan(4);
  expect(seen.together).toBeLessThanOrEqual(16);
  expect(await states.allSame(fingerprints.slice(0, 5))).toBe(true);
  expect(await states.allSame(fingerprints)).toBe(false);
  expect(seen.looks).toBe(PATHS.length - 1);
});
