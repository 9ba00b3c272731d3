import { createSignal, For, lazy, Match, Show, Switch } from "solid-js";
import { studySchema } from "../../core/studies/schema.ts";
import { useSession } from "../session/session.ts";
import { Remarks } from "../strategy/Remarks.tsx";
import { ErrorNotice } from "../ui/ErrorNotice.tsx";
import { count, counted, waiting } from "../ui/format.ts";
import { Loaded } from "../ui/Loaded.tsx";
import { createStudiesSession } from "./studies-session.ts";
import { StudyResults } from "./StudyResults.tsx";

const YamlEditor = lazy(() => import("../editor/YamlEditor.tsx"));

/** Window studies: what is asked above, what the data answers below. */
export function StudiesPanel() {
  const session = useSession();
  const studies = createStudiesSession(session);
  const [place, setPlace] = createSignal<{ readonly line: number; readonly column: number }>();
  const problems = () => studies.parsed().problems;
  const share = () => (studies.progress().total === 0 ? 0 : studies.progress().done / studies.progress().total);
  const goTo = ({ line, column }: { readonly line?: number; readonly column?: number }) => line !== undefined && setPlace({ line, column: column ?? 1 });

  return (
    <div class="stack studies">
      <div class="section-head">
        <select class="study-choice" aria-label="Study" value={studies.template().id} onChange={(event) => studies.choose(event.currentTarget.value)}>
          <For each={studies.templates}>{(one) => <option value={one.id}>{one.name}</option>}</For>
        </select>
        <Show
          when={studies.busy()}
          fallback={
            <button type="button" class="primary" disabled={!studies.canRun()} title={session.studied.open() ? undefined : "Open a data folder first"} onClick={() => void studies.start()}>
              Run study
            </button>
          }
        >
          <button type="button" onClick={studies.stop}>
            Stop study
          </button>
        </Show>
        <span class="muted" role="status" aria-label="Study status">
          <Switch>
            <Match when={studies.status() === "planning"}>Planning…</Match>
            <Match when={studies.status() === "running"}>
              {count(studies.progress().done)} of {counted(studies.progress().total, "day")}
              <Show when={studies.progress().secondsLeft}>{(left) => <>, {waiting(left())} left</>}</Show>
            </Match>
            <Match when={studies.status() === "done"}>Done · {counted(studies.progress().done, "day")} read</Match>
            <Match when={studies.status() === "stopped"}>Stopped · the figures are those of the days read before</Match>
            <Match when={studies.status() === "failed"}>The study failed</Match>
          </Switch>
        </span>
        <div class="actions">
          <Show when={studies.edited()}>
            <button type="button" class="link small" onClick={studies.revert}>
              Undo all changes
            </button>
          </Show>
        </div>
      </div>
      <Show when={studies.busy()}>
        <div class="progress study-progress" role="progressbar" aria-label="Study progress" aria-valuemin={0} aria-valuemax={studies.progress().total} aria-valuenow={studies.progress().done}>
          <span style={{ transform: `scaleX(${share()})` }} />
        </div>
      </Show>
      <div class="study-editor">
        <Loaded>
          <YamlEditor
            shown={session.view() === "studies"}
            label="Study text"
            schema={studySchema}
            text={studies.text()}
            problems={problems()}
            warnings={studies.parsed().warnings ?? []}
            place={place()}
            onEdit={studies.edit}
            onUndo={studies.undo}
            onRedo={studies.redo}
          />
        </Loaded>
      </div>
      <Remarks label="Mistakes in the study" remarks={problems()} onGo={goTo} />
      <Remarks label="Warnings about the study" remarks={studies.parsed().warnings ?? []} warning onGo={goTo} />
      <Show when={studies.failure()}>
        {(message) => <ErrorNotice title="The study could not be run">{message()}</ErrorNotice>}
      </Show>
      <Show when={studies.report()} fallback={<Empty running={studies.busy()} opened={session.studied.open() !== undefined} />}>
        {(report) => <StudyResults report={report()} studies={studies} />}
      </Show>
    </div>
  );
}

function Empty(props: { running: boolean; opened: boolean }) {
  return (
    <p class="muted">
      {props.running ? "The first days are being read…"
        : props.opened ? "A study counts what the market did in windows of the day: how often up or down, by how much, and on which days it was exceptional. Choose one or write your own, then run it."
        : "Open a data folder to run a study on it."}
    </p>
  );
}
