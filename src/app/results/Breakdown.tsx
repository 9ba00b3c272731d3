import { createSignal, For } from "solid-js";
import type { VariantSummary } from "../../core/results/types.ts";
import { arrow, count, gainClass, percent, wholePnl } from "../ui/format.ts";

type Part = keyof VariantSummary["by"];
const PARTS: readonly { readonly id: Part; readonly label: string }[] = [
  { id: "weekday", label: "Weekday" },
  { id: "month", label: "Month" },
  { id: "year", label: "Year" },
  { id: "dte", label: "Days to expiry" },
  { id: "window", label: "Window" },
];

/** The summary cut by weekday, month, year, days to expiry or window. */
export function Breakdown(props: { figures: VariantSummary | undefined }) {
  const [part, setPart] = createSignal<Part>("weekday");
  return (
    <section>
      <div class="section-head">
        <h2>Breakdown</h2>
        <label>
          by{" "}
          <select aria-label="Break down by" value={part()} onChange={(event) => setPart(event.currentTarget.value as Part)}>
            <For each={PARTS}>{(entry) => <option value={entry.id}>{entry.label}</option>}</For>
          </select>
        </label>
      </div>
      <div class="scroll-x" tabindex="0" role="group" aria-label="Breakdown, scrollable">
        <table class="plain" aria-label="Breakdown">
          <thead>
            <tr>
              <th scope="col">{PARTS.find((entry) => entry.id === part())?.label}</th>
              <th scope="col" class="end">Days</th>
              <th scope="col" class="end">Positions</th>
              <th scope="col" class="end">Net P&L</th>
              <th scope="col" class="end">Average</th>
              <th scope="col" class="end">Median</th>
              <th scope="col" class="end">Win rate</th>
              <th scope="col" class="end">Max drawdown</th>
            </tr>
          </thead>
          <tbody>
            <For each={props.figures?.by[part()]} fallback={<tr><td colspan="8" class="muted">Nothing has run yet.</td></tr>}>
              {(row) => (
                <tr>
                  <th scope="row">{row.key}</th>
                  <td class="end">{count(row.days)}</td>
                  <td class="end">{count(row.positions)}</td>
                  <td class={`end ${gainClass(row.total) ?? ""}`}>{arrow(row.total)} {wholePnl(row.total)}</td>
                  <td class={`end ${gainClass(row.average) ?? ""}`}>{wholePnl(row.average)}</td>
                  <td class={`end ${gainClass(row.median) ?? ""}`}>{wholePnl(row.median)}</td>
                  <td class="end">{percent(row.winRate)}</td>
                  <td class="end">{wholePnl(-row.maxDrawdown)}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
    </section>
  );
}
