import { createMemo, createSignal } from "solid-js";
import type { QueryTable } from "../../data/query-table.ts";
import { useSession } from "../session/session.ts";
import { createSaving } from "../ui/saving.tsx";
import { Tabs } from "../ui/Tabs.tsx";
import { VirtualTable, type TableColumn } from "../ui/VirtualTable.tsx";
import { cellText, cellTitle, columnWidth } from "./cell-words.ts";
import { csvBlob } from "./csv-blob.ts";
import { QueryChart } from "./QueryChart.tsx";
import type { SqlAnswer } from "./sql-session.ts";

type Face = "sql-table" | "sql-chart";

/** The rows of an answer, as a table, a chart and files. */
export function QueryResult(props: { table: QueryTable; answer: SqlAnswer }) {
  const { sql } = useSession();
  const [face, setFace] = createSignal<Face>("sql-table");
  const [current, setCurrent] = createSignal<number>();
  const { save, Failure } = createSaving();
  const columns = createMemo(() =>
    props.table.columns.map((column, i): TableColumn => ({
      header: column.name,
      width: columnWidth(props.table, i),
      end: column.kind === "number",
      text: (row) => cellText(props.table.value(row, i), column),
      title: (row) => cellTitle(props.table.value(row, i)),
    })),
  );

  return (
    <section class="sql-result" aria-label="Answer">
      <Tabs<Face>
        label="Answer as"
        chosen={face()}
        onChoose={setFace}
        tools={
          <div class="actions">
            <button type="button" class="quiet" title="Download the rows as CSV" onClick={() => void save(() => csvBlob(props.table), "query.csv")}>CSV</button>
            <button type="button" class="quiet" title="Download the rows as Parquet" onClick={() => void save(() => sql.parquet(props.answer), "query.parquet")}>Parquet</button>
            <button type="button" class="quiet" title="Download the rows as an Arrow stream" onClick={() => void save(() => new Blob([props.answer.arrow], { type: "application/vnd.apache.arrow.stream" }), "query.arrow")}>Arrow</button>
          </div>
        }
        tabs={[
          {
            id: "sql-table",
            label: "Table",
            body: () => <VirtualTable label="Rows of the answer" rows={props.table.rows} columns={columns()} visibleRows={14} current={current()} onChoose={setCurrent} empty="The query gives no row." />,
          },
          { id: "sql-chart", label: "Chart", body: () => <QueryChart table={props.table} /> },
        ]}
      />
      <Failure />
    </section>
  );
}
