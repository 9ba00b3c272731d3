/** How sound the open data is, day by day, and which days the user's thresholds keep from running. */
import { batch, createEffect, createMemo, createSignal, on } from "solid-js";
import { reconcile, type SetStoreFunction } from "solid-js/store";
import { hasRows, type DayHealth, type InstrumentReport } from "../../core/health/day-health.ts";
import type { Thresholds } from "../../core/health/thresholds.ts";
import type { SymbolName } from "../../core/market/types.ts";
import { isoDate, parseIsoDate, type DayNumber } from "../../core/time.ts";
import type { BadRows, BadRowsQuery } from "../../data/health/bad-rows.ts";
import type { ParsedStrategy } from "../../core/strategy/types.ts";
import type { HealthFound, HealthQuestion } from "../../pool/health-protocol.ts";
import type { RunPlan } from "../../pool/protocol.ts";
import { judge, judgedDates, withoutQuarantined, type Quarantine } from "../../pool/quarantine.ts";
import type { Backend, HealthDesk } from "./backend.ts";
import type { DataSession, DataState } from "./data-session.ts";
import { errorText } from "./errors.ts";
import type { Preferences } from "./preferences.ts";

export type HealthState =
  | { readonly kind: "idle" }
  /** `total` is 0 while the days are looked for. */
  | { readonly kind: "checking"; readonly done: number; readonly total: number }
  | { readonly kind: "stopped" }
  | { readonly kind: "failed"; readonly message: string };

/** One day with everything that its rows say. */
export interface DayReport {
  readonly day: DayHealth;
  readonly reports: readonly InstrumentReport[];
}

export type DayView =
  | { readonly kind: "none" }
  | { readonly kind: "reading"; readonly symbol: SymbolName; readonly date: DayNumber }
  | ({ readonly kind: "open" } & DayReport)
  | { readonly kind: "failed"; readonly message: string };

export interface HealthPorts {
  readonly backend: Backend;
  readonly data: DataSession;
  readonly preferences: Preferences;
  readonly setPreferences: SetStoreFunction<Preferences>;
  readonly workers: () => number;
}

type OpenData = Extract<DataState, { kind: "open" }>;

/** Days that are kept for the next visit together. */
const KEEP_EVERY = 50;
/** Milliseconds between two drawings of the calendar. */
const DRAW_EVERY = 200;

export function createHealthSession({ backend, data, preferences, setPreferences, workers }: HealthPorts) {
  const [state, setState] = createSignal<HealthState>({ kind: "idle" });
  const [days, setDays] = createSignal<ReadonlyMap<string, DayHealth>>(new Map());
  /** Symbols of which every day of the data has been inspected. */
  const [whole, setWhole] = createSignal<ReadonlySet<SymbolName>>(new Set());
  const [trouble, setTrouble] = createSignal<string>();
  const [view, setView] = createSignal<DayView>({ kind: "none" });
  let stop = new AbortController();
  /** What was left of the last plan. */
  let left: { readonly from: RunPlan; readonly key: string; readonly plan: RunPlan } | undefined;
  /** Answers about the rows of the day that is looked at. */
  let desk: HealthDesk | undefined;

  const thresholds = (): Thresholds => preferences.thresholds;
  const overrules = createMemo(() => new Set(preferences.overruled.flatMap((date) => parseIsoDate(date) ?? [])));
  const isSet = () => Object.keys(preferences.thresholds).length > 0;
  /** By what is known of the days so far. */
  const quarantine = createMemo((): Quarantine => judge([...days().values()], { ...thresholds() }, overrules()));

  const openData = (): OpenData | undefined => {
    const current = data.state();
    return current.kind === "open" ? current : undefined;
  };

  // Of other files, or of files that may have changed, nothing is known.
  createEffect(
    on([data.state, data.version], () => {
      stop.abort();
      closeDay();
      batch(() => {
        setDays(new Map());
        setWhole(new Set<SymbolName>());
        setState({ kind: "idle" });
        setTrouble(undefined);
      });
    }),
  );

  function closeDay(): void {
    desk?.close();
    desk = undefined;
    setView({ kind: "none" });
  }

  const add = (found: readonly DayHealth[]): void => void (found.length > 0 && setDays((known) => new Map([...known, ...found.filter(hasRows).map((day) => [`${day.symbol} ${day.date}`, day] as const)])));

  /** The health of these days: what is remembered, and the rest by inspecting it. Rejects when it cannot be known. */
  async function look(open: OpenData, question: HealthQuestion, signal: AbortSignal, onProgress: (done: number, total: number) => void): Promise<readonly DayHealth[]> {
    const plan = await open.catalogue.healthPlan(question, () => undefined);
    if (signal.aborted) return [];
    add(plan.kept);
    if (plan.refused.length > 0 && plan.days.length + plan.kept.length === 0) throw new Error(plan.refused.map(({ message }) => message).join("\n"));
    const found: DayHealth[] = [];
    let shown = 0;
    let drawn = performance.now();
    const show = (): void => {
      add(found.slice(shown));
      [shown, drawn] = [found.length, performance.now()];
    };
    let unsaved: Pick<HealthFound, "key" | "day">[] = [];
    const keep = (): void => {
      const saving = unsaved;
      unsaved = [];
      if (saving.length > 0) open.catalogue.keepHealth(saving).catch((error: unknown) => setTrouble(`What was found cannot be kept for the next visit: ${errorText(error)}`));
    };
    await backend.checkHealth({
      source: open.source, rules: open.rules, plan, workers: workers(), signal, onProgress,
      onDay(one) {
        found.push(one.day);
        unsaved.push({ key: one.key, day: one.day });
        if (unsaved.length >= KEEP_EVERY) keep();
        if (performance.now() - drawn > DRAW_EVERY) show();
      },
    });
    show();
    keep();
    return [...plan.kept, ...found];
  }

  return {
    state,
    trouble,
    view,
    thresholds,
    overrules,
    quarantine,
    /** Days with rows, as far as they have been inspected, by symbol and date. */
    daysOf: (symbol: SymbolName): readonly DayHealth[] => [...days().values()].filter((day) => day.symbol === symbol).sort((a, b) => a.date - b.date),

    /** Whether they are all that the data has: of a date that is not among them nothing is known otherwise. */
    isWhole: (symbol: SymbolName): boolean => whole().has(symbol),

    /** Inspects all days of a symbol. */
    async check(symbol: SymbolName): Promise<void> {
      const open = openData();
      if (!open || state().kind === "checking") return;
      stop = new AbortController();
      const { signal } = stop;
      setState({ kind: "checking", done: 0, total: 0 });
      try {
        await look(open, { symbols: [symbol] }, signal, (done, total) => !signal.aborted && setState({ kind: "checking", done, total }));
        if (openData() !== open) return;
        batch(() => {
          if (!signal.aborted) setWhole((before) => new Set([...before, symbol]));
          setState({ kind: signal.aborted ? "stopped" : "idle" });
        });
      } catch (error) {
        if (openData() === open) setState({ kind: "failed", message: errorText(error) });
      }
    },
    stop: () => stop.abort(),

    /** Without the days that the thresholds keep from running; as it is where none are set. */
    async withoutQuarantined(plan: RunPlan, strategies: readonly ParsedStrategy[], signal: AbortSignal): Promise<{ readonly plan: RunPlan; readonly quarantine: Quarantine | undefined }> {
      const open = openData();
      if (!open || !isSet()) return { plan, quarantine: undefined };
      const { symbols, dates } = judgedDates(plan, strategies);
      const unknown = dates.filter((date) => symbols.some((symbol) => !days().has(`${symbol} ${date}`)));
      const found = unknown.length === 0 ? [] : await look(open, { symbols, dates: unknown }, signal, () => undefined);
      const wanted = new Set(dates);
      const health = new Map([...days().values(), ...found].filter((day) => symbols.includes(day.symbol) && wanted.has(day.date)).map((day) => [`${day.symbol} ${day.date}`, day]));
      const judged = judge([...health.values()], { ...thresholds() }, overrules());
      // Workers know a plan again that is the same object: what is left of it must be too.
      const key = JSON.stringify([judged.days, strategies.length]);
      if (left?.from !== plan || left.key !== key) left = { from: plan, key, plan: withoutQuarantined(plan, strategies, judged) };
      return { plan: left.plan, quarantine: judged };
    },

    /** @param value undefined: no such threshold */
    setThreshold(key: string, value: number | undefined): void {
      const { [key]: _, ...others } = preferences.thresholds;
      setPreferences("thresholds", reconcile(value === undefined ? others : { ...others, [key]: value }));
    },
    overrule(date: DayNumber, run: boolean): void {
      const iso = isoDate(date);
      setPreferences("overruled", (before) => (run ? [...new Set([...before, iso])] : before.filter((one) => one !== iso)));
    },

    /** Reads one day again, instrument by instrument. */
    async openDay(symbol: SymbolName, date: DayNumber): Promise<void> {
      const open = openData();
      if (!open) return;
      closeDay();
      setView({ kind: "reading", symbol, date });
      const isWanted = (): boolean => {
        const current = view();
        return openData() === open && current.kind === "reading" && current.symbol === symbol && current.date === date;
      };
      try {
        const plan = await open.catalogue.healthPlan({ symbols: [symbol], dates: [date], anew: true }, () => undefined);
        if (!isWanted()) return;
        let report: DayReport | undefined;
        await backend.checkHealth({ source: open.source, rules: open.rules, plan, workers: workers(), signal: new AbortController().signal, onProgress: () => undefined, onDay: (found) => (report = found) });
        if (!isWanted()) return;
        if (!report) throw new Error(plan.refused[0]?.message ?? `No file may hold rows of ${symbol} on ${isoDate(date)}.`);
        desk = backend.healthDesk({ source: open.source, rules: open.rules, plan });
        setView({ kind: "open", day: report.day, reports: report.reports });
      } catch (error) {
        if (isWanted()) setView({ kind: "failed", message: errorText(error) });
      }
    },
    closeDay,
    /** Of the day that is open. */
    badRows: (query: BadRowsQuery): Promise<BadRows> => desk?.badRows(query) ?? Promise.reject(new Error("No day is open.")),
  };
}

export type HealthSession = ReturnType<typeof createHealthSession>;
