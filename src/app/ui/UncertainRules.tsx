import { For, Show } from "solid-js";
import type { RunDoubt } from "../../core/results/run-doubts.ts";
import { counted } from "./format.ts";

/** Market rules that the results rest on and that are not certain. */
export function UncertainRules(props: { doubts: readonly RunDoubt[] }) {
  return (
    <Show when={props.doubts.length > 0}>
      <details class="muted small">
        <summary>{counted(props.doubts.length, "market rule", "market rules")} of these days {props.doubts.length === 1 ? "is" : "are"} not certain</summary>
        <ul aria-label="Uncertain market rules">
          <For each={props.doubts}>
            {({ text, days }) => (
              <li>
                {text} ({counted(days, "day")})
              </li>
            )}
          </For>
        </ul>
      </details>
    </Show>
  );
}
