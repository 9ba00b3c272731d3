import { SECONDS_PER_DAY } from "../../core/time.ts";
import type { QueryTable } from "../../data/query-table.ts";
import type { SeriesLook, XKind } from "../ui/plot.ts";

/** Columns by their places. */
export interface Axes {
  readonly x: number;
  readonly y: number;
}

export interface ChartSeries {
  readonly xName: string;
  readonly yName: string;
  readonly x: XKind;
  /** Ascending; dates and moments as seconds, of the day where all lie on one. */
  readonly xs: Float64Array;
  /** Null where there is no number to draw. */
  readonly ys: (number | null)[];
  /** The row of the table that each point is of. */
  readonly rows: Uint32Array;
  readonly shape: SeriesLook["shape"];
}

/** The last column of numbers over the first of times, else of dates, else of numbers; undefined where there are not two such columns. */
export function defaultAxes({ columns }: Pick<QueryTable, "columns">): Axes | undefined {
  const y = columns.findLastIndex(({ kind }) => kind === "number");
  const [moment, second, date, other] = [
    columns.findIndex(({ kind }) => kind === "moment"),
    columns.findIndex(({ name }, i) => name === "second" && i !== y),
    columns.findIndex(({ kind }) => kind === "date"),
    columns.findIndex(({ kind }, i) => kind === "number" && i !== y),
  ];
  const x = [moment, second, date, other].find((column) => column >= 0) ?? -1;
  return y < 0 || x < 0 ? undefined : { x, y };
}

export function chartSeries(table: QueryTable, { x, y }: Axes): ChartSeries {
  const [xs, ys] = [table.numbers(x), table.numbers(y)];
  const { kind, name } = table.columns[x];
  const order = Uint32Array.from(xs.keys()).filter((row) => Number.isFinite(xs[row])).sort((a, b) => xs[a] - xs[b]);
  const days = new Set(kind === "moment" ? Array.from(order, (row) => Math.floor(xs[row] / SECONDS_PER_DAY)) : []);
  const isClock = days.size === 1 || (kind === "number" && name === "second");
  const scaled = (value: number): number => (kind === "date" ? value * SECONDS_PER_DAY : days.size === 1 ? value % SECONDS_PER_DAY : value);
  const sorted = Float64Array.from(order, (row) => scaled(xs[row]));
  // Several rows at one place are no line.
  const isLine = sorted.every((value, i) => i === 0 || value > sorted[i - 1]);
  return {
    xName: name,
    yName: table.columns[y].name,
    x: isClock ? "clock" : kind === "number" ? "amount" : "days",
    xs: sorted,
    ys: Array.from(order, (row) => (Number.isFinite(ys[row]) ? ys[row] : null)),
    rows: order,
    shape: isLine ? "line" : "marks",
  };
}
