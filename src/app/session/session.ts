/** Everything the page's components know of the world: data, strategy, plan, run and downloads, each as signals. */
import { createContext, createEffect, createSignal, on, useContext } from "solid-js";
import type { LibraryFolderMemory } from "../library/folder-memory.ts";
import { createLibraryFolder } from "../library/folder-session.ts";
import type { RunStore } from "../runs/run-record.ts";
import { createRunsSession } from "../runs/runs-session.ts";
import type { Offline } from "../shell/offline.ts";
import { createSqlSession } from "../sql/sql-session.ts";
import { createShareSession } from "../share/share-session.ts";
import { createVerifySession } from "../verify/verify-session.ts";
import { drawn } from "../ui/later.ts";
import { errorText } from "./errors.ts";
import type { CacheFolder } from "../../data/hot/cache-folder.ts";
import type { Backend } from "./backend.ts";
import { createCacheSession } from "./cache-session.ts";
import { createDataSession, type DataState } from "./data-session.ts";
import { makeDownload, saveAs, type DownloadName } from "./downloads.ts";
import type { FolderAccess, FolderMemory } from "./folder-access.ts";
import { createHealthSession } from "./health-session.ts";
import { createLiveSession } from "./live-session.ts";
import { createPlanSession } from "./plan-session.ts";
import { createPreferences } from "./preferences.ts";
import { createReadAheadSession } from "./read-ahead-session.ts";
import { createReplaySession } from "./replay-session.ts";
import { createResultsView } from "./results-view.ts";
import type { RulesMemory } from "./rules-memory.ts";
import { createRulesSession } from "./rules-session.ts";
import { createRunSession } from "./run-session.ts";
import { createScanSession } from "./scan-session.ts";
import { createStrategySession } from "./strategy-session.ts";

export type View = "results" | "runs" | "studies" | "sql" | "data";

export type DialogName = "keys" | "share" | "palette" | "library" | "strategies";

export interface SessionPorts {
  readonly backend: Backend;
  readonly access: FolderAccess;
  readonly memory: FolderMemory;
  readonly rulesMemory: RulesMemory;
  /** The folder that strategies live in. */
  readonly libraryAccess: FolderAccess;
  readonly libraryMemory: LibraryFolderMemory;
  /** The folder that a copy of the data goes into. */
  readonly copyAccess: FolderAccess;
  readonly storage: Storage;
  /** Where rows are kept between runs. */
  readonly kept: CacheFolder;
  readonly runStore: RunStore;
  /** Absent where the page has no copy of its own. */
  readonly offline?: Offline;
}

export function createSession({ backend, access, memory, rulesMemory, libraryAccess, libraryMemory, copyAccess, storage, kept: keptPlace, runStore, offline }: SessionPorts) {
  const [preferences, setPreferences] = createPreferences(storage, innerWidth);
  const rules = createRulesSession(rulesMemory);
  const data = createDataSession(backend, access, memory, rules);
  const strategy = createStrategySession(preferences, setPreferences);
  const libraryFolder = createLibraryFolder(libraryAccess, libraryMemory, strategy);
  const plan = createPlanSession(data, strategy);
  const run = createRunSession(backend);
  const cache = createCacheSession(keptPlace, run);
  const results = createResultsView(backend, run, preferences);
  const replay = createReplaySession(backend, data, run);
  const runs = createRunsSession(runStore, backend, run);
  const sql = createSqlSession({ data, runs, runStore, preferences, setPreferences });
  const verify = createVerifySession(backend, data, run, runs);
  const [view, setView] = createSignal<View>("results");
  const share = createShareSession(strategy, run, results, view, setView);
  const [dialog, setDialog] = createSignal<DialogName>();
  const [chosenTrade, setChosenTrade] = createSignal<number>();
  const [keptTrades, setKeptTrades] = createSignal<Uint32Array>();
  const [download, setDownload] = createSignal<{ readonly name: DownloadName; readonly error?: string }>();

  /** What the history still takes from the last run. */
  let keeping: Promise<void> = Promise.resolve();

  const openData = () => {
    const state = data.state();
    return state.kind === "open" ? state : undefined;
  };
  const workers = () => preferences.workers || defaultWorkers();
  /** As many as the user has chosen; else measuring finds how many of at most one per core are best. */
  const atWork = () => (preferences.workers > 0 ? { workers: preferences.workers } : { workers: coresOf(), tunedFrom: defaultWorkers() });
  const cacheBytes = () => preferences.cacheGigabytes * 1e9;
  /** What workers are told of the data that is open. */
  const settings = ({ source, rules }: Extract<DataState, { kind: "open" }>) => ({ source, rules, reader: preferences.reader, ...atWork(), cacheBytes: cacheBytes() });
  const health = createHealthSession({ backend, data, preferences, setPreferences, workers });
  const canRun = () => openData() !== undefined && strategy.selection().some((one) => "strategy" in one) && !run.busy();

  /** A live run takes what is in memory as it is, and changes nothing but the results. */
  async function start(live = false): Promise<void> {
    const open = openData();
    const summary = data.summary();
    if (!open || !summary || !canRun()) return;
    if (!live) {
      setView("results");
      setChosenTrade(undefined);
    }
    const selection = strategy.selection();
    let problems = Promise.resolve(summary.problems);
    const running = run.start({
      ...settings(open), selection, zones: summary.zones, problems: () => problems, look: !live,
      plan: async (strategies, signal) => {
        // Another tab is drawn before anything else is done.
        if (!live) await drawn();
        return health.withoutQuarantined(await plan.ofAll(strategies), strategies, signal);
      },
    });
    offline?.during(running);
    await running;
    if (live) return;
    problems = data.learn().then(() => (openData() === open && data.summary()?.problems) || summary.problems);
    if (run.status() === "done") for (const one of selection) if ("strategy" in one) readAhead.cover(one.strategy);
    keeping = runs.keepFinished();
    await problems;
    if (run.results()?.notRun.some((day) => day.reason === "unreadable")) await data.checkAccess();
  }

  const scan = createScanSession({
    preferences, setPreferences, workers,
    keptMonths: cache.months,
    async scan() {
      const open = openData();
      const parsed = strategy.parsed();
      if (!open || !parsed.ok) return undefined;
      return backend.scan({ source: open.source, rules: open.rules, reader: preferences.reader, workers: workers(), strategy: parsed.strategy, plan: await plan.ofAll([parsed.strategy]) });
    },
  });

  const live = createLiveSession({
    strategy: () => (openData() && strategy.selection().some((one) => "strategy" in one) ? strategy.selection() : undefined),
    run: () => start(true),
    overtake: run.overtake,
  });

  const readAhead = createReadAheadSession({
    plan: plan.state, version: data.version, held: cache.bytes, limit: cacheBytes,
    allowed: () => preferences.readAhead && cacheBytes() > 0 && !run.busy() && !live.isOn() && !scan.scanning(),
    async read(wanted, signal, onDay) {
      const open = openData();
      if (!open) return { kind: "stopped" };
      const made = await plan.ofAll([wanted]);
      return signal.aborted ? { kind: "stopped" } : backend.readAhead({ ...settings(open), plan: made, strategies: [wanted], signal, onDay });
    },
    onRead: () => void cache.look(),
  });

  async function showing(opened: Promise<boolean>): Promise<void> {
    if (await opened) setView("data");
  }

  // The first trade opens by itself, so that a newcomer sees at once what stands behind a figure.
  createEffect(
    on(
      () => (run.results()?.trades.length ?? 0) > 0,
      (any) => any && chosenTrade() === undefined && setChosenTrade(0),
    ),
  );

  // Another strategy's trades: the row that was chosen is another trade there.
  createEffect(on(run.shown, () => setChosenTrade((run.results()?.trades.length ?? 0) > 0 ? 0 : undefined), { defer: true }));

  // The day that is open is one of the run and of the variant that are on screen.
  createEffect(on(run.shown, () => void replay.follow(), { defer: true }));
  createEffect(on(() => results.selection().variant, (variant) => void replay.follow(variant), { defer: true }));

  return {
    preferences,
    setPreferences,
    data,
    rules,
    strategy,
    libraryFolder,
    plan,
    run,
    cache,
    live,
    scan,
    health,
    readAhead,
    results,
    replay,
    runs,
    sql,
    verify,
    share,
    offline,
    /** What studies run on. */
    studied: { backend, open: openData, settings },
    /** What copies of the data are made with. */
    copied: { backend, access: copyAccess, data, workers },
    /** The dialog that is open. */
    dialog,
    setDialog,
    /** Draws the day of a trade, from the second of its entry's decision. */
    openTrade(row: number): void {
      setChosenTrade(row);
      const trades = run.results()?.trades;
      if (trades && row < trades.length) void replay.open(trades.variant[row], trades.date[row], trades.decisionEntry[row]);
    },
    /** Draws the day that is selected, else the first of the run, from its open on, whether or not it has a trade. */
    replayDay(): void {
      const { variant, from } = results.selection();
      const date = from ?? run.results()?.spotSources.at(0)?.date;
      setView("results");
      if (date !== undefined) void replay.open(variant, date, 0);
    },
    view,
    setView,
    workers,
    canRun,
    start: () => start(),
    stop: run.stop,
    /** Takes the run off the screen and out of memory; data and history stay. */
    async closeRun(): Promise<void> {
      await keeping;
      replay.close();
      // Or it would fill the memory again.
      readAhead.stop();
      run.close();
    },
    chosenTrade,
    setChosenTrade,
    /** Rows of the trades that filter and selection keep, ascending; undefined: all of them. */
    keptTrades,
    setKeptTrades,
    openFolder: () => showing(data.pick()),
    openDropped: (dropped: Parameters<typeof data.take>[0]) => showing(data.take(dropped)),
    reconnect: () => showing(data.reconnect()),
    /** Runs a strategy of the history, which becomes the one that is edited. */
    runAgain(text: string): Promise<void> {
      strategy.take(text);
      return start();
    },
    /** Sample data → catalogue → run, one click. */
    async trySample(): Promise<void> {
      const opened = await data.openSample();
      await strategy.ready;
      if (opened) await start();
    },
    download,
    async save(name: DownloadName): Promise<void> {
      setDownload({ name });
      try {
        saveAs(await makeDownload(backend, run, name), name);
        setDownload(undefined);
      } catch (error) {
        setDownload({ name, error: errorText(error) });
      }
    },
  };
}

export type Session = ReturnType<typeof createSession>;
export type { DataState };

function coresOf(): number {
  return navigator.hardwareConcurrency || 2;
}

/** One core stays free for the page and the results. */
function defaultWorkers(): number {
  return Math.max(1, coresOf() - 1);
}

export const SessionContext = createContext<Session>();

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("a component was drawn outside the page's session");
  return session;
}
