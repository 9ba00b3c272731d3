import { createSignal, For, lazy, Show, Suspense } from "solid-js";
import { isoDate } from "../../core/time.ts";
import type { CatalogueSummary, SymbolSummary } from "../../data/catalogue/types.ts";
import { useSession } from "../session/session.ts";
import { OpenFolder, progressText, TrySample } from "../shell/Welcome.tsx";
import { bytes, count, counted, MISSING } from "../ui/format.ts";
import { SPOT_WORDS } from "../ui/spot-words.ts";
import { DataTrouble } from "../shell/DataTrouble.tsx";
import { Cache } from "./Cache.tsx";
import { Conflicts } from "./Conflicts.tsx";
import { Copy } from "./Copy.tsx";
import { Coverage } from "./Coverage.tsx";
import { Files } from "./Files.tsx";
import { Layouts } from "./Layouts.tsx";
import { Problems } from "./Problems.tsx";

// The rules work out their calendars when they are loaded: not before somebody looks at them.
const MarketRules = lazy(() => import("./MarketRules.tsx").then(({ MarketRules }) => ({ default: MarketRules })));

const Health = lazy(() => import("./Health.tsx").then(({ Health }) => ({ default: Health })));

/** What is in the granted folder, what could not be read, and what the user has to decide. */
export function DataPanel() {
  const { data } = useSession();
  return (
    <div class="data">
      <DataHead />
      <Show when={data.summary()} fallback={<p class="muted">No data is open.</p>}>
        {(summary) => <Catalogue summary={summary()} />}
      </Show>
      <Suspense>
        <MarketRules />
      </Suspense>
    </div>
  );
}

function DataHead() {
  const session = useSession();
  const { data } = session;
  const refreshing = () => {
    const progress = data.refreshing();
    return progress === undefined ? undefined : progressText(progress === "starting" ? undefined : progress);
  };
  const failed = () => {
    const state = data.state();
    return state.kind === "failed" ? state : undefined;
  };
  const opening = () => {
    const state = data.state();
    return state.kind === "opening" ? state : undefined;
  };
  return (
    <>
      <DataTrouble />
      <Show when={failed()}>
        {(state) => (
          <div class="notice error" role="alert">
            <strong>“{state().name}” could not be opened</strong>
            {state().message}
          </div>
        )}
      </Show>
      <div class="section-head">
        <h2>
          <Show when={data.summary()} fallback="Data">
            {(summary) => <>{summary().folder}</>}
          </Show>
        </h2>
        <Show when={data.summary()}>
          {(summary) => (
            <span class="muted">
              {counted(summary().files, "file")}
              {summary().emptyFiles ? `, ${count(summary().emptyFiles ?? 0)} of them without rows` : ""}
              {summary().bytes === undefined ? "" : `, ${bytes(summary().bytes ?? 0)}`}
            </span>
          )}
        </Show>
        <span class="muted" role="status">
          {refreshing()}
          <Show when={opening()}>{(state) => <>Opening “{state().name}”: {progressText(state().progress)}</>}</Show>
        </span>
        <div class="actions">
          <Show when={data.state().kind === "remembered"}>
            <button type="button" class="primary" onClick={() => void session.reconnect()}>
              Reconnect folder
            </button>
          </Show>
          <button type="button" disabled={data.state().kind !== "open" || data.refreshing() !== undefined} onClick={() => void data.refresh()}>
            Look for changes
          </button>
          <OpenFolder />
          <TrySample />
        </div>
      </div>
    </>
  );
}

function Catalogue(props: { summary: CatalogueSummary }) {
  const [chosen, setChosen] = createSignal<string>();
  const symbol = () => props.summary.symbols.find((known) => known.symbol === chosen()) ?? props.summary.symbols[0];
  return (
    <>
      <Show when={props.summary.indexNotKept}>
        {(reason) => (
          <div class="notice warn">
            <strong>The index of this folder will not be remembered</strong>
            {reason()}
          </div>
        )}
      </Show>
      <Conflicts conflicts={props.summary.conflicts} />
      <section>
        <div class="section-head">
          <h2>Symbols</h2>
        </div>
        <div class="scroll-x" tabindex="0" role="group" aria-label="Symbols, scrollable">
          <table class="plain" aria-label="Symbols">
            <thead>
              <tr>
                <th scope="col">Symbol</th>
                <th scope="col" class="end">Contracts</th>
                <th scope="col" class="end">Files</th>
                <th scope="col" class="end">Expiries</th>
                <th scope="col">First expiry</th>
                <th scope="col">Last expiry</th>
                <th scope="col" class="end">Spot files</th>
                <th scope="col" class="end">Futures files</th>
                <th scope="col">Spot comes from</th>
                <th scope="col">Layouts</th>
              </tr>
            </thead>
            <tbody>
              <For each={props.summary.symbols} fallback={<tr><td colspan="10">No symbol could be read from the names of the files: see the problems below.</td></tr>}>
                {(known) => (
                  <tr>
                    <th scope="row">
                      <button type="button" class="link" aria-pressed={symbol()?.symbol === known.symbol} title={`Show the coverage of ${known.symbol}`} onClick={() => setChosen(known.symbol)}>
                        {known.symbol}
                      </button>
                    </th>
                    <td class="end" title={unopenedWords(known)}>{atLeast(known.contracts, known)}</td>
                    <td class="end">{count(known.files)}</td>
                    <td class="end" title={unopenedWords(known)}>{atLeast(known.expiries.length, known)}</td>
                    <td>{known.expiries.length === 0 ? "—" : isoDate(known.expiries[0].expiry)}</td>
                    <td>{known.expiries.length === 0 ? "—" : isoDate(known.expiries[known.expiries.length - 1].expiry)}</td>
                    <td class="end">{count(known.spotFiles)}</td>
                    <td class="end">{count(known.futureFiles)}</td>
                    <td>{SPOT_WORDS[known.spotSource]}</td>
                    <td>{known.layouts.join(", ")}</td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </div>
      </section>
      <Show when={symbol()}>
        {(known) => (
          <>
            <Coverage symbol={known().symbol} />
            <Suspense>
              <Health symbol={known().symbol} />
            </Suspense>
          </>
        )}
      </Show>
      <Copy />
      <Cache />
      <Problems problems={props.summary.problems} />
      <Layouts summary={props.summary} />
      <Files />
    </>
  );
}

/** A count that files of many contracts may add to, once they are opened. */
function atLeast(known: number, { unopened }: SymbolSummary): string {
  if (unopened === 0) return count(known);
  return known === 0 ? MISSING : `≥ ${count(known)}`;
}

function unopenedWords({ unopened }: SymbolSummary): string | undefined {
  return unopened === 0 ? undefined : `${counted(unopened, "file")} of many contracts ${unopened === 1 ? "has" : "have"} not been opened yet: what is in ${unopened === 1 ? "it" : "them"} is not counted`;
}
