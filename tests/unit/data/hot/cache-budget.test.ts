import { describe, expect, it } from "vitest";
import { cacheContents, clearCache, CacheFull, makeRoom, WritingRoom } from "../../../../src/data/hot/cache-budget.ts";
import type { CacheFolder } from "../../../../src/data/hot/cache-folder.ts";
import { readSegmentName, segmentFileName, type SegmentKind } from "../../../../src/data/hot/segment-name.ts";
import { noteUse } from "../../../../src/data/hot/segment-uses.ts";

const STAMP = (time: number) => `${time.toString(36).padStart(9, "0")}-x`;
const named = (kind: SegmentKind, made: number, bytes = 100, folder = "data") => segmentFileName({ folder, kind, symbol: "BANKNIFTY", month: "2024-08", stamp: STAMP(made), bytes });

function folderOf(names: readonly string[], room?: number) {
  const files = new Map<string, Blob>(names.map((name) => [name, new Blob()]));
  const folder: CacheFolder = {
    list: async () => [...files.keys()],
    open: async (name) => files.get(name),
    write: async (name, parts) => void files.set(name, new Blob([...parts])),
    remove: async (name) => void files.delete(name),
    room: async () => room,
  };
  return { folder, left: () => [...files.keys()].filter((name) => readSegmentName(name)).sort() };
}

const make = (folder: CacheFolder, limit: number, bytes: number, kind: SegmentKind, inUse: string[] = []) => makeRoom(folder, { bytes: limit }, bytes, kind, { inUse: new Set(inUse), since: STAMP(1000) });

describe("makeRoom", () => {
  it("leaves everything while there is room", async () => {
    const { folder, left } = folderOf([named("days", 1), named("options", 2), named("series", 3)]);
    await make(folder, 400, 100, "series");
    expect(left()).toHaveLength(3);
  });

  it("gives up finished days first, then contracts, and the series of an index last", async () => {
    const [series, options, days] = [named("series", 1), named("options", 2), named("days", 3)];
    for (const [needed, stays] of [[100, [options, series]], [200, [series]], [300, []]] as const) {
      const { folder, left } = folderOf([series, options, days]);
      await make(folder, 300, needed, "series");
      expect(left()).toEqual([...stays].sort());
    }
  });

  it("gives up what was unused longest, by when it was read or made", async () => {
    const [first, second, third] = [named("options", 1), named("options", 2), named("options", 3)];
    const { folder, left } = folderOf([first, second, third]);
    await noteUse(folder, [first], 10);
    await make(folder, 300, 200, "options");
    expect(left()).toEqual([first]);
  });

  it("never gives up what is more precious, in use, or made by this run, and says that the cache is full", async () => {
    const names = [named("series", 1), named("options", 2), named("options", 2000)];
    const { folder, left } = folderOf(names);
    await expect(make(folder, 300, 100, "options", [names[1]])).rejects.toThrow(CacheFull);
    expect(left()).toEqual([...names].sort());
    await make(folder, 300, 100, "options");
    expect(left()).toEqual([names[0], names[2]].sort());
  });

  it("keeps to the room that the platform has, too", async () => {
    const { folder, left } = folderOf([named("options", 1), named("options", 2)], 50);
    await make(folder, 1e9, 100, "options");
    expect(left()).toEqual([named("options", 2)]);
  });
});

describe("the contents of the cache", () => {
  it("are told by data folder, kind, symbol and month, and cleared by data folder", async () => {
    const { folder, left } = folderOf([named("options", 1, 100), named("options", 2, 50), named("series", 3, 7), named("days", 4, 1, "other"), "uses.json"]);
    expect(await cacheContents(folder)).toEqual([
      { folder: "data", kind: "options", symbol: "BANKNIFTY", month: "2024-08", bytes: 150 },
      { folder: "data", kind: "series", symbol: "BANKNIFTY", month: "2024-08", bytes: 7 },
      { folder: "other", kind: "days", symbol: "BANKNIFTY", month: "2024-08", bytes: 1 },
    ]);
    await clearCache(folder, "data");
    expect(left()).toEqual([named("days", 4, 1, "other")]);
    await clearCache(folder);
    expect(await folder.list()).toEqual([]);
  });
});

describe("WritingRoom", () => {
  /** A folder that counts how often it is looked through, and a writer into it. */
  function writer(limit: number) {
    const { folder, left } = folderOf([named("options", 1, 1_000)]);
    let looks = 0;
    const room = new WritingRoom({ ...folder, list: () => (looks++, folder.list()) }, { bytes: limit });
    let made = 2000;
    const write = async (bytes: number) => {
      await room.take(bytes, "options", { inUse: new Set(), since: STAMP(1000) });
      await folder.write(named("options", made++, bytes), []);
    };
    return { room, write, left, looks: () => looks };
  }

  it("looks through the folder seldom while much is free", async () => {
    const { write, looks } = writer(1e6);
    for (let i = 0; i < 200; i++) await write(100);
    expect(looks()).toBeLessThan(5);
  });

  it("never takes more than there is, and gives up what it may", async () => {
    const { write, left } = writer(5_000);
    const written = async () => {
      for (let i = 0; i < 100; i++) await write(100);
    };
    await expect(written()).rejects.toThrow(CacheFull);
    expect(left()).toHaveLength(50);
    expect(left()).not.toContain(named("options", 1, 1_000));
  });

  it("looks anew once it is told to", async () => {
    const { room, write, looks } = writer(1e6);
    await write(100);
    room.forget();
    await write(100);
    expect(looks()).toBe(2);
  });
});
