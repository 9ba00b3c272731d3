import { createMemo, For, Show } from "solid-js";
import { monthTable, type CalendarCell } from "../../core/results/calendar.ts";
import { MONTH_NAMES } from "../../core/time.ts";
import { useSession } from "../session/session.ts";
import { amount, shortAmount } from "../ui/amount.ts";
import { Exports } from "../ui/Exports.tsx";
import { counted } from "../ui/format.ts";
import { monthsSelected } from "./month-range.ts";
import { gridPicture } from "../ui/grid-picture.ts";
import { HeatCell } from "../ui/HeatCell.tsx";
import { heatLevel, largestOf } from "../ui/heat.ts";

/** Months against years, with the average and median of each month. A click selects the month or the year. */
export function Months() {
  const { results, preferences } = useSession();
  let host!: HTMLElement;
  const table = createMemo(() => monthTable(results.analysis()?.summary.daily ?? { dates: [], net: [] }, results.analysis()?.dayPositions ?? []));
  const largest = createMemo(() => largestOf(table().years.flatMap(({ months }) => months.map((cell) => cell?.net ?? 0))));
  /** Of months that no year has there is no column. */
  const shown = createMemo(() => MONTH_NAMES.flatMap((name, month) => (table().months[month] ? [{ name, month }] : [])));
  const words = (what: string, cell: CalendarCell) => `${what}: ${amount(cell.net, preferences.unit)}, n = ${cell.positions} on ${counted(cell.days, "day")}`;

  const select = (year: number, first: number, last: number) => results.select(monthsSelected(year, first, last));

  const rowsOf = () => table().years.map(({ year, months, total }) => ({ label: String(year), cells: [...months, total] }));
  const csv = () => {
    const line = (cells: readonly (CalendarCell | undefined)[]) => cells.map((cell) => (cell ? (cell.net / 100).toFixed(2) : "")).join(",");
    return [`year,${MONTH_NAMES.join(",")},total\n`, ...rowsOf().map(({ label, cells }) => `${label},${line(cells)}\n`)].join("");
  };
  const png = () =>
    gridPicture({ columns: [...MONTH_NAMES, "Year"], rows: rowsOf().map(({ label, cells }) => ({ label, cells: cells.map((cell, i) => cell && { text: shortAmount(cell.net), level: i === 12 ? 0 : heatLevel(cell.net, largest()) }) })) }, 56);

  return (
    <section ref={host} class="heatmap">
      <div class="section-head">
        <p class="muted grow">Net P&L and number of positions. A click selects.</p>
        <div class="actions">
          <Exports name="Months" file="months" disabled={table().years.length === 0} csv={csv} png={png} />
        </div>
      </div>
      <div class="scroll-x" tabindex="0" role="group" aria-label="Months, scrollable">
        <table class="heat-table" aria-label="P&L by month and year">
          <thead>
            <tr>
              <th scope="col">Year</th>
              <For each={shown()}>{({ name }) => <th scope="col" class="end">{name}</th>}</For>
              <th scope="col" class="end">Year</th>
            </tr>
          </thead>
          <tbody>
            <For each={table().years}>
              {({ year, months, total }) => (
                <tr>
                  <th scope="row">{year}</th>
                  <For each={shown()}>
                    {({ name, month }) => (
                      <td>
                        <Show when={months[month]}>
                          {(found) => (
                            <HeatCell words={words(`${name} ${year}`, found())} text={shortAmount(found().net)} n={found().positions} level={heatLevel(found().net, largest())} onChoose={() => select(year, month + 1, month + 1)} />
                          )}
                        </Show>
                      </td>
                    )}
                  </For>
                  <td>
                    <HeatCell words={words(String(year), total)} text={shortAmount(total.net)} n={total.positions} level={0} onChoose={() => select(year, 1, 12)} />
                  </td>
                </tr>
              )}
            </For>
            <tr>
              <th scope="row">Average</th>
              <For each={shown()}>{({ month }) => <td class="end">{shortAmount(table().months[month]?.average ?? null)}</td>}</For>
              <td />
            </tr>
            <tr>
              <th scope="row">Median</th>
              <For each={shown()}>{({ month }) => <td class="end" title={`n = ${counted(table().months[month]?.count ?? 0, "month")}`}>{shortAmount(table().months[month]?.median ?? null)}</td>}</For>
              <td />
            </tr>
          </tbody>
        </table>
      </div>
    </section>
  );
}
