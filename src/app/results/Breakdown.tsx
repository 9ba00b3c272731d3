import { createSignal, For } from "solid-js";
import type { Selection } from "../../core/results/selection.ts";
import type { VariantSummary } from "../../core/results/types.ts";
import { WEEKDAY_NAMES, type WeekdayName } from "../../core/time.ts";
import { useSession } from "../session/session.ts";
import { amount } from "../ui/amount.ts";
import { Exports } from "../ui/Exports.tsx";
import { arrow, count, gainClass, percent } from "../ui/format.ts";
import { gridPicture } from "../ui/grid-picture.ts";
import { heatLevel, largestOf } from "../ui/heat.ts";
import { monthsSelected } from "./month-range.ts";

type Part = keyof VariantSummary["by"];
const PARTS: readonly { readonly id: Part; readonly label: string }[] = [
  { id: "weekday", label: "Weekday" },
  { id: "dte", label: "Days to expiry" },
  { id: "window", label: "Window" },
  { id: "month", label: "Month" },
  { id: "year", label: "Year" },
];

/** The figures of the selection cut by weekday, days to expiry, window, month or year. A row's name selects it. */
export function Breakdown() {
  const { results, preferences } = useSession();
  const [part, setPart] = createSignal<Part>("weekday");
  const text = (value: number | null) => amount(value, preferences.unit);
  const rows = () => results.summary()?.by[part()] ?? [];
  const csv = () => {
    const money = (value: number | null) => (value === null ? "" : (value / 100).toFixed(2));
    const line = (row: ReturnType<typeof rows>[number]) => [row.key, row.days, row.positions, money(row.total), money(row.average), money(row.median), row.winRate ?? "", money(-row.maxDrawdown)].join(",");
    return `${[`${part()},days,positions,net,average,median,win_rate,max_drawdown`, ...rows().map(line)].join("\n")}\n`;
  };
  const png = () => {
    const largest = largestOf(rows().map(({ total }) => total));
    const plain = (words: string) => ({ text: words, level: 0 });
    return gridPicture({
      columns: ["Days", "Positions", "Net P&L", "Average", "Median", "Win rate", "Max drawdown"],
      rows: rows().map((row) => ({
        label: row.key,
        cells: [plain(count(row.days)), plain(count(row.positions)), { text: text(row.total), level: heatLevel(row.total, largest) }, plain(text(row.average)), plain(text(row.median)), plain(percent(row.winRate)), plain(text(-row.maxDrawdown))],
      })),
    }, 96);
  };
  return (
    <section>
      <div class="section-head">
        <label>
          by{" "}
          <select aria-label="Break down by" value={part()} onChange={(event) => setPart(event.currentTarget.value as Part)}>
            <For each={PARTS}>{(entry) => <option value={entry.id}>{entry.label}</option>}</For>
          </select>
        </label>
        <span class="muted">A row's name selects it.</span>
        <div class="actions">
          <Exports name="Splits" file={`by-${part()}`} disabled={rows().length === 0} csv={csv} png={png} />
        </div>
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
            <For each={rows()} fallback={<tr><td colspan="8" class="muted">Nothing has run yet.</td></tr>}>
              {(row) => (
                <tr>
                  <th scope="row">
                    <button type="button" class="link" onClick={() => results.select(selectionOf(part(), row.key))}>
                      {row.key}
                    </button>
                  </th>
                  <td class="end">{count(row.days)}</td>
                  <td class="end">{count(row.positions)}</td>
                  <td class={`end ${gainClass(row.total) ?? ""}`}>{arrow(row.total)} {text(row.total)}</td>
                  <td class={`end ${gainClass(row.average) ?? ""}`}>{text(row.average)}</td>
                  <td class={`end ${gainClass(row.median) ?? ""}`}>{text(row.median)}</td>
                  <td class="end">{percent(row.winRate)}</td>
                  <td class="end">{text(-row.maxDrawdown)}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
    </section>
  );
}

function selectionOf(part: Part, key: string): Partial<Selection> {
  switch (part) {
    case "weekday":
      return { weekday: WEEKDAY_NAMES.indexOf(key as WeekdayName) + 1 };
    case "dte":
      return { dte: Number(key) };
    case "window":
      return { window: Number(key) };
    case "month": {
      const [year, month] = key.split("-").map(Number);
      return monthsSelected(year, month, month);
    }
    case "year":
      return monthsSelected(Number(key), 1, 12);
  }
}
