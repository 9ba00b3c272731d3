import { Match, Show, Switch } from "solid-js";
import { useSession } from "../session/session.ts";
import { OfflineNote } from "./OfflineNote.tsx";
import { ReadAheadNote } from "./ReadAheadNote.tsx";
import { offersNotice, toggleNotices } from "./run-notices.ts";
import { count, counted, waiting } from "../ui/format.ts";

/** Progress of the run, days left out and why, and the hash of the result. */
export function StatusBar() {
  const session = useSession();
  const { run, share } = session;
  const doneShare = () => (run.planned() === 0 ? 0 : run.done() / run.planned());
  const notRun = () => run.results()?.notRun ?? [];
  const why = () => {
    const reasons = new Map<string, number>();
    for (const day of notRun()) reasons.set(day.reason, (reasons.get(day.reason) ?? 0) + 1);
    return [...reasons].map(([reason, days]) => `${reason} ${count(days)}`).join(", ");
  };
  return (
    <footer class="footer">
      <div
        class="progress"
        role="progressbar"
        aria-label="Backtest progress"
        aria-valuemin={0}
        aria-valuemax={run.planned()}
        aria-valuenow={run.done()}
        aria-valuetext={`${count(run.done())} of ${counted(run.planned(), "day")}`}
      >
        <span style={{ transform: `scaleX(${doneShare()})` }} />
      </div>
      <p class="status" role="status">
        <Switch>
          <Match when={run.status() === "idle"}>Nothing has run yet</Match>
          <Match when={run.status() === "planning"}>Planning…</Match>
          <Match when={run.status() === "stopping"}>Stopping…</Match>
          <Match when={run.status() === "failed"}>The run failed</Match>
          <Match when={run.status() === "stopped"}>
            Stopped · {count(run.done())} of {counted(run.planned(), "day")} kept
          </Match>
          <Match when={run.status() === "done"}>Done · {counted(run.done(), "day")}</Match>
          <Match when={run.status() === "running"}>
            {count(run.done())} of {counted(run.planned(), "day")}
          </Match>
        </Switch>
      </p>
      <Show when={run.status() === "running" && run.secondsLeft() !== undefined}>
        <span class="muted">
          {waiting(run.secondsLeft() ?? 0)} left, {counted(run.working(), "worker")}
        </span>
      </Show>
      <Show when={offersNotice(session)}>
        <button type="button" class="link small" title="A notification of the browser, if the page is not looked at when a long run ends" onClick={() => void toggleNotices(session)}>
          Tell me when it ends
        </button>
      </Show>
      <Show when={notRun().length > 0}>
        <span class="muted">
          {counted(notRun().length, "day")} not run: {why()}
        </span>
      </Show>
      <ReadAheadNote />
      <OfflineNote />
      <Show when={share.agrees() !== undefined}>
        <span class={share.agrees() ? "gain" : "warn-text"}>{share.agrees() ? "Same result as in the link" : "Another result than in the link: other data, rules or version"}</span>
      </Show>
      <span class="hash">
        <span class="muted nowrap" aria-hidden="true">
          Result hash
        </span>
        <output class="mono" aria-label="Result hash" title={run.resultHash() ?? "Known when a run has ended"}>
          {run.resultHash() ?? "—"}
        </output>
      </span>
    </footer>
  );
}
