import { createSignal, Show } from "solid-js";
import type { FileProblem } from "../../data/catalogue/types.ts";
import { counted } from "../ui/format.ts";
import { VirtualTable, type TableColumn } from "../ui/VirtualTable.tsx";
import { PROBLEM_WORDS } from "./words.ts";

/** What could not be read or does not fit: where, what, and what to do. */
export function Problems(props: { problems: readonly FileProblem[] }) {
  const [current, setCurrent] = createSignal<number>();
  const problem = (row: number) => props.problems[row];
  const chosen = () => {
    const row = current();
    return row === undefined ? undefined : props.problems[row];
  };
  const columns: readonly TableColumn[] = [
    { header: "File", width: 280, text: (row) => problem(row).path, title: (row) => problem(row).path },
    { header: "Problem", width: 164, text: (row) => PROBLEM_WORDS[problem(row).kind] },
    { header: "Used", width: 56, text: (row) => (problem(row).fatal ? "no" : "yes"), hint: "Whether runs still read the file" },
    { header: "What and what to do", width: 640, text: (row) => problem(row).message, title: (row) => problem(row).message },
  ];
  return (
    <section>
      <div class="section-head">
        <h2>Problems</h2>
        <span class="muted">{counted(props.problems.length, "file")} to look at; everything else is used. Choose one to read it whole</span>
      </div>
      <VirtualTable label="Problems" rows={props.problems.length} columns={columns} visibleRows={Math.min(8, Math.max(2, props.problems.length))} current={current()} onChoose={setCurrent} empty="Every file could be understood." />
      <Show when={chosen()}>
        {(found) => (
          <div class="notice warn" role="status">
            <strong>{found().path}</strong>
            {found().message}
          </div>
        )}
      </Show>
    </section>
  );
}
