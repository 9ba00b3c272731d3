import { For, Show } from "solid-js";
import { placeText, type StrategyProblem } from "../../core/strategy/types.ts";

/** What is wrong or doubtful, each leading to its place. */
export function Remarks(props: { label: string; remarks: readonly StrategyProblem[]; warning?: boolean; onGo(problem: StrategyProblem): void }) {
  return (
    <ul class="problems" classList={{ warnings: props.warning ?? false }} aria-label={props.label}>
      <For each={props.remarks}>
        {(problem) => (
          <li>
            <button type="button" onClick={() => props.onGo(problem)}>
              <Show when={problem.line !== undefined}>{placeText(problem)}: </Show>
              <Show when={problem.path !== ""}>
                <code>{problem.path}</code>{" "}
              </Show>
              {problem.message}
            </button>
          </li>
        )}
      </For>
    </ul>
  );
}
