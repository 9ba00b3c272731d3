import { createMemo, For, Show } from "solid-js";
import type { AlignedData } from "uplot";
import { dayNumber, SECONDS_PER_DAY } from "../../core/time.ts";
import { amountTick } from "../ui/amount.ts";
import { Chart } from "../ui/Chart.tsx";
import { wholePnl } from "../ui/format.ts";
import type { Compared } from "./Comparison.tsx";

const COLOURS = ["--series-1", "--series-2", "--series-3", "--series-4"] as const;

/** Cumulative P&L of every run over all their days; a run that lacks a day stays where it was. */
export function EquityOverlay(props: { compared: readonly Compared[] }) {
  const overlay = createMemo(() => overlaid(props.compared));
  return (
    <Show when={props.compared.length} keyed>
      <Chart
        title="Equity"
        name="Equity"
        file="equity-compared"
        label="Cumulative P&L of the runs by day."
        looks={[
          {
            height: 200, x: "days", showX: true, zero: true, yText: (value) => amountTick(value, "rupees"),
            series: props.compared.map(({ letter }, i) => ({ label: letter, colour: COLOURS[i], dash: i === 0 ? undefined : [2 + 4 * i, 3] })),
          },
        ]}
        data={() => [overlay().table]}
        csv={() => [`date,${props.compared.map(({ letter }) => letter).join(",")}\n`, ...overlay().dates.map((date, d) => `${date},${overlay().table.slice(1).map((values) => (values?.[d] ?? "").toString()).join(",")}\n`)].join("")}
        legend={(at) => {
          const d = () => at ?? overlay().dates.length - 1;
          return (
            <>
              <span>{overlay().dates[d()] ?? "No day yet"}</span>
              <For each={props.compared}>
                {({ letter }, i) => (
                  <span>
                    {letter} {wholePnl(Math.round((overlay().table[i() + 1]?.[d()] ?? 0) * 100))}
                  </span>
                )}
              </For>
            </>
          );
        }}
      />
    </Show>
  );
}

function overlaid(compared: readonly Compared[]): { readonly dates: readonly string[]; readonly table: AlignedData } {
  const dailies = compared.map(({ record, variant }) => record.variants[variant].daily);
  const dates = [...new Set(dailies.flatMap((daily) => daily.dates))].sort();
  const place = new Map(dates.map((date, i) => [date, i]));
  const lines = dailies.map((daily) => {
    const net = new Float64Array(dates.length);
    daily.dates.forEach((date, i) => (net[place.get(date) ?? 0] = daily.net[i]));
    let total = 0;
    return net.map((value) => (total += value) / 100);
  });
  return { dates, table: [dates.map((date) => dayNumber(date) * SECONDS_PER_DAY), ...lines] };
}
