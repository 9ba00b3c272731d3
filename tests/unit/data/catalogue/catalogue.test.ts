import { rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dayNumber, isoDate } from "../../../../src/core/time.ts";
import { ChoiceNeeded } from "../../../../src/data/catalogue/catalogue.ts";
import { settle } from "../../../../src/data/catalogue/conflicts.ts";
import type { Layout, LayoutConflict } from "../../../../src/data/catalogue/types.ts";
import type { DataFile, Folder } from "../../../../src/data/ports.ts";
import { openNodeFolder } from "../../../../src/data/folder-node.ts";
import { column, folderOf, type Cell } from "../parquet-fixture.ts";
import { memoryStore, openCatalogue, snapshots } from "./open-catalogue.ts";

const iso = (dates: readonly number[]) => dates.map(isoDate);
const text = (name: string, values: Cell[]) => column(name, "text", values);
const strike = (value: number, rows: number) => column("strike", "double", Array<number>(rows).fill(value));

/** Expiries: Wed 2024-08-21, Wed 2024-08-28. Thursday the 15th was a holiday. */
const WEEK = {
  "options/banknifty2482150000ce.parquet": snapshots(["2024-08-19 14:00:00", "2024-08-20 13:00:00"]),
  "options/banknifty2482150000pe.parquet": snapshots(["bogus", "2024-08-20 13:00:00", "2024-08-21 13:00:00"]),
  "options/BANKNIFTY24AUG50100CE.parquet": snapshots(["2024-08-20 14:00:00", "2024-08-23 15:29:59"]),
  "options/banknifty2482150100pe.parquet": snapshots([]),
  "spot/banknifty_2024-08-19.parquet": snapshots(["2024-08-19 14:00:00"]),
};

describe("open", () => {
  it("summarizes by names and asks for no facts", async () => {
    const { folder } = await folderOf(WEEK);
    const { catalogue, factsOf, clocksOf } = await openCatalogue(folder);
    expect(factsOf).toEqual([]);
    expect(clocksOf.sort()).toEqual(Object.keys(WEEK).sort());
    const summary = catalogue.summary();
    expect(summary).toMatchObject({ files: 5, kinds: { raw: "snapshot", series: "snapshot" }, conflicts: [], problems: [] });
    expect(summary.symbols).toMatchObject([{ symbol: "BANKNIFTY", contracts: 4, files: 5, spotFiles: 1, futureFiles: 0, spotSource: "files", layouts: ["raw", "series"] }]);
    expect(summary.symbols[0].expiries).toEqual([
      { expiry: dayNumber("2024-08-21"), contracts: 3, monthly: false },
      { expiry: dayNumber("2024-08-28"), contracts: 1, monthly: true },
    ]);
    expect(summary.zones).toMatchObject([{ layout: "raw", zone: "ist-wall", source: "measured", istShare: 1 }, { layout: "series", zone: "ist-wall" }]);
  });

  it("opens a folder without a single file", async () => {
    const { folder } = await folderOf({});
    const { catalogue } = await openCatalogue(folder);
    expect(catalogue.summary()).toMatchObject({ files: 0, symbols: [], zones: [], conflicts: [], problems: [] });
    expect(await catalogue.candidateDates("BANKNIFTY", {})).toEqual([]);
  });

  it("indexes 100,000 names within a second or so, opening none but the probed ones", async () => {
    const files: DataFile[] = [];
    const blob = new Blob([snapshots(["2024-08-20 13:00:00"])]);
    const add = (path: string) => files.push({ path, stat: async () => ({ size: blob.size, modified: 1 }), blob: async () => blob });
    const month = (m: number) => "123456789OND"[m];
    for (let year = 19; files.length < 100_000; year++) for (let m = 0; m < 12; m++) for (let d = 1; d <= 28; d += 7) for (let k = 0; k < 150 && files.length < 100_000; k++) for (const cp of ["ce", "pe"]) add(`options/banknifty${year}${month(m)}${String(d).padStart(2, "0")}${30_000 + k * 100}${cp}.parquet`);
    const folder: Folder = { name: "many", list: async () => files, file: async (path) => files.find((file) => file.path === path) };
    // The machine may be busy with other tests: count the time of this process only.
    const before = process.cpuUsage();
    const { catalogue } = await openCatalogue(folder, {}, { probeClocks: async () => ({ rows: 1, ist: 1, utc: 0 }), readFacts: () => Promise.reject(new Error("no file may be opened")) });
    const elapsed = process.cpuUsage(before).user / 1000;
    expect(catalogue.summary().symbols[0].contracts).toBe(100_000);
    expect(elapsed).toBeLessThan(3_000);
  });

  it("stops when told to", async () => {
    const { folder } = await folderOf(WEEK);
    const control = new AbortController();
    const { catalogue } = await openCatalogue(folder, {}, { signal: control.signal });
    control.abort();
    await expect(catalogue.candidateDates("BANKNIFTY", {})).rejects.toThrow(/abort/i);
  });
});

describe("dates", () => {
  it("loses no day that only one file of a far expiry holds", async () => {
    const { folder } = await folderOf(WEEK);
    const { catalogue } = await openCatalogue(folder);
    expect(iso(await catalogue.candidateDates("BANKNIFTY", {}))).toEqual(["2024-08-19", "2024-08-20", "2024-08-21", "2024-08-22", "2024-08-23"]);
  });

  it("opens no contract that expired before the range", async () => {
    const { folder } = await folderOf(WEEK);
    const { catalogue, factsOf } = await openCatalogue(folder);
    expect(iso(await catalogue.candidateDates("BANKNIFTY", { from: dayNumber("2024-08-22"), to: dayNumber("2024-08-22") }))).toEqual(["2024-08-22"]);
    expect(factsOf).toEqual(["options/BANKNIFTY24AUG50100CE.parquet"]);
  });

  it("leaves out closed days between, but not those of files named by date", async () => {
    const { folder } = await folderOf({
      "a/BANKNIFTY24AUG50000CE.parquet": snapshots(["2024-08-14 14:00:00", "2024-08-19 14:00:00"]),
      "spot/banknifty_2024-08-15.parquet": snapshots(["2024-08-15 14:00:00"]),
      "spot/date=2024-08-17/banknifty.parquet": snapshots(["2024-08-17 14:00:00"]),
    });
    const { catalogue } = await openCatalogue(folder);
    expect(iso(await catalogue.candidateDates("BANKNIFTY", {}))).toEqual(["2024-08-14", "2024-08-15", "2024-08-16", "2024-08-17", "2024-08-19"]);
  });

  it("takes the dates of series from their clocks", async () => {
    const { folder } = await folderOf({ "nifty_fut.parquet": snapshots(["2024-08-19 14:00:00", "2024-08-20 14:00:00"]), "nifty_spot.parquet": snapshots(["bogus", "2024-08-22 14:00:00"]) });
    const { catalogue } = await openCatalogue(folder);
    expect(iso(await catalogue.candidateDates("NIFTY", {}))).toEqual(["2024-08-19", "2024-08-20", "2024-08-22"]);
  });

  it("shows what there is of each day", async () => {
    const { folder } = await folderOf(WEEK);
    const { catalogue } = await openCatalogue(folder);
    const seen: string[] = [];
    const coverage = await catalogue.coverage("BANKNIFTY", ({ phase, done, total }) => seen.push(`${phase} ${done}/${total}`));
    expect(coverage.map(({ date, contracts, spot, future }) => [isoDate(date), contracts, spot, future])).toEqual([
      ["2024-08-19", 1, true, false], ["2024-08-20", 3, false, false], ["2024-08-21", 2, false, false], ["2024-08-22", 1, false, false], ["2024-08-23", 1, false, false],
    ]);
    expect(seen.at(-1)).toBe("footers 4/4");
    expect(catalogue.summary().emptyFiles).toBe(1);
  });
});

describe("chunks", () => {
  it("puts the dates of an expiry cycle together, with every file that may serve them", async () => {
    const { folder } = await folderOf({ ...WEEK, "india_vix.parquet": snapshots(["2024-08-19 14:00:00", "2024-08-23 14:00:00"]) });
    const { catalogue } = await openCatalogue(folder);
    const chunks = await catalogue.chunks("BANKNIFTY", await catalogue.candidateDates("BANKNIFTY", {}));
    expect(chunks.map(({ dates, files }) => [iso(dates), files.map(({ path }) => path)])).toEqual([
      [["2024-08-19", "2024-08-20", "2024-08-21"], ["india_vix.parquet", "options/BANKNIFTY24AUG50100CE.parquet", "options/banknifty2482150000ce.parquet", "options/banknifty2482150000pe.parquet", "spot/banknifty_2024-08-19.parquet"]],
      [["2024-08-22", "2024-08-23"], ["india_vix.parquet", "options/BANKNIFTY24AUG50100CE.parquet"]],
    ]);
    expect(chunks[0]).toMatchObject({ symbol: "BANKNIFTY", zones: { raw: "ist-wall", series: "ist-wall" }, kinds: { raw: "snapshot" }, barLabel: "start" });
    expect(chunks[0].facts[2]).toMatchObject({ rows: 2, firstDate: dayNumber("2024-08-19"), lastDate: dayNumber("2024-08-20") });
  });

  it("keeps a file that cannot be read: the day that needs it must say so", async () => {
    const { folder } = await folderOf({ ...WEEK, "options/banknifty2482150200ce.parquet": "no Parquet at all" });
    const { catalogue } = await openCatalogue(folder);
    const dates = await catalogue.candidateDates("BANKNIFTY", {});
    expect(iso(dates)).toEqual(["2024-08-19", "2024-08-20", "2024-08-21", "2024-08-22", "2024-08-23"]);
    const chunks = await catalogue.chunks("BANKNIFTY", dates);
    expect(chunks.map(({ files }) => files.some(({ path }) => path.includes("50200")))).toEqual([true, false]);
    expect(catalogue.summary().problems).toContainEqual(expect.objectContaining({ path: "options/banknifty2482150200ce.parquet", kind: "not_parquet", fatal: true }));
  });

  it("uses no file whose rows contradict its name", async () => {
    const path = "options/banknifty2482150200ce.parquet";
    const { folder } = await folderOf({ ...WEEK, [path]: snapshots(["2024-08-20 13:00:00"], [strike(24_000, 1)]) });
    const { catalogue } = await openCatalogue(folder);
    const chunks = await catalogue.chunks("BANKNIFTY", await catalogue.candidateDates("BANKNIFTY", {}));
    expect(chunks.flatMap(({ files }) => files.map((file) => file.path))).not.toContain(path);
    expect(catalogue.summary().problems).toContainEqual(expect.objectContaining({ path, kind: "name_contradicts_rows", fatal: true }));
  });

  it("gives both files of a contract that was re-dated", async () => {
    const { folder } = await folderOf({ "banknifty2390744000ce.parquet": snapshots(["2023-09-01 13:00:00"]), "banknifty2390644000ce.parquet": snapshots(["2023-09-04 13:00:00"]) });
    const { catalogue } = await openCatalogue(folder);
    const chunks = await catalogue.chunks("BANKNIFTY", await catalogue.candidateDates("BANKNIFTY", {}));
    expect(chunks).toHaveLength(1);
    expect(chunks[0].files.map(({ path, expiry }) => [path, isoDate(expiry ?? 0)])).toEqual([["banknifty2390644000ce.parquet", "2023-09-06"], ["banknifty2390744000ce.parquet", "2023-09-06"]]);
    expect(catalogue.summary().symbols[0].contracts).toBe(1);
  });
});

describe("clock zone", () => {
  const evening = { "options/banknifty2482150000ce.parquet": snapshots(["2024-08-20 13:00:00", "2024-08-20 19:00:00"]) };

  it("refuses a run until an uncertain zone is chosen", async () => {
    const { folder } = await folderOf(evening);
    const { catalogue } = await openCatalogue(folder);
    expect(catalogue.summary().zones).toMatchObject([{ layout: "raw", zone: "ask" }]);
    await expect(catalogue.candidateDates("BANKNIFTY", {})).rejects.toThrow(/"raw" is not certain.*50 %.*Choose/);
    await expect(catalogue.chunks("BANKNIFTY", [dayNumber("2024-08-20")])).rejects.toThrow(ChoiceNeeded);
    const summary = await catalogue.configure({ zone: { raw: "utc" } });
    expect(summary.zones).toMatchObject([{ layout: "raw", zone: "utc", source: "chosen" }]);
    expect((await catalogue.chunks("BANKNIFTY", [dayNumber("2024-08-20")]))[0].zones).toEqual({ raw: "utc" });
  });

  it("holds up no run for a layout that has no rows at all", async () => {
    const { folder } = await folderOf({ ...WEEK, "packed/spot/BANKNIFTY/202408/date=2024-08-20/ticks.parquet": snapshots([]) });
    const { catalogue } = await openCatalogue(folder);
    expect(catalogue.summary().zones).toContainEqual({ layout: "packed", zone: "ask", source: "measured" });
    const [chunk] = await catalogue.chunks("BANKNIFTY", await catalogue.candidateDates("BANKNIFTY", {}));
    expect(chunk.files.map(({ layout }) => layout)).not.toContain("packed");
  });

  it("reads dates anew when the zone changes", async () => {
    const { folder } = await folderOf({ "options/banknifty2482150000ce.parquet": snapshots(["2024-08-19 20:00:00", "2024-08-20 20:00:00"]) });
    const { catalogue, factsOf } = await openCatalogue(folder, { zone: { raw: "ist-wall" } });
    expect(iso(await catalogue.candidateDates("BANKNIFTY", {}))).toEqual(["2024-08-19", "2024-08-20"]);
    await catalogue.configure({ zone: { raw: "utc" } });
    expect(iso(await catalogue.candidateDates("BANKNIFTY", {}))).toEqual(["2024-08-20", "2024-08-21"]);
    expect(factsOf).toHaveLength(2);
  });
});

describe("two layouts", () => {
  const packed = "packed/options/BANKNIFTY/202408/exp=2024-08-21/type=CE/strike=50000.parquet";
  const zones = { zones: { timestamp: "Asia/Kolkata" } };

  it("reports the same contract and day, refuses to run, and takes the picked layout", async () => {
    const { folder } = await folderOf({ ...WEEK, [packed]: snapshots(["2024-08-20 08:30:00", "2024-08-21 08:30:00"], [], zones) });
    const { catalogue } = await openCatalogue(folder);
    expect(catalogue.summary().zones).toContainEqual({ layout: "packed", zone: "utc", source: "arrow" });
    const [conflict, ...others] = catalogue.summary().conflicts;
    expect(others).toEqual([]);
    expect(conflict).toMatchObject({ symbol: "BANKNIFTY", kind: "option", layouts: ["packed", "raw"], count: 1 });
    expect(conflict.example).toContain("BANKNIFTY 2024-08-21 50000 CE");
    const dates = await catalogue.candidateDates("BANKNIFTY", {});
    await expect(catalogue.chunks("BANKNIFTY", dates)).rejects.toThrow(/packed and raw hold the same BANKNIFTY contracts.*Choose/);

    const paths = async () => (await catalogue.chunks("BANKNIFTY", dates)).map((chunk) => [iso(chunk.dates).join(), chunk.files.flatMap(({ path, strike }) => (strike === 50_000 && path.toLowerCase().endsWith("pe.parquet") ? [] : strike === 50_000 ? [path] : []))]);
    await catalogue.configure({ layout: { BANKNIFTY: "raw" } });
    expect(await paths()).toEqual([
      ["2024-08-19", ["options/banknifty2482150000ce.parquet"]],
      ["2024-08-20", ["options/banknifty2482150000ce.parquet"]],
      ["2024-08-21", [packed]],
      ["2024-08-22,2024-08-23", []],
    ]);
    await catalogue.configure({ layout: { BANKNIFTY: "packed" } });
    expect((await paths()).slice(0, 3)).toEqual([
      ["2024-08-19", ["options/banknifty2482150000ce.parquet"]],
      ["2024-08-20", [packed]],
      ["2024-08-21", [packed]],
    ]);
  });

  it("asks for no choice where one of the two cannot be read: its day is not run, the others are", async () => {
    const part = "options/date=2024-08-20/part.parquet";
    const { folder } = await folderOf({ ...WEEK, [part]: snapshots(["2024-08-20 13:00:00", "2024-08-20 13:00:00"], [text("opt_type", ["CE", "CE"]), strike(50_000, 2)]) });
    const { catalogue } = await openCatalogue(folder);
    expect(catalogue.summary().problems).toContainEqual({ path: part, kind: "missing_column", fatal: true, message: expect.stringContaining('Add an "expiry" column') });
    expect(catalogue.summary().conflicts).toEqual([]);
    const chunks = await catalogue.chunks("BANKNIFTY", await catalogue.candidateDates("BANKNIFTY", {}));
    expect(chunks.flatMap(({ dates }) => iso(dates))).toHaveLength(5);
    expect(chunks.flatMap(({ files }) => files.map(({ path }) => path))).toContain(part);
  });

  it("uses layouts together that do not hold the same contract on the same day", async () => {
    const { folder } = await folderOf({ ...WEEK, [packed]: snapshots(["2024-08-21 08:30:00"], [], zones) });
    const { catalogue } = await openCatalogue(folder);
    expect(catalogue.summary().conflicts).toEqual([]);
    const [first] = await catalogue.chunks("BANKNIFTY", await catalogue.candidateDates("BANKNIFTY", {}));
    expect(first.files.map(({ layout }) => layout)).toContain("packed");
    expect(first.files.map(({ path }) => path)).toContain("options/banknifty2482150000ce.parquet");
  });

  it("sees a day partition beside raw files of the same day, and spot by day beside packed spot", async () => {
    const { folder } = await folderOf({
      ...WEEK,
      "options/date=2024-08-20/banknifty.parquet": snapshots(["2024-08-20 13:00:00"]),
      "packed/spot/BANKNIFTY/202408/date=2024-08-19/ticks.parquet": snapshots(["2024-08-19 13:00:00"]),
    });
    const { catalogue } = await openCatalogue(folder);
    expect(catalogue.summary().conflicts.map(({ kind, layouts, count }) => [kind, layouts, count])).toEqual([["option", ["day", "raw"], 1], ["spot", ["packed", "series"], 1]]);
  });
});

describe("one pick for all kinds of a symbol", () => {
  const conflict = (kind: "option" | "spot", ...layouts: Layout[]): LayoutConflict => ({ symbol: "BANKNIFTY", kind, layouts, count: 1, example: "" });

  it("settles a kind that the picked layout does not hold by what lost elsewhere", () => {
    const { picked, open } = settle([conflict("option", "packed", "raw"), conflict("spot", "packed", "series")], "raw");
    expect([...picked]).toEqual([["option", "raw"], ["spot", "series"]]);
    expect(open).toEqual([]);
  });

  it("leaves open what it says nothing about", () => {
    const spot = conflict("spot", "day", "packed");
    expect(settle([conflict("option", "day", "packed", "raw"), spot], "raw").open).toEqual([spot]);
    expect(settle([spot], "raw").open).toEqual([spot]);
    expect(settle([spot], undefined).open).toEqual([spot]);
  });
});

describe("a symbol that only the rows tell", () => {
  const parts = {
    "options/date=2024-08-20/part-0.parquet": snapshots(["2024-08-20 13:00:00"], [text("symbol", ["NIFTY"]), text("opt_type", ["CE"]), strike(24_000, 1), text("expiry", ["2024-08-22"])]),
    "spot/date=2024-08-20/part-0.parquet": snapshots(["2024-08-20 13:00:00"]),
  };

  it("serves the one symbol that there is", async () => {
    const { folder } = await folderOf(parts);
    const { catalogue } = await openCatalogue(folder);
    const [chunk] = await catalogue.chunks("NIFTY", await catalogue.candidateDates("NIFTY", {}));
    expect(chunk.files.map(({ path }) => path)).toEqual(Object.keys(parts));
  });

  it("is not guessed for spot where the folder holds several", async () => {
    const { folder } = await folderOf({ ...parts, "nifty_fut.parquet": snapshots(["2024-08-20 13:00:00"]), "banknifty_fut.parquet": snapshots(["2024-08-20 13:00:00"]) });
    const { catalogue } = await openCatalogue(folder);
    expect(catalogue.summary().problems).toMatchObject([{ path: "spot/date=2024-08-20/part-0.parquet", kind: "unreadable_name", fatal: true }]);
    const [chunk] = await catalogue.chunks("NIFTY", [dayNumber("2024-08-20")]);
    expect(chunk.files.map(({ kind }) => kind)).toEqual(["future", "option"]);
  });
});

describe("the kept index", () => {
  it("is used on return, for files that have not changed", async () => {
    const store = memoryStore();
    const { root, folder } = await folderOf(WEEK);
    const first = await openCatalogue(folder, {}, { store });
    const dates = await first.catalogue.candidateDates("BANKNIFTY", {});
    expect(first.factsOf).toHaveLength(4);

    const again = await openCatalogue(await openNodeFolder(root), {}, { store });
    expect(await again.catalogue.candidateDates("BANKNIFTY", {})).toEqual(dates);
    expect([...again.factsOf, ...again.clocksOf]).toEqual([]);
  });

  it("looks only at new and changed files after a refresh, and forgets the gone", async () => {
    const { root, folder } = await folderOf(WEEK);
    const { catalogue, factsOf, clocksOf } = await openCatalogue(folder);
    await catalogue.candidateDates("BANKNIFTY", {});
    factsOf.length = clocksOf.length = 0;
    const changed = "options/banknifty2482150000ce.parquet";
    const added = "options/banknifty24AUG50300CE.parquet".replace("banknifty24AUG", "BANKNIFTY24AUG");
    await writeFile(join(root, changed), snapshots(["2024-08-16 14:00:00", "2024-08-20 13:00:00"]));
    await utimes(join(root, changed), new Date(), new Date(Date.now() + 5_000));
    await writeFile(join(root, added), snapshots(["2024-08-22 14:00:00"]));
    await rm(join(root, "options/BANKNIFTY24AUG50100CE.parquet"));
    await catalogue.refresh();
    expect(iso(await catalogue.candidateDates("BANKNIFTY", {}))).toEqual(["2024-08-16", "2024-08-19", "2024-08-20", "2024-08-21", "2024-08-22"]);
    expect(factsOf.sort()).toEqual([added, changed].sort());
    expect(clocksOf.sort()).toEqual([added, changed].sort());
    expect(catalogue.files({ text: "50100", offset: 0, limit: 10 }).files.map(({ path }) => path)).toEqual(["options/banknifty2482150100pe.parquet"]);
  });

  it("tries again what may have passed", async () => {
    const store = memoryStore();
    const { folder } = await folderOf(WEEK);
    const path = "options/banknifty2482150000ce.parquet";
    const refused = await openCatalogue(folder, {}, { store, readFacts: async (files) => files.map((file) => ({ problem: { path: file.path, kind: "permission" as const, fatal: true, message: "refused" } })) });
    await refused.catalogue.candidateDates("BANKNIFTY", {});
    expect(refused.catalogue.summary().problems.map(({ kind }) => kind)).toContain("permission");
    const { catalogue, factsOf } = await openCatalogue(folder, {}, { store });
    await catalogue.candidateDates("BANKNIFTY", {});
    expect(factsOf).toContain(path);
    expect(catalogue.summary().problems.filter(({ fatal }) => fatal)).toEqual([]);
  });
});

describe("a store that fails", () => {
  it("costs the index of the next visit and nothing else", async () => {
    const broken = { get: () => Promise.reject(new Error("no database")), set: () => Promise.reject(new Error("disk full")) };
    const { folder } = await folderOf(WEEK);
    const { catalogue } = await openCatalogue(folder, {}, { store: broken });
    expect(await catalogue.candidateDates("BANKNIFTY", {})).toHaveLength(5);
    expect(catalogue.summary().indexNotKept).toContain("disk full");
  });
});

describe("contracts and files", () => {
  it("lists an entry per contract and file", async () => {
    const { folder } = await folderOf(WEEK);
    const { catalogue } = await openCatalogue(folder);
    const contracts = await catalogue.contracts();
    expect(contracts).toHaveLength(4);
    expect(contracts[0]).toEqual({ file: "options/BANKNIFTY24AUG50100CE.parquet", symbol: "BANKNIFTY", expiry: dayNumber("2024-08-28"), strike: 50100, cp: "CE", layout: "raw" });
  });

  it("finds the contracts of a partition in its rows", async () => {
    const file = "options/date=2024-08-20/banknifty.parquet";
    const { folder } = await folderOf({ [file]: snapshots(["2024-08-20 13:00:00", "2024-08-20 13:00:00"], [text("opt_type", ["CE", "PE"]), strike(50_000, 2), text("expiry", ["2024-08-21", "2024-08-28"])]) });
    const { catalogue } = await openCatalogue(folder);
    const common = { file, symbol: "BANKNIFTY", strike: 50_000, layout: "day" };
    expect(await catalogue.contracts()).toEqual([{ ...common, expiry: dayNumber("2024-08-21"), cp: "CE" }, { ...common, expiry: dayNumber("2024-08-28"), cp: "PE" }]);
    expect(catalogue.summary().symbols).toMatchObject([{ symbol: "BANKNIFTY", contracts: 2 }]);
  });

  it("takes rows that name no symbol for those of the only one in the folder, moved expiries too", async () => {
    const file = "options/date=2023-09-01/part-0.parquet";
    const spot = "spot/banknifty_2023-09-01.parquet";
    const rows = snapshots(["2023-09-01 13:00:00"], [text("opt_type", ["CE"]), strike(45_000, 1), text("expiry", ["2023-09-07"])]);
    const { folder } = await folderOf({ [file]: rows, [spot]: snapshots(["2023-09-01 13:00:00"]) });
    const { catalogue } = await openCatalogue(folder);
    const contract = { file, symbol: "BANKNIFTY", expiry: dayNumber("2023-09-06"), strike: 45_000, cp: "CE", layout: "day" };
    expect(await catalogue.contracts()).toEqual([contract]);
    expect(catalogue.summary().symbols).toMatchObject([{ symbol: "BANKNIFTY", contracts: 1, unopened: 0, expiries: [{ expiry: dayNumber("2023-09-06"), contracts: 1 }] }]);
    const { folder: both } = await folderOf({ [file]: rows, [spot]: snapshots(["2023-09-01 13:00:00"]), "spot/nifty_2023-09-01.parquet": snapshots(["2023-09-01 13:00:00"]) });
    expect(await (await openCatalogue(both)).catalogue.contracts()).toEqual([]);
  });

  it("opens a sample of a folder's partitions for the coverage, and says how many it has not opened", async () => {
    const dates = Array.from({ length: 31 }, (_, i) => `2024-07-${String(i + 1).padStart(2, "0")}`);
    const part = (date: string) => `options/date=${date}/banknifty.parquet`;
    const { folder } = await folderOf(Object.fromEntries(dates.map((date, i) => [part(date), snapshots([`${date} 13:00:00`], [text("opt_type", ["CE"]), strike(50_000 + i * 100, 1), text("expiry", ["2024-07-31"])])])));
    const { catalogue, factsOf } = await openCatalogue(folder);
    expect(catalogue.summary().symbols).toMatchObject([{ contracts: 0, expiries: [], unopened: 31 }]);
    expect(await catalogue.coverage("BANKNIFTY")).toHaveLength(31);
    expect(factsOf).toHaveLength(12);
    expect(factsOf).toEqual(expect.arrayContaining([part("2024-07-01"), part("2024-07-31")]));
    expect(catalogue.summary().symbols).toMatchObject([{ contracts: 12, expiries: [{ expiry: dayNumber("2024-07-31"), contracts: 12 }], unopened: 19 }]);
  });

  it("finds files by text and symbol, a page at a time", async () => {
    const { folder } = await folderOf(WEEK);
    const { catalogue } = await openCatalogue(folder);
    expect(catalogue.files({ text: "50000", offset: 1, limit: 1 })).toMatchObject({ total: 2, files: [{ path: "options/banknifty2482150000pe.parquet" }] });
    expect(catalogue.files({ symbol: "NIFTY", offset: 0, limit: 5 })).toEqual({ total: 0, files: [] });
  });
});
