import { createMemo, createSignal, For, Show } from "solid-js";
import { DIRECTIONS } from "../../core/studies/directions.ts";
import { missingReasons, type StudyReport } from "../../core/studies/report.ts";
import type { StudySeries } from "../../core/studies/schema.ts";
import { isoDate } from "../../core/time.ts";
import { counted, percent } from "../ui/format.ts";
import { Tabs } from "../ui/Tabs.tsx";
import { ExceptionalDays } from "./ExceptionalDays.tsx";
import { StudyDownloads } from "./StudyDownloads.tsx";
import { StudyGroups } from "./StudyGroups.tsx";
import { StudyPlots } from "./StudyPlots.tsx";
import { StudyStatistics } from "./StudyStatistics.tsx";
import { StudiedDayView } from "./StudiedDayView.tsx";
import type { StudiesSession } from "./studies-session.ts";

/** One window of one series, of which everything below is told. */
export interface Shown {
  readonly series: StudySeries;
  readonly window: string;
}

type Part = "study-figures" | "study-plots" | "study-groups";

const ARROWS = { up: "▲", down: "▼", flat: "■" } as const;

/** What a study found: one window of one series at a time, and the exceptional days of all. */
export function StudyResults(props: { report: StudyReport; studies: StudiesSession }) {
  const [wanted, setWanted] = createSignal(0);
  const [part, setPart] = createSignal<Part>("study-figures");
  const cells = createMemo(() => props.report.study.series.flatMap((series) => props.report.study.windows.map((window): Shown => ({ series, window }))));
  const shown = () => cells()[Math.min(wanted(), cells().length - 1)];
  const here = <T extends Shown>(rows: readonly T[]) => rows.filter((row) => row.series === shown().series && row.window === shown().window);
  const all = () => here(props.report.directions)[0];
  const without = () => missingReasons(props.report, shown().series, shown().window);
  const dates = () => props.report.days;

  return (
    <section class="stack" aria-label="Results of the study">
      <div class="section-head">
        <h2>{props.report.study.name}</h2>
        <span class="muted">
          {props.report.study.universe.symbol}, {counted(dates().length, "day")}
          <Show when={dates().length > 0}>
            {" "}from {isoDate(dates()[0])} to {isoDate(dates()[dates().length - 1])}
          </Show>
          <Show when={props.report.leftOut > 0}>, {counted(props.report.leftOut, "day")} left out by where</Show>
        </span>
        <div class="actions">
          <StudyDownloads report={props.report} disabled={props.studies.busy()} />
        </div>
      </div>
      <Show when={props.report.notRun.length > 0}>
        <details class="notice">
          <summary>{counted(props.report.notRun.length, "day")} not run</summary>
          <ul>
            <For each={props.report.notRun}>{({ date, detail }) => <li>{isoDate(date)}: {detail}</li>}</For>
          </ul>
        </details>
      </Show>
      <div class="study-windows" role="group" aria-label="Windows">
        <For each={cells()}>
          {(cell, i) => (
            <button type="button" aria-pressed={shown() === cell} onClick={() => setWanted(i())}>
              {cell.series} {cell.window}
            </button>
          )}
        </For>
      </div>
      <dl class="cards" aria-label="Directions">
        <For each={DIRECTIONS}>
          {(direction) => {
            const share = () => all().directions[direction];
            return (
              <div class="card">
                <dt>
                  {ARROWS[direction]} {direction}
                </dt>
                <dd class="value">{percent(share().share)}</dd>
                <dd class="sub">{share().count} of {counted(all().n, "day")}</dd>
                <dd class="sub" title={`Wilson's interval at ${props.report.study.confidence} %`}>
                  {share().share === null ? "no day has prices" : `${percent(share().low)} to ${percent(share().high)}`}
                </dd>
              </div>
            );
          }}
        </For>
      </dl>
      <Show when={without().length > 0}>
        <ul class="study-without muted" aria-label="Days without figures">
          <For each={without()}>{({ reason, days }) => <li>{counted(days, "day")} without: {reason}</li>}</For>
        </ul>
      </Show>
      <Tabs<Part>
        label="Parts of the study"
        chosen={part()}
        onChoose={setPart}
        tabs={[
          { id: "study-figures", label: "Figures", body: () => <StudyStatistics rows={here(props.report.statistics).filter(({ group }) => group.by === null)} /> },
          { id: "study-plots", label: "Plots", body: () => <StudyPlots report={props.report} shown={shown()} /> },
          ...(props.report.study.by === null ? [] : [{ id: "study-groups" as const, label: "Groups", body: () => <StudyGroups study={props.report.study} directions={here(props.report.directions)} statistics={here(props.report.statistics)} /> }]),
        ]}
      />
      <ExceptionalDays report={props.report} studies={props.studies} />
      <StudiedDayView studies={props.studies} />
    </section>
  );
}
