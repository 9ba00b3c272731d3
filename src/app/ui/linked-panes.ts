/** Panes below one another with one x: crosshair, zoom and size go together. */
import type uPlot from "uplot";
import { createEffect, createSignal, on, onCleanup, type Accessor } from "solid-js";
import { inTaskOfItsOwn } from "./later.ts";
import { createPane, picture, type PaneLook } from "./plot.ts";
import { zoomed } from "./zoom.ts";

const WHEEL = 0.8;
/** A pointer that moves no further between press and release has clicked, CSS pixels. */
const STILL = 3;
let charts = 0;

export interface LinkedPanes {
  /** Index under the crosshair. */
  readonly cursor: Accessor<number | null>;
  /** The part of x that is in view; undefined while all of it is. */
  readonly zoom: Accessor<readonly [number, number] | undefined>;
  show(range: readonly [number, number]): void;
  reset(): void;
  moveCursor(index: number): void;
  onWheel(event: WheelEvent): void;
  /** Whether the key was one of the chart's. */
  onKey(key: string): boolean;
  redraw(): void;
  png(): Promise<Blob>;
}

export interface LinkedPanesOptions {
  readonly host: HTMLElement;
  readonly looks: readonly PaneLook[];
  /** One table per pane; all have the same x, ascending. */
  readonly data: Accessor<readonly uPlot.AlignedData[]>;
  readonly onDraw?: (pane: number, plot: uPlot) => void;
  /** A range drawn with Shift held: wanted as a selection, not as a zoom. */
  readonly onBrush?: (range: readonly [number, number]) => void;
  /** The index that was clicked, or that the crosshair stands at when Enter is pressed. */
  readonly onPick?: (index: number) => void;
}

/** Must be called with the host in the document, within a component. */
export function createLinkedPanes({ host, looks, data, onDraw, onBrush, onPick }: LinkedPanesOptions): LinkedPanes {
  const [cursor, setCursor] = createSignal<number | null>(null);
  const [zoom, setZoom] = createSignal<readonly [number, number] | undefined>(undefined, { equals: false });
  const group = `chart-${++charts}`;
  let brushing = false;
  const x = () => data()[0][0];
  const whole = (): [number, number] => [x()[0], x()[x().length - 1]];
  const range = () => zoom() ?? whole();

  function show(next: readonly [number, number]) {
    const full = whole();
    setZoom(next[0] <= full[0] && next[1] >= full[1] ? undefined : next);
    // A single place has no width: uPlot then makes room around it.
    if (next[0] < next[1]) for (const pane of panes) pane.setScale("x", { min: next[0], max: next[1] });
  }

  /** One pane zoomed by a drag or reset by a double-click: the other follows. */
  function follow(from: number, to: number) {
    const current = range();
    if (x().length < 2 || (from === current[0] && to === current[1])) return;
    if (!brushing || !onBrush) return show([from, to]);
    brushing = false;
    show(current);
    onBrush([from, to]);
  }

  const panes: uPlot[] = [];
  /** Once all panes are there: a picture that is asked for before waits for them. */
  let complete!: () => void;
  const whenComplete = new Promise<void>((resolve) => (complete = resolve));
  const redraw = () => panes.forEach((pane) => pane.redraw(false));

  let pressedAt = 0;
  const watchPress = (event: PointerEvent) => {
    brushing = event.shiftKey;
    pressedAt = event.clientX;
  };
  /** A click, not the end of a drag. */
  const pick = (event: MouseEvent) => {
    const at = cursor();
    if (at !== null && Math.abs(event.clientX - pressedAt) <= STILL) onPick?.(at);
  };
  host.addEventListener("pointerdown", watchPress, { capture: true });
  host.addEventListener("click", pick);
  // Asking for the width at once would have the whole page laid out first.
  let width = 0;
  const sizes = new ResizeObserver(([{ contentRect }]) => {
    if (contentRect.width === 0 || contentRect.width === width) return;
    const first = width === 0;
    width = contentRect.width;
    panes.forEach((pane) => pane.setSize({ width, height: pane.height }));
    if (first) undone.push(...looks.map((look, i) => inTaskOfItsOwn(() => addPane(look, i))));
  });
  sizes.observe(host);
  const schemes = matchMedia("(prefers-color-scheme: dark)");
  schemes.addEventListener("change", redraw);
  const themes = new MutationObserver(redraw);
  themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  onCleanup(() => {
    sizes.disconnect();
    themes.disconnect();
    schemes.removeEventListener("change", redraw);
    host.removeEventListener("pointerdown", watchPress, { capture: true });
    host.removeEventListener("click", pick);
    undone.forEach((undo) => undo());
    panes.forEach((pane) => pane.destroy());
  });

  // Each pane is drawn in a task of its own: a day of many contracts is more than one may take.
  const undone: (() => void)[] = [];
  function addPane(look: PaneLook, i: number) {
    const onReady = (pane: uPlot) => cursor() !== null && placeCursor(pane);
    panes.push(createPane(host, width, group, look, { onCursor: setCursor, onZoom: follow, onReady, ...(onDraw && { onDraw: (plot) => onDraw(i, plot) }) }, data()[i]));
    if (panes.length === looks.length) complete();
  }
  function fill(pane: uPlot, i: number) {
    pane.setData(data()[i], zoom() === undefined);
    if (zoom() !== undefined) pane.redraw();
  }
  createEffect(
    on(data, () => {
      // A zoom that lies outside the new data would show nothing.
      const current = zoom();
      const [first, last] = whole();
      if (current && (x().length < 2 || current[1] <= first || current[0] >= last)) setZoom(undefined);
      const unfilled = panes.map((pane, i) => inTaskOfItsOwn(() => fill(pane, i)));
      onCleanup(() => unfilled.forEach((undo) => undo()));
    }, { defer: true }),
  );

  function placeCursor(pane: uPlot) {
    pane.setCursor({ left: pane.valToPos(x()[cursor() ?? 0], "x"), top: -10 }, false);
  }

  function moveCursor(index: number) {
    setCursor(Math.min(x().length - 1, Math.max(0, index)));
    panes.forEach(placeCursor);
  }

  function zoomBy(factor: number) {
    show(zoomed(range(), (range()[0] + range()[1]) / 2, factor, whole()));
  }

  return {
    cursor,
    zoom,
    show,
    reset: () => show(whole()),
    moveCursor,
    redraw,
    png: () => whenComplete.then(() => picture(panes)),
    onWheel(event) {
      const closer = event.deltaY < 0;
      // Nothing is left to zoom out of: the wheel scrolls the pane that the chart stands in.
      if (x().length < 2 || event.deltaY === 0 || (!closer && zoom() === undefined)) return;
      event.preventDefault();
      const at = panes[0].posToVal(event.clientX - panes[0].over.getBoundingClientRect().left, "x");
      show(zoomed(range(), at, closer ? WHEEL : 1 / WHEEL, whole()));
    },
    onKey(key) {
      if (x().length === 0) return false;
      const at = cursor() ?? x().length - 1;
      const keys: Readonly<Record<string, () => void>> = {
        ArrowLeft: () => moveCursor(at - 1),
        ArrowRight: () => moveCursor(at + 1),
        Home: () => moveCursor(0),
        End: () => moveCursor(x().length - 1),
        "+": () => zoomBy(WHEEL),
        "=": () => zoomBy(WHEEL),
        "-": () => zoomBy(1 / WHEEL),
        "0": () => show(whole()),
        ...(onPick && { Enter: () => onPick(at) }),
      };
      keys[key]?.();
      return key in keys;
    },
  };
}
