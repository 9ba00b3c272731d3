import { instantiateKernels } from "../../src/core/kernels.ts";
import { parseStrategy } from "../../src/core/strategy/parse.ts";
import { openNodeCacheFolder } from "../../src/data/hot/cache-folder-node.ts";
import { slicesPlace } from "../../src/data/hot/cache-place-node.ts";
import { aboutOf, bytesAt, readSegmentList } from "../../src/data/hot/segment.ts";
import { readSegmentName } from "../../src/data/hot/segment-name.ts";
import { PRICES, type AboutColumns } from "../../src/data/hot/warm-slices.ts";
import { readFooter } from "../../src/data/footer.ts";
import { openNodeFolder } from "../../src/data/folder-node.ts";
import { runBacktest } from "../../src/pool/scheduler.ts";
import type { WorkerHost } from "../../src/pool/worker-host.ts";
import type { Measurement } from "./measurement.ts";

/** What prices and quotes are made from in the raw files: clock, last trade, price, bid, ask. */
const PARQUET_COLUMNS = ["timestamp", "lastTradeTime", "price", "bp0", "sp0"];

/** How many bytes the cache takes for a row of a contract, everything in its files counted, beside the same columns in Parquet. */
export async function cacheBytes(host: WorkerHost, module: WebAssembly.Module, root: string, strategyText: string): Promise<Measurement[]> {
  const source = { kind: "node", root } as const;
  const strategy = parseStrategy(strategyText);
  const catalogue = host.spawn("catalogue");
  await catalogue.api.open(source, {}, () => undefined);
  const plan = await catalogue.api.plan([strategy], () => undefined);
  catalogue.end();
  await runBacktest({ plan, strategies: [strategy], host, workers: 1, init: () => ({ source, reader: "parquet-wasm", keep: { warm: 1e10, hot: 0 } }), onOutcome: () => undefined });

  const kernels = instantiateKernels(module);
  const [cache, data] = [openNodeCacheFolder(slicesPlace()), await openNodeFolder(root)];
  const kept = { bytes: 0, rows: 0 };
  const parquet = { bytes: 0, rows: 0 };
  for (const name of await cache.list()) {
    const parsed = readSegmentName(name);
    const file = parsed?.kind === "options" ? await cache.open(name) : undefined;
    if (!parsed || !file) continue;
    kept.bytes += parsed.bytes;
    for (const { key, about } of (await readSegmentList(kernels, (from, to) => bytesAt(file, from, to), parsed.bytes)) ?? []) {
      const [, , , block] = JSON.parse(key) as readonly unknown[];
      if (block !== PRICES) continue;
      const { blocks, files } = aboutOf(about) as AboutColumns;
      kept.rows += (blocks ?? []).reduce((sum, [, rows]) => sum + rows, 0);
      for (const { path } of files) {
        const { rowGroups } = await readFooter((await data.file(path))!);
        for (const group of rowGroups) {
          parquet.rows += group.rows;
          for (const column of PARQUET_COLUMNS) parquet.bytes += group.columnBytes.get(column) ?? 0;
        }
      }
    }
  }
  if (kept.rows === 0) throw new Error("the run of the benchmark kept no row of a contract");
  const [own, theirs] = [kept.bytes / kept.rows, parquet.bytes / parquet.rows];
  const over = `${kept.rows} rows of contracts with bid, ask and last price`;
  return [
    { name: "bytes of the cache per row kept, lists and checksums included", where: "Node", value: own, unit: "bytes", goal: 6, over },
    { name: "bytes of the same columns in Parquet per row", where: "Node", value: theirs, unit: "bytes", over: `${parquet.rows} rows of the same files: ${PARQUET_COLUMNS.join(", ")}` },
    { name: "Parquet against the cache", where: "Node", value: theirs / own, unit: "times", over },
  ];
}
