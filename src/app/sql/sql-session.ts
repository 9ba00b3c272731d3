/** The SQL console of the page: one query at a time in workers of its own, started at the first click on Run. */
import { createEffect, createSignal, on } from "solid-js";
import type { SetStoreFunction } from "solid-js/store";
import type { Progress } from "../../data/catalogue/types.ts";
import type { KeptRun } from "../../data/views/kept-runs.ts";
import type { SqlReply } from "../../pool/protocol.ts";
import type { SqlDesk } from "../../pool/sql-desk.ts";
import type { RunRecord, RunStore } from "../runs/run-record.ts";
import type { DataSession } from "../session/data-session.ts";
import { errorText } from "../session/errors.ts";
import type { Preferences } from "../session/preferences.ts";

/** A query that was run. */
export interface AskedQuery {
  readonly sql: string;
  /** Milliseconds since 1970. */
  readonly when: number;
  readonly rows: number;
  readonly milliseconds: number;
}

export type SqlAnswer = Extract<SqlReply, { kind: "answer" }>;

export type SqlState =
  | { readonly kind: "idle" }
  | { readonly kind: "running"; readonly since: number; readonly progress: Progress | undefined }
  | { readonly kind: "answered"; readonly sql: string; readonly answer: SqlAnswer }
  | { readonly kind: "problem"; readonly sql: string; readonly message: string; readonly place?: { readonly from: number; readonly to: number } }
  | { readonly kind: "stopped" };

export interface SqlSessionOptions {
  readonly data: Pick<DataSession, "state">;
  readonly runs: { runs(): readonly RunRecord[] };
  readonly runStore: Pick<RunStore, "trades">;
  readonly preferences: Preferences;
  readonly setPreferences: SetStoreFunction<Preferences>;
}

/** What is drawn at most; a query can give more than a page can hold. */
const MOST_ROWS = 1_000_000;
const MOST_BYTES = 256 * 2 ** 20;
/** Files of one view that a query may open. */
const MOST_FILES = 2_000;
const QUERIES_KEPT = 50;
/** Each holds a DuckDB of its own: more of them would take more memory than they save time. */
const WORKERS = Math.max(1, Math.min(4, navigator.hardwareConcurrency));

export function createSqlSession({ data, runs, runStore, preferences, setPreferences }: SqlSessionOptions) {
  const [state, setState] = createSignal<SqlState>({ kind: "idle" });
  let desk: { readonly memoryMb: number; readonly starting: Promise<SqlDesk> } | undefined;

  /** Ends the workers, and with them whatever they are doing. */
  function endDesk(): void {
    void desk?.starting.then((started) => started.end(), () => undefined);
    desk = undefined;
  }

  createEffect(on(data.state, () => {
    endDesk();
    if (state().kind === "running") setState({ kind: "stopped" });
  }, { defer: true }));

  function deskOf(memoryMb: number): Promise<SqlDesk> {
    const open = data.state();
    if (open.kind !== "open") return Promise.reject(new Error("No data is open: open a folder or the sample data first."));
    if (desk && desk.memoryMb !== memoryMb) endDesk();
    if (!desk) {
      const starting = open.catalogue.sqlDesk({ rules: open.rules, memoryMb, mostFiles: MOST_FILES, workers: WORKERS });
      desk = { memoryMb, starting };
      starting.catch(() => (desk = undefined));
    }
    return desk.starting;
  }

  const kept = async (): Promise<readonly KeptRun[]> =>
    runs.runs().map(({ id, name, when, days, made, variants }) => ({ id, name, started: when, days, resultHash: made?.resultHash, variants: variants.map(({ variant, trades, positions, total }) => ({ variant, trades, positions, total })) }));

  function remember(sql: string, { rows, milliseconds }: SqlAnswer): void {
    const asked: AskedQuery = { sql, when: Date.now(), rows, milliseconds };
    setPreferences("queries", [asked, ...preferences.queries.filter((one) => one.sql !== sql)].slice(0, QUERIES_KEPT));
  }

  async function run(): Promise<void> {
    const sql = preferences.query;
    if (state().kind === "running" || sql.trim() === "") return;
    const running = { kind: "running", since: performance.now(), progress: undefined } as const;
    setState(running);
    let asked: typeof desk;
    // A query that was stopped has no say any more.
    const isWanted = (): boolean => state().kind === "running" && (asked === undefined || asked === desk);
    try {
      const starting = deskOf(preferences.queryMemory);
      asked = desk;
      const { api } = await starting;
      const reply = await api.ask({ sql, mostRows: MOST_ROWS, mostBytes: MOST_BYTES }, (progress) => isWanted() && setState({ ...running, progress }), kept, (id) => runStore.trades(id));
      if (!isWanted()) return;
      if (reply.kind === "answer") {
        remember(sql, reply);
        setState({ kind: "answered", sql, answer: reply });
      } else setState({ ...reply, sql });
    } catch (error) {
      if (!isWanted()) return;
      endDesk();
      setState({ kind: "problem", sql, message: errorText(error) });
    }
  }

  return {
    state,
    run,
    /** Ends the workers: a query that is running stops at once. The next one starts others. */
    stop(): void {
      if (state().kind !== "running") return;
      endDesk();
      setState({ kind: "stopped" });
    },
    /** The rows of an answer as a Parquet file. */
    async parquet({ arrow }: SqlAnswer): Promise<Blob> {
      return (await deskOf(preferences.queryMemory)).api.parquetOf(arrow);
    },
  };
}

export type SqlSession = ReturnType<typeof createSqlSession>;
