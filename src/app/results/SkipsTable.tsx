import { createMemo } from "solid-js";
import type { TradeLabels } from "../../core/results/labels.ts";
import type { DayNotRun, Skip } from "../../core/results/types.ts";
import { formatClock, isoDate } from "../../core/time.ts";
import { useSession } from "../session/session.ts";
import { count, counted } from "../ui/format.ts";
import { VirtualTable, type TableColumn } from "../ui/VirtualTable.tsx";
import { SKIP_WORDS } from "../../core/results/skip-words.ts";
import { DAY_WORDS } from "./reasons.ts";
import { isDaySelected, isSkipSelected } from "./selected.ts";

/** Days that were not run first, then entries that did not happen, each with its reason. */
export function SkipsTable(props: { skips: readonly Skip[]; notRun: readonly DayNotRun[]; labels: TradeLabels }) {
  const { results } = useSession();
  const notRun = createMemo(() => (results.everything() ? props.notRun : props.notRun.filter((one) => isDaySelected(results.selected(), one))));
  const skips = createMemo(() => (results.everything() ? props.skips : props.skips.filter((one) => isSkipSelected(results.selected(), one))));
  const day = (row: number): DayNotRun | undefined => notRun()[row];
  const skip = (row: number): Skip => skips()[row - notRun().length];
  const either = (row: number, ofDay: (day: DayNotRun) => string, ofSkip: (skip: Skip) => string): string => {
    const found = day(row);
    return found ? ofDay(found) : ofSkip(skip(row));
  };
  const why = (row: number) => either(row, (d) => d.detail || DAY_WORDS[d.reason], (s) => SKIP_WORDS[s.reason]);
  const columns = createMemo((): TableColumn[] => [
    ...(props.labels.variants.length > 1 ? [{ header: "Variant", width: 64, text: (row: number) => either(row, () => "all", (s) => props.labels.variants[s.variant]) }] : []),
    { header: "Date", width: 92, text: (row) => isoDate(day(row)?.date ?? skip(row).date) },
    { header: "First", width: 80, text: (row) => either(row, () => "all day", (s) => formatClock(s.first)) },
    { header: "Last", width: 80, text: (row) => either(row, () => "", (s) => formatClock(s.last)) },
    { header: "Seconds", width: 68, end: true, text: (row) => either(row, () => "", (s) => count(s.count)), hint: "Equal skips of consecutive seconds are one row" },
    { header: "Window", width: 72, end: true, text: (row) => either(row, () => "", (s) => String(s.windowId)) },
    { header: "Reason", width: 104, text: (row) => either(row, (d) => d.reason, (s) => s.reason) },
    { header: "In words", width: 520, text: why, title: why },
  ]);
  return (
    <section>
      <div class="section-head">
        <h2>Skips</h2>
        <span class="muted">
          {counted(notRun().length, "day")} not run, {counted(skips().length, "entry that did not happen", "entries that did not happen")}
        </span>
      </div>
      <VirtualTable label="Skips" rows={skips().length + notRun().length} columns={columns()} visibleRows={6} empty={results.everything() ? "Every planned day ran and every entry happened." : "Every day of the selection ran and every entry happened."} />
    </section>
  );
}
