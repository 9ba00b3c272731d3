import { For, Show, type JSX } from "solid-js";
import type { MetricValue } from "../../core/results/types.ts";
import { formatClock } from "../../core/time.ts";
import { price } from "../ui/format.ts";
import type { TradeMoment } from "./moments.ts";
import { NO_VALUE } from "./reasons.ts";

/** Nine digits tell a paisa of an index, and hide what binary fractions add. */
const metricValue = ({ name, value }: MetricValue) => (value === null ? "—" : name === "TIME" ? formatClock(value) : String(Number(value.toPrecision(9))));
const quantity = (units: number | null) => (units === null ? "—" : units.toLocaleString("en-IN"));

/** The value of every metric in the conditions that were looked at; those of a roll belong to its decision. */
export function ConditionValues(props: { moments: readonly TradeMoment[] }) {
  const rows = () => props.moments.flatMap(({ name, inputs }) => (name === "Leg held" ? [] : inputs.metrics.map((metric) => ({ name, second: inputs.second, metric }))));
  return (
    <MomentTable label="Values of the condition" rows={rows()} headers={[{ text: "Metric of the condition" }, { text: "Value", end: true }]}>
      {({ metric }) => (
        <>
          <td>{metric.metric}</td>
          <td class="end" title={metric.value === null ? NO_VALUE : undefined}>{metricValue(metric)}</td>
        </>
      )}
    </MomentTable>
  );
}

/** The five levels of the leg's book, where the run reads them. */
export function Levels(props: { moments: readonly TradeMoment[] }) {
  const rows = () => props.moments.flatMap(({ name, inputs, leg }) => (leg?.levels ?? []).map((level, i) => ({ name, second: inputs.second, place: i + 1, level })));
  const headers = ["Level", "Bid qty", "Bid", "Ask", "Ask qty"].map((text) => ({ text, end: true }));
  return (
    <MomentTable label="Levels of the book" rows={rows()} headers={headers}>
      {({ place, level }) => <For each={[String(place), quantity(level.bidQuantity), price(level.bid), price(level.ask), quantity(level.askQuantity)]}>{(text) => <td class="end">{text}</td>}</For>}
    </MomentTable>
  );
}

/** Rows that each belong to a decision or a fill; nothing where there are none. */
function MomentTable<Row extends { readonly name: string; readonly second: number }>(props: {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly headers: readonly { readonly text: string; readonly end?: boolean }[];
  readonly children: (row: Row) => JSX.Element;
}) {
  return (
    <Show when={props.rows.length > 0}>
      <table aria-label={props.label}>
        <thead>
          <tr>
            <th scope="col">Moment</th>
            <th scope="col">IST</th>
            <For each={props.headers}>{({ text, end }) => <th scope="col" classList={{ end }}>{text}</th>}</For>
          </tr>
        </thead>
        <tbody>
          <For each={props.rows}>
            {(row) => (
              <tr>
                <th scope="row">{row.name}</th>
                <td>{formatClock(row.second)}</td>
                {props.children(row)}
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </Show>
  );
}
