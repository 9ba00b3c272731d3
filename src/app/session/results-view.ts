/** What the results show: one selection for every view, its unit, and what the worker makes of it. */
import { batch, createEffect, createMemo, createSignal, on } from "solid-js";
import type { Analysis, AnalysisRequest } from "../../core/results/analysis.ts";
import type { DayColumns, DayTableRequest } from "../../core/results/day-table.ts";
import { isWhole, WHOLE_RUN, type Selection } from "../../core/results/selection.ts";
import type { Backend } from "./backend.ts";
import type { Cut } from "./cuts.ts";
import { errorText } from "./errors.ts";
import type { Preferences } from "./preferences.ts";
import type { RunSession } from "./run-session.ts";

export function createResultsView(backend: Backend, run: RunSession, preferences: Preferences) {
  const [selection, setSelection] = createSignal<Selection>(WHOLE_RUN);
  const [analysis, setAnalysis] = createSignal<Analysis>();
  const [failure, setFailure] = createSignal<string>();
  const [cut, setCut] = createSignal<Cut>("calendar");
  const request = createMemo((): AnalysisRequest => ({ selection: selection(), unit: preferences.unit, capitalPerLot: preferences.capitalPerLot * 100 }));
  /** Whether the user wants one variant alone, also in the tables that can show all. */
  const [oneVariant, setOneVariant] = createSignal(false);
  let asking = false;
  let outdated = false;

  /** One question at a time; while it is being answered only the last of the next ones counts. */
  async function ask(): Promise<void> {
    // The worker holds the run that began last: until its first days are shown, what is on screen is another's.
    const shown = run.shown();
    if (shown === undefined || shown !== run.identity()) return;
    if (asking) {
      outdated = true;
      return;
    }
    asking = true;
    try {
      const found = await backend.results.analyse(shown.place, request());
      if (run.shown() !== shown) return;
      setAnalysis(found);
      setFailure(undefined);
    } catch (error) {
      if (run.identity() === shown) setFailure(errorText(error));
    } finally {
      asking = false;
      if (outdated) {
        outdated = false;
        void ask();
      }
    }
  }

  createEffect(on([run.results, request], ([results]) => (results ? void ask() : setAnalysis(undefined))));

  createEffect(
    on(run.shown, (shown) => {
      if (shown && selection().variant >= shown.labels.variants.length) setSelection((current) => ({ ...current, variant: 0 }));
    }),
  );

  createEffect(on(() => selection().variant, (variant) => void run.showVariant(variant), { defer: true }));

  /** Figures of the selection. The whole of a variant in rupees is in the run's own results and needs no worker. */
  const summary = createMemo((): Analysis["summary"] | undefined => {
    if (isWhole(selection()) && preferences.unit === "rupees") return run.results()?.summary;
    return analysis()?.summary;
  });

  return {
    /** The view beside the equity. */
    cut,
    setCut,
    selection,
    select(change: Partial<Selection>) {
      batch(() => {
        if (change.variant !== undefined) setOneVariant(true);
        setSelection((current) => ({ ...current, ...change }));
      });
    },
    /** Shows everything again: all days, expiries and windows, in tables all variants. */
    selectAll() {
      batch(() => {
        setOneVariant(false);
        setSelection(({ variant }) => ({ ...WHOLE_RUN, variant }));
      });
    },
    everything: () => isWhole(selection()) && !oneVariant(),
    oneVariant,
    /** As the tables take it. */
    selected: createMemo(() => ({ selection: selection(), oneVariant: oneVariant() })),
    request,
    /** Of the strategy that is shown. */
    dayTable: (wanted: DayTableRequest): Promise<DayColumns> => backend.results.dayTable(run.shown()?.place ?? 0, wanted),
    summary,
    analysis,
    failure,
    /** The whole run's own parts, by which a selection can be made. */
    parts: createMemo(() => run.results()?.summary.by),
  };
}

export type ResultsView = ReturnType<typeof createResultsView>;
