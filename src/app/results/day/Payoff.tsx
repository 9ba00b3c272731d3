import { createMemo, createSignal, For, Show } from "solid-js";
import type uPlot from "uplot";
import type { AlignedData } from "uplot";
import { entryNear, payoffMoment, type PayoffMoment } from "../../../core/results/payoff-moment.ts";
import { breakEvens, extremesAtExpiry, isOfOneExpiry, payoffSpots, pnlAtExpiry, pnlNow, reachOf, strikesOf, yearsToExpiry } from "../../../core/results/payoff.ts";
import { formatClock } from "../../../core/time.ts";
import type { ReplayedDay } from "../../session/replay-session.ts";
import { useSession } from "../../session/session.ts";
import { amountTick } from "../../ui/amount.ts";
import { resolveColour } from "../../ui/canvas-style.ts";
import { Chart } from "../../ui/Chart.tsx";
import { count, MISSING, wholePnl } from "../../ui/format.ts";
import { PayoffGreeks } from "./PayoffGreeks.tsx";

/** To each side of spot, in percent; the first follows strikes and expected moves. */
const REACHES = ["auto", "1", "2", "5", "10", "20"] as const;
const NOTHING: AlignedData = [[], [], []];

/** What the position of the second that is looked at would make at other values of spot, then and at expiry, and its Greeks. */
export function Payoff(props: { day: ReplayedDay }) {
  const { replay } = useSession();
  const [chosen, setChosen] = createSignal<(typeof REACHES)[number]>("auto");
  const trades = () => props.day.outcome.trades;
  const at = (second: number) => payoffMoment(props.day.recording, trades(), second);
  const moment = createMemo(() => at(replay.second()));
  /** Where the view was set: it stays while spot and volatility move, until other legs are on. */
  const view = createMemo<{ readonly legs: string; readonly middle: number; readonly reach: number } | undefined>((before) => {
    const now = moment();
    if (!now) return undefined;
    const legs = now.legs.map(({ name, units }) => `${units} ${name}`).join();
    const inside = before?.legs === legs && Math.abs(now.spot / before.middle - 1) < before.reach;
    return inside ? before : { legs, middle: now.spot, reach: reachOf(now) };
  });
  const spots = createMemo(() => {
    const [now, seen] = [moment(), view()];
    return now && seen ? payoffSpots(seen.middle, chosen() === "auto" ? seen.reach : Number(chosen()) / 100, strikesOf(now)) : [];
  });
  const data = createMemo((): AlignedData => {
    const now = moment();
    if (!now) return NOTHING;
    return [[...spots()], spots().map((spot) => known(pnlAtExpiry(now, spot))), spots().map((spot) => known(pnlNow(now, spot)))];
  });
  const tick = (value: number) => amountTick(value, "rupees");
  const csv = () => {
    const now = moment();
    const line = (spot: number) => (now ? [spot, pnlAtExpiry(now, spot), pnlNow(now, spot)] : []).map((value) => (Number.isNaN(value) ? "" : value.toFixed(2))).join(",");
    return `${["spot,pnl_at_expiry,pnl_now", ...spots().map(line)].join("\n")}\n`;
  };

  function onDraw(_: number, plot: uPlot) {
    const now = moment();
    if (!now) return;
    const { left, top, width, height } = plot.bbox;
    const x = Math.round(plot.valToPos(now.spot, "x", true)) + 0.5;
    if (x < left || x > left + width) return;
    plot.ctx.save();
    plot.ctx.strokeStyle = resolveColour("--muted");
    plot.ctx.setLineDash([2, 3]);
    plot.ctx.beginPath();
    plot.ctx.moveTo(x, top);
    plot.ctx.lineTo(x, top + height);
    plot.ctx.stroke();
    plot.ctx.restore();
  }

  return (
    <Show when={moment()} fallback={<NoPosition day={props.day} />}>
      {(now) => (
        <>
          <Chart
            title={`Payoff at ${formatClock(replay.second())}`}
            name="Payoff"
            file={`payoff-${props.day.recording.symbol}`}
            label="P&L of the position by spot, at expiry and at the second that is looked at."
            looks={[{
              height: 216, x: "amount", showX: true, zero: true, yText: tick, xText: count,
              series: [{ label: "At expiry", colour: "--accent", fill: true, shape: "curve" }, { label: "Now", colour: "--series-2", shape: "curve" }],
            }]}
            data={() => [data()]}
            csv={csv}
            onDraw={onDraw}
            actions={() => (
              <select aria-label="Spot range" title="How far from spot is drawn" value={chosen()} onChange={(event) => setChosen(REACHES[event.currentTarget.selectedIndex])}>
                <For each={REACHES}>{(reach) => <option value={reach}>{reach === "auto" ? `± ${((view()?.reach ?? 0) * 100).toFixed(1)} %, by strikes` : `± ${reach} %`}</option>}</For>
              </select>
            )}
            legend={(place) => {
              const spot = () => spots()[place ?? -1] ?? now().spot;
              return (
                <>
                  <span>{spot() === now().spot ? "Spot" : "If spot were"} {count(Math.round(spot()))}</span>
                  <span class="legend-expiry"><i class="key" />at expiry {rupees(pnlAtExpiry(now(), spot()))}</span>
                  <span class="legend-now"><i class="key" />now {rupees(pnlNow(now(), spot()))}</span>
                </>
              );
            }}
          />
          <Ends moment={now()} spots={spots()} />
          <PayoffGreeks moment={now()} />
        </>
      )}
    </Show>
  );
}

/** Break-evens, best and worst at expiry, and how far off that is. */
function Ends(props: { readonly moment: PayoffMoment; readonly spots: readonly number[] }) {
  const ends = () => breakEvens(props.spots, props.spots.map((spot) => pnlAtExpiry(props.moment, spot)));
  const extremes = () => extremesAtExpiry(props.moment);
  const limit = (value: number | undefined) => (value === undefined ? MISSING : Number.isFinite(value) ? rupees(value) : "no limit");
  const days = () => yearsToExpiry(props.moment) * 365;
  return (
    <dl class="ends" aria-label="Payoff at expiry">
      <div>
        <dt>Break-even</dt>
        <dd title="Where the line at expiry crosses zero, in the range that is drawn">{ends().map((spot) => count(Math.round(spot))).join(" and ") || "none in view"}</dd>
      </div>
      <div>
        <dt>Best</dt>
        <dd title={isOfOneExpiry(props.moment) ? undefined : "Legs expire on different days: what is best depends on volatility"}>{limit(extremes()?.best)}</dd>
      </div>
      <div>
        <dt>Worst</dt>
        <dd title={isOfOneExpiry(props.moment) ? undefined : "Legs expire on different days: what is worst depends on volatility"}>{limit(extremes()?.worst)}</dd>
      </div>
      <div>
        <dt>{isOfOneExpiry(props.moment) ? "To expiry" : "To the first expiry"}</dt>
        <dd>{days() < 1 ? `${(days() * 24).toFixed(1)} h` : `${days().toFixed(1)} days`}</dd>
      </div>
    </dl>
  );
}

/** Says so, and leads to where there is one. */
function NoPosition(props: { day: ReplayedDay }) {
  const { replay } = useSession();
  const next = () => entryNear(props.day.outcome.trades, replay.second());
  return (
    <div class="no-position">
      <p class="muted">No position is on at {formatClock(replay.second())}.</p>
      <Show when={next()} fallback={<p class="muted">Nothing was traded on this day.</p>}>
        {(second) => (
          <button type="button" onClick={() => replay.goTo(second())}>
            Go to the entry at {formatClock(second())}
          </button>
        )}
      </Show>
    </div>
  );
}

const known = (value: number) => (Number.isNaN(value) ? null : value);
const rupees = (value: number) => wholePnl(Number.isNaN(value) ? null : value * 100);
