import { createMemo, createSignal, For, Match, Show, Switch } from "solid-js";
import type { InstrumentReport } from "../../core/health/day-health.ts";
import { AGE_STEPS, SPREAD_STEPS, type Steps } from "../../core/health/histogram.ts";
import { dayReportCsv, dayReportJson, inReportOrder, instrumentLabel } from "../../core/health/report.ts";
import { quarantineReasons } from "../../core/health/thresholds.ts";
import { ROW_FLAG_WORDS, type RowFlag } from "../../core/quality/row-quality.ts";
import { formatClock, isoDate, weekdayName } from "../../core/time.ts";
import { saveAs } from "../session/downloads.ts";
import type { DayReport } from "../session/health-session.ts";
import { useSession } from "../session/session.ts";
import { ErrorNotice } from "../ui/ErrorNotice.tsx";
import { count, counted, MISSING, percent } from "../ui/format.ts";
import { VirtualTable, type TableColumn } from "../ui/VirtualTable.tsx";
import { BadRows } from "./BadRows.tsx";

/** The report of the day that is looked at. */
export function HealthDay() {
  const { health } = useSession();
  const reading = () => {
    const view = health.view();
    return view.kind === "reading" ? view : undefined;
  };
  const failed = () => {
    const view = health.view();
    return view.kind === "failed" ? view.message : undefined;
  };
  const open = () => {
    const view = health.view();
    return view.kind === "open" ? view : undefined;
  };
  return (
    <Switch>
      <Match when={reading()}>{(view) => <p class="muted" role="status">Reading {isoDate(view().date)}…</p>}</Match>
      <Match when={failed()}>
        {(message) => <ErrorNotice title="The day could not be read">{message()}</ErrorNotice>}
      </Match>
      <Match when={open()} keyed>
        {(view) => <Report report={view} />}
      </Match>
    </Switch>
  );
}

/** Flags of which a table of instruments has a column; the others are in the files. */
const SHOWN: readonly (readonly [flag: RowFlag, header: string])[] = [
  ["out_of_session", "Outside"], ["out_of_order", "Order"], ["duplicate", "Twice"], ["crossed", "Crossed"], ["locked", "Locked"], ["one_sided", "One side"], ["zero_price", "Price 0"], ["bad_price", "No price"], ["off_tick", "Off tick"], ["bad_clock", "No clock"], ["clock_from_ts", "From ts"], ["volume_falls", "Volume"],
];

function Report(props: { report: DayReport }) {
  const { health } = useSession();
  const { day, reports } = props.report;
  const instruments = inReportOrder(reports);
  const [current, setCurrent] = createSignal<number>();
  const reasons = createMemo(() => quarantineReasons(day, health.thresholds()));
  const file = `health-${isoDate(day.date)}-${day.symbol.toLowerCase()}`;
  const number = (header: string, width: number, of: (report: InstrumentReport) => number | null, hint?: string): TableColumn => {
    const text = (row: number): string => {
      const value = of(instruments[row]);
      return value === null ? MISSING : count(value);
    };
    return { header, width, end: true, text, class: (row) => (text(row) === "0" ? "muted" : undefined), ...(hint !== undefined && { hint }) };
  };
  const clock = (second: number | null): string => (second === null ? MISSING : formatClock(second));
  const columns: readonly TableColumn[] = [
    { header: "Instrument", width: 264, text: (row) => instrumentLabel(instruments[row]), title: (row) => instruments[row].files.join("\n") },
    number("Rows", 72, ({ day }) => day.rows),
    { header: "First", width: 76, text: (row) => clock(instruments[row].day.first) },
    { header: "Last", width: 76, text: (row) => clock(instruments[row].day.last) },
    { header: "No row", width: 70, end: true, hint: "Seconds of the session without a row", text: (row) => missingShare(instruments[row]) },
    number("Gaps", 56, ({ day }) => day.gaps, "Stretches of the session of more than 60 s without a row"),
    number("Gap, s", 66, ({ day }) => day.longestGap, "Longest stretch of the session without a row"),
    number("Stale, s", 72, ({ day }) => day.staleSeconds, "Seconds whose latest quote is older than 30 s"),
    ...SHOWN.map(([flag, header]) => number(header, 74, ({ day }) => day.flags[flag], ROW_FLAG_WORDS[flag])),
  ];
  const chosen = () => instruments[current() ?? -1];
  return (
    <article class="preview" aria-label="Report of the day">
      <div class="section-head">
        <h3>
          {day.symbol}, {weekdayName(day.date)} {isoDate(day.date)}
        </h3>
        <span class="muted">
          {counted(day.contracts, "contract")}, {counted(day.rows, "row")}, {clock(day.first)} to {clock(day.last)}
        </span>
        <div class="actions">
          <button type="button" class="quiet" aria-label="Day JSON" onClick={() => saveAs(new Blob([`${JSON.stringify(dayReportJson(day, reports, reasons()), null, 2)}\n`], { type: "application/json" }), `${file}.json`)}>
            JSON
          </button>
          <button type="button" class="quiet" aria-label="Day CSV" onClick={() => saveAs(new Blob([dayReportCsv(day, reports)], { type: "text/csv" }), `${file}.csv`)}>
            CSV
          </button>
          <button type="button" class="quiet" onClick={() => health.closeDay()}>
            Close
          </button>
        </div>
      </div>
      <For each={reasons()}>{(reason) => <div class="notice warn">In quarantine: {reason}</div>}</For>
      <For each={day.problems}>{({ path, message }) => <div class="notice error">{path}: {message}</div>}</For>
      <div class="row histograms">
        <Histogram title="Age of the quotes, seconds of all options" steps={AGE_STEPS} counts={day.ages} />
        <Histogram title="Spread, rows with a quote" steps={SPREAD_STEPS} counts={day.spreads} />
      </div>
      <p class="muted">Choose an instrument to see how old its quotes were, its spread, and its bad rows.</p>
      <VirtualTable label="Instruments of the day" rows={instruments.length} columns={columns} visibleRows={10} current={current()} onChoose={setCurrent} empty="No instrument has a row on this day." />
      <Show when={chosen()} keyed>
        {(report) => (
          <>
            <div class="row histograms">
              <Show when={report.day.ages}>{(counts) => <Histogram title={`Age of the quotes of ${instrumentLabel(report)}, seconds`} steps={AGE_STEPS} counts={counts()} />}</Show>
              <Show when={report.day.spreads}>{(counts) => <Histogram title={`Spread of ${instrumentLabel(report)}, rows with a quote`} steps={SPREAD_STEPS} counts={counts()} />}</Show>
            </div>
            <BadRows date={day.date} report={report} />
          </>
        )}
      </Show>
    </article>
  );
}

function missingShare({ day: { missingSeconds, sessionSeconds } }: InstrumentReport): string {
  return missingSeconds === null || sessionSeconds === 0 ? MISSING : percent(missingSeconds / sessionSeconds);
}

function Histogram(props: { title: string; steps: Steps; counts: readonly number[] }) {
  const total = () => props.counts.reduce((sum, one) => sum + one, 0);
  const share = (step: number) => (total() === 0 ? 0 : props.counts[step] / total());
  return (
    <table class="plain histogram" aria-label={props.title}>
      <caption>{props.title}</caption>
      <tbody>
        <For each={props.steps.words}>
          {(words, step) => (
            <tr>
              <th scope="row">{words}</th>
              <td class="end">{percent(share(step()))}</td>
              <td>
                <span class="bar" style={{ width: `${(share(step()) * 120).toFixed(1)}px` }} />
              </td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}
