import { For, Show, type JSX } from "solid-js";
import { useSession } from "../session/session.ts";
import { Adjust } from "./Adjust.tsx";
import { addCondition, Entry } from "./Entry.tsx";
import { COSTS, EXIT, FILL, NAME, SAMPLING, TIME, UNIVERSE, type Section } from "./fields.ts";
import { Fields } from "./Fields.tsx";
import { FieldView } from "./FieldView.tsx";
import { addLeg, Legs } from "./Legs.tsx";
import { Part } from "./Part.tsx";
import { addAxis, Sweep } from "./Sweep.tsx";
import { BuilderContext, createBuilder } from "./tools.ts";

const LEGS = ["entry", "legs"];

/** The strategy as controls: one for every key of the language. What it changes is the text; what is wrong stands at its control. */
export function Builder() {
  const { strategy } = useSession();
  const tools = createBuilder(strategy);
  const several = () => tools.value(["entries"]) !== undefined;
  function onKeyDown(event: KeyboardEvent) {
    const step = event.key === "ArrowUp" ? "up" : event.key === "ArrowDown" ? "down" : undefined;
    if (event.altKey && step && event.target instanceof Element) {
      // A button that is off does nothing.
      event.target.closest("[data-item]")?.querySelector<HTMLButtonElement>(`[data-act="${step}"]`)?.click();
      event.preventDefault();
    }
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || (key !== "z" && key !== "y")) return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) tools.redo();
    else tools.undo();
  }
  return (
    <BuilderContext.Provider value={tools}>
      <div class="builder" onKeyDown={onKeyDown} onDragStart={tools.drag.onDragStart} onDragOver={tools.drag.onDragOver} onDrop={tools.drag.onDrop} onDragEnd={tools.drag.onDragEnd}>
        <Show when={tools.unreadable()}>{(problem) => <p class="notice warn">The text cannot be read, so nothing can be changed here: {problem()}. Mend it in the YAML.</p>}</Show>
        <fieldset class="builder-body" disabled={tools.unreadable() !== undefined}>
          <legend class="hidden">Strategy, part by part</legend>
          <div class="fields">
            <FieldView base={[]} field={NAME} />
          </div>
          <SectionPart section={UNIVERSE} />
          <SectionPart section={TIME} />
          <Part id="entry" title="Entry" add={{ label: "Add condition", act: () => addCondition(tools) }}>
            <Entry />
          </Part>
          <Show when={!several()}>
            <Part id="legs" title="Legs" add={{ label: "Add leg", act: () => addLeg(tools, LEGS) }}>
              <Legs path={LEGS} />
            </Part>
          </Show>
          <SectionPart section={EXIT} />
          <Part id="adjust" title="Adjust">
            <Adjust />
          </Part>
          <Part id="sweep" title="Sweep" add={{ label: "Add axis", act: () => addAxis(tools) }}>
            <Sweep />
          </Part>
          <SectionPart section={FILL}>
            <div class="fields">
              <FieldView base={[]} field={COSTS} />
              <For each={SAMPLING.fields}>{(field) => <FieldView base={[SAMPLING.key]} field={field} />}</For>
            </div>
          </SectionPart>
        </fieldset>
        <p class="builder-help muted small">{tools.help() ?? "Every control says here what it is for."}</p>
      </div>
    </BuilderContext.Provider>
  );
}

function SectionPart(props: { readonly section: Section; readonly children?: JSX.Element }) {
  return (
    <Part id={props.section.key} title={props.section.title}>
      <Fields base={[props.section.key]} fields={props.section.fields} name={props.section.title.toLowerCase()} />
      {props.children}
    </Part>
  );
}
