import { For } from "solid-js";
import type { ReaderName } from "../../data/ports.ts";
import { useSession } from "../session/session.ts";

const READERS: readonly { readonly id: ReaderName; readonly label: string }[] = [
  { id: "parquet-wasm", label: "parquet-wasm" },
  { id: "duckdb", label: "DuckDB" },
];
const MOST_WORKERS = 32;

/** How a run reads and on how many cores: no part of a strategy. */
export function RunSettings() {
  const session = useSession();
  return (
    <div class="settings">
      <label>
        Parquet reader
        <select title="parquet-wasm is several times as fast; both give the same result" value={session.preferences.reader} disabled={session.run.busy()} onChange={(event) => session.setPreferences("reader", event.currentTarget.value as ReaderName)}>
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
  );
}
