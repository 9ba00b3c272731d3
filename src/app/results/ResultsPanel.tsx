import { createMemo, createSignal, For, Show } from "solid-js";
import type { SampledTrade, SpotSource, TradeColumns } from "../../core/results/types.ts";
import { allocateTrades } from "../../core/results/trade-builder.ts";
import { isTradeOf } from "../../core/results/sample-json.ts";
import type { ResultsSnapshot } from "../../pool/protocol.ts";
import { useSession } from "../session/session.ts";
import { counted } from "../ui/format.ts";
import { SPOT_WORDS } from "../ui/spot-words.ts";
import { DataTrouble } from "../shell/DataTrouble.tsx";
import { Breakdown } from "./Breakdown.tsx";
import { EquityChart } from "./EquityChart.tsx";
import { FirstTrades } from "./FirstTrades.tsx";
import { SkipsTable } from "./SkipsTable.tsx";
import { SummaryCards } from "./SummaryCards.tsx";
import { TradesTable } from "./TradesTable.tsx";

const NO_TRADES = allocateTrades(0);
const NO_LABELS = { variants: ["v1"], symbols: [""] };

/** The right side: what comes out. Every part keeps its place while results stream in. */
export function ResultsPanel() {
  const { run } = useSession();
  const [variant, setVariant] = createSignal(0);
  const trades = () => run.results()?.trades ?? NO_TRADES;
  const labels = () => run.shown()?.labels ?? NO_LABELS;
  const summary = createMemo(() => run.results()?.summary[variant()] ?? run.results()?.summary[0]);
  const tradeOf = createMemo(() => indexOfTrades(trades(), run.results()?.sample ?? []));

  return (
    <div class="results" classList={{ stale: run.stale() }}>
      <DataTrouble />
      <Show when={run.failure()}>
        {(message) => (
          <div class="notice error" role="alert">
            <strong>The run failed</strong>
            {message()}
          </div>
        )}
      </Show>
      <div class="figures" aria-busy={run.busy()}>
        <section>
          <div class="section-head">
            <h2>Summary</h2>
            <span class="muted">{run.shown()?.strategy.name ?? "Press Run to see what the strategy would have done."}</span>
            <span class="muted">{spotWords(run.results()?.spotSources ?? [])}</span>
            <Show when={labels().variants.length > 1}>
              <label>
                Variant{" "}
                <select value={variant()} onChange={(event) => setVariant(Number(event.currentTarget.value))}>
                  <For each={labels().variants}>{(name, i) => <option value={i()}>{name}</option>}</For>
                </select>
              </label>
            </Show>
          </div>
          <SummaryCards figures={summary()} />
        </section>
        <EquityChart daily={summary()?.daily} />
        <TradesTable trades={trades()} labels={labels()} />
        <FirstTrades sample={run.results()?.sample ?? []} labels={labels()} tradeOf={(sampled) => tradeOf().get(sampled) ?? 0} />
        <SkipsTable skips={run.results()?.skips ?? []} notRun={run.results()?.notRun ?? []} labels={labels()} />
        <Breakdown figures={summary()} />
      </div>
    </div>
  );
}

/** Where spot came from, which can differ by date: `Spot from files on 3 days`. */
function spotWords(sources: ResultsSnapshot["spotSources"]): string {
  const days = new Map<SpotSource, number>();
  for (const { source } of sources) days.set(source, (days.get(source) ?? 0) + 1);
  const parts = [...days].map(([source, count]) => `from ${SPOT_WORDS[source]} on ${counted(count, "day")}`);
  return parts.length === 0 ? "" : `Spot ${parts.join(", ")}`;
}

/** Rows of the sampled trades, which stand in the order of the trades. */
function indexOfTrades(trades: TradeColumns, sample: readonly SampledTrade[]): ReadonlyMap<SampledTrade, number> {
  const rows = new Map<SampledTrade, number>();
  let row = 0;
  for (const sampled of sample) {
    while (row < trades.length && !isTradeOf(trades, row, sampled)) row++;
    if (row < trades.length) rows.set(sampled, row);
  }
  return rows;
}
