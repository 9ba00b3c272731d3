import { createEffect, createMemo, createSignal, on, onCleanup, Show } from "solid-js";
import type { TradeLabels } from "../../core/results/labels.ts";
import type { TradeColumns } from "../../core/results/types.ts";
import { useSession } from "../session/session.ts";
import { count } from "../ui/format.ts";
import { VirtualTable } from "../ui/VirtualTable.tsx";
import { Downloads } from "./Downloads.tsx";
import { tradeTableColumns } from "./trade-columns.ts";
import { filterTrades } from "./trade-filter.ts";
import { TradeDetail } from "./TradeDetail.tsx";

export interface TradesTableProps {
  readonly trades: TradeColumns;
  readonly labels: TradeLabels;
}

/** Every trade of the run; the chosen one opens below. */
export function TradesTable(props: TradesTableProps) {
  const session = useSession();
  const { run, results, keptTrades: kept, setKeptTrades: setKept } = session;
  const [filter, setFilter] = createSignal("");
  const at = (row: number) => kept()?.[row] ?? row;
  const rows = () => kept()?.length ?? props.trades.length;
  const columns = createMemo(() => tradeTableColumns(() => props.trades, () => props.labels, at));

  createEffect(
    on([filter, () => props.trades, results.selection, results.oneVariant], ([text, trades, selection, oneVariant]) => {
      if (text.trim() === "" && results.everything()) {
        setKept(undefined);
        return;
      }
      const work = new AbortController();
      onCleanup(() => work.abort());
      void filterTrades(trades, props.labels, { text, selection, oneVariant }, work.signal).then((found) => !work.signal.aborted && setKept(found));
    }),
  );

  const current = () => {
    const trade = session.chosenTrade();
    if (trade === undefined) return undefined;
    const filtered = kept();
    if (!filtered) return trade;
    const row = filtered.indexOf(trade);
    return row < 0 ? undefined : row;
  };

  const emptyWords = () => {
    if (filter().trim() !== "" || !results.everything()) return "No trade of the selection matches the filter.";
    if (run.shown() === undefined) return "The trades come here: press Run, or R.";
    if (run.busy()) return "No trade yet.";
    return run.results()?.skips.length === 0
      ? "The run made no trade: no entry was decided on any of its days. Replay a day to see when the entry's condition holds."
      : "The run made no trade. The table of skips below says why entries did not happen.";
  };

  return (
    <section class="trades">
      <div class="section-head">
        <h2>Trades</h2>
        <span class="muted">
          <Show when={kept()} fallback={count(props.trades.length)}>
            {count(rows())} of {count(props.trades.length)}
          </Show>
        </span>
        <input
          id="trade-filter"
          type="search"
          aria-label="Filter trades"
          placeholder="Filter: 50500 ce stop_loss"
          value={filter()}
          onInput={(event) => setFilter(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            event.preventDefault();
            setFilter("");
            event.currentTarget.blur();
          }}
        />
        <Downloads />
      </div>
      <VirtualTable
        label="Trades"
        rows={rows()}
        columns={columns()}
        visibleRows={7}
        current={current()}
        onChoose={(row) => session.openTrade(at(row))}
        empty={emptyWords()}
      />
      <TradeDetail trades={props.trades} labels={props.labels} trade={session.chosenTrade()} />
    </section>
  );
}
