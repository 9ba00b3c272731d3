import type { JSX } from "solid-js";
import type { SummaryFigures } from "../../core/results/types.ts";
import { useSession } from "../session/session.ts";
import { amount, plainAmount } from "../ui/amount.ts";
import { arrow, count, counted, gainClass, held, percent, ratio } from "../ui/format.ts";

/** The figures of the selection, each beside the size of its sample. */
export function SummaryCards() {
  const { results, preferences } = useSession();
  const f = results.summary;
  const n = () => `n = ${count(f()?.positions ?? 0)}`;
  const trades = () => counted(f()?.trades ?? 0, "trade");
  const days = () => counted(f()?.days ?? 0, "day");
  return (
    <dl class="cards" aria-label="Summary">
      <Card label="Net P&L" sub={`${days()}, after costs`}>
        <Pnl value={f()?.total ?? null} missing="No day has been run" />
      </Card>
      <Card label="Trades" sub={counted(f()?.positions ?? 0, "position")}>
        {count(f()?.trades ?? 0)}
      </Card>
      <Card label="Win rate" sub={n()}>
        <Figure value={f()?.winRate} text={percent} missing={why.positions} />
      </Card>
      <Card label="Average" sub={`a position, ${n()}`}>
        <Pnl value={f()?.average ?? null} missing={why.positions} />
      </Card>
      <Card label="Median" sub={`a position, ${n()}`}>
        <Pnl value={f()?.median ?? null} missing={why.positions} />
      </Card>
      <Card label="Max drawdown" sub={f() ? `${counted(f()?.maxDrawdownDays ?? 0, "day")} of ${count(f()?.days ?? 0)}` : days()}>
        <Pnl value={f() ? -(f()?.maxDrawdown ?? 0) : null} missing="No day has been run" />
      </Card>
      <Card label="Sharpe / Sortino" sub={days()}>
        <Figure value={f()?.sharpe} text={ratio} missing={why.deviation} /> / <Figure value={f()?.sortino} text={ratio} missing={why.deviation} />
      </Card>
      <Card label="Best" sub={`position, ${n()}`}>
        <Pnl value={f()?.best ?? null} missing={why.positions} />
      </Card>
      <Card label="Worst" sub={`position, ${n()}`}>
        <Pnl value={f()?.worst ?? null} missing={why.positions} />
      </Card>
      <Card label="Profit factor" sub={n()}>
        <Figure value={f()?.profitFactor} text={ratio} missing="Needs at least one losing position" />
      </Card>
      <Card label="Median holding" sub={n()}>
        <Figure value={f()?.medianHoldingSeconds} text={held} missing={why.positions} />
      </Card>
      <Card label="Fees" sub={trades()}>
        {plainAmount(f()?.fees ?? null, preferences.unit)}
      </Card>
      <Card label="Slippage" sub={trades()}>
        {plainAmount(f()?.slippage ?? null, preferences.unit)}
      </Card>
      <Card label="Stale exits" sub={staleShare(f())}>
        {count(f()?.staleExits ?? 0)}
      </Card>
    </dl>
  );
}

const why = {
  positions: "Needs at least one position",
  deviation: "Needs at least two days whose results differ",
};

function staleShare(figures: SummaryFigures | undefined): string {
  return figures?.staleExitShare === null || figures === undefined ? "share of P&L —" : `${percent(figures.staleExitShare)} of P&L`;
}

function Card(props: { label: string; sub: string; children: JSX.Element }) {
  return (
    <div class="card">
      <dt>{props.label}</dt>
      <dd class="value">{props.children}</dd>
      <dd class="sub">{props.sub}</dd>
    </div>
  );
}

function Pnl(props: { value: number | null; missing: string }) {
  const { preferences } = useSession();
  return (
    <span class={gainClass(props.value)} title={props.value === null ? props.missing : undefined}>
      {arrow(props.value)} {amount(props.value, preferences.unit)}
    </span>
  );
}

function Figure(props: { value: number | null | undefined; text(value: number | null): string; missing: string }) {
  return <span title={props.value == null ? props.missing : undefined}>{props.text(props.value ?? null)}</span>;
}
