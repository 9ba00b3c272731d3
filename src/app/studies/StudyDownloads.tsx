import { createSignal, For, Show } from "solid-js";
import type { StudyReport } from "../../core/studies/report.ts";
import { studyParquet } from "../../core/studies/study-parquet.ts";
import { STUDY_TABLES, studyCsv, studyTable, type StudyTableName } from "../../core/studies/tables.ts";
import { saveAs } from "../session/downloads.ts";
import { errorText } from "../session/errors.ts";
import { ErrorNotice } from "../ui/ErrorNotice.tsx";

const FORMS = ["csv", "parquet"] as const;

/** The tables of the study as files. */
export function StudyDownloads(props: { report: StudyReport; disabled: boolean }) {
  const [table, setTable] = createSignal<StudyTableName>("days");
  const [failure, setFailure] = createSignal<string>();

  function save(form: (typeof FORMS)[number]): void {
    setFailure(undefined);
    try {
      const columns = studyTable(props.report, table());
      const blob = form === "csv" ? new Blob([studyCsv(columns)], { type: "text/csv" }) : new Blob([studyParquet(columns) as Uint8Array<ArrayBuffer>], { type: "application/vnd.apache.parquet" });
      saveAs(blob, `${table()}.${form}`);
    } catch (error) {
      setFailure(errorText(error));
    }
  }

  return (
    <>
      <select aria-label="Table to download" value={table()} onChange={(event) => setTable(event.currentTarget.value as StudyTableName)}>
        <For each={STUDY_TABLES}>{(name) => <option value={name}>{name}</option>}</For>
      </select>
      <For each={FORMS}>
        {(form) => (
          <button type="button" disabled={props.disabled} onClick={() => save(form)}>
            {form === "csv" ? "Download CSV" : "Download Parquet"}
          </button>
        )}
      </For>
      <Show when={failure()}>
        {(message) => <ErrorNotice title="The file could not be made">{message()}</ErrorNotice>}
      </Show>
    </>
  );
}
