import { createMemo } from "solid-js";
import { figure } from "../../core/studies/exception-words.ts";
import type { StudyReport } from "../../core/studies/report.ts";
import { isoDate, weekdayName } from "../../core/time.ts";
import { counted } from "../ui/format.ts";
import { VirtualTable, type TableColumn } from "../ui/VirtualTable.tsx";
import type { StudiesSession } from "./studies-session.ts";

/** Days that are out of the ordinary in any window, each with its reason. A row draws its day. */
export function ExceptionalDays(props: { report: StudyReport; studies: StudiesSession }) {
  const rows = createMemo(() => props.report.windows.flatMap((row) => row.exceptions.map((exception) => ({ row, exception }))));
  const columns: readonly TableColumn[] = [
    { header: "Date", width: 136, text: (r) => `${weekdayName(rows()[r].row.date)} ${isoDate(rows()[r].row.date)}` },
    { header: "Series", width: 72, text: (r) => rows()[r].row.series },
    { header: "Window", width: 92, text: (r) => rows()[r].row.window },
    { header: "Metric", width: 104, text: (r) => rows()[r].exception.metric.replaceAll("_", " ") },
    { header: "Value", width: 92, end: true, text: (r) => figure(rows()[r].exception.metric, rows()[r].exception.value) },
    { header: "By", width: 84, text: (r) => [rows()[r].exception.mad ? "MAD" : "", rows()[r].exception.iqr ? "IQR" : ""].filter(Boolean).join(", ") },
    { header: "Why", width: 520, text: (r) => rows()[r].exception.reason, title: (r) => rows()[r].exception.reason },
  ];
  const current = () => {
    const day = props.studies.day();
    return day.kind === "closed" ? undefined : rows().findIndex(({ row }) => row === day.row);
  };
  return (
    <section>
      <div class="section-head">
        <h2>Exceptional days</h2>
        <span class="muted">{rows().length === 0 ? "none" : `${counted(new Set(rows().map(({ row }) => row.date)).size, "day")}, ${counted(rows().length, "reason")}; a row draws its day`}</span>
      </div>
      <VirtualTable
        label="Exceptional days"
        rows={rows().length}
        columns={columns}
        visibleRows={6}
        current={current()}
        onChoose={(r) => void props.studies.openDay(rows()[r].row)}
        empty="No day is out of the ordinary by the limits of the study."
      />
    </section>
  );
}
