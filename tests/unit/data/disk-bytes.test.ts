import { appendFileSync, mkdtempSync, openAsBlob, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { diskBytes } from "../../../src/data/disk-bytes.ts";

const folder = mkdtempSync(join(tmpdir(), "straddle-disk-bytes-"));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(bytes: Uint8Array): string {
  const path = join(folder, `${Math.random()}`);
  writeFileSync(path, bytes);
  return path;
}

describe("the bytes of a file on disk", () => {
  it("are those of a blob, whatever part is taken of a part", async () => {
    const place = fc.option(fc.integer({ min: -90, max: 90 }), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), fc.array(fc.tuple(place, place), { maxLength: 3 }), async (bytes, cuts) => {
        const path = fileOf(bytes);
        let [own, blob] = [await diskBytes(path), await openAsBlob(path)];
        for (const [from, to] of cuts) [own, blob] = [own.slice(from, to) as typeof own, blob.slice(from, to)];
        expect(own.size).toBe(blob.size);
        expect(new Uint8Array(await own.arrayBuffer())).toEqual(new Uint8Array(await blob.arrayBuffer()));
      }),
    );
  });

  it("cannot be read any more once the file has changed, though its size is what it was", async () => {
    const path = fileOf(Uint8Array.of(1, 2, 3));
    const [longer, other] = [await diskBytes(path), await diskBytes(path)];
    appendFileSync(path, "4");
    await expect(longer.slice(0, 1).arrayBuffer()).rejects.toMatchObject({ name: "NotReadableError" });
    await new Promise((resolve) => setTimeout(resolve, 20));
    writeFileSync(path, Uint8Array.of(3, 2, 1));
    await expect(other.arrayBuffer()).rejects.toMatchObject({ name: "NotReadableError" });
  });

  it("are not there when the file is not", async () => {
    await expect(diskBytes(join(folder, "none"))).rejects.toMatchObject({ code: "ENOENT" });
    const path = fileOf(Uint8Array.of(1));
    const gone = await diskBytes(path);
    rmSync(path);
    await expect(gone.arrayBuffer()).rejects.toMatchObject({ code: "ENOENT" });
  });
});
