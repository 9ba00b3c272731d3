import { createEffect, createMemo, createSignal, For, Match, on, Show, Switch } from "solid-js";
import type { DayHealth } from "../../core/health/day-health.ts";
import { MEASURES, measureText } from "../../core/health/measures.ts";
import { calendarGaps } from "../../core/health/missing-days.ts";
import { dayJson, daysCsv } from "../../core/health/report.ts";
import { quarantineReasons, thresholdsJson } from "../../core/health/thresholds.ts";
import { rulesWith } from "../../core/market/rules.ts";
import { isoDate, weekdayName } from "../../core/time.ts";
import { saveAs } from "../session/downloads.ts";
import { useSession } from "../session/session.ts";
import { ErrorNotice } from "../ui/ErrorNotice.tsx";
import { count, counted, MISSING } from "../ui/format.ts";
import { HealthDay } from "./HealthDay.tsx";
import { MonthGrid, type MonthGridDay } from "./MonthGrid.tsx";
import { Thresholds } from "./Thresholds.tsx";

const DEFAULT_MEASURE = "missing_pct";
/** Beyond this many, dates are counted instead of listed. */
const DATES_LISTED = 20;

/** How sound the data of a symbol is: a calendar, the days in quarantine, and the report of a day. */
export function Health(props: { symbol: string }) {
  const { health, rules } = useSession();
  const [measured, setMeasured] = createSignal(DEFAULT_MEASURE);
  const measure = () => MEASURES.find(({ key }) => key === measured())!;
  const days = createMemo(() => health.daysOf(props.symbol));
  const gaps = createMemo(() => calendarGaps(rulesWith(rules.own()?.override), days().map(({ date }) => date)));
  /** Undefined while days are left that have not been inspected: they would all seem to be missing. */
  const missing = () => (health.isWhole(props.symbol) ? gaps().missing : undefined);
  const judged = createMemo(() => new Map(days().map((day) => [day.date, quarantineReasons(day, health.thresholds())])));
  const cells = createMemo((): MonthGridDay[] => {
    const { value, bad } = measure();
    const values = days().map(value);
    const known = values.filter((one) => one !== null);
    const [least, most] = [Math.min(...known), Math.max(...known)];
    return days().map((day, i) => {
      const share = values[i] === null || most === least ? 0 : (values[i] - least) / (most - least);
      return { date: day.date, level: Math.ceil((bad === "above" ? share : values[i] === null ? 0 : 1 - share) * 4), ringed: judged().get(day.date)!.length > 0 || day.problems.length > 0, text: describe(day) };
    });
  });
  const chosen = () => {
    const view = health.view();
    return view.kind === "reading" ? view.date : view.kind === "open" ? view.day.date : undefined;
  };
  const checking = () => {
    const state = health.state();
    return state.kind === "checking" ? state : undefined;
  };
  const failed = () => {
    const state = health.state();
    return state.kind === "failed" ? state.message : undefined;
  };

  createEffect(on(() => props.symbol, health.closeDay, { defer: true }));

  function describe(day: DayHealth): string {
    const { words, unit, value } = measure();
    const found = value(day);
    const reasons = judged().get(day.date) ?? [];
    const problems = day.problems.length === 0 ? "" : `; ${counted(day.problems.length, "file")} could not be read`;
    return `${weekdayName(day.date)} ${isoDate(day.date)}: ${counted(day.contracts, "contract")}, ${counted(day.rows, "row")}; ${words}: ${found === null ? MISSING : measureText(unit, found)}${problems}${reasons.length > 0 ? `; in quarantine: ${reasons.join("; ")}` : ""}`;
  }

  const json = () => JSON.stringify({ symbol: props.symbol, thresholds: thresholdsJson(health.thresholds()), days: days().map((day) => dayJson(day, judged().get(day.date) ?? [])), missing: missing()?.map(isoDate) ?? null, closed: gaps().closed.map(isoDate) }, null, 2);
  const csv = () => daysCsv(days().map((day) => ({ day, quarantine: judged().get(day.date) ?? [] })));

  return (
    <section class="calendar health" aria-label="Data health">
      <div class="section-head">
        <h2>Health of {props.symbol}</h2>
        <span class="muted" role="status">
          <Switch fallback={days().length === 0 ? "Reads every row of every file once; what it finds is remembered" : `${counted(days().length, "day")} inspected`}>
            <Match when={checking()}>{(state) => <>{state().total === 0 ? "Looking for the days…" : `${count(state().done)} of ${count(state().total)} parts inspected`}</>}</Match>
            <Match when={health.state().kind === "stopped"}>Stopped: {counted(days().length, "day")} inspected</Match>
          </Switch>
        </span>
        <div class="actions">
          <Show when={checking()} fallback={<button type="button" onClick={() => void health.check(props.symbol)}>Check the data</button>}>
            <button type="button" onClick={() => health.stop()}>Stop checking</button>
          </Show>
          <button type="button" class="quiet" disabled={days().length === 0} aria-label="Health JSON" onClick={() => saveAs(new Blob([`${json()}\n`], { type: "application/json" }), `health-${props.symbol.toLowerCase()}.json`)}>
            JSON
          </button>
          <button type="button" class="quiet" disabled={days().length === 0} aria-label="Health CSV" onClick={() => saveAs(new Blob([csv()], { type: "text/csv" }), `health-${props.symbol.toLowerCase()}.csv`)}>
            CSV
          </button>
        </div>
      </div>
      <Show when={failed()}>
        {(message) => <ErrorNotice title="The data could not be checked">{message()}</ErrorNotice>}
      </Show>
      <Show when={health.trouble()}>{(message) => <div class="notice warn">{message()}</div>}</Show>
      <Thresholds />
      <Show when={days().length > 0}>
        <label class="row">
          Shade by
          <select value={measured()} onChange={(event) => setMeasured(event.currentTarget.value)}>
            <For each={MEASURES}>{({ key, words }) => <option value={key}>{words}</option>}</For>
          </select>
        </label>
        <MonthGrid label={`Health of ${props.symbol}`} days={cells()} chosen={chosen()} onChoose={(date) => void health.openDay(props.symbol, date)} hint="Choose a day for its report. Darker: worse. Ringed: in quarantine, or with a file that cannot be read." />
        <Show when={missing()} fallback={<p class="muted">Trading days without data are known when all days are inspected.</p>}>
          {(dates) => (
            <Show when={dates().length > 0}>
              <p>
                {counted(dates().length, "trading day")} of the exchange calendar without data: {dateList(dates())}
              </p>
            </Show>
          )}
        </Show>
        <Show when={gaps().closed.length > 0}>
          <p>
            Data on {counted(gaps().closed.length, "day")} on which the exchange was closed: {dateList(gaps().closed)}
          </p>
        </Show>
        <QuarantineTable symbol={props.symbol} />
      </Show>
      <HealthDay />
    </section>
  );
}

/** The days that the thresholds keep from running, and those that run all the same. */
function QuarantineTable(props: { symbol: string }) {
  const { health } = useSession();
  const rows = createMemo(() => [...health.quarantine().days, ...health.quarantine().overruled].filter(({ symbol }) => symbol === props.symbol).sort((a, b) => a.date - b.date));
  return (
    <Show when={rows().length > 0}>
      <div class="scroll-x quarantine" tabindex="0" role="group" aria-label="Days in quarantine, scrollable">
        <table class="plain" aria-label="Days in quarantine">
          <thead>
            <tr>
              <th scope="col">In quarantine</th>
              <th scope="col">Run it all the same</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            <For each={rows()}>
              {({ date, reasons }) => (
                <tr>
                  <th scope="row">
                    {weekdayName(date)} {isoDate(date)}
                  </th>
                  <td>
                    <input type="checkbox" aria-label={`Run ${isoDate(date)} all the same`} checked={health.overrules().has(date)} onChange={(event) => health.overrule(date, event.currentTarget.checked)} />
                  </td>
                  <td>{reasons.join("; ")}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
    </Show>
  );
}

function dateList(dates: readonly number[]): string {
  const listed = dates.slice(0, DATES_LISTED).map(isoDate).join(", ");
  return dates.length > DATES_LISTED ? `${listed} and ${count(dates.length - DATES_LISTED)} more; the JSON lists all` : listed;
}
