import { createMemo } from "solid-js";
import type { AlignedData } from "uplot";
import type { Histogram } from "../../core/results/histogram.ts";
import { useSession } from "../session/session.ts";
import { amount, amountTick } from "../ui/amount.ts";
import { Chart } from "../ui/Chart.tsx";
import { count, percent } from "../ui/format.ts";

/** How the net P&L of positions spreads: losses and gains in bars of their own colour. */
export function Distribution() {
  const { results, preferences } = useSession();
  const found = () => results.analysis()?.distribution;
  const data = createMemo(() => barsOf(found()));
  const positions = () => results.analysis()?.summary.positions ?? 0;
  const xText = (value: number) => amountTick(value, preferences.unit);
  const edges = (i: number) => {
    const { first, width, below, above, counts } = found() ?? { first: 0, width: 0, below: false, above: false, counts: [] };
    const [low, high] = [first + i * width, first + (i + 1) * width].map((edge) => (edge === 0 ? "0" : amount(edge, preferences.unit)));
    if (i === 0 && below) return `below ${high}`;
    return i === counts.length - 1 && above ? `${low} or more` : `${low} to ${high}`;
  };
  return (
    <Chart
      title="Net P&L of positions"
      name="Distribution"
      file="distribution"
      label="Number of positions by net P&L."
      looks={[
        {
          height: 186, x: "amount", showX: true, zero: true, yText: (value) => (Number.isInteger(value) ? count(value) : ""), xText,
          series: [{ label: "Losses", colour: "--loss", shape: "bars" }, { label: "Gains", colour: "--gain", shape: "bars" }],
        },
      ]}
      data={() => [data()]}
      csv={() => ["bin,positions\n", ...Array.from(found()?.counts ?? [], (n, i) => `"${edges(i)}",${n}\n`)].join("")}
      legend={(at) => {
        const n = () => (at === null ? undefined : found()?.counts[at]);
        return (
          <>
            <span>n = {count(positions())}</span>
            <span class="muted">median {amount(results.analysis()?.summary.median ?? null, preferences.unit)}</span>
            <span>{at === null || n() === undefined ? "" : `${edges(at)}: ${count(n() ?? 0)} (${percent((n() ?? 0) / positions())})`}</span>
          </>
        );
      }}
    />
  );
}

/** x: lower edges, in the unit itself; one series for bins of losses, one for the others. */
function barsOf(found: Histogram | undefined): AlignedData {
  if (!found) return [[], [], []];
  const edge = (i: number) => (found.first + i * found.width) / 100;
  // The last bar needs an end.
  const counts = [...found.counts, null];
  return [counts.map((_, i) => edge(i)), counts.map((n, i) => (edge(i) < 0 ? n : null)), counts.map((n, i) => (edge(i) < 0 ? null : n))];
}
