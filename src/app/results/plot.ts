/** uPlot dressed for this page: one pane of a chart whose panes share their x. */
import uPlot from "uplot";
import { SECONDS_PER_DAY } from "../../core/time.ts";
import "uplot/dist/uPlot.min.css";

export interface PaneLook {
  readonly label: string;
  /** Name of the colour token, e.g. `--gain`. */
  readonly colour: string;
  readonly height: number;
  readonly fill: boolean;
  readonly showDates: boolean;
}

export interface PaneEvents {
  onCursor(index: number | null): void;
  onZoom(from: number, to: number): void;
}

const AXIS_WIDTH = 84;
const DATES_HEIGHT = 40;
const GROUP = "equity";
/** Distances between ticks, seconds: no step is finer than a day. */
const DATE_STEPS = [1, 2, 5, 10, 30, 61, 91, 182, 365, 730, 1825].map((days) => days * SECONDS_PER_DAY);
const dayAndMonth = new Intl.DateTimeFormat("en-IN", { day: "numeric", month: "short", timeZone: "UTC" });
const rupees = new Intl.NumberFormat("en-IN", { maximumFractionDigits: 0 });

export function createPane(host: HTMLElement, look: PaneLook, events: PaneEvents, data: uPlot.AlignedData): uPlot {
  // Canvas takes no CSS variables: colours are looked up whenever they are drawn, so a change of theme needs a redraw only.
  const colour = (token: string) => () => resolveColour(host, token);
  const axis = { stroke: colour("--muted"), grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false }, font: axisFont(host) };
  return new uPlot(
    {
      width: Math.max(1, host.clientWidth),
      height: look.height,
      legend: { show: false },
      padding: [8, 28, look.showDates ? 0 : 6, 0],
      cursor: {
        sync: { key: GROUP, scales: ["x", null] },
        drag: { x: true, y: false, setScale: true },
        points: { size: 6 },
      },
      scales: { x: { time: true }, y: { range: yRange } },
      axes: [
        { ...axis, show: look.showDates, size: DATES_HEIGHT, space: 72, incrs: DATE_STEPS, values: (_, ticks) => ticks.map(dateTick) },
        { ...axis, size: AXIS_WIDTH, values: (_, ticks) => ticks.map((tick) => `${tick < 0 ? "−" : ""}₹${rupees.format(Math.abs(tick))}`) },
      ],
      series: [
        {},
        {
          label: look.label,
          stroke: colour(look.colour),
          width: 1.5,
          fill: look.fill ? colour(`${look.colour}-soft`) : undefined,
          points: { show: (plot) => plot.data[0].length < 40, size: 5 },
        },
      ],
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
      hooks: {
        setCursor: [(plot) => events.onCursor(plot.cursor.idx ?? null)],
        setScale: [
          (plot, key) => {
            const { min, max } = plot.scales.x;
            if (key === "x" && min !== undefined && max !== undefined) events.onZoom(min, max);
          },
        ],
      },
    },
    data,
    host,
  );
}

/** `5 Mar`, with the year below the first tick and wherever it changes. */
function dateTick(seconds: number, i: number, ticks: readonly number[]): string {
  const date = new Date(seconds * 1000);
  const year = date.getUTCFullYear();
  const label = dayAndMonth.format(date);
  return i > 0 && new Date(ticks[i - 1] * 1000).getUTCFullYear() === year ? label : `${label}\n${year}`;
}

/** Zero is always in view: an amount without its zero misleads. */
function yRange(_: uPlot, min: number | null, max: number | null): [number, number] {
  const low = Math.min(0, min ?? 0);
  const high = Math.max(0, max ?? 0);
  const room = (high - low || 100) * 0.08;
  return [low === 0 ? 0 : low - room, high === 0 ? 0 : high + room];
}

/** The panes below one another as one picture on the page's surface. */
export function picture(panes: readonly uPlot[], host: HTMLElement): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(...panes.map((pane) => pane.ctx.canvas.width));
  canvas.height = panes.reduce((sum, pane) => sum + pane.ctx.canvas.height, 0);
  const context = canvas.getContext("2d");
  if (!context) return Promise.reject(new Error("The browser gave no canvas to draw the picture on."));
  context.fillStyle = resolveColour(host, "--surface");
  context.fillRect(0, 0, canvas.width, canvas.height);
  let top = 0;
  for (const pane of panes) {
    context.drawImage(pane.ctx.canvas, 0, top);
    top += pane.ctx.canvas.height;
  }
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The browser could not make the picture."))), "image/png"));
}

function resolveColour(host: HTMLElement, token: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${token})`;
  host.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

function axisFont(host: HTMLElement): string {
  return `11px ${getComputedStyle(host).fontFamily}`;
}
