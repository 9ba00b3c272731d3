import type uPlot from "uplot";
import { createEffect, createMemo, createSignal, on, onCleanup, onMount, Show } from "solid-js";
import type { VariantSummary } from "../../core/results/types.ts";
import { saveAs } from "../session/downloads.ts";
import { errorText } from "../session/errors.ts";
import { useSession } from "../session/session.ts";
import { arrow, gainClass, wholePnl } from "../ui/format.ts";
import { equityCsv, equitySeries } from "./equity.ts";
import { createPane, picture } from "./plot.ts";
import { zoomed } from "./zoom.ts";

const EQUITY_HEIGHT = 164;
const DRAWDOWN_HEIGHT = 108;
const WHEEL = 0.8;

/** Cumulative net P&L above, drawdown below, one x. Drag or wheel zooms, double-click or 0 resets, arrows move the crosshair. */
export function EquityChart(props: { daily: VariantSummary["daily"] | undefined }) {
  const session = useSession();
  const series = createMemo(() => equitySeries(props.daily ?? { dates: [], net: [] }));
  const [cursor, setCursor] = createSignal<number | null>(null);
  const [failure, setFailure] = createSignal<string>();
  let host!: HTMLDivElement;
  let panes: uPlot[] = [];
  let zoom: [number, number] | undefined;

  const days = () => series().x.length;
  const whole = (): [number, number] => [series().x[0], series().x[days() - 1]];
  const range = () => zoom ?? whole();

  function show(next: [number, number]) {
    const full = whole();
    zoom = next[0] <= full[0] && next[1] >= full[1] ? undefined : next;
    // A single day has no width: uPlot then makes room around it.
    if (next[0] < next[1]) for (const pane of panes) pane.setScale("x", { min: next[0], max: next[1] });
  }

  /** One pane zoomed by a drag or reset by a double-click: the other follows. */
  function follow(from: number, to: number) {
    const current = range();
    if (days() < 2 || (from === current[0] && to === current[1])) return;
    show([from, to]);
  }

  onMount(() => {
    const events = { onCursor: setCursor, onZoom: follow };
    panes = [
      createPane(host, { label: "Cumulative P&L", colour: "--accent", height: EQUITY_HEIGHT, fill: true, showDates: false }, events, [series().x, series().cumulative]),
      createPane(host, { label: "Drawdown", colour: "--loss", height: DRAWDOWN_HEIGHT, fill: true, showDates: true }, events, [series().x, series().drawdown]),
    ];
    const observer = new ResizeObserver(() => {
      if (host.clientWidth > 0) panes.forEach((pane) => pane.setSize({ width: host.clientWidth, height: pane.height }));
    });
    observer.observe(host);
    const schemes = matchMedia("(prefers-color-scheme: dark)");
    const redraw = () => panes.forEach((pane) => pane.redraw(false));
    schemes.addEventListener("change", redraw);
    onCleanup(() => {
      observer.disconnect();
      schemes.removeEventListener("change", redraw);
      panes.forEach((pane) => pane.destroy());
    });
  });

  createEffect(
    on(
      series,
      ({ x, cumulative, drawdown }) => {
        panes[0].setData([x, cumulative], zoom === undefined);
        panes[1].setData([x, drawdown], zoom === undefined);
        if (zoom !== undefined) panes.forEach((pane) => pane.redraw());
      },
      { defer: true },
    ),
  );
  createEffect(on(() => session.preferences.theme, () => queueMicrotask(() => panes.forEach((pane) => pane.redraw(false))), { defer: true }));

  function onWheel(event: WheelEvent) {
    const closer = event.deltaY < 0;
    // Nothing is left to zoom out of: the wheel scrolls the pane that the chart stands in.
    if (days() < 2 || event.deltaY === 0 || (!closer && zoom === undefined)) return;
    event.preventDefault();
    const at = panes[0].posToVal(event.clientX - panes[0].over.getBoundingClientRect().left, "x");
    show(zoomed(range(), at, closer ? WHEEL : 1 / WHEEL, whole()));
  }

  function moveCursor(index: number) {
    const at = Math.min(days() - 1, Math.max(0, index));
    for (const pane of panes) pane.setCursor({ left: pane.valToPos(series().x[at], "x"), top: -10 }, false);
    setCursor(at);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (days() === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = cursor() ?? days() - 1;
    const middle = (range()[0] + range()[1]) / 2;
    const keys: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => moveCursor(at - 1),
      ArrowRight: () => moveCursor(at + 1),
      Home: () => moveCursor(0),
      End: () => moveCursor(days() - 1),
      "+": () => show(zoomed(range(), middle, WHEEL, whole())),
      "=": () => show(zoomed(range(), middle, WHEEL, whole())),
      "-": () => show(zoomed(range(), middle, 1 / WHEEL, whole())),
      "0": () => show(whole()),
    };
    const action = keys[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  }

  function savePicture() {
    setFailure(undefined);
    picture(panes, host).then((blob) => saveAs(blob, "equity.png"), (error: unknown) => setFailure(errorText(error)));
  }

  return (
    <section class="chart">
      <div class="section-head">
        <h2>Cumulative P&L and drawdown</h2>
        <div class="actions">
          <button type="button" class="quiet" disabled={days() === 0} onClick={savePicture}>
            Chart PNG
          </button>
          <button
            type="button"
            class="quiet"
            disabled={days() === 0}
            onClick={() => props.daily && saveAs(new Blob([equityCsv(props.daily, series())], { type: "text/csv" }), "equity.csv")}
          >
            Chart CSV
          </button>
        </div>
      </div>
      <Legend daily={props.daily} cumulative={series().cumulative} drawdown={series().drawdown} at={cursor()} />
      <div
        class="plots"
        ref={host}
        role="group"
        tabindex="0"
        aria-label="Cumulative P&L and drawdown by day. Left and right move the crosshair, plus and minus zoom, 0 resets. Drag or turn the wheel to zoom."
        title="Drag or turn the wheel to zoom, double-click to reset"
        onKeyDown={onKeyDown}
        on:wheel={{ handleEvent: onWheel, passive: false }}
      />
      <Show when={failure()}>
        {(message) => (
          <div class="notice error" role="alert">
            <strong>The picture could not be made</strong>
            {message()}
          </div>
        )}
      </Show>
    </section>
  );
}

/** Values under the crosshair, or of the last day. */
function Legend(props: { daily: VariantSummary["daily"] | undefined; cumulative: Float64Array; drawdown: Float64Array; at: number | null }) {
  const at = () => Math.min(props.at ?? Number.POSITIVE_INFINITY, props.cumulative.length - 1);
  const paise = (values: Float64Array) => (at() < 0 ? null : Math.round(values[at()] * 100));
  return (
    <p class="legend" aria-live="polite">
      <span>{at() < 0 ? "No day yet" : props.daily?.dates[at()]}</span>
      <span>
        <span class="key legend-pnl" />
        P&L <span class={gainClass(paise(props.cumulative))}>{wholePnl(paise(props.cumulative))}</span>
      </span>
      <span>
        <span class="key legend-drawdown" />
        Drawdown <span class={gainClass(paise(props.drawdown))}>{wholePnl(paise(props.drawdown))}</span>
      </span>
      <span>
        Day <span class={gainClass(at() < 0 ? null : (props.daily?.net[at()] ?? null))}>{arrow(at() < 0 ? null : (props.daily?.net[at()] ?? null))} {wholePnl(at() < 0 ? null : (props.daily?.net[at()] ?? null))}</span>
      </span>
    </p>
  );
}
