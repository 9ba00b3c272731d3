import { rulesWith } from "../core/market/rules.ts";
import { parseStrategy } from "../core/strategy/parse.ts";
import type { ReaderName } from "../data/ports.ts";
import { dryScan, estimateOf, type DryScan } from "../pool/dry-scan.ts";
import { thisMachine } from "./machine.ts";
import { nodeHost, openData, sayProgress } from "./open-data.ts";
import { dataSettings, type DataOptions } from "./options.ts";
import { readRules } from "./read-given-file.ts";
import { readStrategy } from "./read-strategy.ts";
import { count, print, sayOver } from "./words.ts";

export interface BenchFolderOptions extends DataOptions {
  readonly strategy?: string;
  readonly workers: number;
  readonly reader: ReaderName;
  readonly json?: true;
}

/** Sells a straddle every hour: about ten contracts a day. */
const HOURLY = (symbol: string) => `{ name: bench, universe: { symbol: ${symbol} }, entry: { legs: [{ cp: CE, lots: -1 }, { cp: PE, lots: -1 }], rebalance: 1h }, sampling: { first_trades: 0 } }`;

/** Reads ten days of a folder and says how fast each phase was, which is slowest, and how long all of it would take. */
export async function benchFolderCommand(options: BenchFolderOptions): Promise<void> {
  const { data: folder, strategy: file, workers, reader, json } = options;
  const rules = await readRules(options.rules);
  const opening = performance.now();
  const data = await openData(folder, dataSettings(options), rules);
  try {
    const opened = performance.now();
    const [largest] = [...data.summary.symbols].sort((a, b) => b.files - a.files);
    if (!largest) throw new Error(`${folder}: no symbol could be read from the names of the files.`);
    const strategy = file === undefined ? parseStrategy(HOURLY(largest.symbol)) : await readStrategy(file, rulesWith(rules));
    const plan = await data.catalogue.plan([strategy], sayProgress);
    sayOver("");
    const planned = performance.now();
    const [own] = plan.strategies;
    if (own.kind === "refused") throw new Error(own.message);
    if (own.dates.length === 0) throw new Error(`${folder}: there is no day that the strategy could be run on.`);
    const scan = await dryScan({ plan, strategy, host: nodeHost, workers, open: () => ({ source: data.source, reader, rules }) });
    if (!scan) throw new Error("the scan was stopped");
    const whole = { files: data.summary.files, catalogue: opened - opening, plan: planned - opened, days: own.dates.length, ...estimateOf(scan, own.dates.length, workers, 0) };
    await print(json ? JSON.stringify({ machine: thisMachine(), date: new Date().toISOString().slice(0, 10), scan, whole }, null, 2) : words(scan, whole, workers));
  } finally {
    data.close();
  }
}

interface Whole {
  readonly files: number;
  readonly catalogue: number;
  readonly plan: number;
  readonly days: number;
  readonly bytes: number;
  readonly seconds: number;
}

function words(scan: DryScan, whole: Whole, workers: number): string {
  const per = (amount: number, milliseconds: number) => (milliseconds > 0 ? (amount / milliseconds) * 1000 : 0);
  const slowest = scan.phases.reduce((a, b) => (b.milliseconds > a.milliseconds ? b : a));
  const busy = scan.phases.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const lines = [
    `Catalogue  ${(whole.catalogue / 1000).toFixed(1)} s for ${count(whole.files, "file")}, plan ${(whole.plan / 1000).toFixed(1)} s for ${count(whole.days, "day")}`,
    `Scan       ${count(scan.days, "day")}, ${count(scan.contractDays, "contract-day")}, ${(scan.bytes / 1e6).toFixed(1)} MB of Parquet, ${count(scan.rows, "row")}, ${count(scan.workers, "worker")}: ${(scan.elapsed / 1000).toFixed(1)} s`,
    ...scan.phases.map(({ name, milliseconds }) => {
      const speed = name === "read and decode Parquet" ? `${(per(scan.bytes, milliseconds) / 1e6).toFixed(1)} MB/s, ${Math.round(per(scan.rows, milliseconds) / 1000).toLocaleString("en-IN")} thousand rows/s` : name === "simulate" ? `${per(scan.days, milliseconds).toFixed(0)} days/s` : `${Math.round(per(scan.rows, milliseconds) / 1000).toLocaleString("en-IN")} thousand rows/s`;
      return `  ${name.padEnd(26)} ${(milliseconds / Math.max(1, scan.contractDays)).toFixed(2)} ms per contract-day, ${speed} a worker`;
    }),
    `Slowest    ${slowest.name}: ${Math.round((slowest.milliseconds / Math.max(1, busy)) * 100)} % of the workers' time`,
    `All days   ${count(whole.days, "day")}: about ${(whole.bytes / 1e9).toFixed(2)} GB to read and ${duration(whole.seconds)} with ${count(workers, "worker")}, the first time`,
  ];
  return lines.join("\n");
}

function duration(seconds: number): string {
  return seconds < 120 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}
