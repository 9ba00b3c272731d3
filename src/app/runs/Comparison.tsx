import { createMemo, createSignal, For, Show } from "solid-js";
import { differences, type Difference } from "../../core/results/differences.ts";
import { basisTree } from "../../core/results/run-basis.ts";
import type { KeptVariant } from "../../pool/protocol.ts";
import { held, MISSING, percent, ratio, wholePnl, count } from "../ui/format.ts";
import { EquityOverlay } from "./EquityOverlay.tsx";
import type { RunRecord } from "./run-record.ts";
import { TradeDifferences } from "./TradeDifferences.tsx";

interface Figure {
  readonly label: string;
  readonly text: (figures: KeptVariant) => string;
}

const FIGURES: readonly Figure[] = [
  { label: "Net P&L", text: (f) => wholePnl(f.total) },
  { label: "Positions", text: (f) => count(f.positions) },
  { label: "Win rate", text: (f) => percent(f.winRate) },
  { label: "Average", text: (f) => wholePnl(f.average) },
  { label: "Median", text: (f) => wholePnl(f.median) },
  { label: "Max drawdown", text: (f) => wholePnl(-f.maxDrawdown) },
  { label: "Sharpe", text: (f) => ratio(f.sharpe) },
  { label: "Profit factor", text: (f) => ratio(f.profitFactor) },
  { label: "Median holding", text: (f) => held(f.medianHoldingSeconds) },
  { label: "Fees", text: (f) => wholePnl(-f.fees) },
];

/** A run with the variant of it that is compared. */
export interface Compared {
  readonly record: RunRecord;
  readonly variant: number;
  /** `A`, `B`, … */
  readonly letter: string;
}

/** Two to four runs beside each other: figures, equity, what they are made of, and the trades of the first two. */
export function Comparison(props: { records: readonly RunRecord[]; onClose(): void }) {
  const [variants, setVariants] = createSignal<Readonly<Record<string, number>>>({});
  const compared = createMemo(() => props.records.map((record, i): Compared => ({ record, variant: variants()[record.id] ?? 0, letter: String.fromCharCode(65 + i) })));
  const unlike = createMemo(() => compared().slice(1).flatMap((other) => differencesOf(compared()[0], other).map((one) => ({ ...one, letter: other.letter }))));

  return (
    <section class="stack" role="region" aria-label="Comparison">
      <div class="section-head">
        <h2>Comparison</h2>
        <For each={compared()}>
          {({ record, variant, letter }) => (
            <Show when={record.variants.length > 1}>
              <label>
                {letter}
                <select aria-label={`Variant of ${letter}`} value={variant} onChange={(event) => setVariants({ ...variants(), [record.id]: Number(event.currentTarget.value) })}>
                  <For each={record.variants}>{(one, i) => <option value={i()}>{one.variant}</option>}</For>
                </select>
              </label>
            </Show>
          )}
        </For>
        <div class="actions">
          <button type="button" onClick={() => props.onClose()}>
            Close comparison
          </button>
        </div>
      </div>
      <div class="side-by-side">
        <div class="scroll-x" tabindex="0" role="group" aria-label="Figures, scrollable">
          <table class="plain" aria-label="Figures compared">
            <thead>
              <tr>
                <th scope="col">Figure</th>
                <For each={compared()}>{({ record, letter }) => <th scope="col" class="end name">{letter}: {record.name}</th>}</For>
              </tr>
            </thead>
            <tbody>
              <For each={FIGURES}>
                {(figure) => (
                  <tr>
                    <th scope="row">{figure.label}</th>
                    <For each={compared()}>{({ record, variant }) => <td class="end">{figure.text(record.variants[variant])}</td>}</For>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </div>
        <EquityOverlay compared={compared()} />
      </div>
      <div class="scroll-x" tabindex="0" role="group" aria-label="Differences, scrollable">
        <table class="plain" aria-label="What differs">
          <thead>
            <tr>
              <th scope="col">What differs</th>
              <th scope="col">A</th>
              <th scope="col">The other</th>
            </tr>
          </thead>
          <tbody>
            <For each={unlike()} fallback={<tr><td colspan="3" class="muted">Strategy, costs, rules, data and engine are the same.</td></tr>}>
              {(one) => (
                <tr>
                  <th scope="row">{one.path}</th>
                  <td class="wrap">{one.a ?? MISSING}</td>
                  <td class="wrap">
                    {one.letter}: {one.b ?? MISSING}
                  </td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
      <TradeDifferences a={compared()[0]} b={compared()[1]} />
    </section>
  );
}

/** Strategy by path, then everything else that a result depends on. */
function differencesOf(a: Compared, b: Compared): readonly Difference[] {
  const basis = ({ record: { made, days, trades }, variant }: Compared) => {
    if (!made) return { strategy: "imported trades", days, trades };
    return basisTree({ ...made, strategy: made.strategy.variants[variant].strategy, days, trades });
  };
  return differences(basis(a), basis(b));
}
