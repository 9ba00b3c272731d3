/** What the cache holds of its own lists: no more than it may, however many months a run comes through, and nothing is lost by it. */
import { beforeEach, describe, expect, it } from "vitest";
import { openNodeCacheFolder } from "../../../../src/data/hot/cache-folder-node.ts";
import type { CacheFolder } from "../../../../src/data/hot/cache-folder.ts";
import { noReads } from "../../../../src/data/hot/reads.ts";
import { SegmentStore } from "../../../../src/data/hot/segment-store.ts";
import type { Shelf } from "../../../../src/data/hot/segment-name.ts";
import { testKernels } from "../../../support/memory-day.ts";
import { tempFolder } from "../../../support/temp-folder.ts";

const MONTHS = 40;
/** What is written beside the entry of a month, bytes. */
const ABOUT = 20_000;
/** Lists of five months. */
const LISTS = 5 * ABOUT + 5_000;

const shelfOf = (month: number): Shelf => ({ kind: "days", symbol: "BANKNIFTY", month: `m${month}` });
const aboutOf = (month: number): string => `${month} `.padEnd(ABOUT, "abcdefgh");
const bytesOf = (month: number) => Uint8Array.from([month, month + 1]);

let folder: CacheFolder;
/** Names of the files that were opened. */
let opened: string[];
beforeEach(() => {
  const plain = openNodeCacheFolder(tempFolder());
  opened = [];
  folder = { ...plain, open: (name) => (opened.push(name), plain.open(name)) };
});

const newStore = (lists = LISTS, reads = noReads()) => new SegmentStore({ folder, kernels: testKernels(), source: "f", limit: { bytes: 1 << 30 }, lists, reads });

async function write(store: SegmentStore): Promise<void> {
  for (let month = 0; month < MONTHS; month++) {
    await store.put(shelfOf(month), "day", aboutOf(month), bytesOf(month));
    await store.turn();
  }
}

async function expectAll(store: SegmentStore): Promise<void> {
  for (let month = 0; month < MONTHS; month++) {
    const found = await store.find(shelfOf(month), "day");
    expect(found?.about).toBe(aboutOf(month));
    expect(await found?.read(0, 2)).toEqual(bytesOf(month));
  }
}

it("finds everything that it has written itself, and that another has written, while it holds a few lists", async () => {
  const store = newStore();
  await write(store);
  await expectAll(store);
  await expectAll(store);
  const another = newStore();
  await expectAll(another);
  expect([store.trouble, another.trouble]).toEqual([undefined, undefined]);
});

it("opens a list again that was used longest ago, and none that was used lately", async () => {
  await write(newStore());
  const store = newStore();
  for (const month of [0, 1, 2, 3, 0, 4, 5]) await store.find(shelfOf(month), "day");
  expect(opened.splice(0).length - MONTHS).toBe(6);
  for (const month of [0, 2, 3, 4, 5]) await store.find(shelfOf(month), "day");
  expect(opened).toEqual([]);
  await store.find(shelfOf(1), "day");
  expect(opened).toHaveLength(1);
});

it("has read forty months, and holds the lists of the last five", async () => {
  await write(newStore());
  const store = newStore();
  for (let month = 0; month < MONTHS; month++) await store.find(shelfOf(month), "day");
  opened.length = 0;
  for (let month = MONTHS - 1; month >= 0; month--) {
    await store.find(shelfOf(month), "day");
    expect(opened.length).toBe(Math.max(0, MONTHS - 5 - month));
  }
});

it("holds the bytes of a file as long as portions of days ask for them", async () => {
  await write(newStore());
  const reads = noReads();
  const store = newStore(LISTS, reads);
  const entry = (await store.find(shelfOf(3), "day"))!;
  const requests = async () => {
    const before = reads.cacheReads;
    expect(await entry.read(0, 2)).toEqual(bytesOf(3));
    return reads.cacheReads - before;
  };
  expect(await requests()).toBe(0);
  await store.turn();
  expect(await requests()).toBe(0);
  await store.turn();
  await store.turn();
  expect(await requests()).toBe(1);
  expect(await requests()).toBe(0);
  await store.finish();
  expect(await requests()).toBe(1);
});

describe("while lists come and go", () => {
  it("keeps what is put between two looks, whatever is opened at once", async () => {
    const store = newStore(1);
    const all = Array.from({ length: MONTHS }, (_, month) => month);
    await Promise.all(all.map(async (month) => {
      await store.find(shelfOf(month), "other");
      await store.put(shelfOf(month), "day", aboutOf(month), bytesOf(month));
      await store.find(shelfOf((month + 7) % MONTHS), "day");
    }));
    await store.flush();
    await expectAll(store);
    await expectAll(newStore(1));
  });

  it("does not find an entry again that was wrong and has been put anew", async () => {
    await write(newStore());
    const store = newStore(1);
    await store.drop(shelfOf(3), "day");
    expect(await store.find(shelfOf(3), "day")).toBeUndefined();
    await store.put(shelfOf(3), "day", "right", bytesOf(9));
    await store.flush();
    for (const month of [4, 5, 3]) await store.find(shelfOf(month), "day");
    expect((await store.find(shelfOf(3), "day"))?.about).toBe("right");
    expect((await newStore().find(shelfOf(3), "day"))?.about).toBe("right");
  });

  it("writes a shelf of many files anew as one, and finds what all of them held", async () => {
    const store = newStore(1);
    for (let entry = 0; entry < 20; entry++) {
      await store.put(shelfOf(0), `day ${entry}`, entry, bytesOf(entry));
      await store.put(shelfOf(1), `day ${entry}`, entry, bytesOf(entry));
      await store.flush();
    }
    expect((await folder.list()).length).toBeLessThanOrEqual(14);
    for (let entry = 0; entry < 20; entry++) expect((await store.find(shelfOf(entry % 2), `day ${entry}`))?.about).toBe(entry);
  });
});
