import { createMemo, Show } from "solid-js";
import { changedFilesWords } from "../../core/results/changed-files.ts";
import type { SpotSource } from "../../core/results/types.ts";
import { allocateTrades } from "../../core/results/trade-builder.ts";
import type { ResultsSnapshot } from "../../pool/protocol.ts";
import type { Cut } from "../session/cuts.ts";
import { useSession } from "../session/session.ts";
import { ErrorNotice } from "../ui/ErrorNotice.tsx";
import { counted } from "../ui/format.ts";
import { Tabs, type Tab } from "../ui/Tabs.tsx";
import { SPOT_WORDS } from "../ui/spot-words.ts";
import { UncertainRules } from "../ui/UncertainRules.tsx";
import { Ranking } from "../queue/Ranking.tsx";
import { DataTrouble } from "../shell/DataTrouble.tsx";
import { Breakdown } from "./Breakdown.tsx";
import { Calendar } from "./Calendar.tsx";
import { DayView } from "./day/DayView.tsx";
import { DaysTable } from "./DaysTable.tsx";
import { Distribution } from "./Distribution.tsx";
import { EquityChart } from "./EquityChart.tsx";
import { Excursions } from "./Excursions.tsx";
import { FirstTrades } from "./FirstTrades.tsx";
import { Months } from "./Months.tsx";
import { NO_LABELS, Part } from "./Part.tsx";
import { SelectionBar } from "./SelectionBar.tsx";
import { SkipsTable } from "./SkipsTable.tsx";
import { SummaryCards } from "./SummaryCards.tsx";
import { TradesTable } from "./TradesTable.tsx";
import { VariantHeatmap } from "./VariantHeatmap.tsx";

const NO_TRADES = allocateTrades(0);

/** The right side: what comes out. Every part keeps its place while results stream in. */
export function ResultsPanel() {
  const { run, results, replay, verify, preferences, setPreferences, closeRun, replayDay } = useSession();
  const labels = () => run.shown()?.labels ?? NO_LABELS;
  const variants = createMemo(() => run.shown()?.strategy.variants.map(({ name, swept }) => ({ variant: name, params: swept })) ?? []);
  const several = createMemo(() => labels().variants.length > 1);
  const cuts = createMemo((): Tab<Cut>[] => [
    { id: "calendar", label: "Calendar", body: () => <Calendar /> },
    { id: "months", label: "Months", body: () => <Months /> },
    { id: "splits", label: "Splits", body: () => <Breakdown /> },
    { id: "distribution", label: "Distribution", body: () => <Distribution /> },
    { id: "excursions", label: "Excursions", body: () => <Excursions /> },
    ...(several() ? [{ id: "variants" as const, label: "Variants", count: () => String(labels().variants.length), body: () => <VariantHeatmap variants={variants()} /> }] : []),
    { id: "days", label: "Days", body: () => <DaysTable labels={labels()} /> },
  ]);

  return (
    <div class="results" classList={{ stale: run.stale() }}>
      <DataTrouble />
      <Show when={run.failure()}>
        {(message) => <ErrorNotice title="The run failed">{message()}</ErrorNotice>}
      </Show>
      <Show when={results.failure()}>
        {(message) => <ErrorNotice title="The selection could not be worked out">{message()}</ErrorNotice>}
      </Show>
      <div class="figures" aria-busy={run.busy()}>
        <Ranking />
        <section>
          <div class="section-head">
            <h2>Summary</h2>
            <span class="muted">{run.shown()?.strategy.name ?? "Press Run to see what the strategy would have done."}</span>
            <span class="muted">{spotWords(run.results()?.spotSources ?? [])}</span>
            <UncertainRules doubts={run.results()?.uncertainRules ?? []} />
            <Show when={run.shown()}>
              <div class="actions">
                <button type="button" disabled={run.busy() || run.stale()} title="Draws the selected day, else the first of the run, second by second" onClick={replayDay}>
                  Replay a day
                </button>
                <button type="button" disabled={run.busy() || run.stale()} title="Works out some days anew with a second engine, and compares" onClick={() => verify.open({ kind: "shown" })}>
                  Verify
                </button>
                <button type="button" class="quiet" disabled={run.busy()} title="Frees the memory that it takes; the history keeps it" onClick={() => void closeRun()}>
                  Close run
                </button>
              </div>
            </Show>
          </div>
          <Show when={run.results()?.only ?? undefined}>{(only) => <p class="muted">This run has too many trades to show together: the tables hold those of {labels().variants[only()]}. The files hold all.</p>}</Show>
          <SelectionBar labels={labels()} params={variants()} />
          <Show when={changedFilesWords(run.results()?.changedFiles ?? [])}>{(words) => <div class="notice warn" role="status">{words()}</div>}</Show>
          <div hidden={replay.state().kind !== "closed"}>
            <SummaryCards />
          </div>
        </section>
        <Show when={replay.state().kind !== "closed"}>
          <DayView />
        </Show>
        <div class="side-by-side" classList={{ "wide-cuts": preferences.wideCuts }} hidden={replay.state().kind !== "closed"}>
          <Part>{() => <EquityChart />}</Part>
          <Part>
            {() => (
              <div class="cuts">
                <Tabs<Cut>
                  label="Cuts of the results"
                  chosen={cuts().some(({ id }) => id === results.cut()) ? results.cut() : "calendar"}
                  onChoose={results.setCut}
                  tabs={cuts()}
                  tools={
                    <button
                      type="button"
                      class="quiet wider"
                      aria-label="Whole width"
                      title="Gives the cuts the whole width, above the equity"
                      aria-pressed={preferences.wideCuts}
                      onClick={() => setPreferences("wideCuts", !preferences.wideCuts)}
                    >
                      ↔
                    </button>
                  }
                />
              </div>
            )}
          </Part>
        </div>
        <Part>{(shown) => <TradesTable trades={shown().results?.trades ?? NO_TRADES} labels={shown().labels} />}</Part>
        <Part>{(shown) => <FirstTrades sample={shown().results?.sample ?? []} trades={shown().results?.trades ?? NO_TRADES} labels={shown().labels} />}</Part>
        <Part>{(shown) => <SkipsTable skips={shown().results?.skips ?? []} notRun={shown().results?.notRun ?? []} labels={shown().labels} />}</Part>
      </div>
    </div>
  );
}

/** Where spot came from, which can differ by date: `Spot from spot files`, `Spot from spot files on 3 days, from futures on 1 day`. */
function spotWords(sources: ResultsSnapshot["spotSources"]): string {
  const days = new Map<SpotSource, number>();
  for (const { source } of sources) days.set(source, (days.get(source) ?? 0) + 1);
  const parts = [...days].map(([source, count]) => `from ${SPOT_WORDS[source]}${days.size === 1 ? "" : ` on ${counted(count, "day")}`}`);
  return parts.length === 0 ? "" : `Spot ${parts.join(", ")}`;
}
