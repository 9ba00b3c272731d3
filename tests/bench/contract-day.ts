import { parseStrategy } from "../../src/core/strategy/parse.ts";
import type { SourceDescriptor } from "../../src/pool/protocol.ts";
import { runBacktest } from "../../src/pool/scheduler.ts";
import type { WorkerHost } from "../../src/pool/worker-host.ts";
import { median } from "./measurement.ts";

/** Passes over the days before anything is measured: code is compiled and tuned in them. */
export const WARM_UPS = 3;
/** Passes that are measured. */
export const PASSES = 7;

/** What one pass over the days took and read. */
export interface ContractDays {
  /** From Parquet to grid, for one contract and day, spot included. */
  readonly milliseconds: number;
  readonly contractDays: number;
  readonly files: number;
}

/** The contract-days of a strategy in one worker. Every pass reads and decodes all files anew. */
export async function contractDay(host: WorkerHost, source: SourceDescriptor, strategyText: string): Promise<ContractDays> {
  const strategy = parseStrategy(strategyText);
  const catalogue = host.spawn("catalogue");
  await catalogue.api.open(source, {}, () => undefined);
  const plan = await catalogue.api.plan([strategy], () => undefined);
  catalogue.end();
  const passes = Array.from({ length: WARM_UPS + PASSES }, () => plan.portions.map((portion) => ({ ...portion }))).flat();
  let days = 0;
  const passMilliseconds = new Array<number>(PASSES).fill(0);
  let contracts = 0;
  const files = new Set<string>();
  await runBacktest({
    plan: { ...plan, portions: passes },
    strategies: [strategy],
    host,
    workers: 1,
    init: () => ({ source, reader: "parquet-wasm" }),
    onOutcome(_place, outcome) {
      if (outcome.parts[0].kind !== "run") throw new Error(`a day of the benchmark was not run: ${JSON.stringify(outcome)}`);
      const pass = Math.floor(days++ / plan.dates.length) - WARM_UPS;
      if (pass < 0) return;
      passMilliseconds[pass] += outcome.milliseconds.load;
      contracts += outcome.contractsRead;
      for (const { path } of outcome.files) files.add(path);
    },
  });
  const contractDays = contracts / PASSES;
  return { milliseconds: median(passMilliseconds) / contractDays, contractDays, files: files.size };
}
