import { createEffect, createMemo, createSignal, For, lazy, Match, onCleanup, Show, Suspense, Switch } from "solid-js";
import { QueryTable } from "../../data/query-table.ts";
import { VIEWS } from "../../data/views/views.ts";
import { useSession } from "../session/session.ts";
import { ErrorNotice } from "../ui/ErrorNotice.tsx";
import { count, counted } from "../ui/format.ts";
import { examples } from "./examples.ts";
import { QueryResult } from "./QueryResult.tsx";
import type { SqlState } from "./sql-session.ts";

const SqlEditor = lazy(() => import("./SqlEditor.tsx"));

type Aside = "examples" | "history" | "views";
const ASIDES: readonly { readonly id: Aside; readonly label: string }[] = [
  { id: "examples", label: "Examples" },
  { id: "history", label: "History" },
  { id: "views", label: "Views" },
];
const MEMORY_CHOICES = [512, 1_024, 2_048, 3_072];

/** Questions to the data in SQL: the text, what can be asked, and the answer. */
export function SqlPanel() {
  const { sql, preferences, setPreferences } = useSession();
  const [aside, setAside] = createSignal<Aside | undefined>(preferences.query === "" ? "examples" : undefined);
  const running = () => sql.state().kind === "running";
  const take = (text: string) => {
    setPreferences("query", text);
    setAside(undefined);
  };
  /** What was looked at before makes room for the answer. */
  const run = () => {
    if (aside() !== "views") setAside(undefined);
    void sql.run();
  };
  const problem = createMemo(() => {
    const state = sql.state();
    return state.kind === "problem" && state.place && state.sql === preferences.query ? { message: state.message, place: state.place } : undefined;
  });

  return (
    <div class="sql">
      <div class="sql-text">
        <Suspense fallback={<p class="muted">Loading…</p>}>
          <SqlEditor text={preferences.query} problem={problem()} onEdit={(text) => setPreferences("query", text)} onRun={run} />
        </Suspense>
      </div>
      <div class="sql-tools">
        <Show when={running()} fallback={<button type="button" class="primary" disabled={preferences.query.trim() === ""} title="Ctrl+Enter in the text" onClick={run}>Run query</button>}>
          <button type="button" onClick={() => sql.stop()}>Stop query</button>
        </Show>
        <p class="sql-status" role="status">
          <Status state={sql.state()} />
        </p>
        <label>
          Memory{" "}
          <select value={preferences.queryMemory} title="What a query may take; one that needs more ends with words" onChange={(event) => setPreferences("queryMemory", Number(event.currentTarget.value))}>
            <For each={MEMORY_CHOICES}>{(megabytes) => <option value={megabytes} selected={megabytes === preferences.queryMemory}>{count(megabytes)} MB</option>}</For>
          </select>
        </label>
        <div class="actions">
          <For each={ASIDES}>
            {({ id, label }) => (
              <button type="button" class="quiet" aria-expanded={aside() === id} aria-controls="sql-aside" onClick={() => setAside(aside() === id ? undefined : id)}>
                {label}
              </button>
            )}
          </For>
        </div>
      </div>
      <div id="sql-aside" class="sql-aside" hidden={aside() === undefined}>
        <Switch>
          <Match when={aside() === "examples"}><Examples onTake={take} /></Match>
          <Match when={aside() === "history"}><History onTake={take} /></Match>
          <Match when={aside() === "views"}><Views /></Match>
        </Switch>
      </div>
      <Answer state={sql.state()} />
    </div>
  );
}

function Status(props: { state: SqlState }) {
  const [now, setNow] = createSignal(performance.now());
  createEffect(() => {
    if (props.state.kind !== "running") return;
    const timer = setInterval(() => setNow(performance.now()), 250);
    onCleanup(() => clearInterval(timer));
  });
  const seconds = (milliseconds: number) => `${(Math.max(0, milliseconds) / 1000).toFixed(1)} s`;
  return (
    <Switch>
      <Match when={props.state.kind === "running" && props.state}>
        {(state) => (
          <>
            Running, {seconds(now() - state().since)}
            <Show when={state().progress}>{(progress) => <>; {count(progress().done)} of {counted(progress().total, "file")} looked at</>}</Show>
          </>
        )}
      </Match>
      <Match when={props.state.kind === "answered" && props.state}>
        {(state) => (
          <>
            {counted(state().answer.rows, "row")} in {seconds(state().answer.milliseconds)}
            <For each={state().answer.files}>{(view) => <>; {view.view}: {count(view.opened)} of {counted(view.known, "file")} opened</>}</For>
            <Show when={state().answer.workers > 1}>; by {state().answer.workers} workers</Show>
            <Show when={state().answer.alone}>{(why) => <>; by one worker: {why()}</>}</Show>
          </>
        )}
      </Match>
      <Match when={props.state.kind === "stopped"}>Stopped</Match>
    </Switch>
  );
}

function Answer(props: { state: SqlState }) {
  return (
    <Switch>
      <Match when={props.state.kind === "problem" && props.state}>
        {(state) => <ErrorNotice title="The query could not be answered"><span class="sql-problem">{state().message}</span></ErrorNotice>}
      </Match>
      <Match when={props.state.kind === "answered" && props.state}>
        {(state) => {
          const table = createMemo(() => QueryTable.from(state().answer.arrow));
          return (
            <>
              <Show when={!state().answer.complete}>
                <div class="notice warn">
                  <strong>There are more rows</strong>
                  The first {count(table().rows)} are here, and downloads hold the same. Aggregate, or end the query with a LIMIT.
                </div>
              </Show>
              <For each={state().answer.notes}>{(note) => <div class="notice warn">{note}</div>}</For>
              <Show when={table().nans().size > 0}>
                <div class="notice warn">
                  <strong>Not every cell is a number</strong>
                  {[...table().nans()].map(([name, cells]) => `${counted(cells, "cell")} of ${name}`).join(", ")}: not a number (NaN) in the data, or worked out from one that is not. Drawn as “—”; downloads hold NaN. A condition such as{" "}
                  <code>isfinite(price)</code> leaves such rows out.
                </div>
              </Show>
              <QueryResult table={table()} answer={state().answer} />
            </>
          );
        }}
      </Match>
      <Match when={props.state.kind === "idle"}>
        <p class="muted sql-hint">Write a query, or take one of the examples. It runs on this machine when you press Run query or Ctrl+Enter; the folder is only read.</p>
      </Match>
    </Switch>
  );
}

function Examples(props: { onTake(sql: string): void }) {
  const { data } = useSession();
  /** An expiry is a trading day. */
  const date = () => data.summary()?.symbols.flatMap(({ expiries }) => expiries.map(({ expiry }) => expiry))[0] ?? 0;
  return (
    <ul class="sql-list" aria-label="Examples">
      <For each={examples(date())}>
        {(example) => (
          <li>
            <button type="button" class="quiet" title={example.sql} onClick={() => props.onTake(example.sql)}>{example.title}</button>
          </li>
        )}
      </For>
    </ul>
  );
}

function History(props: { onTake(sql: string): void }) {
  const { preferences, setPreferences } = useSession();
  const when = new Intl.DateTimeFormat("en-IN", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Kolkata" });
  return (
    <Show when={preferences.queries.length > 0} fallback={<p class="muted">No query has been answered yet. They are kept in this browser only.</p>}>
      <ul class="sql-list" aria-label="History">
        <For each={preferences.queries}>
          {(asked) => (
            <li>
              <button type="button" class="quiet" title={asked.sql} onClick={() => props.onTake(asked.sql)}>
                <span class="mono">{asked.sql.replace(/\s+/g, " ")}</span>
                <span class="muted">{when.format(asked.when)} IST · {counted(asked.rows, "row")} · {(asked.milliseconds / 1000).toFixed(1)} s</span>
              </button>
            </li>
          )}
        </For>
      </ul>
      <button type="button" class="quiet" onClick={() => setPreferences("queries", [])}>Clear the history</button>
    </Show>
  );
}

function Views() {
  return (
    <div class="sql-views">
      <For each={VIEWS}>
        {(view) => (
          <details>
            <summary>
              <span class="mono">{view.name}</span> <span class="muted">{view.words}</span>
            </summary>
            <table class="plain" aria-label={`Columns of ${view.name}`}>
              <tbody>
                <For each={view.columns}>
                  {(column) => (
                    <tr>
                      <th scope="row" class="mono">{column.name}</th>
                      <td>{column.type}</td>
                      <td>{column.words}</td>
                    </tr>
                  )}
                </For>
              </tbody>
            </table>
          </details>
        )}
      </For>
    </div>
  );
}
