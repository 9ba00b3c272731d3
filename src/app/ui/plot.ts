/** uPlot dressed for this page: one pane of a chart whose panes share their x. */
import uPlot from "uplot";
import { formatClock, SECONDS_PER_DAY } from "../../core/time.ts";
import { AXIS_FONT, resolveColour } from "./canvas-style.ts";
import "uplot/dist/uPlot.min.css";

export interface SeriesLook {
  readonly label: string;
  /** Name of the colour token, e.g. `--gain`. */
  readonly colour: string;
  readonly fill?: boolean;
  readonly dash?: readonly number[];
  readonly width?: number;
  /** `curve`: a line without points, however few; `bars`: a bar from x to the next x; `steps`: a value holds until the next; `marks`: points alone. */
  readonly shape?: "line" | "curve" | "bars" | "steps" | "marks";
}

/** `days`: seconds of midnights since 1970; `clock`: seconds of the IST day; `amount`: read as the y axis is. */
export type XKind = "days" | "clock" | "amount";

export interface PaneLook {
  readonly height: number;
  readonly x: XKind;
  readonly showX: boolean;
  readonly series: readonly SeriesLook[];
  /** Zero stays in view: an amount without its zero misleads. */
  readonly zero: boolean;
  /** Text of a tick of the y axis. */
  readonly yText: (value: number) => string;
  /** Text of a tick of an x axis of amounts. */
  readonly xText?: (value: number) => string;
}

export interface PaneEvents {
  onCursor(index: number | null): void;
  onZoom(from: number, to: number): void;
  /** The pane is drawn for the first time: values have places from now on. */
  onReady(plot: uPlot): void;
  /** Draws over the series, e.g. where trades begin and end. */
  onDraw?(plot: uPlot): void;
}

const AXIS_WIDTH = 84;
const X_HEIGHT: Readonly<Record<XKind, number>> = { days: 40, clock: 28, amount: 28 };
/** Distances between ticks, seconds: no step of days is finer than one. */
const DATE_STEPS = [1, 2, 5, 10, 30, 61, 91, 182, 365, 730, 1825].map((days) => days * SECONDS_PER_DAY);
const CLOCK_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200];
const dayAndMonth = new Intl.DateTimeFormat("en-IN", { day: "numeric", month: "short", timeZone: "UTC" });

/** @param group panes of one group share the crosshair */
export function createPane(host: HTMLElement, width: number, group: string, look: PaneLook, events: PaneEvents, data: uPlot.AlignedData): uPlot {
  // Canvas takes no CSS variables: colours are looked up whenever they are drawn, so a change of theme needs a redraw only.
  const colour = (token: string) => () => resolveColour(token);
  const axis = { stroke: colour("--muted"), grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false }, font: AXIS_FONT };
  return new uPlot(
    {
      width,
      height: look.height,
      legend: { show: false },
      padding: [8, 28, look.showX ? 0 : 6, 0],
      cursor: { sync: { key: group, scales: ["x", null] }, drag: { x: true, y: false, setScale: true }, points: { size: 6 } },
      scales: { x: look.x === "days" ? { time: true, range: rangeOfDays } : { time: false }, y: { range: look.zero ? rangeWithZero : rangeOfValues } },
      axes: [
        { ...axis, show: look.showX, size: X_HEIGHT[look.x], space: 72, ...xTicks(look) },
        { ...axis, size: AXIS_WIDTH, values: (_, ticks) => ticks.map(look.yText) },
      ],
      series: [{}, ...look.series.map((series) => seriesOptions(series, colour))],
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
      hooks: {
        ready: [events.onReady],
        setCursor: [(plot) => events.onCursor(plot.cursor.idx ?? null)],
        setScale: [
          (plot, key) => {
            const { min, max } = plot.scales.x;
            if (key === "x" && min !== undefined && max !== undefined) events.onZoom(min, max);
          },
        ],
        draw: events.onDraw ? [events.onDraw] : [],
      },
    },
    data,
    host,
  );
}

const linear = uPlot.paths.linear?.();
const stepped = uPlot.paths.stepped?.({ align: 1 });
/** More points than this to a pixel, and a step is not seen: lines then draw each pixel's range once, steps every point. */
const DENSE = 4;
const PATHS: Readonly<Record<NonNullable<SeriesLook["shape"]>, uPlot.Series.PathBuilder | undefined>> = {
  line: undefined,
  curve: undefined,
  bars: uPlot.paths.bars?.({ align: 1, size: [1, 400], gap: 1 }),
  steps: (plot, series, from, to) => ((to - from > DENSE * plot.bbox.width ? linear : stepped)?.(plot, series, from, to) ?? null),
  marks: () => null,
};

function seriesOptions(look: SeriesLook, colour: (token: string) => () => string): uPlot.Series {
  const stroke = colour(look.colour);
  const shape = look.shape ?? "line";
  return {
    label: look.label,
    stroke,
    width: look.width ?? 1.5,
    dash: look.dash ? [...look.dash] : undefined,
    fill: shape === "bars" ? stroke : look.fill ? colour(`${look.colour}-soft`) : undefined,
    paths: PATHS[shape],
    points: shape === "marks" ? { show: true, size: 4, fill: stroke } : { show: shape === "line" ? (plot) => plot.data[0].length < 40 : false, size: 5 },
  };
}

function xTicks(look: PaneLook): Partial<uPlot.Axis> {
  if (look.x === "days") return { incrs: DATE_STEPS, values: (_, ticks) => ticks.map(dateTick) };
  if (look.x === "clock") return { incrs: CLOCK_STEPS, values: (_, ticks) => ticks.map((second) => (second % 60 === 0 ? formatClock(second).slice(0, 5) : formatClock(second))) };
  return { values: (_, ticks) => ticks.map(look.xText ?? String) };
}

/** `5 Mar`, with the year below the first tick and wherever it changes. */
function dateTick(seconds: number, i: number, ticks: readonly number[]): string {
  const date = new Date(seconds * 1000);
  const year = date.getUTCFullYear();
  const label = dayAndMonth.format(date);
  return i > 0 && new Date(ticks[i - 1] * 1000).getUTCFullYear() === year ? label : `${label}\n${year}`;
}

/** A single day stands between the day before and the day after it. */
function rangeOfDays({ data: [x] }: uPlot, min: number, max: number): [number, number] {
  return x.length === 1 ? [x[0] - SECONDS_PER_DAY, x[0] + SECONDS_PER_DAY] : [min, max];
}

function rangeWithZero(_: uPlot, min: number | null, max: number | null): [number, number] {
  // What never left zero is a line in the middle.
  if (min === 0 && max === 0) return [-1, 1];
  const low = Math.min(0, min ?? 0);
  const high = Math.max(0, max ?? 0);
  const room = (high - low || 100) * 0.08;
  return [low === 0 ? 0 : low - room, high === 0 ? 0 : high + room];
}

function rangeOfValues(_: uPlot, min: number | null, max: number | null): [number, number] {
  const [low, high] = [min ?? 0, max ?? 1];
  const room = (high - low || Math.abs(high) || 1) * 0.08;
  return [low - room, high + room];
}

/** The panes below one another as one picture on the page's surface. */
export function picture(panes: readonly uPlot[]): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(...panes.map((pane) => pane.ctx.canvas.width));
  canvas.height = panes.reduce((sum, pane) => sum + pane.ctx.canvas.height, 0);
  const context = canvas.getContext("2d");
  if (!context) return Promise.reject(new Error("The browser gave no canvas to draw the picture on."));
  context.fillStyle = resolveColour("--surface");
  context.fillRect(0, 0, canvas.width, canvas.height);
  let top = 0;
  for (const pane of panes) {
    context.drawImage(pane.ctx.canvas, 0, top);
    top += pane.ctx.canvas.height;
  }
  return pngOf(canvas);
}

export function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The browser could not make the picture."))), "image/png"));
}
