import { createMemo, createSignal, For, Show } from "solid-js";
import { csvCell } from "../../core/results/csv-cell.ts";
import { formatClock, formatMoment, SECONDS_PER_DAY } from "../../core/time.ts";
import type { QueryTable } from "../../data/query-table.ts";
import { Chart } from "../ui/Chart.tsx";
import { MISSING } from "../ui/format.ts";
import { chartSeries, defaultAxes, type Axes } from "./chart-series.ts";

const number = new Intl.NumberFormat("en-IN", { maximumFractionDigits: 4 });
const yText = (value: number | null) => (value === null ? MISSING : number.format(value));

/** One column of numbers over another, or over dates and times. */
export function QueryChart(props: { table: QueryTable }) {
  const [chosen, setChosen] = createSignal<Partial<Axes>>({});
  const measures = createMemo(() => props.table.columns.flatMap(({ kind }, i) => (kind === "number" ? [i] : [])));
  const scales = createMemo(() => props.table.columns.flatMap(({ kind }, i) => (kind === "number" || kind === "date" || kind === "moment" ? [i] : [])));
  const axes = createMemo((): Axes | undefined => {
    const found = defaultAxes(props.table);
    return found && { x: scales().includes(chosen().x ?? -1) ? (chosen().x ?? found.x) : found.x, y: measures().includes(chosen().y ?? -1) ? (chosen().y ?? found.y) : found.y };
  });
  const nameOf = (column: number) => props.table.columns[column].name;

  return (
    <Show when={axes()} fallback={<p class="muted">A chart needs a column of numbers, and a second one of numbers, dates or times. Select both.</p>}>
      {(both) => {
        const series = createMemo(() => chartSeries(props.table, both()));
        return (
          <>
            <div class="sql-axes">
              <label>
                Down <select value={both().y} onChange={(event) => setChosen({ ...both(), y: Number(event.currentTarget.value) })}>
                  <For each={measures()}>{(column) => <option value={column} selected={column === both().y}>{nameOf(column)}</option>}</For>
                </select>
              </label>
              <label>
                Across <select value={both().x} onChange={(event) => setChosen({ ...both(), x: Number(event.currentTarget.value) })}>
                  <For each={scales()}>{(column) => <option value={column} selected={column === both().x}>{nameOf(column)}</option>}</For>
                </select>
              </label>
            </div>
            <Show when={series()} keyed>
              {(drawn) => {
                const xText = (x: number) => (drawn.x === "days" ? formatMoment(Math.floor(x / SECONDS_PER_DAY), Math.floor(x) % SECONDS_PER_DAY).replace(" 00:00:00", "") : drawn.x === "clock" ? formatClock(Math.floor(x)) : number.format(x));
                return (
                  <Chart
                    title={`${drawn.yName} over ${drawn.xName}`}
                    name="Query chart"
                    file="query-chart"
                    label={`${drawn.yName} over ${drawn.xName}.`}
                    looks={[{ height: 280, x: drawn.x, showX: true, zero: false, yText: (value) => number.format(value), xText: (value) => number.format(value), series: [{ label: drawn.yName, colour: "--accent", shape: drawn.shape }] }]}
                    data={() => [[drawn.xs, drawn.ys]]}
                    csv={() => [`${csvCell(drawn.xName)},${csvCell(drawn.yName)}`, ...Array.from(drawn.xs, (x, i) => `${csvCell(xText(x))},${csvCell(props.table.text(drawn.rows[i], both().y) ?? "")}`), ""].join("\n")}
                    legend={(at) => {
                      const place = at ?? drawn.xs.length - 1;
                      return place < 0 ? <span>No row</span> : <><span>{xText(drawn.xs[place])}</span> <span>{drawn.yName} {yText(drawn.ys[place])}</span></>;
                    }}
                  />
                );
              }}
            </Show>
          </>
        );
      }}
    </Show>
  );
}
