import { For, Show } from "solid-js";
import type { RulesTrouble } from "../session/rules-session.ts";

/** What is wrong with a market-rules file of the user's. */
export function RulesTroubleNotice(props: { trouble: RulesTrouble | undefined }) {
  return (
    <Show when={props.trouble}>
      {(trouble) => (
        <div class="notice error" role="alert">
          <strong>{trouble().title}</strong>
          <For each={trouble().lines}>{(line) => <p>{line}</p>}</For>
        </div>
      )}
    </Show>
  );
}
