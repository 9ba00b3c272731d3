/** Copies that are cut short: by a full disk, by a damaged source, by a source that changes. What is complete stays, and is not written again. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, statSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { DiskFull } from "../../../../src/pool/copy-data.ts";
import { openNodeFolder } from "../../../../src/data/folder-node.ts";
import type { Folder } from "../../../../src/data/ports.ts";
import { PARTIAL } from "../../../../src/data/reshape/copy-target.ts";
import { copyFolder } from "../../../support/copy.ts";
import { publicSample } from "../../../support/public-sample.ts";
import { tempFolder } from "../../../support/temp-folder.ts";

const names = (root: string): string[] => readdirSync(root, { recursive: true }).map(String).sort();
const stateOf = (root: string) => names(root).map((name) => [name, statSync(join(root, name)).size, statSync(join(root, name)).mtimeMs]);
const contents = (root: string) => new Map(names(root).filter((name) => name.endsWith(".parquet")).map((name) => [name, readFileSync(join(root, name)).toString("base64")]));

/** A file system of its own that holds so much, where the machine lets us make one. */
function smallDisk(megabytes: number): string | undefined {
  const at = join(tempFolder(), "small");
  mkdirSync(at);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", at], { stdio: "ignore" });
  } catch {
    return undefined;
  }
  mounted.push(at);
  return at;
}
const mounted: string[] = [];
afterAll(() => {
  for (const at of mounted) execFileSync("umount", [at]);
});
const disk = smallDisk(1);
if (!disk) console.warn("Skipped: a copy onto a small disk, because this machine lets tests mount none.");

describe("a copy", () => {
  it("never touches its source: the folder is asked for files to read, and nothing of it changes", async () => {
    const root = publicSample();
    const before = stateOf(root);
    const asked = new Set<string>();
    const watched = (folder: Folder): Folder => new Proxy(folder, { get: (of, name) => (name in of && asked.add(String(name)), of[name as keyof Folder]) });
    await copyFolder(root, join(tempFolder(), "copy"), { kinds: ["option"] }, { folder: watched });
    expect([...asked].sort()).toEqual(["file", "list", "name"]);
    expect(stateOf(root)).toEqual(before);
  }, 60_000);

  it.skipIf(!disk)("onto a disk that is full ends with words, leaves no file half written, and goes on when there is room", async () => {
    const root = publicSample();
    const whole = join(tempFolder(), "whole");
    await copyFolder(root, whole);
    const filler = join(disk!, "filler");
    writeFileSync(filler, Buffer.alloc(300_000));
    const out = join(disk!, "copy");
    await expect(copyFolder(root, out)).rejects.toThrow(DiskFull);
    expect(names(out).filter((name) => name.endsWith(PARTIAL))).toEqual([]);
    expect(contents(out).size).toBeLessThan(contents(whole).size);
    writeFileSync(filler, "");
    execFileSync("mount", ["-o", "remount,size=64m", disk!]);
    const kept = contents(out);
    const times = new Map([...kept.keys()].map((name) => [name, statSync(join(out, name)).mtimeMs]));
    const { finished, failed } = await copyFolder(root, out);
    expect(failed).toEqual([]);
    expect(contents(out)).toEqual(contents(whole));
    if (finished > 0) expect([...times].filter(([name, time]) => statSync(join(out, name)).mtimeMs === time).length).toBeGreaterThan(0);
  }, 120_000);

  it("is written again where a source has changed, or a file of it is gone, and only there", async () => {
    const root = publicSample();
    const out = join(tempFolder(), "copy");
    const first = await copyFolder(root, out, { kinds: ["option", "spot"] });
    expect([first.finished, first.records.length]).toEqual([0, 6]);
    const spot = "spot/banknifty/date=2024-08-20.parquet";
    utimesSync(join(root, spot), new Date(), new Date());
    truncateSync(join(out, "options/banknifty/date=2024-08-19/part-0.parquet"), 1000);
    const before = contents(out);
    const again = await copyFolder(root, out, { kinds: ["option", "spot"] });
    // Of three days of options one, of three of spot one.
    expect(again.finished).toBe(4);
    expect(contents(out).get("options/banknifty/date=2024-08-19/part-0.parquet")).not.toBe(before.get("options/banknifty/date=2024-08-19/part-0.parquet"));
    expect((await copyFolder(root, out, { kinds: ["option", "spot"] })).finished).toBe(6);
  }, 60_000);

  it("is made without a damaged source, which is named, whether its end or its middle is broken", async () => {
    const root = publicSample();
    const cut = "options/banknifty2482151600pe.parquet";
    const holed = "options/banknifty2482150500ce.parquet";
    truncateSync(join(root, cut), 2000);
    const [file] = (await (await openNodeFolder(root)).list()).filter(({ path }) => path === holed);
    const bytes = readFileSync(join(root, holed));
    // Past the clocks, which come first: the index can read it, the copy cannot.
    bytes.fill(0xff, Math.floor(bytes.length * 0.4), Math.floor(bytes.length * 0.5));
    writeFileSync(file.nativePath!, bytes);
    const { records, failed } = await copyFolder(root, join(tempFolder(), "copy"), { kinds: ["option"] });
    expect(failed).toEqual([]);
    expect(records).toHaveLength(3);
    const left = new Set(records.flatMap(({ left_out }) => left_out.map(({ path }) => path)));
    expect([...left].sort()).toEqual([holed, cut]);
    expect(records.every(({ files }) => files.reduce((sum, { rows }) => sum + rows, 0) > 10_000)).toBe(true);
    expect(records.flatMap(({ files }) => files.flatMap(({ sources }) => sources.map(({ path }) => path))).filter((path) => left.has(path))).toEqual([]);
  }, 60_000);
});
