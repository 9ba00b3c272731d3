import { For } from "solid-js";
import { stringify } from "yaml";
import type { Path } from "../../core/strategy/text.ts";
import { Tool } from "./inputs.tsx";
import { useBuilder } from "./tools.ts";

export function Problems(props: { readonly of: readonly string[] }) {
  return <For each={props.of}>{(message) => <p class="field-problem">{message}</p>}</For>;
}

/** What has no form that the builder knows, as it stands in the text. */
export function Verbatim(props: { readonly path: Path; readonly label: string; readonly value: unknown }) {
  const tools = useBuilder();
  return (
    <div class="verbatim">
      <pre>{stringify(props.value, { lineWidth: 0 }).trim()}</pre>
      <span class="muted small">Changed in the YAML.</span>
      <Tool sign="✕" label={`Remove ${props.label}`} onClick={() => tools.remove(props.path)} />
    </div>
  );
}
