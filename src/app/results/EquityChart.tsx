import { createMemo } from "solid-js";
import { SECONDS_PER_DAY } from "../../core/time.ts";
import type { VariantSummary } from "../../core/results/types.ts";
import { useSession } from "../session/session.ts";
import { amount, amountTick } from "../ui/amount.ts";
import { Chart } from "../ui/Chart.tsx";
import { arrow, gainClass } from "../ui/format.ts";
import { createLater } from "../ui/later.ts";
import { equityCsv, equitySeries } from "./equity.ts";

const NO_DAYS: VariantSummary["daily"] = { dates: [], net: [] };

/** Cumulative net P&L above, drawdown below, one x. Days are selected by drawing over them with Shift, or by zooming first. */
export function EquityChart() {
  const { results, preferences } = useSession();
  const summary = createLater(results.summary);
  const daily = () => summary()?.daily ?? NO_DAYS;
  const series = createMemo(() => equitySeries(daily()));
  const yText = (value: number) => amountTick(value, preferences.unit);

  function selectDays([from, to]: readonly [number, number]) {
    results.select({ from: Math.ceil(from / SECONDS_PER_DAY), to: Math.floor(to / SECONDS_PER_DAY) });
  }

  return (
    <Chart
      title="Equity and drawdown"
      name="Chart"
      file="equity"
      label="Cumulative P&L and drawdown by day."
      looks={[
        { height: 132, x: "days", showX: false, zero: true, yText, series: [{ label: "Cumulative P&L", colour: "--accent", fill: true }] },
        { height: 92, x: "days", showX: true, zero: true, yText, series: [{ label: "Drawdown", colour: "--loss", fill: true }] },
      ]}
      data={() => [[series().x, series().cumulative], [series().x, series().drawdown]]}
      csv={() => equityCsv(daily(), series())}
      legend={(at) => <Legend daily={daily()} cumulative={series().cumulative} drawdown={series().drawdown} at={at} />}
      onBrush={selectDays}
      actions={(panes) => (
        <button
          type="button"
          class="quiet"
          disabled={panes.zoom() === undefined}
          title="Everything below and beside then counts these days only. Or draw over days with Shift held."
          onClick={() => {
            const range = panes.zoom();
            if (range) selectDays(range);
          }}
        >
          Select days in view
        </button>
      )}
    />
  );
}

/** Values under the crosshair, or of the last day. */
function Legend(props: { daily: VariantSummary["daily"]; cumulative: Float64Array; drawdown: Float64Array; at: number | null }) {
  const { preferences } = useSession();
  const at = () => Math.min(props.at ?? Number.POSITIVE_INFINITY, props.cumulative.length - 1);
  const hundredths = (values: Float64Array) => (at() < 0 ? null : Math.round(values[at()] * 100));
  const day = () => (at() < 0 ? null : (props.daily.net[at()] ?? null));
  return (
    <>
      <span>{at() < 0 ? "No day yet" : props.daily.dates[at()]}</span>
      <span>
        <span class="key legend-pnl" />
        P&L <span class={gainClass(hundredths(props.cumulative))}>{amount(hundredths(props.cumulative), preferences.unit)}</span>
      </span>
      <span>
        <span class="key legend-drawdown" />
        Drawdown <span class={gainClass(hundredths(props.drawdown))}>{amount(hundredths(props.drawdown), preferences.unit)}</span>
      </span>
      <span>
        Day <span class={gainClass(day())}>{arrow(day())} {amount(day(), preferences.unit)}</span>
      </span>
    </>
  );
}
