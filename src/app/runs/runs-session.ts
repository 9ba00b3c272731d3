/** The history of runs: what is kept, named, compared and thrown away. */
import { createSignal } from "solid-js";
import type { ReadTrades } from "../../core/results/read-trades-csv.ts";
import { newRunId } from "../../core/results/run-id.ts";
import type { Backend } from "../session/backend.ts";
import { errorText } from "../session/errors.ts";
import type { RunIdentity, RunSession } from "../session/run-session.ts";
import { MOST_TRADES_KEPT, type RunRecord, type RunStore } from "./run-record.ts";

/** Runs that can be laid over each other. */
export const MOST_COMPARED = 4;

export function createRunsSession(store: RunStore, backend: Backend, run: RunSession) {
  const [runs, setRuns] = createSignal<readonly RunRecord[]>([]);
  const [failure, setFailure] = createSignal<string>();
  const [ticked, setTicked] = createSignal<readonly string[]>([]);
  const [compared, setCompared] = createSignal<readonly string[]>([]);
  const [removed, setRemoved] = createSignal<{ readonly record: RunRecord; readonly trades: ReadTrades | undefined }>();
  const newestFirst = (records: readonly RunRecord[]) => records.toSorted((a, b) => b.when - a.when);

  async function guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      setFailure(undefined);
    } catch (error) {
      setFailure(errorText(error));
    }
  }

  const tradesOf = (record: RunRecord): Promise<ReadTrades | undefined> => (record.tradesKept ? store.trades(record.id) : Promise.resolve(undefined));

  const show = (record: RunRecord) => setRuns((known) => newestFirst([record, ...known.filter((one) => one.id !== record.id)]));

  async function add(record: RunRecord, trades: ReadTrades | undefined): Promise<void> {
    show(record);
    await store.save(record, trades);
  }

  /** A repetition with nothing new is not worth another line: the newest of equal runs stays. */
  async function replaceEqual(record: RunRecord): Promise<RunRecord> {
    const before = runs().find((known) => known.made?.text === record.made?.text && known.made?.resultHash === record.made?.resultHash && known.made?.folder === record.made?.folder);
    if (!before) return record;
    setRuns((known) => known.filter((one) => one.id !== before.id));
    await store.remove(before.id);
    return { ...record, name: before.name, tags: before.tags, notes: before.notes };
  }

  async function keep(identity: RunIdentity, stopped: boolean): Promise<void> {
    const { place, strategy, labels, source, reader, text, started, runId } = identity;
    const [{ days, trades: count, variants, ...provenance }, resultHash] = await Promise.all([backend.results.record(place), (identity === run.identity() && run.resultHash()) || backend.results.hash(place)]);
    const tradesKept = count <= MOST_TRADES_KEPT;
    const trades = tradesKept ? await backend.results.trades(place) : undefined;
    // Another run has begun, and the worker holds that one.
    if (!run.queue().some((entry) => entry.identity === identity)) return;
    const record: RunRecord = {
      id: runId, name: strategy.name, tags: [], notes: "", when: started.getTime(), days, trades: count, variants, tradesKept,
      made: { ...provenance, text, strategy, folder: source.name, reader, resultHash, stopped },
    };
    await add(await replaceEqual(record), trades && { trades, labels });
  }

  return {
    runs,
    failure,
    /** Ids of the runs that are ticked to be compared, the latest last. */
    ticked,
    tick: (id: string, on: boolean) => setTicked((known) => (on ? [...known, id].slice(-MOST_COMPARED) : known.filter((one) => one !== id))),
    /** Ids of the runs that are beside each other; none where nothing is compared. */
    compared,
    /** At most four. */
    layOver(ids: readonly string[]) {
      setTicked(ids);
      setCompared(ids);
    },
    closeComparison: () => setCompared([]),
    /** Keeps the run that has just ended, each of its strategies by itself. */
    keepFinished: () =>
      guarded(async () => {
        if (!run.finished()) return;
        const stopped = run.status() === "stopped";
        for (const identity of run.queue().flatMap((entry) => entry.identity ?? [])) await keep(identity, stopped);
      }),
    load: () => guarded(async () => void setRuns(newestFirst(await store.list()))),
    change: (record: RunRecord, change: Partial<Pick<RunRecord, "name" | "tags" | "notes">>) => guarded(() => add({ ...record, ...change }, undefined)),
    /** The run that was thrown away last; it can be had back until another one is, or the page is closed. */
    removed: () => removed()?.record,
    remove: (record: RunRecord) =>
      guarded(async () => {
        const trades = await tradesOf(record);
        setRuns((known) => known.filter((one) => one.id !== record.id));
        await store.remove(record.id);
        setRemoved({ record, trades });
      }),
    bringBack: () =>
      guarded(async () => {
        const last = removed();
        if (!last) return;
        setRemoved(undefined);
        // A comparison that it was part of asks for its trades as soon as it is shown.
        await store.save(last.record, last.trades);
        show(last.record);
      }),
    trades: tradesOf,
    compare: backend.compareTrades,
    /** Takes a file of trades, e.g. of the command line or of another tool. */
    importTrades: (file: File) =>
      guarded(async () => {
        const { table, variants, days } = await backend.readTrades(await file.text());
        const tradesKept = table.trades.length <= MOST_TRADES_KEPT;
        const record: RunRecord = { id: newRunId(new Date()), name: file.name, tags: ["imported"], notes: "", when: Date.now(), days, trades: table.trades.length, variants, tradesKept };
        await add(record, tradesKept ? table : undefined);
      }),
  };
}

export type RunsSession = ReturnType<typeof createRunsSession>;
