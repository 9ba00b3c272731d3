/** Health checks of a folder in one thread, by the product's own modules. */
import { defaultRules } from "../../src/core/market/rules.ts";
import { checkHealth } from "../../src/pool/check-health.ts";
import { HealthKeeper, planHealth } from "../../src/pool/health-plan.ts";
import type { HealthFound, HealthPlan, HealthQuestion } from "../../src/pool/health-protocol.ts";
import type { CareWorkerApi } from "../../src/pool/protocol.ts";
import type { WorkerHost } from "../../src/pool/worker-host.ts";
import { createCareWorker, type CarePlatform } from "../../workers/care-worker.ts";
import { readFileSync } from "node:fs";
import { memoryIndex, openFolder, type OpenFolder, type ProductOptions } from "./product.ts";

export interface OpenHealth extends OpenFolder {
  readonly keeper: HealthKeeper;
  plan(question?: HealthQuestion): Promise<HealthPlan>;
  check(question?: HealthQuestion): Promise<HealthFound[]>;
  /** A worker that has this plan open. */
  worker(plan: HealthPlan): Promise<CareWorkerApi>;
}

export async function openHealth(root: string, options: ProductOptions = {}): Promise<OpenHealth> {
  const opened = await openFolder(root, options);
  const keeper = new HealthKeeper(memoryIndex(), opened.folder.name);
  const platform: CarePlatform = {
    openTarget: () => {
      throw new Error("a health check writes nothing");
    },
    openSource: async () => opened.folder,
    loadReader: async () => opened.rows,
    loadKernels: async () => new WebAssembly.Module(readFileSync(new URL("../../build/kernels.wasm", import.meta.url))),
  };
  const newWorker = () => createCareWorker(platform);
  const host = { spawn: () => ({ api: newWorker(), end: () => undefined }) } as unknown as WorkerHost;
  const source = { kind: "node", root } as const;
  const plan = (question: HealthQuestion = {}) => planHealth(opened.catalogue, defaultRules, opened.folder, keeper, question);
  return {
    ...opened, keeper, plan,
    async check(question) {
      const found: HealthFound[] = [];
      await checkHealth({ plan: await plan(question), host, rules: defaultRules, workers: 1, open: () => ({ source }), onDay: (one) => found.push(one) });
      return found.sort((a, b) => a.day.date - b.day.date);
    },
    async worker(of) {
      const worker = newWorker();
      await worker.open({ source, files: of.files });
      return worker;
    },
  };
}
