import { createMemo, createSignal, For } from "solid-js";
import type { AlignedData } from "uplot";
import { histogram } from "../../core/results/histogram.ts";
import { figure } from "../../core/studies/exception-words.ts";
import { WINDOW_METRICS, metricFacts, type WindowMetric } from "../../core/studies/metrics.ts";
import type { StudyReport } from "../../core/studies/report.ts";
import { isoDate, SECONDS_PER_DAY } from "../../core/time.ts";
import { Chart } from "../ui/Chart.tsx";
import { count, percent } from "../ui/format.ts";
import type { Shown } from "./StudyResults.tsx";

const BINS = 30;
const HEIGHT = 216;

/** One metric of a window: how its values spread, and day after day. */
export function StudyPlots(props: { report: StudyReport; shown: Shown }) {
  const [wanted, setWanted] = createSignal<WindowMetric>("return");
  const metrics = () => WINDOW_METRICS.filter((metric) => props.shown.series !== "spot" || metricFacts(metric).volume !== true);
  const metric = () => (metrics().includes(wanted()) ? wanted() : "return");
  const points = createMemo(() =>
    props.report.windows.flatMap(({ date, series, window, found, exceptions }) => {
      const value = series === props.shown.series && window === props.shown.window && !("missing" in found) ? found.values[metric()] : null;
      return value === null ? [] : [{ date, value, exceptional: exceptions.some((one) => one.metric === metric()) }];
    }),
  );
  const stats = () => props.report.statistics.find((row) => row.group.by === null && row.series === props.shown.series && row.window === props.shown.window && row.metric === metric())?.stats;
  const spread = createMemo(() => histogram(Float64Array.from(points(), ({ value }) => value), BINS));
  const text = (value: number) => figure(metric(), value, metricFacts(metric()).unit === "percent" ? 2 : 0);
  const edges = (i: number) => {
    const { first, width, counts, below, above } = spread()!;
    const [low, high] = [figure(metric(), first + i * width), figure(metric(), first + (i + 1) * width)];
    return i === 0 && below ? `below ${high}` : i === counts.length - 1 && above ? `${low} or more` : `${low} to ${high}`;
  };
  const bars = createMemo((): AlignedData => {
    const found = spread();
    if (!found) return [[], []];
    // The last bar needs an end.
    const counts = [...found.counts, null];
    return [counts.map((_, i) => found.first + i * found.width), counts];
  });
  const dated = createMemo((): AlignedData => [
    points().map(({ date }) => date * SECONDS_PER_DAY),
    points().map(({ value, exceptional }) => (exceptional ? null : value)),
    points().map(({ value, exceptional }) => (exceptional ? value : null)),
  ]);
  const file = () => `${props.shown.series}-${props.shown.window.replaceAll(":", "")}-${metric()}`;

  return (
    <div class="stack">
      <label>
        Metric{" "}
        <select aria-label="Metric of the plots" value={metric()} onChange={(event) => setWanted(event.currentTarget.value as WindowMetric)}>
          <For each={metrics()}>{(one) => <option value={one}>{one.replaceAll("_", " ")}</option>}</For>
        </select>{" "}
        <span class="muted">{metricFacts(metric()).help}</span>
      </label>
      <div class="study-plots">
        <Chart
          title="How it spreads"
          name="Histogram"
          file={`histogram-${file()}`}
          label="Number of days by the value of the metric."
          looks={[{ height: HEIGHT, x: "amount", showX: true, zero: true, yText: (value) => (Number.isInteger(value) ? count(value) : ""), xText: text, series: [{ label: "Days", colour: "--series-1", shape: "bars" }] }]}
          data={() => [bars()]}
          csv={() => ["bin,days\n", ...Array.from(spread()?.counts ?? [], (n, i) => `"${edges(i)}",${n}\n`)].join("")}
          legend={(at) => {
            const n = () => (at === null ? undefined : spread()?.counts[at]);
            return (
              <>
                <span>n = {count(points().length)}</span>
                <span class="muted">mean {figure(metric(), stats()?.mean ?? null)}</span>
                <span class="muted">median {figure(metric(), stats()?.median ?? null)}</span>
                <span>{at === null || n() === undefined ? "" : `${edges(at)}: ${count(n()!)} (${percent(n()! / points().length)})`}</span>
              </>
            );
          }}
        />
        <Chart
          title="Day by day"
          name="Days of the study"
          file={`days-${file()}`}
          label="The value of the metric on each day; exceptional days have a colour of their own."
          looks={[{ height: HEIGHT, x: "days", showX: true, zero: false, yText: text, series: [{ label: "Usual", colour: "--series-1", shape: "marks" }, { label: "Exceptional", colour: "--loss", shape: "marks" }] }]}
          data={() => [dated()]}
          csv={() => ["date,value,exception_flag\n", ...points().map(({ date, value, exceptional }) => `${isoDate(date)},${value},${exceptional}\n`)].join("")}
          legend={(at) => {
            const point = () => (at === null ? undefined : points()[at]);
            return (
              <>
                <span class="muted">{count(points().filter(({ exceptional }) => exceptional).length)} exceptional</span>
                <span>{point() ? `${isoDate(point()!.date)}: ${figure(metric(), point()!.value)}${point()!.exceptional ? ", exceptional" : ""}` : ""}</span>
              </>
            );
          }}
        />
      </div>
    </div>
  );
}
