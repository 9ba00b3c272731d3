import { createSignal, For } from "solid-js";
import type { StudyReport } from "../../core/studies/report.ts";
import { studyParquet } from "../../core/studies/study-parquet.ts";
import { STUDY_TABLES, studyCsv, studyTable, type StudyTableName } from "../../core/studies/tables.ts";
import { createSaving } from "../ui/saving.tsx";

const FORMS = ["csv", "parquet"] as const;

/** The tables of the study as files. */
export function StudyDownloads(props: { report: StudyReport; disabled: boolean }) {
  const [table, setTable] = createSignal<StudyTableName>("days");
  const { save, Failure } = createSaving();

  function made(form: (typeof FORMS)[number]): Blob {
    const columns = studyTable(props.report, table());
    return form === "csv" ? new Blob([studyCsv(columns)], { type: "text/csv" }) : new Blob([studyParquet(columns) as Uint8Array<ArrayBuffer>], { type: "application/vnd.apache.parquet" });
  }

  return (
    <>
      <select aria-label="Table to download" value={table()} onChange={(event) => setTable(event.currentTarget.value as StudyTableName)}>
        <For each={STUDY_TABLES}>{(name) => <option value={name}>{name}</option>}</For>
      </select>
      <For each={FORMS}>
        {(form) => (
          <button type="button" disabled={props.disabled} onClick={() => void save(() => made(form), `${table()}.${form}`)}>
            {form === "csv" ? "Download CSV" : "Download Parquet"}
          </button>
        )}
      </For>
      <Failure />
    </>
  );
}
