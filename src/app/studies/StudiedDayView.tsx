import { createEffect, Match, on, Show, Switch } from "solid-js";
import type uPlot from "uplot";
import type { AlignedData } from "uplot";
import { parseWindow } from "../../core/strategy/schema-parts.ts";
import { formatClock, isoDate, weekdayName } from "../../core/time.ts";
import { resolveColour } from "../ui/canvas-style.ts";
import { Chart } from "../ui/Chart.tsx";
import { ErrorNotice } from "../ui/ErrorNotice.tsx";
import { price } from "../ui/format.ts";
import type { StudiedDay, StudiesSession } from "./studies-session.ts";

/** The day of an exceptional window: its series second by second, the window marked. */
export function StudiedDayView(props: { studies: StudiesSession }) {
  let region!: HTMLElement;
  const state = () => props.studies.day();
  const row = () => {
    const current = state();
    return current.kind === "closed" ? undefined : current.row;
  };
  const failed = () => {
    const current = state();
    return current.kind === "failed" ? current.message : undefined;
  };
  const ready = () => {
    const current = state();
    return current.kind === "ready" ? current : undefined;
  };
  createEffect(on(ready, (day) => day && region.scrollIntoView({ block: "nearest" })));
  return (
    <section ref={region} aria-label="Day of the study" hidden={row() === undefined}>
      <Show when={row()}>
        {(shown) => (
          <div class="section-head">
            <h2>
              {weekdayName(shown().date)} {isoDate(shown().date)}, {shown().series} {shown().window}
            </h2>
            <div class="actions">
              <button type="button" class="quiet" aria-label="Close the day" onClick={props.studies.closeDay}>
                ✕
              </button>
            </div>
          </div>
        )}
      </Show>
      <Switch>
        <Match when={state().kind === "loading"}>
          <p class="muted">Reading the day…</p>
        </Match>
        <Match when={failed()}>
          {(message) => <ErrorNotice title="The day could not be read">{message()}</ErrorNotice>}
        </Match>
        <Match when={ready()} keyed>
          {(day) => <DayPlot day={day} />}
        </Match>
      </Switch>
    </section>
  );
}

function DayPlot(props: { day: Extract<StudiedDay, { kind: "ready" }> }) {
  const { row, study, day } = props.day;
  const place = (series: string) => day.windows.find((one) => study.series[one.series] === series && study.windows[one.window] === row.window);
  const path = place(row.series)?.path ?? new Int32Array();
  const open = day.open ?? 0;
  const data: AlignedData = [Array.from(path, (_, s) => open + s), Array.from(path, (paise) => (paise === 0 ? null : paise / 100))];
  const { start, end } = parseWindow(row.window)!;

  /** The seconds of the window on a ground of their own. */
  function onDraw(_: number, plot: uPlot): void {
    const [from, to] = [start, end].map((second) => Math.min(plot.bbox.left + plot.bbox.width, Math.max(plot.bbox.left, plot.valToPos(second, "x", true))));
    plot.ctx.save();
    plot.ctx.globalAlpha = 0.18;
    plot.ctx.fillStyle = resolveColour("--accent");
    plot.ctx.fillRect(from, plot.bbox.top, Math.max(2, to - from), plot.bbox.height);
    plot.ctx.restore();
  }

  return (
    <>
      <Show when={row.exceptions.length > 0}>
        <p>{row.exceptions.map(({ reason }) => reason).join(". ")}.</p>
      </Show>
      <Chart
        title={row.series === "spot" || row.series === "future" ? "The day" : "The contracts of the window, all day"}
        name="Day of the study"
        file={`study-${isoDate(row.date)}-${row.series}`}
        label={`${row.series} by second; the window ${row.window} is marked.`}
        looks={[{ height: 240, x: "clock", showX: true, zero: false, yText: (value) => price(value * 100), series: [{ label: row.series, colour: "--text", width: 1, shape: "curve" }] }]}
        data={() => [data]}
        csv={() => ["time,price\n", ...Array.from(path, (paise, s) => `${formatClock(open + s)},${paise === 0 ? "" : (paise / 100).toFixed(2)}\n`)].join("")}
        onDraw={onDraw}
        legend={(at) => (
          <>
            <span>{at === null ? `window ${row.window}` : formatClock(open + at)}</span>
            <span>{at === null ? "" : price(path[at] || null)}</span>
          </>
        )}
      />
    </>
  );
}
