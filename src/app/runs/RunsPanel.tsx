import { createMemo, createSignal, For, Show } from "solid-js";
import { useSession } from "../session/session.ts";
import { ErrorNotice } from "../ui/ErrorNotice.tsx";
import { arrow, count, counted, gainClass, istMoment, MISSING, ratio, wholePnl } from "../ui/format.ts";
import { Comparison } from "./Comparison.tsx";
import { RunDetails } from "./RunDetails.tsx";
import { runMatches } from "./run-filter.ts";
import type { RunRecord } from "./run-record.ts";

/** The history: what has been run, under which name, and how runs differ. */
export function RunsPanel() {
  const { runs } = useSession();
  const [filter, setFilter] = createSignal("");
  const [opened, setOpened] = createSignal<string>();
  let input!: HTMLInputElement;
  const shown = createMemo(() => runs.runs().filter((record) => runMatches(record, filter())));
  const byId = (ids: readonly string[]) => ids.flatMap((id) => runs.runs().find((record) => record.id === id) ?? []);
  const chosen = createMemo(() => byId(runs.ticked()));
  const open = createMemo(() => byId([opened() ?? ""])[0]);

  return (
    <div class="stack runs">
      <div class="section-head">
        <h2>Runs</h2>
        <span class="muted">{counted(runs.runs().length, "run")}, kept in this browser</span>
        <input type="search" aria-label="Filter runs" placeholder="Filter by name, tag or note" value={filter()} onInput={(event) => setFilter(event.currentTarget.value)} />
        <div class="actions">
          <button type="button" disabled={chosen().length < 2} title={chosen().length < 2 ? "Tick two to four runs first" : undefined} onClick={() => runs.layOver(runs.ticked())}>
            Compare
          </button>
          <button type="button" onClick={() => input.click()}>
            Import trades.csv
          </button>
          <input
            ref={input}
            class="hidden"
            type="file"
            accept=".csv,text/csv"
            aria-label="File of trades"
            tabindex="-1"
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              if (file) void runs.importTrades(file);
              event.currentTarget.value = "";
            }}
          />
        </div>
      </div>
      <Show when={runs.failure()}>
        {(message) => <ErrorNotice title="The history could not be read or changed">{message()}</ErrorNotice>}
      </Show>
      <Show when={runs.removed()}>
        {(record) => (
          <p class="muted" role="status">
            “{record().name}” is deleted.{" "}
            <button type="button" class="link" onClick={() => void runs.bringBack()}>
              Bring it back
            </button>
          </p>
        )}
      </Show>
      <div class="scroll-x" tabindex="0" role="group" aria-label="Runs, scrollable">
        <table class="plain" aria-label="Runs">
          <thead>
            <tr>
              <th scope="col">
                <span class="hidden">Compare</span>
              </th>
              <th scope="col">Name</th>
              <th scope="col">Started, IST</th>
              <th scope="col">Tags</th>
              <th scope="col" class="end">Variants</th>
              <th scope="col" class="end">Days</th>
              <th scope="col" class="end">Trades</th>
              <th scope="col" class="end">Net P&L of the first</th>
              <th scope="col" class="end">Sharpe</th>
              <th scope="col">Result hash</th>
            </tr>
          </thead>
          <tbody>
            <For each={shown()} fallback={<tr><td colspan="10" class="muted">{runs.runs().length === 0 ? "Runs are kept here when they end." : "No run matches the filter."}</td></tr>}>
              {(record) => (
                <tr aria-current={opened() === record.id ? "true" : undefined}>
                  <td>
                    <input type="checkbox" aria-label={`Compare ${record.name}, ${istMoment(record.when)}`} checked={runs.ticked().includes(record.id)} onChange={(event) => runs.tick(record.id, event.currentTarget.checked)} />
                  </td>
                  <th scope="row">
                    <button type="button" class="link" onClick={() => setOpened(record.id)}>
                      {record.name}
                    </button>
                  </th>
                  <td>{istMoment(record.when)}</td>
                  <td>{record.tags.join(", ")}</td>
                  <td class="end">{count(record.variants.length)}</td>
                  <td class="end">{count(record.days)}</td>
                  <td class="end">{count(record.trades)}</td>
                  <td class={`end ${gainClass(record.variants[0]?.total ?? null) ?? ""}`}>
                    {arrow(record.variants[0]?.total ?? null)} {wholePnl(record.variants[0]?.total ?? null)}
                  </td>
                  <td class="end">{ratio(record.variants[0]?.sharpe ?? null)}</td>
                  <td class="mono">{hashOf(record)}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
      <Show when={open()}>{(record) => <RunDetails record={record()} onGone={() => setOpened(undefined)} />}</Show>
      <Show when={byId(runs.compared()).length > 1}>
        <Comparison records={byId(runs.compared())} onClose={runs.closeComparison} />
      </Show>
    </div>
  );
}

function hashOf(record: RunRecord): string {
  return record.made === undefined ? MISSING : `${record.made.resultHash.slice(0, 8)}…${record.made.stopped ? " stopped" : ""}`;
}
