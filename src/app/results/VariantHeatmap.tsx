import { createMemo, createSignal, For, Show, type JSX } from "solid-js";
import { csvCell } from "../../core/results/csv-cell.ts";
import type { NamedVariant, SummaryFigures } from "../../core/results/types.ts";
import { plateau, sweepAxes, variantGrids, type SweepAxis } from "../../core/results/variant-grid.ts";
import { useSession } from "../session/session.ts";
import { amount, shortAmount } from "../ui/amount.ts";
import { Exports } from "../ui/Exports.tsx";
import { counted, percent, ratio } from "../ui/format.ts";
import { gridPicture } from "../ui/grid-picture.ts";
import { HeatCell } from "../ui/HeatCell.tsx";
import { heatLevel, largestOf } from "../ui/heat.ts";
import { PlateauHint } from "./PlateauHint.tsx";

/** A figure that variants are compared by; higher is better. */
interface Measure {
  readonly id: string;
  readonly label: string;
  readonly of: (figures: SummaryFigures) => number | null;
  /** `amount`: hundredths of the unit. */
  readonly kind: "amount" | "ratio" | "share";
  /** What is neither good nor bad: the middle of the shades. */
  readonly middle: number;
}

const MEASURES: readonly Measure[] = [
  { id: "total", label: "Net P&L", of: (f) => f.total, kind: "amount", middle: 0 },
  { id: "average", label: "Average", of: (f) => f.average, kind: "amount", middle: 0 },
  { id: "median", label: "Median", of: (f) => f.median, kind: "amount", middle: 0 },
  { id: "sharpe", label: "Sharpe", of: (f) => f.sharpe, kind: "ratio", middle: 0 },
  { id: "winRate", label: "Win rate", of: (f) => f.winRate, kind: "share", middle: 0.5 },
  { id: "drawdown", label: "Max drawdown", of: (f) => -f.maxDrawdown, kind: "amount", middle: 0 },
];

/** Every variant of the sweep along two axes, or three as small multiples. Each cell says its value and n; a click selects the variant. */
export function VariantHeatmap(props: { variants: readonly NamedVariant[] }) {
  const { results, preferences } = useSession();
  let host!: HTMLElement;
  const params = createMemo(() => props.variants.map((variant) => variant.params));
  const axes = createMemo(() => sweepAxes(params()));
  const [names, setNames] = createSignal<{ readonly x?: string; readonly y?: string; readonly each?: string }>({});
  const [measureId, setMeasure] = createSignal(MEASURES[0].id);
  const measure = () => MEASURES.find((one) => one.id === measureId()) ?? MEASURES[0];
  const axis = (name: string | undefined, place: number, taken: readonly (SweepAxis | undefined)[] = []) =>
    name === "" ? undefined : (axes().find((one) => one.name === name && !taken.includes(one)) ?? axes().filter((one) => !taken.includes(one))[place]);
  const x = createMemo(() => axis(names().x, 0));
  const y = createMemo(() => axis(names().y, 0, [x()]));
  const each = createMemo(() => axis(names().each, 0, [x(), y()]));
  const grids = createMemo(() => {
    const columns = x();
    return columns ? variantGrids(params(), columns, y(), each(), params()[results.selection().variant] ?? {}) : [];
  });
  const figures = (variant: number): SummaryFigures | undefined => results.analysis()?.variants[variant];
  const value = (variant: number) => {
    const found = figures(variant);
    return found ? measure().of(found) : null;
  };
  const shown = createMemo(() => grids().flatMap(({ cells }) => cells.flat()).flatMap((variant) => variant ?? []));
  const largest = createMemo(() => largestOf(shown().map((variant) => (value(variant) ?? measure().middle) - measure().middle)));
  const level = (variant: number) => heatLevel((value(variant) ?? measure().middle) - measure().middle, largest());
  const hint = createMemo(() => plateau(grids(), value));
  const text = (of: number | null, short = false) => (measure().kind === "amount" ? (short ? shortAmount(of) : amount(of, preferences.unit)) : measure().kind === "ratio" ? ratio(of) : percent(of));
  const words = (variant: number) =>
    `${props.variants[variant].variant} · ${Object.entries(params()[variant]).map(([name, one]) => `${name} ${String(one)}`).join(", ")}: ${measure().label} ${text(value(variant))}, n = ${counted(figures(variant)?.positions ?? 0, "position")}`;
  const png = () => {
    const rows = grids().flatMap(({ label, cells }) =>
      cells.map((row, r) => ({ label: [label, y()?.name, rowName(r)].filter(Boolean).join(" "), cells: row.map((variant) => (variant === undefined ? undefined : { text: `${text(value(variant), true)} (${figures(variant)?.positions ?? 0})`, level: level(variant) })) })),
    );
    return gridPicture({ columns: x()?.values.map((one) => `${x()?.name} ${String(one)}`) ?? [], rows }, 96);
  };
  const rowName = (row: number) => (y() ? String(y()?.values[row]) : "");
  const csv = () => {
    const keys = axes().map((one) => one.name);
    return [`variant,${keys.join(",")},${measure().id},positions\n`, ...props.variants.map((one, i) => `${one.variant},${keys.map((key) => csvCell(String(one.params[key]))).join(",")},${csvNumber(value(i), measure())},${figures(i)?.positions ?? 0}\n`)].join("");
  };
  const choice = (label: string, key: "x" | "y" | "each", chosen: SweepAxis | undefined, from: readonly SweepAxis[]): JSX.Element => (
    <label>
      {label}
      <select value={chosen?.name ?? ""} onChange={(event) => setNames({ ...names(), [key]: event.currentTarget.value })}>
        <Show when={key !== "x"}>
          <option value="">none</option>
        </Show>
        <For each={from}>{(one) => <option value={one.name}>{one.name}</option>}</For>
      </select>
    </label>
  );

  return (
    <section ref={host} class="heatmap">
      <div class="section-head">
        <label>
          Colour by
          <select value={measureId()} onChange={(event) => setMeasure(event.currentTarget.value)}>
            <For each={MEASURES}>{(one) => <option value={one.id}>{one.label}</option>}</For>
          </select>
        </label>
        {choice("Across", "x", x(), axes())}
        <Show when={axes().length > 1}>{choice("Down", "y", y(), axes().filter((one) => one !== x()))}</Show>
        <Show when={axes().length > 2}>{choice("Repeat by", "each", each(), axes().filter((one) => one !== x() && one !== y()))}</Show>
        <div class="actions">
          <Exports name="Variants" file="variants" disabled={shown().length === 0} csv={csv} png={png} />
        </div>
      </div>
      <PlateauHint plateau={hint()} tried={props.variants.length} name={(variant) => props.variants[variant].variant} value={(variant) => text(value(variant))} text={(of) => text(of)} />
      <div class="small-multiples">
        <For each={grids()} fallback={<p class="muted">This run has one variant. Sweep a number to compare.</p>}>
          {(grid) => (
            <div class="scroll-x" tabindex="0" role="group" aria-label={`Variants ${grid.label ?? ""}, scrollable`}>
              <table class="heat-table" aria-label={`${measure().label} by variant${grid.label === undefined ? "" : `, ${grid.label}`}`}>
                <thead>
                  <tr>
                    <th scope="col" rowspan="2">{[grid.label, y()?.name].filter(Boolean).join(" · ")}</th>
                    <th scope="colgroup" colspan={x()?.values.length}>{x()?.name}</th>
                  </tr>
                  <tr>
                    <For each={x()?.values}>{(one) => <th scope="col" class="end">{String(one)}</th>}</For>
                  </tr>
                </thead>
                <tbody>
                  <For each={grid.cells}>
                    {(row, r) => (
                      <tr>
                        <th scope="row">{rowName(r())}</th>
                        <For each={row}>
                          {(variant) => (
                            <td>
                              <Show when={variant !== undefined}>
                                <HeatCell
                                  words={words(variant ?? 0)}
                                  text={text(value(variant ?? 0), true)}
                                  n={figures(variant ?? 0)?.positions ?? 0}
                                  level={level(variant ?? 0)}
                                  pressed={results.selection().variant === variant}
                                  best={hint()?.best === variant}
                                  onChoose={() => results.select({ variant: variant ?? 0 })}
                                />
                              </Show>
                            </td>
                          )}
                        </For>
                      </tr>
                    )}
                  </For>
                </tbody>
              </table>
            </div>
          )}
        </For>
      </div>
    </section>
  );
}

function csvNumber(value: number | null, { kind }: Measure): string {
  if (value === null) return "";
  return kind === "amount" ? (value / 100).toFixed(2) : String(value);
}
