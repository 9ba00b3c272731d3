import { batch, createMemo, createSignal } from "solid-js";
import { tradeLabels, type TradeLabels } from "../../core/results/labels.ts";
import { newRunId } from "../../core/results/run-id.ts";
import type { RulesOverride } from "../../core/market/override.ts";
import type { ParsedStrategy } from "../../core/strategy/types.ts";
import type { ReaderName } from "../../data/ports.ts";
import type { CatalogueSummary } from "../../data/catalogue/types.ts";
import { createRunProgress } from "../../pool/progress.ts";
import type { ResultsSnapshot, RunPlan } from "../../pool/protocol.ts";
import type { Backend, GrantedSource } from "./backend.ts";
import { errorText } from "./errors.ts";

/** Least time between two drawings of streaming results, milliseconds; slower where a snapshot takes longer. */
const SNAPSHOT_EVERY = 150;

export type RunStatus = "idle" | "planning" | "running" | "stopping" | "done" | "stopped" | "failed";

/** What a run was made of: fixed when it starts, whatever the user changes afterwards. */
export interface RunIdentity {
  readonly runId: string;
  readonly strategy: ParsedStrategy;
  readonly labels: TradeLabels;
  readonly source: GrantedSource;
  readonly reader: ReaderName;
  readonly workers: number;
  readonly zones: CatalogueSummary["zones"];
  readonly started: Date;
}

export interface RunStart {
  readonly strategy: ParsedStrategy;
  readonly source: GrantedSource;
  readonly rules?: RulesOverride;
  readonly zones: CatalogueSummary["zones"];
  readonly reader: ReaderName;
  readonly workers: number;
  plan(): Promise<RunPlan>;
}

/** One run at a time: its progress, its results as they stream in, and its files. */
export function createRunSession(backend: Backend) {
  const [status, setStatus] = createSignal<RunStatus>("idle");
  const [failure, setFailure] = createSignal<string>();
  const [planned, setPlanned] = createSignal(0);
  const [done, setDone] = createSignal(0);
  const [secondsLeft, setSecondsLeft] = createSignal<number>();
  const [identity, setIdentity] = createSignal<RunIdentity>();
  const [finished, setFinished] = createSignal<Date>();
  const [results, setResults] = createSignal<ResultsSnapshot>();
  /** The run whose results are shown: until the first days of a new run have come, those of the one before. */
  const [shown, setShown] = createSignal<RunIdentity>();
  const [resultHash, setResultHash] = createSignal<string>();
  let stop = new AbortController();
  /** The last figures of a run that was stopped: a new run waits for them. */
  let settled: Promise<unknown> = Promise.resolve();

  const busy = createMemo(() => status() === "planning" || status() === "running" || status() === "stopping");
  /** Old figures stay on screen, dimmed, until the first of the new run have come. */
  const stale = createMemo(() => busy() && shown() !== identity());

  async function start(request: RunStart): Promise<void> {
    if (busy()) return;
    stop = new AbortController();
    const { signal } = stop;
    const before = status();
    batch(() => {
      setFailure(undefined);
      setStatus("planning");
    });
    try {
      const plan = await Promise.race([request.plan(), aborted(signal)]);
      if (plan === undefined) {
        setStatus(before);
        return;
      }
      await settled;
      await backend.results.begin(request.strategy, plan.notRun, request.rules);
      const run: RunIdentity = { ...request, runId: newRunId(new Date()), labels: tradeLabels(request.strategy), started: new Date() };
      batch(() => {
        setIdentity(run);
        setPlanned(plan.dates.length);
        setDone(0);
        setSecondsLeft(undefined);
        setResultHash(undefined);
        setFinished(undefined);
        if (!signal.aborted) setStatus("running");
      });
      const running = runDays(request, plan, run, signal);
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

  async function runDays(request: RunStart, plan: RunPlan, run: RunIdentity, signal: AbortSignal): Promise<void> {
    const view = createSnapshots(run);
    const progress = createRunProgress(plan.dates.length, (now) =>
      batch(() => {
        setDone(now.done);
        setSecondsLeft(now.secondsLeft);
      }),
    );
    let count = 0;
    let lost: unknown;
    await backend.run({
      ...request,
      plan,
      signal,
      onOutcome(outcome) {
        count++;
        progress.dayDone();
        backend.results.add(outcome).catch((error: unknown) => (lost ??= error));
        view.request();
      },
    });
    setDone(count);
    if (signal.aborted) setStatus("stopped");
    // The worker answers in order: when the hash is there, every day has been added.
    const hash = await backend.results.hash();
    if (lost !== undefined) throw lost;
    await view.last();
    batch(() => {
      setResultHash(hash);
      setFinished(new Date());
      setSecondsLeft(undefined);
      if (!signal.aborted) setStatus("done");
    });
  }

  /** Asks for snapshots no faster than they can be made, and shows each in an animation frame. */
  function createSnapshots(run: RunIdentity) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last: Promise<void> = Promise.resolve();
    let pause = 0;
    async function take(): Promise<void> {
      const from = performance.now();
      const snapshot = await backend.results.snapshot();
      pause = Math.max(SNAPSHOT_EVERY, 3 * (performance.now() - from));
      await new Promise<void>((resolve) => nextFrame(resolve));
      batch(() => {
        setResults(snapshot);
        setShown(run);
      });
    }
    return {
      request() {
        timer ??= setTimeout(() => {
          // The snapshot at the end of the run tells of a failure.
          last = take().catch(() => undefined).finally(() => (timer = undefined));
        }, pause);
      },
      async last() {
        clearTimeout(timer);
        await last;
        await take();
      },
    };
  }

  return {
    status,
    identity,
    busy,
    stale,
    failure,
    planned,
    done,
    secondsLeft,
    results,
    shown,
    finished,
    resultHash,
    start,
    stop() {
      if (!busy()) return;
      setStatus("stopping");
      stop.abort();
    },
  };
}

export type RunSession = ReturnType<typeof createRunSession>;

/** A hidden tab draws no frames; the run must go on there all the same. */
function nextFrame(then: () => void): void {
  if (document.hidden) setTimeout(then, 200);
  else requestAnimationFrame(then);
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(undefined), { once: true }));
}
