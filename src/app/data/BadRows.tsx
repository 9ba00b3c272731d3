import { createMemo, createResource, createSignal, For, Match, Show, Switch } from "solid-js";
import type { InstrumentReport } from "../../core/health/day-health.ts";
import { instrumentLabel } from "../../core/health/report.ts";
import { flagsOf, ROW_FLAG_WORDS, ROW_FLAGS, ROW_QUALITY, type RowFlag } from "../../core/quality/row-quality.ts";
import { formatClock, type DayNumber } from "../../core/time.ts";
import { errorText } from "../session/errors.ts";
import { useSession } from "../session/session.ts";
import { ErrorNotice } from "../ui/ErrorNotice.tsx";
import { count, counted, MISSING } from "../ui/format.ts";
import { VirtualTable, type TableColumn } from "../ui/VirtualTable.tsx";

const PAGE = 500;
const ALL = ROW_FLAGS.reduce((bits, flag) => bits | ROW_QUALITY[flag], 0);

/** The rows of one instrument against which something can be said, as the file has them, page by page. */
export function BadRows(props: { date: DayNumber; report: InstrumentReport }) {
  const { health } = useSession();
  const { kind, contract, expiry, day } = props.report;
  const [flag, setFlag] = createSignal<RowFlag | "all">("all");
  const [page, setPage] = createSignal(0);
  const wanted = createMemo(() => {
    const one = flag();
    return { date: props.date, kind, ...(contract && { contract }), ...(expiry !== undefined && { expiry }), flags: one === "all" ? ALL : ROW_QUALITY[one], offset: page() * PAGE, limit: PAGE };
  });
  const [answer] = createResource(wanted, health.badRows);
  const found = () => (answer.error === undefined ? answer.latest : undefined);
  const columns = createMemo((): TableColumn[] => {
    const rows = found()?.rows ?? [];
    return [
      { header: "Row", width: 76, end: true, text: (row) => count(rows[row].row), title: (row) => rows[row].path },
      { header: "Time", width: 76, text: (row) => (rows[row].second === null ? MISSING : formatClock(rows[row].second ?? 0)) },
      { header: "What is wrong", width: 220, text: (row) => flagsOf(rows[row].quality).map((one) => ROW_FLAG_WORDS[one]).join(", "), title: (row) => flagsOf(rows[row].quality).map((one) => ROW_FLAG_WORDS[one]).join(", ") },
      ...(found()?.columns ?? []).map((header, at): TableColumn => ({ header, width: /timestamp|time|^ts$/i.test(header) ? 190 : 92, text: (row) => rows[row].cells[at] ?? "null", class: (row) => (rows[row].cells[at] === null ? "muted" : undefined) })),
    ];
  });
  const pages = () => Math.max(1, Math.ceil((found()?.total ?? 0) / PAGE));
  return (
    <section aria-label="Bad rows" aria-busy={answer.loading}>
      <div class="section-head">
        <h3>Bad rows of {instrumentLabel(props.report)}</h3>
        <label>
          <span class="hidden">Which</span>
          <select
            value={flag()}
            onChange={(event) => {
              setPage(0);
              setFlag(event.currentTarget.value as RowFlag | "all");
            }}
          >
            <option value="all">anything wrong</option>
            <For each={ROW_FLAGS.filter((one) => day.flags[one] > 0)}>{(one) => <option value={one}>{`${ROW_FLAG_WORDS[one]} (${count(day.flags[one])})`}</option>}</For>
          </select>
        </label>
        <span class="muted" role="status">
          <Show when={found()} fallback="Reading…">
            {(rows) => <>{counted(rows().total, "row")}{pages() > 1 ? `, page ${page() + 1} of ${pages()}` : ""}</>}
          </Show>
        </span>
        <Show when={pages() > 1}>
          <button type="button" disabled={page() === 0} onClick={() => setPage(page() - 1)}>
            Previous
          </button>
          <button type="button" disabled={page() + 1 >= pages()} onClick={() => setPage(page() + 1)}>
            Next
          </button>
        </Show>
      </div>
      <Switch fallback={<VirtualTable label="Bad rows" rows={found()?.rows.length ?? 0} columns={columns()} visibleRows={10} empty={answer.loading ? "Reading…" : "No row of the instrument has this against it."} />}>
        <Match when={answer.error as unknown}>
          {(error) => <ErrorNotice title="The rows could not be read">{errorText(error())}</ErrorNotice>}
        </Match>
      </Switch>
    </section>
  );
}
