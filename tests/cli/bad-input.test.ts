/** Bad input costs that input and nothing else: a message names the file and what to do, the other days run, the ledger tells. */
import { copyFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { constantText, timeColumn, type SampleColumn } from "../../src/core/sample/table.ts";
import { HOURLY_STRADDLE, straddle } from "../support/cli.ts";
import { publicSample } from "../support/public-sample.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { tinyFolder, type TinyRow } from "../support/tiny.ts";
import { writeTables } from "../support/write-table.ts";

/** By day of August 2024. */
const SPOT = { 19: "spot/banknifty/date=2024-08-19.parquet", 20: "spot/banknifty/date=2024-08-20.parquet" } as const;
const ATM = "options/banknifty2482150500ce.parquet";
const FAR = "options/banknifty2482151600ce.parquet";
const FAR_PUT = "options/banknifty2482151600pe.parquet";
const CONTRACT = "options/banknifty2482150500pe.parquet";
const NAMELESS = "options/what-is-this.parquet";
const MISNAMED = "options/banknifty2482148000ce.parquet";

interface Ledger {
  readonly data: { readonly problems: readonly { readonly path: string; readonly used: boolean; readonly message: string }[] };
  readonly days: { readonly run: readonly string[]; readonly skipped: readonly { readonly date: string; readonly reason: string; readonly detail: string }[] };
}

async function runIn(folder: string) {
  const out = join(tempFolder(), "out");
  const result = await straddle(["run", HOURLY_STRADDLE, "--data", folder, "--out", out]);
  return { ...result, ledger: JSON.parse(readFileSync(join(out, "run.json"), "utf8")) as Ledger };
}

/** One thing that is wrong. */
interface Trouble {
  readonly name: string;
  readonly file: string;
  readonly breakIt: (folder: string) => void;
  /** What is found, and what to do. */
  readonly says: RegExp;
}

/** Troubles of one folder: each is told for itself, and costs no more than it must. */
interface Folder {
  /** That run all the same. */
  readonly days: readonly string[];
  readonly troubles: readonly Trouble[];
}

const rows = 60;
const clock = timeColumn("timestamp", Float64Array.from({ length: rows }, (_, i) => Date.UTC(2024, 7, 20, 9, 30, i)), "us", "UTC");
const prices: SampleColumn = { name: "price", type: "double", values: new Float64Array(rows).fill(50_500) };
const write = (file: string, columns: readonly SampleColumn[]) => (folder: string) => writeTables(folder, file, [{ rows, columns }]);
const writeText = (file: string) => (folder: string) => writeFileSync(join(folder, file), "not a Parquet file at all");
const copyContract = (file: string) => (folder: string) => copyFileSync(join(folder, CONTRACT), join(folder, file));
const noRows = { rows: 0, columns: [timeColumn("timestamp", new Float64Array(), "us", "UTC"), { name: "price", type: "double", values: new Float64Array() } as const] };

const FOLDERS: readonly Folder[] = [
  {
    days: ["2024-08-21"],
    troubles: [
      { name: "a truncated file", file: SPOT[19], says: /cut off.*Copy it again/, breakIt: (folder) => truncateSync(join(folder, SPOT[19]), 3000) },
      {
        name: "a file whose data is damaged", file: SPOT[20], says: /damaged.*Copy (?:it|the file) again/,
        breakIt(folder) {
          const bytes = readFileSync(join(folder, SPOT[20]));
          bytes.fill(0xff, 4, 2000);
          writeFileSync(join(folder, SPOT[20]), bytes);
        },
      },
    ],
  },
  {
    days: ["2024-08-21"],
    troubles: [
      { name: "a file that is no Parquet", file: SPOT[19], says: /no Parquet file.*(?:Convert|take it out)/, breakIt: (folder) => writeFileSync(join(folder, SPOT[19]), "timestamp,price\n2024-08-19 09:15:00,50500\n") },
      { name: "an empty file", file: SPOT[20], says: /empty \(0 bytes\).*Copy it again/, breakIt: (folder) => writeFileSync(join(folder, SPOT[20]), "") },
    ],
  },
  {
    days: ["2024-08-21"],
    troubles: [
      { name: "a wrong type", file: SPOT[19], says: /price.*(?:text|STRING)/i, breakIt: write(SPOT[19], [clock, constantText("price", rows, "fifty")]) },
      { name: "a missing clock", file: SPOT[20], says: /timestamp/, breakIt: write(SPOT[20], [prices]) },
    ],
  },
  {
    days: ["2024-08-20"],
    troubles: [
      { name: "a missing price", file: SPOT[19], says: /price/, breakIt: write(SPOT[19], [clock]) },
      { name: "a contract that one day needs and nobody can read", file: ATM, says: /no Parquet file.*(?:Convert|take it out)/, breakIt: writeText(ATM) },
    ],
  },
  {
    days: ["2024-08-19", "2024-08-20", "2024-08-21"],
    troubles: [
      { name: "a contract that no day needs", file: FAR, says: /no Parquet file.*(?:Convert|take it out)/, breakIt: writeText(FAR) },
      { name: "a contract without rows", file: FAR_PUT, says: /no rows/, breakIt: (folder) => writeTables(folder, FAR_PUT, [noRows]) },
      { name: "a name that says nothing", file: NAMELESS, says: /rename the file/i, breakIt: copyContract(NAMELESS) },
      { name: "a name that the rows contradict", file: MISNAMED, says: /disagree.*Rename the file/, breakIt: copyContract(MISNAMED) },
    ],
  },
];

describe.each(FOLDERS)("a run that keeps $days", ({ days, troubles }) => {
  let result: Awaited<ReturnType<typeof runIn>>;
  beforeAll(async () => {
    const folder = publicSample();
    for (const { breakIt } of troubles) breakIt(folder);
    result = await runIn(folder);
  });

  it.each(troubles)("tells of $name", ({ file, says }) => {
    const { stderr, ledger } = result;
    const told = stderr.split("\n").filter((line) => line.includes(file));
    expect(told.length, stderr).toBeGreaterThan(0);
    expect(told.join("\n")).toMatch(says);
    const inLedger = [...ledger.data.problems.filter(({ path }) => path === file).map(({ message }) => message), ...ledger.days.skipped.filter(({ detail }) => detail.includes(file)).map(({ detail }) => detail)];
    expect(inLedger.join("\n")).toMatch(says);
  });

  it("runs the other days", () => {
    expect(result.ledger.days.run).toEqual(days);
    expect(result.ledger.days.run.length + result.ledger.days.skipped.length).toBe(3);
    expect(result.status).toBe(0);
  });
});

describe("run over a folder with", () => {
  it("a day partition that mixes expiries and does not name them", async () => {
    const quotes = (date: string): TinyRow[] => Array.from({ length: 5 }, (_, i) => ({ t: `11:00:0${i}`, date, price: 100, bid: 99, ask: 101 }));
    const folder = tinyFolder({
      contracts: ["ce", "pe"].map((side) => ({ name: `banknifty2482150500${side}`, rows: quotes("2024-08-19") })),
      spot: ["2024-08-19", "2024-08-20"].flatMap((date) => [{ t: "11:00:00", date, price: 50_500 }]),
    });
    const twice = 2 * rows;
    const times = Float64Array.from({ length: twice }, (_, i) => Date.UTC(2024, 7, 20, 11, 0, i >> 1));
    writeTables(folder, "options/date=2024-08-20/banknifty.parquet", [{
      rows: twice,
      columns: [
        timeColumn("timestamp", times, "us", "UTC"),
        { name: "price", type: "double", values: Float64Array.from({ length: twice }, (_, i) => (i % 2 === 0 ? 100 : 240)) },
        { name: "strike", type: "double", values: new Float64Array(twice).fill(50_500) },
        constantText("opt_type", twice, "CE"),
        constantText("symbol", twice, "BANKNIFTY"),
      ],
    }]);
    const { stderr, ledger } = await runIn(folder);
    expect(stderr).toMatch(/options\/date=2024-08-20\/banknifty\.parquet.*expir/);
    expect(ledger.days.run).toEqual(["2024-08-19"]);
    expect(JSON.stringify([ledger.days.skipped, ledger.data.problems])).toContain("options/date=2024-08-20/banknifty.parquet");
  });
});

describe("a folder", () => {
  it("whose spot files cannot be read fails and names them", async () => {
    const folder = publicSample();
    for (const date of [19, 20, 21]) writeFileSync(join(folder, `spot/banknifty/date=2024-08-${date}.parquet`), "not a Parquet file at all");
    const { status, stdout, stderr } = await straddle(["run", HOURLY_STRADDLE, "--data", folder, "--json"]);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ days: 0, days_not_run: 3, trades: 0 });
    for (const date of [19, 20, 21]) expect(stderr).toMatch(new RegExp(`spot/banknifty/date=2024-08-${date}\\.parquet: this is no Parquet file.*Convert it`));
  });

  it("that changes in the middle of a run is told of, file by file, and the ledger has both states", async () => {
    const folder = publicSample();
    process.env.DATA_CHANGES = join(folder, "options");
    process.env.DATA_CHANGES_AT = SPOT[20];
    const out = join(tempFolder(), "out");
    const { status, stderr } = await straddle(["run", HOURLY_STRADDLE, "--data", folder, "--out", out, "--workers", "1"], { node: ["--import", new URL("../support/changing-data.mjs", import.meta.url).href] });
    expect(status, stderr).toBe(0);
    const { data: { files }, days } = JSON.parse(readFileSync(join(out, "run.json"), "utf8")) as { data: { files: { path: string; modified: number }[] }; days: Ledger["days"] };
    expect(days.run).toHaveLength(3);
    const paths = files.map(({ path }) => path);
    const changed = [...new Set(paths.filter((path, i) => paths.indexOf(path) !== i))];
    expect(changed.length).toBeGreaterThan(0);
    expect(stderr).toContain(`${changed.length} file${changed.length === 1 ? "" : "s"} changed while the run read ${changed.length === 1 ? "it" : "them"}: ${changed[0]}`);
    expect(stderr).toContain("Run again, and all days are of one state.");
  });

  it("without any Parquet file fails in words", async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, "notes"));
    writeFileSync(join(folder, "notes", "readme.txt"), "nothing here");
    const { status, stdout, stderr } = await straddle(["run", HOURLY_STRADDLE, "--data", folder]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain(folder);
    expect(stderr).toMatch(/no Parquet file.*Give the folder/);
  });

  it("that does not exist is a wrong argument", async () => {
    const { status, stderr } = await straddle(["run", HOURLY_STRADDLE, "--data", "/nowhere/at/all"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/\/nowhere\/at\/all.*cannot be opened/);
  });

  it("of another symbol fails in words", async () => {
    const strategy = join(tempFolder(), "nifty.yaml");
    writeFileSync(strategy, readFileSync(HOURLY_STRADDLE, "utf8").replace("symbol: BANKNIFTY", "symbol: NIFTY"));
    const { status, stderr } = await straddle(["run", strategy, "--data", publicSample()]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/line \d+, column \d+: universe\.symbol: the data folder holds no contracts of "NIFTY".*BANKNIFTY/);
  });
});

describe("a hostile strategy is refused in words, before any data is looked at:", () => {
  const MINIMAL = "name: x\nuniverse: { symbol: NIFTY }\nentry: { legs: [{ cp: CE, lots: 1 }] }\n";
  const axis = "{ from: 1, to: 1000, step: 1 }";
  it.each([
    ["1 MB", `${MINIMAL}# ${"x".repeat(1_000_000)}`, /strategy\.yaml: the file has \d+ characters; a strategy has at most/],
    ["10⁹ variants", `${MINIMAL}sweep: { A: ${axis}, B: ${axis}, C: ${axis} }`, /strategy\.yaml: line 4, column 1: sweep: this grid has 1,00,00,00,000 variants; at most 1,00,000 run at once/],
  ])("%s", async (_what, text, words) => {
    const file = join(tempFolder(), "strategy.yaml");
    writeFileSync(file, text);
    const { status, stdout, stderr } = await straddle(["run", file, "--data", "/nowhere/at/all"]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(words);
  });
});
