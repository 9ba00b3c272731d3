import { resolve } from "node:path";
import { cacheContents, clearCache } from "../data/hot/cache-budget.ts";
import { openNodeCacheFolder } from "../data/hot/cache-folder-node.ts";
import { slicesPlace } from "../data/hot/cache-place-node.ts";
import { sourceName } from "../pool/source-name.ts";
import { print, say } from "./words.ts";

export interface CacheOptions {
  readonly data?: string;
  readonly clear?: true;
  readonly json?: true;
}

/** Says what is kept between runs, by data folder, symbol and month; or removes it. */
export async function cacheCommand({ data, clear, json }: CacheOptions): Promise<void> {
  const folder = openNodeCacheFolder(slicesPlace());
  const source = data === undefined ? undefined : sourceName({ kind: "node", root: resolve(data) });
  const shares = (await cacheContents(folder)).filter((share) => source === undefined || share.folder === source);
  const total = shares.reduce((sum, { bytes }) => sum + bytes, 0);
  if (clear) {
    await clearCache(folder, source);
    say(`${(total / 1e6).toFixed(1)} MB removed from ${slicesPlace()}`);
    return;
  }
  if (json) return print(JSON.stringify({ place: slicesPlace(), bytes: total, shares }, null, 2));
  const lines = shares.map((share) => `${share.folder}  ${share.symbol}  ${share.month}  ${share.kind.padEnd(7)}  ${(share.bytes / 1e6).toFixed(1)} MB`);
  await print([...lines, `${(total / 1e6).toFixed(1)} MB in ${slicesPlace()}`].join("\n"));
}
