import { createMemo, createSignal, For, Show } from "solid-js";
import { differences, type Difference } from "../../core/results/differences.ts";
import { basisTree } from "../../core/results/run-basis.ts";
import type { KeptVariant } from "../../pool/protocol.ts";
import { held, MISSING, percent, ratio, wholePnl, wholeRupees, count } from "../ui/format.ts";
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
  { label: "Fees", text: (f) => wholeRupees(f.fees) },
];

/** A run with the variant of it that is compared. */
export interface Compared {
  readonly record: RunRecord;
  readonly variant: number;
  /** `A`, `B`, … */
  readonly letter: string;
}

/** Two to four runs beside each other: figures, equity, what they are made of, and the trades of any two. */
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
      <ComparedTrades compared={compared()} />
    </section>
  );
}

/** The trades of the first two, or of the two that are chosen of more. */
function ComparedTrades(props: { compared: readonly Compared[] }) {
  const [letters, setLetters] = createSignal<readonly [string, string]>(["A", "B"]);
  const named = (place: 0 | 1) => props.compared.find(({ letter }) => letter === letters()[place]);
  /** Whoever is chosen may have been deleted. */
  const first = () => named(0) ?? props.compared[0];
  const second = () => [named(1), ...props.compared].find((one) => one !== undefined && one !== first())!;
  const side = (place: 0 | 1) => (place === 0 ? first() : second());
  const choose = (place: 0 | 1, letter: string) => {
    const [a, b] = letters();
    const other = place === 0 ? b : a;
    // To choose the other one exchanges them.
    const moved = other === letter ? letters()[place] : other;
    setLetters(place === 0 ? [letter, moved] : [moved, letter]);
  };
  const choice = (place: 0 | 1, label: string) => (
    <select aria-label={label} value={side(place).letter} onChange={(event) => choose(place, event.currentTarget.value)}>
      <For each={props.compared}>{({ letter, record }) => <option value={letter}>{`${letter}: ${record.name}`}</option>}</For>
    </select>
  );
  return (
    <>
      <Show when={props.compared.length > 2}>
        <div class="section-head">
          <h3>Trades of</h3>
          {choice(0, "First run whose trades are compared")}
          <span class="muted">and</span>
          {choice(1, "Second run whose trades are compared")}
        </div>
      </Show>
      <TradeDifferences a={side(0)} b={side(1)} />
    </>
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
