import { batch, createMemo, createSignal } from "solid-js";
import { tradeLabels, type TradeLabels } from "../../core/results/labels.ts";
import { newRunId } from "../../core/results/run-id.ts";
import type { RulesOverride } from "../../core/market/override.ts";
import type { LedgerQuarantine } from "../../core/results/ledger.ts";
import type { RankingRow } from "../../core/results/ranking.ts";
import type { DayOutcome } from "../../core/results/types.ts";
import type { ParsedStrategy } from "../../core/strategy/types.ts";
import type { ReaderName } from "../../data/ports.ts";
import type { KeptNotes } from "../../data/hot/kept-slices.ts";
import type { CatalogueSummary } from "../../data/catalogue/types.ts";
import { ledgerQuarantine, type Quarantine } from "../../pool/quarantine.ts";
import { createRunProgress } from "../../pool/progress.ts";
import { packDays } from "../../pool/packed-days.ts";
import type { ResultsSnapshot, RunPlan } from "../../pool/protocol.ts";
import type { Backend, GrantedSource } from "./backend.ts";
import { errorText } from "./errors.ts";
import { paceOf, type Pace } from "./pace.ts";
import { createSnapshots } from "./snapshots.ts";

export type RunStatus = "idle" | "planning" | "running" | "stopping" | "done" | "stopped" | "failed";

/** What the run of one strategy was made of: fixed when it starts, whatever the user changes afterwards. */
export interface RunIdentity {
  readonly runId: string;
  /** Place among the strategies that run together, and in the results worker. */
  readonly place: number;
  readonly strategy: ParsedStrategy;
  /** The strategy as it was typed. */
  readonly text: string;
  readonly labels: TradeLabels;
  readonly source: GrantedSource;
  readonly rules?: RulesOverride;
  readonly reader: ReaderName;
  readonly workers: number;
  readonly zones: CatalogueSummary["zones"];
  /** What the catalogue has to say about single files, with what the run has brought to light. */
  readonly problems: () => Promise<CatalogueSummary["problems"]>;
  readonly started: Date;
  /** The health thresholds that it was started under. */
  readonly quarantine?: LedgerQuarantine;
}

/** One strategy of the queue. */
export interface QueueEntry {
  readonly name: string;
  /** Days to run, and done so far. */
  readonly planned: number;
  readonly done: number;
  /** Why it is not run, in words. */
  readonly problem: string | undefined;
  /** Absent where it is not run. */
  readonly identity: RunIdentity | undefined;
}

/** A strategy of the selection; one that cannot be read costs only itself. */
export type Selected = { readonly name: string; readonly strategy: ParsedStrategy; readonly text: string } | { readonly name: string; readonly problem: string };

export interface RunStart {
  readonly selection: readonly Selected[];
  readonly source: GrantedSource;
  readonly rules?: RulesOverride;
  readonly zones: CatalogueSummary["zones"];
  readonly problems: RunIdentity["problems"];
  readonly reader: ReaderName;
  /** At most. */
  readonly workers: number;
  readonly tunedFrom?: number;
  readonly cacheBytes: number;
  /** Whether files are looked at for changes since the run before. */
  readonly look: boolean;
  /** `quarantine`: the thresholds of data health that days are left out by; absent where none are set. */
  plan(strategies: readonly ParsedStrategy[], signal: AbortSignal): Promise<{ readonly plan: RunPlan; readonly quarantine: Quarantine | undefined }>;
}

/** Why a run is stopped of which nobody wants the figures any more. */
const OVERTAKEN = "overtaken";

/** One run at a time, of one strategy or several: its progress, its results as they stream in, and its files. */
export function createRunSession(backend: Backend) {
  const [status, setStatus] = createSignal<RunStatus>("idle");
  const [failure, setFailure] = createSignal<string>();
  const [queue, setQueue] = createSignal<readonly QueueEntry[]>([]);
  const [planned, setPlanned] = createSignal(0);
  const [done, setDone] = createSignal(0);
  const [secondsLeft, setSecondsLeft] = createSignal<number>();
  /** Workers that are at work. */
  const [working, setWorking] = createSignal(0);
  /** The strategy whose results are asked for. */
  const [identity, setIdentity] = createSignal<RunIdentity>();
  const [finished, setFinished] = createSignal<Date>();
  /** The variant whose figures are asked for. */
  const [variant, setVariant] = createSignal(0);
  const [ranking, setRanking] = createSignal<readonly RankingRow[]>([]);
  const [results, setResults] = createSignal<ResultsSnapshot>();
  /** The run whose results are shown: until the first days of a new run have come, those of the one before. */
  const [shown, setShown] = createSignal<RunIdentity>();
  const [resultHashes, setResultHashes] = createSignal<ReadonlyMap<RunIdentity, string>>(new Map());
  /** What the workers hold in memory after the run, and why something was not kept. */
  const [kept, setKept] = createSignal<readonly KeptNotes[]>([]);
  const [pace, setPace] = createSignal<Pace>();
  let stop = new AbortController();
  /** The run under way, or the last one. */
  let current: Promise<void> = Promise.resolve();
  /** The last figures of a run that was stopped: a new run waits for them. */
  let settled: Promise<unknown> = Promise.resolve();

  const busy = createMemo(() => status() === "planning" || status() === "running" || status() === "stopping");
  /** Old figures stay on screen, dimmed, until the first of the new run have come. */
  const stale = createMemo(() => busy() && shown() !== identity());
  const resultHash = createMemo(() => {
    const run = identity();
    return run && resultHashes().get(run);
  });

  const view = createSnapshots(
    async () => {
      const run = identity();
      if (!run) return undefined;
      const [snapshot, places] = await Promise.all([backend.results.snapshot(run.place, Math.min(variant(), run.strategy.variants.length - 1)), queue().length > 1 ? backend.results.ranking() : []]);
      return { run, snapshot, places };
    },
    ({ run, snapshot, places }) => {
      if (run !== identity()) return;
      batch(() => {
        setRanking(places);
        setResults(snapshot);
        setShown(run);
      });
    },
  );

  function start(request: RunStart): Promise<void> {
    if (!busy()) current = startNow(request);
    return current;
  }

  async function startNow(request: RunStart): Promise<void> {
    stop = new AbortController();
    const { signal } = stop;
    const before = status();
    batch(() => {
      setFailure(undefined);
      setStatus("planning");
    });
    try {
      const strategies = request.selection.flatMap((one) => ("strategy" in one ? [one.strategy] : []));
      if (strategies.length === 0) throw new Error(request.selection.map((one) => ("problem" in one ? `${one.name}: ${one.problem}` : "")).join("\n"));
      const made = await Promise.race([request.plan(strategies, signal), aborted(signal)]);
      if (made === undefined || signal.aborted) {
        setStatus(before);
        return;
      }
      const { plan, quarantine } = made;
      await settled;
      const entries = queueOf(request, strategies, plan, quarantine && ledgerQuarantine(quarantine));
      const runs = entries.flatMap((entry) => entry.identity ?? []);
      if (runs.length === 0) throw new Error(entries.map(({ name, problem }) => (entries.length === 1 ? problem : `${name}: ${problem}`)).join("\n"));
      await backend.results.begin(strategies.map((strategy, place) => {
        const own = plan.strategies[place];
        return { strategy, plannedOut: own.kind === "planned" ? own.notRun : [] };
      }), request.rules);
      batch(() => {
        setQueue(entries);
        setRanking([]);
        setIdentity(runs[0]);
        setPlanned(plan.dates.length);
        setDone(0);
        setSecondsLeft(undefined);
        setResultHashes(new Map());
        setFinished(undefined);
        setKept([]);
        if (!signal.aborted) setStatus("running");
      });
      const running = runDays(request, strategies, plan, runs, signal);
      settled = running.catch(() => undefined);
      await running;
    } catch (error) {
      // Another run has been started since this one was stopped.
      if (stop.signal !== signal) return;
      batch(() => {
        setFailure(errorText(error));
        setStatus("failed");
      });
    }
  }

  async function runDays(request: RunStart, strategies: readonly ParsedStrategy[], plan: RunPlan, runs: readonly RunIdentity[], signal: AbortSignal): Promise<void> {
    const counts = strategies.map(() => 0);
    const dates = new Set<number>();
    const times = { load: 0, simulate: 0, variantDays: 0 };
    const showCounts = () => setQueue((entries) => entries.map((entry) => (entry.identity ? { ...entry, done: counts[entry.identity.place] } : entry)));
    const progress = createRunProgress(plan.dates.length, (now) =>
      batch(() => {
        setDone(now.done);
        setSecondsLeft(now.secondsLeft);
        showCounts();
      }),
    );
    /** Aborted with the reason when results were lost: more days would be of no use. */
    const broken = new AbortController();
    // Days that come together travel on together.
    let waiting: { readonly place: number; readonly outcome: DayOutcome }[] = [];
    const passOn = (): void => {
      backend.results.add(waiting.map(({ place }) => place), packDays(waiting.map(({ outcome }) => outcome))).catch((error: unknown) => broken.abort(error));
      waiting = [];
    };
    await backend.run({
      ...request,
      strategies,
      plan,
      signal: AbortSignal.any([signal, broken.signal]),
      onOutcome(place, outcome) {
        counts[place]++;
        times.load += outcome.milliseconds.load;
        times.simulate += outcome.milliseconds.simulate;
        times.variantDays += strategies[place].variants.length;
        if (!dates.has(outcome.date)) {
          dates.add(outcome.date);
          progress.dayDone();
        }
        if (waiting.push({ place, outcome }) === 1) queueMicrotask(passOn);
        view.request();
      },
      onWorkers: setWorking,
      onKept: (notes) => setKept((before) => [...before, notes]),
    });
    batch(() => {
      setDone(dates.size);
      showCounts();
    });
    setPace((before) => paceOf({ ...times, days: dates.size }) ?? before);
    // A stop from here on comes too late: every day is done.
    const stopped = signal.aborted;
    if (stopped) setStatus("stopped");
    if (stopped && signal.reason === OVERTAKEN) return;
    // The worker answers in order: when the hashes are there, every day has been added.
    const hashes = await Promise.all(runs.map(async (run) => [run, await backend.results.hash(run.place)] as const)).catch((error: unknown) => broken.abort(error));
    if (!hashes || broken.signal.aborted) throw new Error(`${errorText(broken.signal.reason)}. The results on screen are not whole. Run again: days that the cache keeps are not computed anew.`);
    await view.last();
    batch(() => {
      setResultHashes(new Map(hashes));
      setFinished(new Date());
      setSecondsLeft(undefined);
      if (!stopped) setStatus("done");
    });
  }

  return {
    status,
    identity,
    queue,
    ranking,
    busy,
    stale,
    failure,
    planned,
    done,
    secondsLeft,
    working,
    results,
    shown,
    finished,
    resultHash,
    kept,
    /** Of the last run of this visit. */
    pace,
    start,
    /** Shows the results of another strategy of the run. */
    async show(run: RunIdentity): Promise<void> {
      setIdentity(run);
      await view.now();
    },
    /** Shows the figures of another variant. */
    async showVariant(wanted: number): Promise<void> {
      if (wanted === variant()) return;
      setVariant(wanted);
      await view.now();
    },
    stop() {
      if (!busy()) return;
      setStatus("stopping");
      stop.abort();
    },
    /** Lets go of the run and of everything that workers hold for it; the history keeps it. */
    close() {
      if (busy()) return;
      batch(() => {
        setQueue([]);
        setRanking([]);
        setIdentity(undefined);
        setShown(undefined);
        setResults(undefined);
        setResultHashes(new Map());
        setFinished(undefined);
        setFailure(undefined);
        setKept([]);
        setPlanned(0);
        setDone(0);
        setStatus("idle");
      });
      backend.release();
    },
    /** Another run follows at once: nothing more is made of this one. Resolves when it is out of the way. */
    async overtake(): Promise<void> {
      if (busy()) stop.abort(OVERTAKEN);
      await current;
    },
  };
}

export type RunSession = ReturnType<typeof createRunSession>;

function queueOf({ selection, source, rules, zones, problems, reader, workers }: RunStart, strategies: readonly ParsedStrategy[], plan: RunPlan, quarantine: LedgerQuarantine | undefined): QueueEntry[] {
  const started = new Date();
  return selection.map((one) => {
    const entry = { name: one.name, planned: 0, done: 0, problem: undefined, identity: undefined };
    if ("problem" in one) return { ...entry, problem: one.problem };
    const { strategy } = one;
    const place = strategies.indexOf(strategy);
    const own = plan.strategies[place];
    if (own.kind === "refused") return { ...entry, problem: own.message };
    return { ...entry, planned: own.dates.length, identity: { runId: newRunId(started), place, strategy, text: one.text, labels: tradeLabels(strategy), source, rules, zones, problems, reader, workers, started, quarantine } };
  });
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(undefined), { once: true }));
}
