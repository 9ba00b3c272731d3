import { beforeAll, describe, expect, it } from "vitest";
import { readFooter } from "../../../src/data/footer.ts";
import { openNodeFolder } from "../../../src/data/folder-node.ts";
import { type Column, NULL_TIME, type RowReader } from "../../../src/data/ports.ts";
import { smallSample, writeLayouts, type LayoutFolders } from "../../support/layouts.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { tinyFolder } from "../../support/tiny.ts";
import { testReader } from "../data/parquet-fixture.ts";

const IST = 19_800_000_000n;
const MICROSECONDS = { s: 1_000_000n, ms: 1_000n, us: 1n, ns: 0n } as const;

let reader: RowReader;
beforeAll(async () => {
  reader = await testReader();
});

async function read(root: string, path: string, columns: readonly string[]): Promise<{ rows: number; columns: ReadonlyMap<string, Column> }> {
  const file = await (await openNodeFolder(root)).file(path);
  if (!file) throw new Error(`${path} is not in ${root}`);
  return reader.read(file, { columns });
}

/** Microseconds of IST digits; undefined where missing or before 2000. */
function digits(column: Column | undefined, shift: bigint): (bigint | undefined)[] {
  if (column?.type !== "time") throw new Error("no time column");
  return Array.from(column.values, (value) => (value === NULL_TIME || value < 946_684_800_000n * 1000n / MICROSECONDS[column.unit] ? undefined : value * MICROSECONDS[column.unit] + shift));
}

function numbers(column: Column | undefined): number[] {
  if (column?.type !== "number") throw new Error("no number column");
  return [...column.values];
}

describe("the three layouts", () => {
  let folders: LayoutFolders;
  const sample = smallSample({ seed: 21, days: 2, strikesEachSide: 3, future: true });
  const monthly = sample.files.find(({ contract, path }) => contract?.monthly && /\/banknifty/.test(path) && contract.strike === Math.round(sample.days[0].open / 100) * 100)!;
  beforeAll(() => {
    folders = writeLayouts(sample, tempFolder());
  });

  it("hold the same rows of a contract, with true instants in the packed one", async () => {
    const { expiry, strike, cp } = monthly.contract!;
    expect(expiry).toBe(sample.days[0].expiries[1].date);
    const raw = await read(folders.raw, monthly.path, ["timestamp", "ts", "price", "bp0", "sp4", "oi"]);
    const packed = await read(folders.packed, `options/BANKNIFTY/202408/exp=2024-08-28/type=${cp}/strike=${strike}.parquet`, ["timestamp", "close", "bp0", "sp4", "oi", "price"]);
    expect(packed.rows).toBe(raw.rows);
    expect(packed.columns.has("price")).toBe(false);
    const ts = digits(raw.columns.get("ts"), 0n);
    const rawClock = digits(raw.columns.get("timestamp"), 0n).map((clock, r) => clock ?? ts[r]);
    expect(digits(packed.columns.get("timestamp"), IST)).toEqual(rawClock);
    expect(rawClock).toContain(undefined);
    expect(numbers(packed.columns.get("close"))).toEqual(numbers(raw.columns.get("price")));
    for (const name of ["bp0", "sp4", "oi"]) expect(numbers(packed.columns.get(name)), name).toEqual(numbers(raw.columns.get(name)));
  });

  it("hold every row of every option once in the day partitions, with its expiry", async () => {
    let inDays = 0;
    for (const date of ["2024-08-19", "2024-08-20"]) {
      const { rows, columns } = await read(folders.day, `options/date=${date}/banknifty.parquet`, ["expiry", "timestamp"]);
      inDays += rows;
      const expiry = columns.get("expiry");
      if (expiry?.type !== "text") throw new Error("no expiry");
      expect([...new Set(expiry.codes)].map((code) => expiry.dictionary[code]).sort()).toEqual(["2024-08-21", "2024-08-28"]);
      const days = new Set(digits(columns.get("timestamp"), 0n).filter((clock) => clock !== undefined).map((clock) => clock / 86_400_000_000n));
      expect(days.size).toBe(1);
    }
    const inFiles = sample.files.filter(({ contract }) => contract).flatMap((file) => [...file.tables()]).reduce((sum, table) => sum + table.rows, 0);
    expect(inDays).toBe(inFiles);
  });

  it("name the zone in the packed schema only", async () => {
    const zoneOf = async (root: string, path: string): Promise<string | undefined> => {
      const file = await (await openNodeFolder(root)).file(path);
      return (await readFooter(file!)).columns.find(({ name }) => name === "timestamp")?.zone;
    };
    expect(await zoneOf(folders.packed, "spot/BANKNIFTY/202408/date=2024-08-19/ticks.parquet")).toBe("Asia/Kolkata");
    expect(await zoneOf(folders.packed, "futures/BANKNIFTY/202408/exp=2024-08-28/ticks.parquet")).toBe("Asia/Kolkata");
    expect(await zoneOf(folders.raw, monthly.path)).not.toBe("Asia/Kolkata");
  });

  it("write empty contracts as files that the strict reader opens", async () => {
    const empty = sample.files.find((file) => file.contract && [...file.tables()][0].rows === 0)!;
    expect((await read(folders.raw, empty.path, ["timestamp", "price"])).rows).toBe(0);
  });
});

describe("a tiny folder", () => {
  it("holds what its rows say, and defaults for the rest", async () => {
    const root = tinyFolder({
      contracts: [
        {
          name: "banknifty2482150500ce",
          rows: [
            { t: "09:15:00.250", price: 101.05, bid: 101, ask: 101.1 },
            { t: null, ts: "epoch", price: null, bids: [[100, 15], [null, 30]], lastTrade: "2024-05-29 15:04:29" },
          ],
        },
      ],
      spot: [{ t: "09:15:00", price: 50_510.25 }],
    });
    const { columns } = await read(root, "options/banknifty2482150500ce.parquet", ["timestamp", "ts", "lastTradeTime", "price", "bp0", "bq0", "bp1", "sp0", "strike"]);
    const at = BigInt(Date.UTC(2024, 7, 20, 9, 15, 0, 250)) * 1000n;
    expect(digits(columns.get("timestamp"), 0n)).toEqual([at, undefined]);
    expect(digits(columns.get("ts"), 0n)).toEqual([at, undefined]);
    expect(digits(columns.get("lastTradeTime"), 0n)).toEqual([at, BigInt(Date.UTC(2024, 4, 29, 15, 4, 29)) * 1000n]);
    expect(numbers(columns.get("price"))).toEqual([101.05, NaN]);
    expect(numbers(columns.get("bp0"))).toEqual([101, 100]);
    expect(numbers(columns.get("bq0"))).toEqual([150, 15]);
    expect(numbers(columns.get("bp1"))).toEqual([0, NaN]);
    expect(numbers(columns.get("sp0"))).toEqual([101.1, 0]);
    expect(numbers(columns.get("strike"))).toEqual([50_500, 50_500]);
    expect(numbers((await read(root, "spot/banknifty/date=2024-08-20.parquet", ["price"])).columns.get("price"))).toEqual([50_510.25]);
  });
});
