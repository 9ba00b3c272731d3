import { For, Show } from "solid-js";
import type { MetricValue } from "../../core/results/types.ts";
import { formatClock } from "../../core/time.ts";
import { price } from "../ui/format.ts";
import type { TradeMoment } from "./moments.ts";
import { NO_VALUE } from "./reasons.ts";

/** Nine digits tell a paisa of an index, and hide what binary fractions add. */
const metricValue = ({ name, value }: MetricValue) => (value === null ? "—" : name === "TIME" ? formatClock(value) : String(Number(value.toPrecision(9))));
const quantity = (units: number | null) => (units === null ? "—" : units.toLocaleString("en-IN"));

/** The value of every metric in the conditions that were looked at. */
export function ConditionValues(props: { moments: readonly TradeMoment[] }) {
  const rows = () => props.moments.flatMap(({ name, inputs }) => inputs.metrics.map((metric) => ({ name, second: inputs.second, metric })));
  return (
    <Show when={rows().length > 0}>
      <table aria-label="Values of the condition">
        <thead>
          <tr>
            <th scope="col">Moment</th>
            <th scope="col">IST</th>
            <th scope="col">Metric of the condition</th>
            <th scope="col" class="end">Value</th>
          </tr>
        </thead>
        <tbody>
          <For each={rows()}>
            {(row) => (
              <tr>
                <th scope="row">{row.name}</th>
                <td>{formatClock(row.second)}</td>
                <td>{row.metric.metric}</td>
                <td class="end" title={row.metric.value === null ? NO_VALUE : undefined}>{metricValue(row.metric)}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </Show>
  );
}

/** The five levels of the leg's book, where the run reads them. */
export function Levels(props: { moments: readonly TradeMoment[] }) {
  const rows = () => props.moments.flatMap(({ name, inputs, leg }) => (leg?.levels ?? []).map((level, i) => ({ name, second: inputs.second, place: i + 1, level })));
  return (
    <Show when={rows().length > 0}>
      <table aria-label="Levels of the book">
        <thead>
          <tr>
            <th scope="col">Moment</th>
            <th scope="col">IST</th>
            <th scope="col" class="end">Level</th>
            <th scope="col" class="end">Bid qty</th>
            <th scope="col" class="end">Bid</th>
            <th scope="col" class="end">Ask</th>
            <th scope="col" class="end">Ask qty</th>
          </tr>
        </thead>
        <tbody>
          <For each={rows()}>
            {(row) => (
              <tr>
                <th scope="row">{row.name}</th>
                <td>{formatClock(row.second)}</td>
                <td class="end">{row.place}</td>
                <td class="end">{quantity(row.level.bidQuantity)}</td>
                <td class="end">{price(row.level.bid)}</td>
                <td class="end">{price(row.level.ask)}</td>
                <td class="end">{quantity(row.level.askQuantity)}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </Show>
  );
}
