import { For, Show } from "solid-js";
import type { Layout, LayoutConflict } from "../../data/catalogue/types.ts";
import { useSession } from "../session/session.ts";
import { count } from "../ui/format.ts";
import { LAYOUT_WORDS } from "./words.ts";

/** The same contract and day in two layouts: nothing is merged, the user picks. */
export function Conflicts(props: { conflicts: readonly LayoutConflict[] }) {
  const { data } = useSession();
  const picked = (conflict: LayoutConflict) => data.settings().layout?.[conflict.symbol];
  return (
    <For each={props.conflicts}>
      {(conflict) => (
        <div class="notice" classList={{ warn: picked(conflict) === undefined }}>
          <strong>
            {conflict.symbol}: {count(conflict.count)} {conflict.kind} {conflict.count === 1 ? "entry stands" : "entries stand"} in two layouts
          </strong>
          <p>
            For example {conflict.example}. Rows of two layouts are never merged: choose the one that answers for {conflict.symbol}.
            <Show when={picked(conflict) === undefined}> Until then nothing of it is run.</Show>
          </p>
          <label>
            Use{" "}
            <select
              aria-label={`Layout for ${conflict.symbol}`}
              value={picked(conflict) ?? ""}
              onChange={(event) => void data.configure({ layout: { ...data.settings().layout, [conflict.symbol]: event.currentTarget.value as Layout } })}
            >
              <option value="" disabled>
                Choose…
              </option>
              <For each={conflict.layouts}>{(layout) => <option value={layout}>{LAYOUT_WORDS[layout]}</option>}</For>
            </select>
          </label>
        </div>
      )}
    </For>
  );
}
