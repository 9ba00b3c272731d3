import { createMemo, Index, Show } from "solid-js";
import type { RankingRow } from "../../core/results/ranking.ts";
import type { QueueEntry } from "../session/run-session.ts";
import { MOST_COMPARED } from "../runs/runs-session.ts";
import { useSession } from "../session/session.ts";
import { arrow, count, gainClass, percent, ratio, wholePnl } from "../ui/format.ts";

interface Row {
  readonly entry: QueueEntry;
  /** Undefined until first days have come. */
  readonly figures: RankingRow | undefined;
}

/** The strategies that run together: how far each is, and how they compare. A row shows its results. */
export function Ranking() {
  const { run, runs, setView } = useSession();
  const rows = createMemo((): readonly Row[] => {
    const places = new Map(run.ranking().map((figures, i) => [figures.place, { figures, i }]));
    const rankOf = ({ identity }: QueueEntry) => (identity && places.get(identity.place)?.i) ?? Infinity;
    return run.queue().map((entry): Row => ({ entry, figures: entry.identity && places.get(entry.identity.place)?.figures })).toSorted((a, b) => rankOf(a.entry) - rankOf(b.entry) || 0);
  });
  /** Those that are kept among the runs, the best first. */
  const best = createMemo(() => rows().flatMap(({ entry: { identity } }) => runs.runs().filter(({ id }) => id === identity?.runId).map(({ id }) => id)).slice(0, MOST_COMPARED));
  return (
    <Show when={run.queue().length > 1}>
      <section>
        <div class="section-head">
          <h2>Ranking</h2>
          <span class="muted">Each strategy by its best variant. A name shows its results below.</span>
          <div class="actions">
            <button
              type="button"
              disabled={best().length < 2}
              title={best().length < 2 ? "Once the runs have ended" : "Equity, figures and trades beside each other"}
              onClick={() => {
                runs.layOver(best());
                setView("runs");
              }}
            >
              {best().length < 2 ? "Overlay" : `Overlay the best ${best().length}`}
            </button>
          </div>
        </div>
        <div class="scroll-x" tabindex="0" role="group" aria-label="Ranking, scrollable">
          <table class="plain" aria-label="Ranking">
            <thead>
              <tr>
                <th scope="col">Strategy</th>
                <th scope="col">Days done</th>
                <th scope="col">Best variant</th>
                <th scope="col" class="end">Net P&L</th>
                <th scope="col" class="end">Sharpe</th>
                <th scope="col" class="end">Max drawdown</th>
                <th scope="col" class="end">Trades</th>
                <th scope="col" class="end">Win rate</th>
              </tr>
            </thead>
            <tbody>
              <Index each={rows()}>{(row) => <RankingLine entry={row().entry} figures={row().figures} />}</Index>
            </tbody>
          </table>
        </div>
      </section>
    </Show>
  );
}

function RankingLine(props: Row) {
  const { run } = useSession();
  const chosen = () => props.entry.identity !== undefined && props.entry.identity === run.identity();
  return (
    <tr aria-current={chosen() ? "true" : undefined}>
      <th scope="row">
        <Show when={props.entry.identity} fallback={props.entry.name}>
          {(identity) => (
            <button type="button" class="link" aria-pressed={chosen()} onClick={() => void run.show(identity())}>
              {props.entry.name}
            </button>
          )}
        </Show>
      </th>
      <Show when={props.entry.problem === undefined} fallback={<td colspan="7" class="wrap">{props.entry.problem}</td>}>
        <td class="days-done">
          <progress max={Math.max(1, props.entry.planned)} value={props.entry.planned === 0 ? 1 : props.entry.done} aria-label={`Progress of ${props.entry.name}`} /> {count(props.entry.done)} of {count(props.entry.planned)}
        </td>
        <td>{variantWords(props.figures)}</td>
        <td class={`end ${gainClass(props.figures?.total ?? null) ?? ""}`}>{arrow(props.figures?.total ?? null)} {wholePnl(props.figures?.total ?? null)}</td>
        <td class="end">{ratio(props.figures?.sharpe ?? null)}</td>
        <td class="end">{wholePnl(props.figures ? -props.figures.maxDrawdown : null)}</td>
        <td class="end">{props.figures ? count(props.figures.trades) : "—"}</td>
        <td class="end">{percent(props.figures?.winRate ?? null)}</td>
      </Show>
    </tr>
  );
}

function variantWords(figures: RankingRow | undefined): string {
  if (!figures || figures.variants === 1) return "—";
  const values = Object.entries(figures.params).map(([name, value]) => `${name} ${String(value)}`).join(", ");
  return `${figures.variant} of ${count(figures.variants)} · ${values}`;
}
