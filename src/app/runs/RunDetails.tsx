import { Show } from "solid-js";
import { tradesCsv } from "../../core/results/trades-csv.ts";
import { saveAs } from "../session/downloads.ts";
import { useSession } from "../session/session.ts";
import { count, counted } from "../ui/format.ts";
import { MOST_TRADES_KEPT, type RunRecord } from "./run-record.ts";

/** One run of the history: its name, tags and notes, and what can be done with it. */
export function RunDetails(props: { record: RunRecord; onGone(): void }) {
  const session = useSession();
  const { runs } = session;
  const made = () => props.record.made;

  async function exportRun() {
    saveAs(new Blob([`${JSON.stringify(props.record, null, 2)}\n`], { type: "application/json" }), "run-record.json");
    const table = await runs.trades(props.record);
    if (table) saveAs(new Blob([...tradesCsv(table.trades, table.labels, props.record.id)], { type: "text/csv" }), "trades.csv");
  }

  return (
    <section class="run-details" role="region" aria-label="Run">
      <div class="section-head">
        <h2>{props.record.name}</h2>
        <div class="actions">
          <Show when={made()}>
            {(run) => (
              <button type="button" disabled={session.run.busy()} onClick={() => void session.runAgain(run().text)}>
                Run again
              </button>
            )}
          </Show>
          <Show when={made() && props.record.tradesKept}>
            <button type="button" disabled={session.run.busy()} title="Works out some days anew with a second engine, and compares" onClick={() => session.verify.open({ kind: "kept", record: props.record })}>
              Verify
            </button>
          </Show>
          <button type="button" onClick={() => void exportRun()}>
            Export
          </button>
          <button
            type="button"
            onClick={() => {
              void runs.remove(props.record);
              props.onGone();
            }}
          >
            Delete
          </button>
        </div>
      </div>
      <div class="run-words">
        <label>
          Name
          <input type="text" value={props.record.name} onChange={(event) => void runs.change(props.record, { name: event.currentTarget.value.trim() || props.record.name })} />
        </label>
        <label>
          Tags
          <input type="text" placeholder="separated by commas" value={props.record.tags.join(", ")} onChange={(event) => void runs.change(props.record, { tags: event.currentTarget.value.split(",").map((tag) => tag.trim()).filter(Boolean) })} />
        </label>
        <label>
          Notes
          <textarea rows="2" value={props.record.notes} onChange={(event) => void runs.change(props.record, { notes: event.currentTarget.value })} />
        </label>
      </div>
      <p class="muted">
        <Show when={made()} fallback="Imported trades: no strategy came with them.">
          {(run) => (
            <>
              “{run().folder}”, read with {run().reader}. Engine {run().engineVersion}, market rules {run().rulesVersion}. Result hash <span class="mono">{run().resultHash}</span>.
            </>
          )}
        </Show>{" "}
        <Show when={!props.record.tradesKept}>
          Its {counted(props.record.trades, "trade")} are not kept: more than {count(MOST_TRADES_KEPT)} do not fit.
        </Show>
      </p>
    </section>
  );
}
