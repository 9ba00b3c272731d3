import { createMemo } from "solid-js";
import type { TradeLabels } from "../../core/results/labels.ts";
import { isTradeOf } from "../../core/results/sample-json.ts";
import type { SampledTrade, TradeColumns } from "../../core/results/types.ts";
import { formatClock, isoDate } from "../../core/time.ts";
import { useSession } from "../session/session.ts";
import { count, MISSING, price } from "../ui/format.ts";
import { VirtualTable, type TableColumn } from "../ui/VirtualTable.tsx";
import { ATM_HINT, atmText, momentsOf, whyText, type TradeMoment } from "./moments.ts";
import { isTradeSelected } from "./selected.ts";

/** Every input of each decision and fill of the first trades: one row per moment. */
export function FirstTrades(props: { sample: readonly SampledTrade[]; trades: TradeColumns; labels: TradeLabels }) {
  const session = useSession();
  const tradeOf = createMemo(() => indexOfTrades(props.trades, props.sample));
  const kept = createMemo(() => {
    const selected = session.results.selected();
    return session.results.everything() ? props.sample : props.sample.filter((sampled) => isTradeSelected(selected, props.trades, tradeOf().get(sampled) ?? -1));
  });
  const rows = createMemo(() => kept().flatMap((trade) => momentsOf(trade).map((moment) => ({ trade, moment }))));
  const trade = (row: number): SampledTrade => rows()[row].trade;
  const moment = (row: number): TradeMoment => rows()[row].moment;
  const amount = (header: string, of: (m: TradeMoment) => number | null | undefined, hint: string): TableColumn => ({
    header,
    width: 82,
    end: true,
    hint,
    text: (row) => price(of(moment(row)) ?? null),
  });
  const plain = (header: string, width: number, of: (m: TradeMoment) => number | null | undefined, hint: string): TableColumn => ({
    header,
    width,
    end: true,
    hint,
    text: (row) => of(moment(row))?.toString() ?? "—",
  });
  const columns = createMemo((): TableColumn[] => [
    { header: "#", width: 40, end: true, hint: "Number of the position in the run", text: (row) => String(trade(row).positionId) },
    ...(props.labels.variants.length > 1 ? [{ header: "Variant", width: 64, text: (row: number) => props.labels.variants[trade(row).variant] }] : []),
    { header: "Leg", width: 40, end: true, text: (row) => String(trade(row).legId) },
    { header: "Date", width: 92, text: (row) => isoDate(trade(row).date) },
    { header: "Moment", width: 112, text: (row) => moment(row).name },
    { header: "IST", width: 76, text: (row) => formatClock(moment(row).inputs.second) },
    amount("Spot ₹", (m) => m.inputs.spot, "Spot at this second"),
    plain("Age s", 52, (m) => m.inputs.spotAge, "Seconds since the row of that spot value"),
    { header: "ATM", width: 64, end: true, hint: ATM_HINT, text: (row) => atmText(moment(row).inputs) },
    { header: "Contract", width: 82, hint: "Of the leg", text: (row) => moment(row).leg?.contract ?? MISSING },
    amount("Bid ₹", (m) => m.leg?.bid, "Bid of the latest valid quote"),
    amount("Ask ₹", (m) => m.leg?.ask, "Ask of the latest valid quote"),
    plain("Age s", 52, (m) => m.leg?.quoteAge, "Seconds since the row of that quote"),
    plain("Spread", 60, (m) => m.leg?.spreadTicks, "Ask − bid in ticks of 0.05"),
    amount("Last ₹", (m) => m.leg?.price, "Last traded price"),
    plain("Age s", 52, (m) => m.leg?.priceAge, "Seconds since that price was set"),
    { header: "Fill ₹", width: 84, end: true, hint: "Before slippage; decisions have none", text: (row) => (moment(row).beforeSlippage === undefined ? "" : price(moment(row).beforeSlippage ?? null)) },
    { header: "Rule", width: 280, text: (row) => whyText(moment(row)), title: (row) => whyText(moment(row)) },
  ]);
  const current = () => {
    const chosen = session.chosenTrade();
    const at = chosen === undefined ? -1 : rows().findIndex(({ trade: sampled }) => tradeOf().get(sampled) === chosen);
    return at < 0 ? undefined : at;
  };
  return (
    <section>
      <div class="section-head">
        <h2>First trades</h2>
        <span class="muted">{count(kept().length)}, with the inputs of each decision and fill</span>
      </div>
      <VirtualTable
        label="First trades"
        rows={rows().length}
        columns={columns()}
        visibleRows={8}
        current={current()}
        onChoose={(row) => session.openTrade(tradeOf().get(trade(row)) ?? 0)}
        empty={props.sample.length === 0 ? "No trade yet." : "None of the first trades belongs to the selection."}
      />
    </section>
  );
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
