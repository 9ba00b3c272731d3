import { createEffect, on } from "solid-js";
import type uPlot from "uplot";
import type { AlignedData } from "uplot";
import { recordedName } from "../../../core/engine/day-recording.ts";
import { formatClock } from "../../../core/time.ts";
import type { ReplayedDay } from "../../session/replay-session.ts";
import { useSession } from "../../session/session.ts";
import { amountTick } from "../../ui/amount.ts";
import { Chart } from "../../ui/Chart.tsx";
import { pnl, price } from "../../ui/format.ts";
import type { LinkedPanes } from "../../ui/linked-panes.ts";
import type { SeriesLook } from "../../ui/plot.ts";
import { drawFills } from "./fill-marks.ts";
import { drawSignal } from "./signal-marks.ts";
import { trueStretches, TRUTH } from "./truth.ts";
import { drawWaits } from "./wait-marks.ts";

/** Colours of the contracts, in turn; puts are dashed. */
const COLOURS = ["--series-1", "--series-2", "--series-3", "--series-4"] as const;
const SPOT = 0;
const PRICES = 1;

/** Spot with the seconds in which the entry condition held, the legs' prices with their fills, and the running result with the levels of its rules. */
export function DayChart(props: { day: ReplayedDay }) {
  const { replay } = useSession();
  const { recording, path, outcome, waits } = props.day;
  const { open, seconds, contracts, signal } = recording;
  const signalled = signal ? trueStretches(signal.truth, open) : [];
  const x = Array.from({ length: seconds }, (_, s) => open + s);
  const tables: readonly AlignedData[] = [
    [x, rupees(recording.spot)],
    [x, ...contracts.map((contract) => rupees(contract.price))],
    [x, Array.from(path.pnl, (value) => value / 100), rupees(path.stop), rupees(path.target), rupees(path.trail), rupees(path.lock)],
  ];
  const yText = (value: number) => amountTick(value, "rupees");
  const strikes = [...new Set(contracts.map(({ strike }) => strike))];
  const looks: readonly SeriesLook[] = contracts.map((contract) => ({
    label: recordedName(contract), colour: COLOURS[strikes.indexOf(contract.strike) % COLOURS.length], width: 1, shape: "steps", ...(contract.cp === "PE" && { dash: [4, 3] }),
  }));
  let panes: LinkedPanes | undefined;

  // The crosshair stands where the day is looked at; a zoom that does not hold the second is moved along.
  createEffect(
    on(replay.second, (second) => {
      if (!panes) return;
      const zoom = panes.zoom();
      if (zoom && (second < zoom[0] || second > zoom[1])) panes.show([second - (zoom[1] - zoom[0]) / 2, second + (zoom[1] - zoom[0]) / 2]);
      panes.moveCursor(second - open);
    }),
  );

  function onDraw(pane: number, plot: uPlot) {
    if (pane === SPOT) drawSignal(plot, signalled);
    if (pane !== PRICES) return;
    drawWaits(plot, outcome.trades, waits);
    drawFills(plot, outcome.trades);
  }

  const csv = () => {
    const header = ["time", "spot", ...contracts.flatMap((contract) => ["bid", "ask", "price"].map((kind) => `${recordedName(contract)} ${kind}`)), "pnl"];
    const cell = (value: number) => (value === 0 ? "" : (value / 100).toFixed(2));
    const line = (s: number) => [formatClock(open + s), cell(recording.spot[s]), ...contracts.flatMap(({ bid, ask, price: last }) => [cell(bid[s]), cell(ask[s]), cell(last[s])]), (path.pnl[s] / 100).toFixed(2)];
    return `${[header, ...x.map((_, s) => line(s))].map((cells) => cells.join(",")).join("\n")}\n`;
  };

  return (
    <Chart
      title="Spot, legs and P&L"
      name="Day"
      file={`day-${recording.symbol}`}
      label="Spot, prices of the legs and running P&L by second. A click or Enter goes to the second under the crosshair."
      looks={[
        { height: 88, x: "clock", showX: false, zero: false, yText, series: [{ label: "Spot", colour: "--text", width: 1 }] },
        { height: 128, x: "clock", showX: false, zero: false, yText, series: looks },
        {
          height: 108, x: "clock", showX: true, zero: true, yText,
          series: [
            { label: "P&L", colour: "--accent", fill: true }, { label: "Stop-loss", colour: "--loss", dash: [4, 4], width: 1 }, { label: "Target", colour: "--gain", dash: [4, 4], width: 1 },
            { label: "Trail", colour: "--series-2", dash: [2, 2], width: 1, shape: "steps" }, { label: "Lock", colour: "--series-3", dash: [6, 2], width: 1, shape: "steps" },
          ],
        },
      ]}
      data={() => tables}
      csv={csv}
      onDraw={onDraw}
      onPick={(index) => replay.goTo(open + index)}
      onReady={(made) => {
        panes = made;
        panes.moveCursor(replay.second() - open);
      }}
      legend={(at) => {
        const s = () => at ?? replay.second() - open;
        return (
          <>
            <span>{formatClock(open + s())}</span>
            <span>Spot {price(recording.spot[s()] || null)}</span>
            <span>P&L {pnl(Math.round(path.pnl[s()]))}</span>
            {signal && (
              <span class="legend-signal" title={signal.words}>
                <i class="key" />
                entry condition {TRUTH[signal.truth[s()]]}
              </span>
            )}
            <span class="muted">▲ bought ▼ sold{waits.length > 0 ? " ○┄ waits" : ""}</span>
          </>
        );
      }}
    />
  );
}

/** Paise as uPlot wants them: null where there is no value. */
function rupees(values: ArrayLike<number>): (number | null)[] {
  const made = new Array<number | null>(values.length);
  for (let i = 0; i < values.length; i++) made[i] = values[i] === 0 || Number.isNaN(values[i]) ? null : values[i] / 100;
  return made;
}
