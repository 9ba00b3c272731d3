import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { runReference, type ReferenceResult } from "../../reference/engine.ts";
import { readFolder, type RawFile } from "../../reference/read-folder.ts";
import { TRADE_COLUMNS } from "../../reference/rows-out.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const root = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** The shipped sample, with its spot files under a name that the reference knows. */
async function sampleFiles(): Promise<RawFile[]> {
  const copy = tempFolder();
  cpSync(root("public/sample/options"), join(copy, "options"), { recursive: true });
  for (const name of readdirSync(root("public/sample/spot/banknifty"))) {
    cpSync(join(root("public/sample/spot/banknifty"), name), join(copy, "spot", name.replace(".parquet", ""), "banknifty_spot.parquet"));
  }
  return readFolder(copy);
}

describe("ready-made strategies on the sample that ships", () => {
  let files: RawFile[];
  beforeAll(async () => {
    files = await sampleFiles();
  });

  const run = (name: string): ReferenceResult => runReference(files, readFileSync(root(`strategies/${name}.yaml`), "utf8"));
  const column = (result: ReferenceResult, name: (typeof TRADE_COLUMNS)[number]): string[] => result.trades.map((trade) => trade[TRADE_COLUMNS.indexOf(name)]);

  it("trades the hourly straddle on every day, with fresh quotes at most anchors", () => {
    const result = run("atm-hourly-straddle");
    expect(new Set(column(result, "date"))).toEqual(new Set(["2024-08-19", "2024-08-20", "2024-08-21"]));
    expect(result.trades.length).toBeGreaterThanOrEqual(30);
    expect(column(result, "reason_exit")).toContain("rebalance");
    expect(column(result, "reason_exit")).toContain("window_end");
    expect(result.skips.length).toBeLessThanOrEqual(2);
    expect(Object.values(result.spotSources)).toEqual(["files", "files", "files"]);
  });

  it("trades the Monday opening on the Monday alone", () => {
    const result = run("monday-open-0915-0920");
    expect(column(result, "date")).toEqual(["2024-08-19", "2024-08-19"]);
    expect(column(result, "ts_exit")).toEqual(["2024-08-19 09:20:01", "2024-08-19 09:20:01"]);
  });
});
