/** Copies of a folder in one thread, by the product's own modules. */
import { readFileSync } from "node:fs";
import { COPY_KINDS, DEFAULT_ROW_GROUP, type CopyOptions } from "../../src/core/reshape/options.ts";
import { openNodeCopyTarget } from "../../src/data/reshape/copy-target-node.ts";
import type { CopyTarget } from "../../src/data/reshape/copy-target.ts";
import type { UnitRecord } from "../../src/data/reshape/copy-units.ts";
import { copyData, leftToCopy } from "../../src/pool/copy-data.ts";
import { planCopy } from "../../src/pool/copy-plan.ts";
import type { WorkerHost } from "../../src/pool/worker-host.ts";
import { createCareWorker } from "../../workers/care-worker.ts";
import { openFolder, type ProductOptions } from "./product.ts";

export const WHOLE: CopyOptions = { kinds: COPY_KINDS, columns: "all", layout: "days", sort: "contract", rowGroup: DEFAULT_ROW_GROUP };

export interface Copied {
  readonly records: readonly UnitRecord[];
  /** Units that were complete before. */
  readonly finished: number;
  readonly failed: readonly string[];
}

/** @param target stands between the copy and the folder `out` */
export async function copyFolder(root: string, out: string, options: Partial<CopyOptions> = {}, { target: wrap = (target) => target, ...product }: ProductOptions & { readonly target?: (target: CopyTarget) => CopyTarget } = {}): Promise<Copied> {
  const { catalogue, folder, rows } = await openFolder(root, product);
  const wanted = { ...WHOLE, ...options };
  const target = wrap(openNodeCopyTarget(out));
  const plan = await planCopy(catalogue, folder, wanted);
  if (plan.refused.length > 0) throw new Error(plan.refused.map(({ message }) => message).join("\n"));
  const newWorker = () =>
    createCareWorker({
      openSource: async () => folder,
      openTarget: () => target,
      loadReader: async () => rows,
      loadKernels: async () => new WebAssembly.Module(readFileSync(new URL("../../build/kernels.wasm", import.meta.url))),
    });
  const host = { spawn: () => ({ api: newWorker(), end: () => undefined }) } as unknown as WorkerHost;
  const { finished, tasks } = await leftToCopy(plan, target);
  const records: UnitRecord[] = [...finished];
  const failed: string[] = [];
  await copyData({
    plan, options: wanted, host, workers: 1, target, descriptor: { kind: "node", root: out },
    open: (api, files) => api.open({ source: { kind: "node", root }, files }),
    onUnits: (done) => records.push(...done),
    onFailed: (_, error) => failed.push(String(error)),
    onProgress: () => undefined,
  }, tasks);
  return { records, finished: finished.length, failed };
}
