import { parseStrategy } from "../../src/core/strategy/parse.ts";
import type { DayNumber } from "../../src/core/time.ts";
import type { SourceDescriptor } from "../../src/pool/protocol.ts";
import { runBacktest } from "../../src/pool/scheduler.ts";
import type { WorkerHost } from "../../src/pool/worker-host.ts";
import type { ContractFile } from "./extract.ts";

/** The contract files that a strategy reads of a folder, and for which dates. */
export async function contractFiles(host: WorkerHost, source: SourceDescriptor, strategyText: string): Promise<ContractFile[]> {
  const strategy = parseStrategy(strategyText);
  const catalogue = host.spawn("catalogue");
  await catalogue.api.open(source, {}, () => undefined);
  const plan = await catalogue.api.plan([strategy], () => undefined);
  const { total } = await catalogue.api.files({ offset: 0, limit: 0 });
  const known = new Map((await catalogue.api.files({ offset: 0, limit: total })).files.map((file) => [file.path, file]));
  catalogue.end();
  const dates = new Map<string, DayNumber[]>();
  await runBacktest({
    plan, strategies: [strategy], host, workers: 1,
    init: () => ({ source, reader: "parquet-wasm" }),
    onOutcome(_, { date, files }) {
      for (const { path } of files) if (known.get(path)?.kind === "option") dates.set(path, [...(dates.get(path) ?? []), date]);
    },
  });
  return [...dates].map(([path, own]) => ({ path, symbol: known.get(path)!.symbol, dates: own.sort((a, b) => a - b) })).sort((a, b) => (a.path < b.path ? -1 : 1));
}
