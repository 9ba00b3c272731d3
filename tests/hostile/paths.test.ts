/** What is written goes into the folder that was granted for it, and nowhere else, whatever path it is given. */
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openNodeFolder } from "../../src/data/folder-node.ts";
import { openNodeCopyTarget } from "../../src/data/reshape/copy-target-node.ts";
import { finishedUnit } from "../../src/data/reshape/copy-units.ts";
import { partsOf } from "../../src/data/reshape/copy-target.ts";
import { fileNameOf } from "../../src/app/library/sync-plan.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { anyText, cases } from "./fuzz.ts";

const LEADING_OUT = ["..", "../x", "a/../../x", "a/..", "/etc/passwd", "", "a//b", "./a", "a/./b", "a\\..\\x", "a\u0000b"];

describe("the target of a copy", () => {
  it.each(LEADING_OUT)("refuses %j", async (path) => {
    const above = tempFolder();
    const target = openNodeCopyTarget(join(above, "copy"));
    const ways: readonly (() => Promise<unknown>)[] = [() => target.create(path), () => target.rename("a", path), () => target.rename(path, "a"), () => target.remove(path), () => target.file(path)];
    for (const way of ways) await expect((async () => way())(), path).rejects.toThrow("is no path inside the folder of a copy");
    expect(readdirSync(above)).toEqual([]);
  });

  it("takes any path whose parts are names", () => {
    fc.assert(fc.property(fc.array(anyText, { minLength: 1, maxLength: 4 }), (names) => {
      const path = names.join("/");
      const isSafe = path.split("/").every((part) => !["", ".", ".."].includes(part) && !part.includes("\\") && !part.includes("\u0000"));
      if (isSafe) expect(partsOf(path).join("/")).toBe(path);
      else expect(() => partsOf(path)).toThrow("is no path inside");
    }), cases(300));
  });

  it("does not believe a manifest that points elsewhere, or is none", async () => {
    const target = openNodeCopyTarget(tempFolder());
    const unit = { id: "u", key: "k" } as Parameters<typeof finishedUnit>[1];
    const write = async (record: unknown) => {
      const file = await target.create("manifest/u.json");
      await file.write(new TextEncoder().encode(JSON.stringify(record)));
      await file.close();
    };
    for (const record of [null, 5, [], { key: "k" }, { key: "k", files: "x" }, { key: "other", files: [] }]) {
      await write(record);
      expect(await finishedUnit(target, unit)).toBeUndefined();
    }
    await write({ key: "k", files: [{ path: "../../etc/passwd", bytes: 1 }] });
    await expect(finishedUnit(target, unit)).rejects.toThrow("is no path inside the folder of a copy");
  });
});

it("a folder of data gives no file outside it, by any path or link", async () => {
  const above = tempFolder();
  const root = join(above, "data");
  mkdirSync(join(root, "options"), { recursive: true });
  writeFileSync(join(above, "secret.parquet"), "secret");
  symlinkSync(join(above, "secret.parquet"), join(root, "options/link.parquet"));
  symlinkSync(above, join(root, "up"));
  const folder = await openNodeFolder(root);
  expect(await folder.list()).toEqual([]);
  for (const path of ["../secret.parquet", "options/../../secret.parquet", "options/link.parquet", "up/secret.parquet", join(above, "secret.parquet"), `.${"/..".repeat(20)}/etc/passwd`]) expect(await folder.file(path), path).toBeUndefined();
});

it("files of a strategy library have names without a folder, whatever the strategies are called", () => {
  fc.assert(fc.property(anyText, (name) => void expect(fileNameOf(name)).toMatch(/^[\w-]{1,80}\.yaml$/)), cases(300));
});
