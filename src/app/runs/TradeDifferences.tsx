import { createEffect, createMemo, createSignal, on, Show } from "solid-js";
import type { TradeComparison } from "../../core/results/compare.ts";
import type { ReadTrades } from "../../core/results/read-trades-csv.ts";
import { EXIT_REASONS, OPTION_SIDES, SIDES, type TradeColumns } from "../../core/results/types.ts";
import { formatClock, isoDate } from "../../core/time.ts";
import { errorText } from "../session/errors.ts";
import { useSession } from "../session/session.ts";
import { count, pnl, price } from "../ui/format.ts";
import { Tabs } from "../ui/Tabs.tsx";
import { VirtualTable, type TableColumn } from "../ui/VirtualTable.tsx";
import type { Compared } from "./Comparison.tsx";

interface Found extends TradeComparison {
  readonly a: ReadTrades;
  readonly b: ReadTrades;
}

type Kind = "onlyA" | "onlyB" | "changed";

/** Trades that only one of two runs has, and those that ended otherwise. */
export function TradeDifferences(props: { a: Compared; b: Compared }) {
  const { runs } = useSession();
  const [found, setFound] = createSignal<Found>();
  const [failure, setFailure] = createSignal<string>();
  const [kind, setKind] = createSignal<Kind>("changed");

  createEffect(on([() => props.a, () => props.b], show));

  function show(): void {
    const { a, b } = props;
    setFound(undefined);
    setFailure(undefined);
    const isCurrent = () => props.a === a && props.b === b;
    void compare(a, b).then((made) => isCurrent() && setFound(made), (error: unknown) => isCurrent() && setFailure(errorText(error)));
  }

  async function compare(a: Compared, b: Compared): Promise<Found> {
    const [left, right] = await Promise.all([a, b].map(({ record }) => runs.trades(record)));
    if (!left || !right) throw new Error("The trades of one of the runs are not kept, so only figures can be compared.");
    return { a: left, b: right, ...(await runs.compare({ ...left, variant: a.variant }, { ...right, variant: b.variant })) };
  }

  return (
    <Show
      when={found()}
      fallback={
        <p class="muted" role="status">
          {failure() ?? "Comparing trades…"}{" "}
          <Show when={failure() !== undefined}>
            <button type="button" class="link" onClick={show}>
              Compare again
            </button>
          </Show>
        </p>
      }
    >
      {(made) => (
        <div class="trade-differences">
          <p>{count(made().same)} trades are the same to the paisa.</p>
          <Tabs<Kind>
            label="Trades that differ"
            chosen={kind()}
            onChoose={setKind}
            tabs={[
              { id: "changed", label: "Changed", count: () => count(made().changedA.length), body: () => <Changed found={made()} /> },
              { id: "onlyA", label: `Only in ${props.a.letter}`, count: () => count(made().onlyA.length), body: () => <OnlyIn label={`Only in ${props.a.letter}`} trades={made().a.trades} rows={made().onlyA} /> },
              { id: "onlyB", label: `Only in ${props.b.letter}`, count: () => count(made().onlyB.length), body: () => <OnlyIn label={`Only in ${props.b.letter}`} trades={made().b.trades} rows={made().onlyB} /> },
            ]}
          />
        </div>
      )}
    </Show>
  );
}

function contractColumns(trades: () => TradeColumns, at: (row: number) => number): TableColumn[] {
  return [
    { header: "Date", width: 92, text: (row) => isoDate(trades().date[at(row)]) },
    { header: "Decided", width: 80, text: (row) => formatClock(trades().decisionEntry[at(row)]) },
    { header: "Contract", width: 130, text: (row) => `${SIDES[trades().side[at(row)]]} ${trades().strike[at(row)]} ${OPTION_SIDES[trades().cp[at(row)]]}` },
  ];
}

function OnlyIn(props: { label: string; trades: TradeColumns; rows: Uint32Array }) {
  const trades = () => props.trades;
  const at = (row: number) => props.rows[row];
  const columns = createMemo((): TableColumn[] => [
    ...contractColumns(trades, at),
    { header: "Entry ₹", width: 80, end: true, text: (row) => price(trades().entryPx[at(row)]) },
    { header: "Exit ₹", width: 80, end: true, text: (row) => price(trades().exitPx[at(row)]) },
    { header: "Net P&L ₹", width: 110, end: true, text: (row) => pnl(trades().pnl[at(row)] - trades().fees[at(row)]) },
    { header: "Why out", width: 120, text: (row) => EXIT_REASONS[trades().reasonExit[at(row)]] },
  ]);
  return <VirtualTable label={props.label} rows={props.rows.length} columns={columns()} visibleRows={8} empty="None." />;
}

function Changed(props: { found: Found }) {
  const a = () => props.found.a.trades;
  const b = () => props.found.b.trades;
  const inA = (row: number) => props.found.changedA[row];
  const inB = (row: number) => props.found.changedB[row];
  const both = (header: string, width: number, of: (trades: TradeColumns, row: number) => string): TableColumn => ({
    header, width, text: (row) => (of(a(), inA(row)) === of(b(), inB(row)) ? of(a(), inA(row)) : `${of(a(), inA(row))} → ${of(b(), inB(row))}`),
  });
  const columns = createMemo((): TableColumn[] => [
    ...contractColumns(a, inA),
    both("Entry ₹", 130, (trades, row) => price(trades.entryPx[row])),
    both("Exit", 160, (trades, row) => formatClock(trades.tsExit[row])),
    both("Exit ₹", 130, (trades, row) => price(trades.exitPx[row])),
    both("Net P&L ₹", 190, (trades, row) => pnl(trades.pnl[row] - trades.fees[row])),
    both("Why out", 200, (trades, row) => EXIT_REASONS[trades.reasonExit[row]]),
  ]);
  return <VirtualTable label="Changed" rows={props.found.changedA.length} columns={columns()} visibleRows={8} empty="None: every trade that both have ended the same." />;
}
