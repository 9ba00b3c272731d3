import { For, Show } from "solid-js";
import type { ReaderName } from "../../data/ports.ts";
import { useSession } from "../session/session.ts";
import { Editor } from "./Editor.tsx";
import { PlanView } from "./PlanView.tsx";

const READERS: readonly { readonly id: ReaderName; readonly label: string }[] = [
  { id: "parquet-wasm", label: "parquet-wasm (fastest)" },
  { id: "duckdb", label: "DuckDB" },
];
const MOST_WORKERS = 32;

/** The left side: what the trader changes. */
export function StrategyPanel() {
  const session = useSession();
  const { strategy } = session;
  const problems = () => {
    const parsed = strategy.parsed();
    return parsed.ok ? [] : parsed.problems;
  };
  const warnings = () => {
    const parsed = strategy.parsed();
    return parsed.ok ? parsed.strategy.warnings : [];
  };
  return (
    <section class="pane left" role="region" aria-label="Strategy">
      <div class="strategy">
        <h2>
          <span class="grow">YAML</span>
          <Show when={strategy.edited(strategy.chosen())}>
            <button type="button" class="link small" onClick={strategy.revert}>
              Undo all changes
            </button>
          </Show>
        </h2>
        <Editor text={strategy.text()} problems={problems()} warnings={warnings()} onEdit={strategy.edit} />
        <PlanView />
        <div class="settings">
          <label>
            Parquet reader
            <select value={session.preferences.reader} disabled={session.run.busy()} onChange={(event) => session.setPreferences("reader", event.currentTarget.value as ReaderName)}>
              <For each={READERS}>{(reader) => <option value={reader.id}>{reader.label}</option>}</For>
            </select>
          </label>
          <label>
            Workers
            <input
              type="number"
              min="1"
              max={MOST_WORKERS}
              disabled={session.run.busy()}
              value={session.workers()}
              onChange={(event) => {
                const wanted = Math.round(event.currentTarget.valueAsNumber);
                if (wanted >= 1) session.setPreferences("workers", Math.min(MOST_WORKERS, wanted));
                event.currentTarget.value = String(session.workers());
              }}
            />
          </label>
        </div>
      </div>
    </section>
  );
}
