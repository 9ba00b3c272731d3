import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createNodeIndexStore } from "../../../src/data/index-store-node.ts";
import { tempFolder } from "../../support/temp-folder.ts";

describe("the index store under Node", () => {
  it("gives back what was kept, apart by data folder and key", async () => {
    const cache = join(tempFolder(), "made/when/needed");
    const value = { version: 1, files: new Map([["a", { size: 1, dates: [1, 2] }]]) };
    await createNodeIndexStore(cache, "one/data").set("key", value);
    expect(await createNodeIndexStore(cache, "one/data").get("key")).toEqual(value);
    expect(await createNodeIndexStore(cache, "one/data").get("other")).toBeUndefined();
    expect(await createNodeIndexStore(cache, "two/data").get("key")).toBeUndefined();
  });

  it("takes a cut-off file for none, and leaves no partial files", async () => {
    const cache = tempFolder();
    const store = createNodeIndexStore(cache, "data");
    await store.set("key", { a: 1 });
    const files = await readdir(cache);
    expect(files).toHaveLength(1);
    await writeFile(join(cache, files[0]), "cut");
    expect(await store.get("key")).toBeUndefined();
    await store.set("key", { a: 2 });
    expect(await store.get("key")).toEqual({ a: 2 });
    expect(await readdir(cache)).toEqual(files);
  });
});
