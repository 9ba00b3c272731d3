import { expose } from "comlink";
import { defaultRules, rulesWith } from "../src/core/market/rules.ts";
import { Catalogue } from "../src/data/catalogue/catalogue.ts";
import { fileQuestions } from "../src/data/catalogue/file-questions.ts";
import { VIX_SYMBOL } from "../src/data/catalogue/types.ts";
import type { IndexStore } from "../src/data/index-store.ts";
import type { Folder } from "../src/data/ports.ts";
import { IndexPool } from "../src/pool/index-pool.ts";
import { planCopy } from "../src/pool/copy-plan.ts";
import { HealthKeeper, planHealth } from "../src/pool/health-plan.ts";
import { packFiles, packPlan } from "../src/pool/packed-plan.ts";
import { planRun } from "../src/pool/plan-run.ts";
import { planStudy } from "../src/pool/plan-study.ts";
import type { CatalogueWorkerApi, SourceDescriptor } from "../src/pool/protocol.ts";
import { heardFolder } from "../src/data/signs-of-life.ts";
import { relayFiles } from "../src/pool/relay-files.ts";
import { movedCopyPlan, movedHealthPlan, movedPlan } from "../src/pool/transfers.ts";
import type { WorkerHost } from "../src/pool/worker-host.ts";
import type { WorkerPlatform } from "./platform.ts";

export interface CataloguePlatform extends Pick<WorkerPlatform, "openSource"> {
  /** Starts the workers that read footers and clocks. */
  readonly host: WorkerHost;
  readonly indexWorkers: number;
  openStore(source: SourceDescriptor): IndexStore;
}

/** Owns the index of one folder. */
export function createCatalogueWorker({ openSource, host, indexWorkers, openStore }: CataloguePlatform): CatalogueWorkerApi {
  let catalogue: Catalogue | undefined;
  let pool: IndexPool | undefined;
  let rules = defaultRules;
  let health: { readonly keeper: HealthKeeper; readonly folder: Folder } | undefined;
  const inspected = () => {
    if (!health) throw new Error("the catalogue was asked before it was opened");
    return health;
  };
  const opened = (): Catalogue => {
    if (!catalogue) throw new Error("the catalogue was asked before it was opened");
    return catalogue;
  };
  return {
    async open(source, settings, progress, own, alive = () => undefined) {
      pool?.close();
      rules = rulesWith(own);
      const told = nowAndThen(alive);
      const folder = heardFolder(await openSource(source), told);
      const readers = new IndexPool(host, indexWorkers, () => sourceForOthers(source, folder), own, alive);
      pool = readers;
      const store = openStore(source);
      health = { folder, keeper: new HealthKeeper(store, folder.name) };
      catalogue = await Catalogue.open({
        folder, settings, progress, rules, store,
        readFacts: (files, zones) => readers.facts(files, zones),
        probeClocks: (file) => readers.probe(file),
      });
      return catalogue.summary();
    },
    refresh: async (progress) => opened().refresh(progress),
    configure: async (settings) => opened().configure(settings),
    files: async (query) => opened().files(query),
    summary: async () => opened().summary(),
    async answer(port) {
      expose(fileQuestions(opened), port);
    },
    coverage: async (symbol, progress) => opened().coverage(symbol, progress),
    async named(symbols) {
      const unused = new Set(opened().summary().problems.flatMap(({ path, fatal }) => (fatal ? [path] : [])));
      const found = [...symbols, VIX_SYMBOL].flatMap((symbol) => opened().files({ symbol, offset: 0, limit: Infinity }).files);
      return packFiles(found.filter(({ path }) => !unused.has(path)));
    },
    contracts: async (progress) => opened().contracts(progress),
    healthPlan: async (question, progress) => movedHealthPlan(await planHealth(opened(), rules, inspected().folder, inspected().keeper, question, progress)),
    keepHealth: async (found) => inspected().keeper.keep(found),
    async planStudy(study, progress) {
      const plan = await planStudy(opened(), study, rules, progress);
      return plan.kind === "planned" ? movedPlan(plan) : plan;
    },
    copyPlan: async (options, progress) => movedCopyPlan(await planCopy(opened(), inspected().folder, options, progress)),
    plan: async (strategies, progress) => movedPlan(packPlan(await planRun(opened(), strategies, rules, progress))),
  };
}

/** Passes on one call a second at most: files are looked up by the hundred thousand. */
function nowAndThen(alive: () => void): () => void {
  let last = -Infinity;
  return () => {
    const now = performance.now();
    if (now - last < 1000) return;
    last = now;
    alive();
  };
}

/** The page's files are asked for through this worker; everything else can be opened anywhere. */
function sourceForOthers(source: SourceDescriptor, folder: Folder): SourceDescriptor {
  if (source.kind !== "broker") return source;
  const { port1, port2 } = new MessageChannel();
  relayFiles(port1, folder);
  return { ...source, port: port2 };
}
