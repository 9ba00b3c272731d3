import { createEffect, createMemo, createSignal, For, on, Show } from "solid-js";
import type { TradeLabels } from "../../core/results/labels.ts";
import { DAY_FIELDS, type DayColumns, type DayField, type DayTableRequest } from "../../core/results/day-table.ts";
import { isoDate, weekdayName } from "../../core/time.ts";
import { errorText } from "../session/errors.ts";
import { useSession } from "../session/session.ts";
import { amount } from "../ui/amount.ts";
import { Exports } from "../ui/Exports.tsx";
import { count, gainClass, held, MISSING, percent, ratio } from "../ui/format.ts";
import { gridPicture } from "../ui/grid-picture.ts";
import { VirtualTable, type TableColumn } from "../ui/VirtualTable.tsx";

const OUTCOMES: readonly { readonly id: DayTableRequest["outcome"]; readonly label: string }[] = [
  { id: "all", label: "all days" },
  { id: "gains", label: "days with a gain" },
  { id: "losses", label: "days with a loss" },
];
/** Rows of a picture of the table. */
const MOST_DRAWN = 200;
const NO_ROWS = Object.fromEntries(DAY_FIELDS.map((name) => [name, new Float64Array()])) as DayColumns;

/** One row per variant and date with positions, sorted by any column. A row selects its variant and day. */
export function DaysTable(props: { labels: TradeLabels }) {
  const { results, run, preferences } = useSession();
  const [sort, setSort] = createSignal<{ readonly by: DayField; readonly descending: boolean }>({ by: "date", descending: false });
  const [outcome, setOutcome] = createSignal<DayTableRequest["outcome"]>("all");
  const [rows, setRows] = createSignal<DayColumns>(NO_ROWS);
  const [failure, setFailure] = createSignal<string>();
  const request = createMemo((): DayTableRequest => ({ ...results.request(), allVariants: !results.oneVariant(), outcome: outcome(), sort: sort().by, descending: sort().descending }));

  createEffect(
    on([request, run.results], ([wanted, shown]) => {
      if (!shown) setRows(NO_ROWS);
      if (!shown || run.shown() !== run.identity()) return;
      results.dayTable(wanted).then(
        (table) => request() === wanted && run.results() === shown && setRows(table),
        (error: unknown) => request() === wanted && run.results() === shown && setFailure(errorText(error)),
      );
    }),
  );

  const value = (field: DayField, row: number) => (Number.isNaN(rows()[field][row]) ? null : rows()[field][row]);
  const unit = () => preferences.unit;
  const column = (by: DayField, header: string, width: number, text: (value: number | null) => string, more: Partial<TableColumn> = {}): TableColumn => ({
    header,
    width,
    text: (row) => text(value(by, row)),
    sort: {
      direction: sort().by !== by ? undefined : sort().descending ? "descending" : "ascending",
      toggle: () => setSort({ by, descending: sort().by === by ? !sort().descending : by !== "date" && by !== "variant" }),
    },
    ...more,
  });
  const pnl = (by: DayField): Partial<TableColumn> => ({ end: true, class: (row) => gainClass(value(by, row)) });
  const columns = createMemo((): TableColumn[] => [
    ...(props.labels.variants.length > 1 ? [column("variant", "Variant", 72, (v) => props.labels.variants[v ?? 0])] : []),
    column("date", "Date", 128, (date) => (date === null ? MISSING : `${weekdayName(date)} ${isoDate(date)}`)),
    column("trades", "Trades", 66, (n) => count(n ?? 0), { end: true }),
    column("positions", "Positions", 76, (n) => count(n ?? 0), { end: true }),
    column("net", "Net P&L", 108, (v) => amount(v, unit()), pnl("net")),
    column("average", "Average", 96, (v) => amount(v, unit()), pnl("average")),
    column("median", "Median", 96, (v) => amount(v, unit()), pnl("median")),
    column("winRate", "Win rate", 76, percent, { end: true }),
    column("sharpe", "Sharpe", 70, ratio, { end: true, hint: "Mean ÷ standard deviation of the day's positions, not annualised; needs two that differ" }),
    column("drawdown", "Drawdown", 92, (v) => amount(v === null ? null : -v, unit()), { end: true, hint: "Of the running total of the day's positions" }),
    column("holding", "Holding", 76, held, { end: true, hint: "Median, from entry to last exit" }),
  ]);
  const csv = () => {
    const cells = (row: number) => DAY_FIELDS.map((name) => cellText(name, value(name, row), props.labels));
    return [`${DAY_FIELDS.join(",")}\n`, ...Array.from(rows().date, (_, row) => `${cells(row).join(",")}\n`)].join("");
  };
  const png = () => {
    const [label, ...others] = columns();
    const drawn = Array.from({ length: Math.min(MOST_DRAWN, rows().date.length) }, (_, row) => row);
    return gridPicture({ columns: others.map(({ header }) => header), rows: drawn.map((row) => ({ label: label.text(row), cells: others.map((one) => ({ text: one.text(row), level: 0 })) })) }, 96);
  };

  return (
    <section>
      <div class="section-head">
        <label>
          <span class="hidden">Outcome</span>
          <select value={outcome()} onChange={(event) => setOutcome(event.currentTarget.value as DayTableRequest["outcome"])}>
            <For each={OUTCOMES}>{(one) => <option value={one.id}>{one.label}</option>}</For>
          </select>
        </label>
        <span class="muted">{count(rows().date.length)} rows; one selects its day.</span>
        <div class="actions">
          <Exports name="Days" file="days" disabled={rows().date.length === 0} csv={csv} png={png} />
        </div>
      </div>
      <Show when={failure()}>
        {(message) => (
          <div class="notice error" role="alert">
            {message()}
          </div>
        )}
      </Show>
      <VirtualTable
        label="Days"
        rows={rows().date.length}
        columns={columns()}
        visibleRows={preferences.wideCuts ? 12 : 7}
        onChoose={(row) => results.select({ variant: rows().variant[row], from: rows().date[row], to: rows().date[row] })}
        empty="No day of the selection has a position."
      />
    </section>
  );
}

const AMOUNTS: ReadonlySet<DayField> = new Set(["net", "average", "median", "drawdown"]);

function cellText(field: DayField, value: number | null, labels: TradeLabels): string {
  if (value === null) return "";
  if (field === "variant") return labels.variants[value];
  if (field === "date") return isoDate(value);
  return AMOUNTS.has(field) ? (value / 100).toFixed(2) : String(value);
}
