import { createEffect, For, Match, on, Show, Switch } from "solid-js";
import { useSession } from "../session/session.ts";
import { bytes, count, counted } from "../ui/format.ts";

const MOST_GIGABYTES = 1000;

/** What is kept between runs, how much room it has, and what the last run read. */
export function Cache() {
  const { cache, run, readAhead, preferences, setPreferences } = useSession();
  const readAheadEnd = () => {
    const state = readAhead.state();
    return state.kind === "ended" ? state.message : undefined;
  };
  createEffect(on(run.finished, () => void cache.look()));
  return (
    <section>
      <div class="section-head">
        <h2>Cache</h2>
        <span class="muted">
          {bytes(cache.bytes())} kept for the next run
          <Show when={cache.room()?.quota}>{(quota) => <>; the browser allows {bytes(quota())}</>}</Show>
        </span>
        <div class="actions">
          <label>
            Limit, GB{" "}
            <input
              type="number"
              min="0"
              max={MOST_GIGABYTES}
              disabled={run.busy()}
              value={preferences.cacheGigabytes}
              onChange={(event) => {
                const wanted = event.currentTarget.valueAsNumber;
                if (wanted >= 0) setPreferences("cacheGigabytes", Math.min(MOST_GIGABYTES, wanted));
                event.currentTarget.value = String(preferences.cacheGigabytes);
              }}
            />
          </label>
          <label title="Reads what the open strategy needs while nothing else is done, so that Run finds it">
            <input type="checkbox" checked={preferences.readAhead} onChange={(event) => setPreferences("readAhead", event.currentTarget.checked)} /> Read ahead
          </label>
          <Show when={cache.room() && !cache.room()?.persisted}>
            <button type="button" title="The browser may clear the cache when the disk runs low; ask it not to" onClick={() => void cache.protect()}>
              Ask to keep it
            </button>
          </Show>
          <button type="button" disabled={run.busy() || cache.bytes() === 0} onClick={() => void cache.clear()}>
            Clear
          </button>
        </div>
      </div>
      <Show when={cache.trouble()}>
        {(message) => <div class="notice warn">{message()}</div>}
      </Show>
      <Switch>
        <Match when={readAhead.state().kind === "done"}>
          <p class="muted" aria-label="What was read ahead">
            Everything that the open strategy needs is here: a run opens no data file.
          </p>
        </Match>
        <Match when={readAheadEnd()}>{(message) => <div class="notice">{message()}</div>}</Match>
      </Switch>
      <Show when={cache.last()}>
        {(last) => (
          <>
            <p class="muted" aria-label="What the last run read">
              The last run opened {counted(last().files, "data file")}, read {bytes(last().cacheBytes)} of the cache in {counted(last().cacheReads, "request")}, and holds {bytes(last().held)} of at most {bytes(last().budget)} in memory.
            </p>
            <Show when={last().refused > 0}>
              <div class="notice">
                {bytes(last().refused)} of its rows did not fit into memory: they come from the cache in every run. Fewer days or contracts make it fit.
              </div>
            </Show>
            <For each={last().troubles}>{(trouble) => <div class="notice warn">{trouble}</div>}</For>
          </>
        )}
      </Show>
      <Speed />
      <Show when={cache.rows().length > 0} fallback={<p class="muted">Nothing is kept yet: the first run reads Parquet, the next ones do not.</p>}>
        <div class="scroll-x" tabindex="0" role="group" aria-label="Cache, scrollable">
          <table class="plain" aria-label="Cache">
            <thead>
              <tr>
                <th scope="col">Symbol</th>
                <th scope="col">Month</th>
                <th scope="col" class="end">Spot, future, VIX</th>
                <th scope="col" class="end">Contracts</th>
                <th scope="col" class="end">Results</th>
              </tr>
            </thead>
            <tbody>
              <For each={cache.rows()}>
                {(row) => (
                  <tr>
                    <th scope="row">{row.symbol}</th>
                    <td>{row.month}</td>
                    <td class="end">{row.series === 0 ? count(0) : bytes(row.series)}</td>
                    <td class="end">{row.options === 0 ? count(0) : bytes(row.options)}</td>
                    <td class="end">{row.days === 0 ? count(0) : bytes(row.days)}</td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </div>
      </Show>
    </section>
  );
}

/** How fast this machine reads, from ten days of the open strategy. */
function Speed() {
  const { scan, run, plan } = useSession();
  return (
    <p class="speed">
      <button type="button" disabled={scan.scanning() || run.busy() || plan.state().kind !== "ready"} title="Reads ten days of the strategy that is open, past the cache" onClick={() => void scan.measure()}>
        {scan.scanning() ? "Measuring…" : "Measure this machine"}
      </button>{" "}
      <Show when={scan.last()}>
        {(last) => (
          <span class="muted" aria-label="Speed of this machine">
            {last().date}: {counted(last().scan.days, "day")} in {(last().scan.elapsed / 1000).toFixed(1)} s with {counted(last().scan.workers, "worker")}
            <For each={last().scan.phases}>{(phase) => <>; {phase.name} {(phase.milliseconds / Math.max(1, last().scan.contractDays)).toFixed(2)} ms per contract-day</>}</For>
          </span>
        )}
      </Show>
      <Show when={scan.failure()}>{(message) => <span class="notice warn">{message()}</span>}</Show>
    </p>
  );
}
