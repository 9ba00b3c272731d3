/** The studies of the page: the one that is edited, the one that runs or has run, and the day of it that is looked at. */
import { createMemo, createSignal } from "solid-js";
import { produce } from "solid-js/store";
import { rulesWith } from "../../core/market/rules.ts";
import { problemText, StrategyError, type StrategyProblem } from "../../core/strategy/types.ts";
import { checkStudy } from "../../core/studies/check.ts";
import { createStudyMerge } from "../../core/studies/merge.ts";
import { parseStudy, type ParsedStudy, type PlacedStudy } from "../../core/studies/parse.ts";
import type { StudyReport, WindowRow } from "../../core/studies/report.ts";
import type { Study } from "../../core/studies/schema.ts";
import type { StudyDay } from "../../core/studies/study-day.ts";
import { isoDate, type DayNumber } from "../../core/time.ts";
import { createRunProgress } from "../../pool/progress.ts";
import type { PlannedStudy } from "../../pool/protocol.ts";
import { NO_HISTORY, noted, redone, undone, type TextHistory } from "../editor/text-history.ts";
import { errorText } from "../session/errors.ts";
import type { Session } from "../session/session.ts";
import { templatesOf, type Template } from "../session/templates.ts";

export type StudyStatus = "idle" | "planning" | "running" | "done" | "stopped" | "failed";

/** One day of one window, drawn. */
export type StudiedDay =
  | { readonly kind: "closed" }
  | { readonly kind: "loading"; readonly row: WindowRow }
  | { readonly kind: "ready"; readonly row: WindowRow; readonly study: Study; readonly day: StudyDay }
  | { readonly kind: "failed"; readonly row: WindowRow; readonly message: string };

/** Between two looks at the figures while days come, milliseconds. */
const LOOK_EVERY = 500;
const OWN: Template = { id: "own", name: "My study", text: 'name: My study\nuniverse: { symbol: BANKNIFTY }\nseries: spot\nwindows: ["09:15-09:20"]\n' };
const texts = import.meta.glob<string>("../../../strategies/studies/*.yaml", { query: "?raw", import: "default", eager: true });
const READY = templatesOf(texts);
/** The user's first stands first. */
const FIRST = "mondays-open-close";
const TEMPLATES: readonly Template[] = [...READY.filter(({ id }) => id === FIRST), ...READY.filter(({ id }) => id !== FIRST), OWN];

export function createStudiesSession({ preferences, setPreferences, studied: { backend, open, settings } }: Pick<Session, "preferences" | "setPreferences" | "studied">) {
  const template = createMemo(() => TEMPLATES.find(({ id }) => id === preferences.study) ?? TEMPLATES[0]);
  const text = createMemo(() => preferences.studyEdits[template().id] ?? template().text);
  const [histories, setHistories] = createSignal<Readonly<Record<string, TextHistory>>>({});
  const history = () => histories()[template().id] ?? NO_HISTORY;
  const setHistory = (next: TextHistory) => setHistories((all) => ({ ...all, [template().id]: next }));
  const parsed = createMemo(() => read(text(), open()?.rules));
  const [status, setStatus] = createSignal<StudyStatus>("idle");
  const [failure, setFailure] = createSignal<string>();
  const [progress, setProgress] = createSignal<{ readonly done: number; readonly total: number; readonly secondsLeft?: number }>({ done: 0, total: 0 });
  const [report, setReport] = createSignal<StudyReport>();
  const [day, setDay] = createSignal<StudiedDay>({ kind: "closed" });
  let stopping: AbortController | undefined;

  function put(next: string): void {
    const { id, text: unchanged } = template();
    if (next === unchanged) setPreferences("studyEdits", produce((edits) => void delete edits[id]));
    else setPreferences("studyEdits", id, next);
  }
  function edit(next: string): void {
    if (next === text()) return;
    setHistory(noted(history(), text(), "yaml", Date.now()));
    put(next);
  }
  function step(move: typeof undone): void {
    const moved = move(history(), text());
    if (!moved) return;
    setHistory(moved.history);
    put(moved.text);
  }
  const busy = () => status() === "planning" || status() === "running";

  async function planned(study: PlacedStudy): Promise<PlannedStudy> {
    const plan = await open()!.catalogue.planStudy(study, () => undefined);
    if (plan.kind === "refused") throw new Error(plan.message);
    return plan;
  }

  async function start(): Promise<void> {
    const data = open();
    const { study, places } = parsed();
    if (!data || !study || busy()) return;
    const stop = new AbortController();
    stopping = stop;
    setFailure(undefined);
    setDay({ kind: "closed" });
    setStatus("planning");
    setProgress({ done: 0, total: 0 });
    try {
      const plan = await planned({ study, places });
      if (stop.signal.aborted) return void setStatus("stopped");
      if (plan.wanted.length === 0) throw new Error("No day of the data is left to look at: from, to, days and the market rules leave none.");
      const merge = createStudyMerge(study, rulesWith(data.rules), plan.notRun);
      const told = createRunProgress(plan.dates.length, setProgress);
      setReport(undefined);
      setStatus("running");
      let looked = performance.now();
      await backend.study({
        ...settings(data), plan, study, paths: false, signal: stop.signal,
        onDay(one) {
          merge.add(one);
          told.dayDone();
          if (performance.now() - looked < LOOK_EVERY) return;
          setReport(merge.report());
          looked = performance.now();
        },
      });
      setReport(merge.report());
      setStatus(stop.signal.aborted ? "stopped" : "done");
    } catch (error) {
      setFailure(errorText(error));
      setStatus("failed");
    }
  }

  /** Reads the one date again, with the prices of its windows. */
  async function dayOf(study: Study, date: DayNumber): Promise<StudyDay> {
    const data = open();
    if (!data) throw new Error("The data of this study is not open any more. Open it and run the study again.");
    const only: Study = { ...study, by: null, where: NO_CONDITION, time: { from: null, to: null, days: null, include: [isoDate(date)], exclude: null } };
    let found: StudyDay | undefined;
    await backend.study({ ...settings(data), plan: await planned({ study: only }), study: only, paths: true, signal: new AbortController().signal, onDay: (one) => (found = one) });
    if (!found) throw new Error(`The data has no row of ${isoDate(date)} any more.`);
    if (found.unreadable !== undefined) throw new Error(found.unreadable);
    return found;
  }

  return {
    templates: TEMPLATES,
    template,
    edited: () => preferences.studyEdits[template().id] !== undefined,
    choose: (id: string) => setPreferences("study", id),
    text,
    parsed,
    edit,
    undo: () => step(undone),
    redo: () => step(redone),
    revert: () => edit(template().text),
    status,
    busy,
    failure,
    progress,
    /** Of the days that have come. */
    report,
    canRun: () => open() !== undefined && parsed().study !== undefined && !busy(),
    start,
    stop: () => stopping?.abort(),
    day,
    /** Draws the day of a window of the report that is shown. */
    async openDay(row: WindowRow): Promise<void> {
      const shown = report();
      if (!shown) return;
      const wanted: StudiedDay = { kind: "loading", row };
      setDay(wanted);
      try {
        const made = await dayOf(shown.study, row.date);
        if (day() === wanted) setDay({ kind: "ready", row, study: shown.study, day: made });
      } catch (error) {
        if (day() === wanted) setDay({ kind: "failed", row, message: errorText(error) });
      }
    },
    closeDay: () => setDay({ kind: "closed" }),
  };
}

export type StudiesSession = ReturnType<typeof createStudiesSession>;

const NO_CONDITION: Study["where"] = { gap: null, rv: null, range5: null, dte: null, expiry_day: null };

function read(text: string, own: Parameters<typeof rulesWith>[0]): Partial<ParsedStudy> & { readonly problems: readonly StrategyProblem[] } {
  try {
    const made = parseStudy(text);
    const problems = checkStudy(made, rulesWith(own));
    return problems.length > 0 ? { problems } : { ...made, problems: [] };
  } catch (error) {
    if (error instanceof StrategyError) return { problems: error.problems };
    throw error;
  }
}

/** What keeps a study from being run, in one line. */
export function firstProblem(problems: readonly StrategyProblem[]): string | undefined {
  return problems.length === 0 ? undefined : problemText(problems[0]);
}
