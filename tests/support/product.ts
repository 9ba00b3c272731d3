/** The product's own modules in one thread: catalogue, plan, days, results. What workers add is tested where they are. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { DayData } from "../../src/core/engine/ports.ts";
import { fieldsOf } from "../../src/core/engine/fields.ts";
import { runDate, type DatePass } from "../../src/core/engine/run-date.ts";
import { instantiateKernels, type Kernels } from "../../src/core/kernels.ts";
import { defaultRules } from "../../src/core/market/rules.ts";
import { resultHash } from "../../src/core/results/hash.ts";
import { tradeLabels } from "../../src/core/results/labels.ts";
import { createRunMerge, type RunMerge } from "../../src/core/results/merge.ts";
import { positionsCsv } from "../../src/core/results/positions-csv.ts";
import { skipsCsv } from "../../src/core/results/skips-csv.ts";
import { hashedTradeLines } from "../../src/core/results/trades-csv.ts";
import { parseStrategy } from "../../src/core/strategy/parse.ts";
import type { ParsedStrategy, StrategyOverrides } from "../../src/core/strategy/types.ts";
import { isoDate } from "../../src/core/time.ts";
import { Catalogue } from "../../src/data/catalogue/catalogue.ts";
import type { DataSettings } from "../../src/data/catalogue/types.ts";
import { createDaySource } from "../../src/data/day-data.ts";
import { createEarlierDays } from "../../src/data/earlier-days.ts";
import { readFacts } from "../../src/data/facts.ts";
import { openNodeFolder } from "../../src/data/folder-node.ts";
import type { CacheFolder } from "../../src/data/hot/cache-folder.ts";
import { KeptSlices } from "../../src/data/hot/kept-slices.ts";
import type { IndexStore } from "../../src/data/index-store.ts";
import { createParquetWasmReader } from "../../src/data/parquet-wasm-reader.ts";
import type { Folder, RowReader } from "../../src/data/ports.ts";
import { probeClocks } from "../../src/data/probe.ts";
import { sessionLookup } from "../../src/data/session-of.ts";
import { PlanError, planRun } from "../../src/pool/plan-run.ts";

const KERNELS = new URL("../../build/kernels.wasm", import.meta.url);
const PARQUET = createRequire(import.meta.url).resolve("parquet-wasm/esm/parquet_wasm_bg.wasm");

let kernels: Kernels | undefined;
let reader: Promise<RowReader> | undefined;

/** An index store in memory. */
export function memoryIndex(): IndexStore {
  const held = new Map<string, unknown>();
  return { get: async (key) => structuredClone(held.get(key)), set: async (key, value) => void held.set(key, structuredClone(value)) };
}

/** A run as the product leaves it. */
export interface ProductRun {
  /** Cells of trades.csv without `run_id`, without the header. */
  readonly trades: string[][];
  /** Cells of positions.csv without `run_id`, without the header. */
  readonly positions: string[][];
  /** Cells of skips.csv, without the header. */
  readonly skips: string[][];
  /** Date and reason. */
  readonly notRun: string[][];
  readonly hash: string;
  readonly strategy: ParsedStrategy;
  readonly merge: RunMerge;
  /** Why something is not kept for the next run. */
  readonly trouble: string | undefined;
  /** How many variants each date that was not taken over has simulated. */
  readonly simulated: readonly number[];
}

/** A folder that has been opened, for as many runs as wanted: what its files were found to hold is looked up once, as on the page. */
export interface OpenProduct {
  /** Rejects as the product does: StrategyError, PlanError, ChoiceNeeded. */
  run(strategyText: string, overrides?: StrategyOverrides): Promise<ProductRun>;
}

export interface ProductOptions {
  readonly settings?: DataSettings;
  readonly reader?: RowReader;
  /** Stands between the product and the folder. */
  readonly folder?: (folder: Folder) => Folder;
  /** What is kept from run to run. Absent: nothing. */
  readonly kept?: { readonly cache: CacheFolder; readonly index: IndexStore; readonly bytes?: number };
  /** Stands between a day's rows and the engine. */
  readonly day?: <D extends DayData>(data: D) => D;
  /** Whether finished days are kept and taken over, too. */
  readonly resume?: boolean;
}

export interface SingleRunOptions extends ProductOptions {
  readonly overrides?: StrategyOverrides;
}

/** A folder with its catalogue, and what reads it. */
export interface OpenFolder {
  readonly catalogue: Catalogue;
  readonly folder: Folder;
  readonly rows: RowReader;
  readonly machine: Kernels;
}

export async function openFolder(root: string, options: ProductOptions = {}): Promise<OpenFolder> {
  kernels ??= instantiateKernels(new WebAssembly.Module(readFileSync(KERNELS)));
  reader ??= createParquetWasmReader(readFileSync(PARQUET));
  const rows = options.reader ?? (await reader);
  const machine = kernels;
  const opened = await openNodeFolder(root);
  const folder = options.folder?.(opened) ?? opened;
  const sessionOf = sessionLookup(defaultRules);
  const catalogue = await Catalogue.open({
    folder,
    rules: defaultRules,
    settings: options.settings ?? {},
    store: options.kept?.index ?? memoryIndex(),
    readFacts: (files, zones) => Promise.all(files.map((file) => readFacts(folder, rows, machine, file, zones, sessionOf, defaultRules))),
    probeClocks: (file) => probeClocks(folder, rows, file),
  });
  return { catalogue, folder, rows, machine };
}

export async function openProduct(root: string, options: ProductOptions = {}): Promise<OpenProduct> {
  const opened = await openFolder(root, options);
  return { run: (strategyText, overrides) => run({ root, options, ...opened }, parseStrategy(strategyText, overrides)) };
}

/** One run over a folder that nothing else is asked of. */
export async function runProduct(root: string, strategyText: string, { overrides, ...options }: SingleRunOptions = {}): Promise<ProductRun> {
  return (await openProduct(root, options)).run(strategyText, overrides);
}

interface Opened extends OpenFolder {
  readonly root: string;
  readonly options: ProductOptions;
}

async function run({ root, options, catalogue, folder, rows, machine }: Opened, strategy: ParsedStrategy): Promise<ProductRun> {
  const { portions, earlier, strategies: [plan] } = await planRun(catalogue, [strategy], defaultRules);
  if (plan.kind === "refused") throw new PlanError(plan.message);
  const merge = createRunMerge(strategy);
  const notRun = [...plan.notRun];
  const simulated: number[] = [];
  const noted = (given: DatePass) => {
    simulated.push(...given.strategies.map(({ strategy: one }) => one.variants.length));
    return runDate(given);
  };
  const kept = options.kept && new KeptSlices({ folder, source: root, cache: options.kept.cache, limits: { warm: options.kept.bytes ?? 1e9, hot: 0 }, kernels: machine, rules: defaultRules, build: "test" });
  const source = () => createDaySource({ folder, reader: rows, kernels: machine, rules: defaultRules, fields: fieldsOf(strategy), keeper: kept?.keeper });
  const days = new Map(portions.flatMap(({ chunks }) => chunks).map(({ symbol }) => [symbol, source()]));
  const before = createEarlierDays(source(), earlier);
  for (const { dates, chunks } of portions) {
    for (const date of dates) {
      const open = (symbol: string) => {
        const chunk = chunks.find((one) => one.symbol === symbol && one.dates.includes(date));
        const data = chunk && days.get(symbol)!.day(chunk, date, () => before.before(symbol, date));
        return data && options.day ? options.day(data) : data;
      };
      const pass = { date, strategies: [{ strategy, recordSample: true }], open, rules: defaultRules, kernels: machine };
      for (const outcome of await (options.resume && kept?.days ? kept.days.run(pass, noted) : runDate(pass))) merge.add(outcome);
    }
    days.forEach((source) => source.release());
    await kept?.turn();
  }
  notRun.push(...merge.notRun());
  const labels = tradeLabels(strategy);
  const trades = merge.trades();
  const cells = (csv: string) => csv.split("\n").slice(1, -1).map((line) => line.split(","));
  return {
    trades: cells([...hashedTradeLines(trades, labels)].join("")),
    positions: cells([...positionsCsv(trades, labels, "")].join("")).map(([, ...row]) => row),
    skips: cells(skipsCsv(merge.skips(), labels)),
    notRun: [...new Set(notRun.sort((a, b) => a.date - b.date).map(({ date, reason }) => `${isoDate(date)} ${reason}`))].map((day) => day.split(" ")),
    hash: resultHash(trades, labels),
    strategy,
    merge,
    trouble: (await kept?.finish())?.trouble,
    simulated,
  };
}
