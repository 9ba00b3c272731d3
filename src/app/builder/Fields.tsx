import { createSignal, For, Show } from "solid-js";
import type { Path } from "../../core/strategy/text.ts";
import type { Field } from "./fields.ts";
import { FieldView } from "./FieldView.tsx";
import { useBuilder } from "./tools.ts";

/** The fields of one set of keys; rare ones where they are given, wrong, or asked for. */
export function Fields(props: { readonly base: Path; readonly fields: readonly Field[]; readonly name: string }) {
  const tools = useBuilder();
  const [all, setAll] = createSignal(false);
  const wanted = ({ key }: Field) => tools.value([...props.base, key]) !== undefined || tools.problemsIn([...props.base, key]).length > 0;
  const hidden = () => props.fields.filter((field) => field.rare && !wanted(field));
  const shown = () => (all() ? props.fields : props.fields.filter((field) => !field.rare || wanted(field)));
  return (
    <>
      <div class="fields">
        <For each={shown()}>{(field) => <FieldView base={props.base} field={field} />}</For>
      </div>
      <Show when={all() || hidden().length > 0}>
        <button type="button" class="more" aria-expanded={all()} aria-label={all() ? `Less of ${props.name}` : `More of ${props.name}`} onClick={() => setAll(!all())}>
          {all() ? "Less" : `More: ${hidden().map(({ label }) => label.toLowerCase()).join(", ")}`}
        </button>
      </Show>
    </>
  );
}
