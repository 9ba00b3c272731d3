import { beforeAll, describe, expect, it } from "vitest";
import type { InstrumentReport } from "../../../../src/core/health/day-health.ts";
import { flagsOf, ROW_QUALITY, type RowFlag } from "../../../../src/core/quality/row-quality.ts";
import { dayNumber, formatClock } from "../../../../src/core/time.ts";
import type { BadRowsQuery } from "../../../../src/data/health/bad-rows.ts";
import type { HealthPlan } from "../../../../src/pool/health-protocol.ts";
import { openHealth, type OpenHealth } from "../../../support/health.ts";
import { tempFolder } from "../../../support/temp-folder.ts";
import { tinyFolder, type TinyRow } from "../../../support/tiny.ts";

const DATE = dayNumber("2024-08-20");
const CONTRACT = { symbol: "BANKNIFTY", expiry: dayNumber("2024-08-21"), strike: 50_500, cp: "CE" } as const;
const sound: Omit<TinyRow, "t"> = { price: 100, bid: 99.95, ask: 100.05, volume: 10 };
const ROWS: readonly TinyRow[] = [
  { ...sound, t: "epoch", ts: "epoch" },
  { ...sound, t: "09:14:00" },
  { ...sound, t: "09:15:00" },
  { ...sound, t: "09:15:01.500", bid: 100.1 },
  { ...sound, t: "09:15:02", bid: 100.05, volume: 30 },
  { ...sound, t: "09:15:02", bid: 100.05, volume: 30 },
  { ...sound, t: "09:15:02", bid: 100.05, volume: 30, bidQty: 75 },
  { ...sound, t: null, ts: "09:15:04", volume: 20 },
  { ...sound, t: "09:15:03", price: 100.02, ask: 0, volume: 30 },
  { ...sound, t: "09:15:09", price: 0, volume: 30 },
];

const root = tempFolder();
let health: OpenHealth;
let plan: HealthPlan;
let report: InstrumentReport;
beforeAll(async () => {
  health = await openHealth(tinyFolder({ root, contracts: [{ name: "banknifty2482150500ce", rows: ROWS }, { name: "banknifty2482150500pe", rows: [{ ...sound, t: "09:15:00" }] }] }), { settings: { zone: { raw: "ist-wall" } } });
  plan = await health.plan();
  const found = await health.check();
  report = found[0].reports.find(({ contract }) => contract?.cp === "CE")!;
});

async function ask(query: Partial<BadRowsQuery> = {}) {
  const worker = await health.worker(plan);
  return worker.badRows(plan.tasks[0], { date: DATE, kind: "option", contract: CONTRACT, flags: 2 ** 12 - 1, offset: 0, limit: 100, ...query });
}

describe("the bad rows", () => {
  it("of a contract are shown as the file has them, each with what is wrong", async () => {
    const { total, rows, columns } = await ask();
    expect(rows.map(({ row, second, quality }) => [row, second === null ? null : formatClock(second), flagsOf(quality).join()])).toEqual([
      [0, null, "bad_clock"],
      [1, "09:14:00", "out_of_session"],
      [3, "09:15:01", "crossed"],
      [4, "09:15:02", "locked"],
      [5, "09:15:02", "duplicate,locked"],
      [6, "09:15:02", "locked"],
      [8, "09:15:03", "out_of_order,one_sided,off_tick"],
      [7, "09:15:04", "clock_from_ts,volume_falls"],
      [9, "09:15:09", "zero_price"],
    ]);
    expect(total).toBe(9);
    expect(columns).toHaveLength(52);
    const cell = (place: number, name: string) => rows[place].cells[columns.indexOf(name)];
    expect([cell(0, "timestamp"), cell(2, "timestamp"), cell(7, "timestamp"), cell(7, "ts")]).toEqual(["1970-01-01 05:30:00", "2024-08-20 09:15:01.500000", null, "2024-08-20 09:15:04"]);
    expect([cell(2, "bp0"), cell(6, "price"), cell(5, "bq0"), cell(5, "symbol")]).toEqual(["100.1", "100.02", "75", "BANKNIFTY"]);
  });

  it("are as many as the report counts, flag by flag, in pages", async () => {
    for (const flag of Object.keys(ROW_QUALITY) as RowFlag[]) expect((await ask({ flags: ROW_QUALITY[flag] })).total, flag).toBe(report.day.flags[flag]);
    const pages = [await ask({ offset: 0, limit: 4 }), await ask({ offset: 4, limit: 4 }), await ask({ offset: 8, limit: 4 })];
    expect(pages.flatMap(({ rows }) => rows)).toEqual((await ask()).rows);
    expect(pages.map(({ total }) => total)).toEqual([9, 9, 9]);
  });

  it("of another contract or date are none", async () => {
    expect((await ask({ contract: { ...CONTRACT, cp: "PE" } })).rows).toEqual([]);
    expect((await ask({ date: DATE + 1 })).rows).toEqual([]);
  });
});

describe("a health check", () => {
  it("inspects a day again only when its files have changed, and is told what it was", async () => {
    const before = await health.check();
    await health.keeper.keep(before);
    const again = await health.plan();
    expect([again.days.length, again.tasks.length]).toEqual([0, 0]);
    expect(again.kept).toEqual(before.map(({ day }) => day));
    expect((await health.plan({ anew: true })).days).toHaveLength(1);
    expect((await health.plan({ from: DATE + 1 })).days).toHaveLength(0);
    tinyFolder({ root, contracts: [{ name: "banknifty2482150500pe", rows: [{ ...sound, t: "09:15:00" }, { ...sound, t: "09:15:05" }] }] });
    await health.catalogue.refresh();
    const [{ day }] = await health.check();
    expect(day.rows).toBe(before[0].day.rows + 1);
  });
});
