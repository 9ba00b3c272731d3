/** Facts of dates are worked out once, for runs, studies and queries, as long as the files stay as they are. */
import { utimesSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { earlierFacts } from "../../../../src/core/engine/spot-facts.ts";
import { plainUniverse } from "../../../../src/core/facts/atm-seconds.ts";
import { defaultRules } from "../../../../src/core/market/rules.ts";
import { parseStudy } from "../../../../src/core/studies/parse.ts";
import { studyDay } from "../../../../src/core/studies/study-day.ts";
import { dayNumber, isoDate, type DayNumber } from "../../../../src/core/time.ts";
import { createDaySource } from "../../../../src/data/day-data.ts";
import { createEarlierDays } from "../../../../src/data/earlier-days.ts";
import { FileStates } from "../../../../src/data/hot/file-states.ts";
import { KeptFacts } from "../../../../src/data/hot/kept-facts.ts";
import { countedFolder, noReads, type Reads } from "../../../../src/data/hot/reads.ts";
import { openFolder, type OpenFolder } from "../../../support/product.ts";
import { writeSpotFolder } from "../../../support/spot-folder.ts";
import { openConsole } from "../../../support/sql-views.ts";
import { tempFolder } from "../../../support/temp-folder.ts";

const SYMBOL = "BANKNIFTY";
const DAYS = 5;

let root: string;
let dates: DayNumber[];
beforeAll(() => {
  root = tempFolder();
  dates = writeSpotFolder({ root, from: dayNumber("2024-08-19"), days: DAYS, seed: 3, has: (_, second) => second % 20 === 0 });
});

const fileOf = (date: DayNumber): string => `spot/banknifty/${isoDate(date)}.parquet`;

/** A folder as a worker has it open from run to run. */
async function opened(budget = 1 << 20): Promise<OpenFolder & { readonly facts: KeptFacts; readonly states: FileStates }> {
  const open = await openFolder(root);
  const states = new FileStates(open.folder);
  return { ...open, states, facts: new KeptFacts(states, budget) };
}

async function begun({ catalogue, folder, rows, machine, facts, states }: Awaited<ReturnType<typeof opened>>) {
  states.forget();
  const reads: Reads = noReads();
  const chunks = await catalogue.chunks(SYMBOL, dates);
  const source = createDaySource({ folder: countedFolder(folder, reads), reader: rows, kernels: machine, rules: defaultRules, recall: facts.recall });
  const earlier = createEarlierDays(source, chunks);
  const day = (date: DayNumber) => source.day(chunks.find((chunk) => chunk.dates.includes(date))!, date, () => earlier.before(SYMBOL, date));
  return { reads, day };
}

/** What a strategy asks on the last date. */
async function lookBack(open: Awaited<ReturnType<typeof opened>>) {
  const { reads, day } = await begun(open);
  const data = day(dates[DAYS - 1]);
  const facts = await earlierFacts({ universe: plainUniverse(SYMBOL), data, rules: defaultRules, kernels: open.machine, source: "files" });
  return { facts, opened: [...new Set(reads.files)].sort(), files: data.previous() ? data.report().files.map(({ path }) => path) : [] };
}

describe("facts of earlier dates", () => {
  it("are read once: another run reads nothing, finds the same, and names the same files", async () => {
    const open = await opened();
    const first = await lookBack(open);
    expect(first.facts.length).toBe(DAYS - 1);
    expect(first.opened).toEqual(dates.slice(0, DAYS - 1).map(fileOf));
    expect(await lookBack(open)).toEqual({ ...first, opened: [] });
  });

  it("of a file that has changed are worked out again, and of no other", async () => {
    const open = await opened();
    const first = await lookBack(open);
    utimesSync(join(root, fileOf(dates[1])), new Date(), new Date(Date.now() + 5_000));
    expect(await lookBack(open)).toEqual({ ...first, opened: [fileOf(dates[1])] });
    expect((await lookBack(open)).opened).toEqual([]);
  });

  it("serve a study that looks back", async () => {
    const open = await opened();
    const { facts } = await lookBack(open);
    const { study } = parseStudy(`{ name: by gap, universe: { symbol: ${SYMBOL}, spot: auto }, series: [spot], windows: ["09:15-09:20"], by: [gap] }`);
    const { reads, day } = await begun(open);
    for (const date of dates.slice(0, DAYS - 1)) {
      const found = await studyDay({ study, wanted: false, date, data: day(date), rules: defaultRules, kernels: open.machine });
      expect(found.facts).toEqual(facts.find((one) => one.date === date));
    }
    expect(reads.files).toEqual([]);
  });

  it("take no more room than they are given: what was there first stays", async () => {
    const open = await opened(2 * 500);
    await lookBack(open);
    expect(open.facts.bytes).toBe(2 * 500);
    // From the latest date back.
    expect((await lookBack(open)).opened).toEqual(dates.slice(0, 2).map(fileOf));
  });
});

it("a second query of the regimes reads no rows", async () => {
  const reads = noReads();
  const { table } = await openConsole(root, { folder: (folder) => countedFolder(folder, reads) });
  const query = "SELECT date, round(range, 9) AS range, gap FROM regimes ORDER BY date";
  const first = (await table(query)).toArray().map(String);
  expect(first.length).toBe(DAYS);
  expect(reads.files.length).toBeGreaterThanOrEqual(DAYS);
  reads.files.length = 0;
  expect((await table(query)).toArray().map(String)).toEqual(first);
  expect(reads.files).toEqual([]);
});
