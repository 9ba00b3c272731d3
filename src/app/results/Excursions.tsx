import { createMemo, createSignal, Show } from "solid-js";
import type { AlignedData } from "uplot";
import { useSession } from "../session/session.ts";
import { amount, amountTick } from "../ui/amount.ts";
import { Chart } from "../ui/Chart.tsx";
import { count } from "../ui/format.ts";

type Side = "mae" | "mfe";

/** How far positions went against or for the trader while they were held, against what they made in the end. */
export function Excursions() {
  const { results, preferences } = useSession();
  const [side, setSide] = createSignal<Side>("mae");
  const found = () => results.analysis()?.excursions;
  /** Places of the points, ascending in x. */
  const order = createMemo(() => {
    const values = found()?.[side()] ?? new Float64Array();
    return Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a] - values[b]);
  });
  const data = createMemo((): AlignedData => {
    const points = found();
    const column = (of: (place: number) => number | null) => Array.from(order(), of);
    if (!points) return [[], [], []];
    return [column((i) => points[side()][i] / 100) as number[], column((i) => (points.net[i] < 0 ? points.net[i] / 100 : null)), column((i) => (points.net[i] < 0 ? null : points.net[i] / 100))];
  });
  const tick = (value: number) => amountTick(value, preferences.unit);
  const all = () => results.analysis()?.summary.positions ?? 0;

  return (
    <Chart
      title="Result against excursion"
      name="Excursions"
      file="excursions"
      label={`Net P&L of positions against their ${side() === "mae" ? "lowest" : "highest"} P&L while held.`}
      looks={[{ height: 186, x: "amount", showX: true, zero: true, yText: tick, xText: tick, series: [{ label: "Losses", colour: "--loss", shape: "marks" }, { label: "Gains", colour: "--gain", shape: "marks" }] }]}
      data={() => [data()]}
      csv={() => ["mae,mfe,net_pnl\n", ...Array.from(order(), (i) => [found()?.mae, found()?.mfe, found()?.net].map((values) => ((values?.[i] ?? 0) / 100).toFixed(2)).join(",") + "\n")].join("")}
      actions={() => (
        <select aria-label="Excursion" title="The lowest or the highest P&L while the position was held" value={side()} onChange={(event) => setSide(event.currentTarget.value as Side)}>
          <option value="mae">Lowest (MAE)</option>
          <option value="mfe">Highest (MFE)</option>
        </select>
      )}
      legend={(at) => {
        const place = () => (at === null ? undefined : order()[at]);
        return (
          <>
            <span>n = {count(all())}</span>
            <Show when={all() > order().length}>
              <span class="muted">{count(order().length)} drawn</span>
            </Show>
            <Show when={place() !== undefined}>
              <span>
                {side() === "mae" ? "lowest" : "highest"} {amount(found()?.[side()][place() ?? 0] ?? null, preferences.unit)}, net {amount(found()?.net[place() ?? 0] ?? null, preferences.unit)}
              </span>
            </Show>
          </>
        );
      }}
    />
  );
}
