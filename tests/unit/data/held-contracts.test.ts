import { beforeAll, describe, expect, it } from "vitest";
import type { Kernels } from "../../../src/core/kernels.ts";
import { defaultRules } from "../../../src/core/market/rules.ts";
import { contractLabel } from "../../../src/core/market/contract-id.ts";
import { dayNumber } from "../../../src/core/time.ts";
import type { CatalogueFile } from "../../../src/data/catalogue/types.ts";
import { UNKNOWN_SYMBOL } from "../../../src/data/catalogue/types.ts";
import { readFacts } from "../../../src/data/facts.ts";
import type { RowReader } from "../../../src/data/ports.ts";
import { sessionLookup } from "../../../src/data/session-of.ts";
import { testKernels } from "../../support/memory-day.ts";
import { column, folderOf, micros, parquetBytes, testReader } from "./parquet-fixture.ts";
import type { FixtureColumn } from "./parquet-fixture.ts";

let reader: RowReader;
let kernels: Kernels;
beforeAll(async () => {
  reader = await testReader();
  kernels = testKernels();
});

const TUE = dayNumber("2024-08-20");
const part: CatalogueFile = { path: "options/date=2024-08-20/part-0.parquet", layout: "day", kind: "option", symbol: UNKNOWN_SYMBOL, date: TUE };
const rows = 4;
const base = [column("timestamp", "us", Array.from({ length: rows }, (_, i) => micros(`2024-08-20 09:15:0${i}`))), column("price", "double", [1, 2, 3, 4])];
const keys = [column("strike", "int32", [50_000, 50_000, 24_000, 50_000]), column("opt_type", "text", ["CE", "PE", "CE", "CE"])];
const symbols = column("symbol", "text", ["BANKNIFTY", "BANKNIFTY", "NIFTY", "BANKNIFTY"]);
/** IST midnights as instants: they read 18:30 of the day before in UTC. */
const expiries = column("expiry", "us", ["2024-08-20 18:30:00", "2024-08-20 18:30:00", "2024-08-21 18:30:00", "2024-08-27 18:30:00"].map(micros));

async function factsOf(columns: FixtureColumn[], about = part) {
  const { folder } = await folderOf({ [about.path]: parquetBytes(columns, { rowGroupSize: 3 }) });
  return readFacts(folder, reader, kernels, about, { day: "ist-wall", series: "ist-wall" }, sessionLookup(defaultRules), defaultRules);
}

describe("what rows tell of contracts", () => {
  it("is every symbol and contract of a file that holds many", async () => {
    const found = await factsOf([...base, ...keys, symbols, expiries]);
    expect(found).toMatchObject({ rows, symbols: ["BANKNIFTY", "NIFTY"] });
    expect("contracts" in found && found.contracts?.map(contractLabel).sort()).toEqual(["BANKNIFTY 2024-08-21 50000 CE", "BANKNIFTY 2024-08-21 50000 PE", "BANKNIFTY 2024-08-28 50000 CE", "NIFTY 2024-08-22 24000 CE"]);
  });

  it("is of one symbol where the path says which", async () => {
    const found = await factsOf([...base, ...keys, symbols, expiries], { ...part, symbol: "NIFTY" });
    expect(found).not.toHaveProperty("symbols");
    expect("contracts" in found && found.contracts?.map(contractLabel)).toEqual(["NIFTY 2024-08-22 24000 CE"]);
  });

  it("is no symbol where no column names one", async () => {
    const spot: CatalogueFile = { path: "spot/date=2024-08-20/x.parquet", layout: "day", kind: "spot", symbol: UNKNOWN_SYMBOL, date: TUE };
    expect(await factsOf(base, spot)).toMatchObject({ rows, symbols: [] });
    expect(await factsOf([...base, symbols], spot)).toMatchObject({ symbols: ["BANKNIFTY", "NIFTY"] });
    expect(await factsOf(base, { ...spot, symbol: "NIFTY" })).not.toHaveProperty("symbols");
  });

  it("is a problem in an option file without expiry, strike or side", async () => {
    const known = { ...part, symbol: "BANKNIFTY" };
    expect(await factsOf([...base, ...keys], known)).toMatchObject({ problem: { fatal: true, kind: "missing_column", message: expect.stringContaining('Add an "expiry" column') } });
    expect(await factsOf([...base, keys[1], expiries], known)).toMatchObject({ problem: { fatal: true, message: expect.stringContaining("tells the strike of a row") } });
    expect(await factsOf([...base, keys[0], expiries], known)).toMatchObject({ problem: { fatal: true, message: expect.stringContaining("tells the side of a row") } });
  });
});
