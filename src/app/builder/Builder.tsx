import { createEffect, Show, type JSX } from "solid-js";
import { useSession } from "../session/session.ts";
import { Adjust } from "./Adjust.tsx";
import { Entry } from "./Entry.tsx";
import { COSTS, EXIT, FILL, NAME, SAMPLING, TIME, UNIVERSE, type Section } from "./fields.ts";
import { Fields } from "./Fields.tsx";
import { FieldView } from "./FieldView.tsx";
import { isKeys } from "./forms.ts";
import { Legs } from "./Legs.tsx";
import { Sweep } from "./Sweep.tsx";
import { BuilderContext, createBuilder, useBuilder, type BuilderTools } from "./tools.ts";

/** The strategy as controls: one for every key of the language. What it changes is the text; what is wrong stands at its control. */
export function Builder() {
  const { strategy } = useSession();
  const tools = createBuilder(strategy);
  const several = () => tools.value(["entries"]) !== undefined;
  function onKeyDown(event: KeyboardEvent) {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || (key !== "z" && key !== "y")) return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) tools.redo();
    else tools.undo();
  }
  return (
    <BuilderContext.Provider value={tools}>
      <div class="builder" onKeyDown={onKeyDown}>
        <Show when={tools.unreadable()}>{(problem) => <p class="notice warn">The text cannot be read, so nothing can be changed here: {problem()}. Mend it in the YAML.</p>}</Show>
        <fieldset class="builder-body" disabled={tools.unreadable() !== undefined}>
          <legend class="hidden">Strategy, part by part</legend>
          <div class="fields">
            <FieldView base={[]} field={NAME} />
          </div>
          <SectionPart section={UNIVERSE} open />
          <SectionPart section={TIME} open />
          <Part title="Entry" digest="" open>
            <Entry />
          </Part>
          <Show when={!several()}>
            <Part title="Legs" digest="" open>
              <Legs path={["entry", "legs"]} />
            </Part>
          </Show>
          <SectionPart section={EXIT} open />
          <Part title="Adjust" digest={countWords(tools, "adjust", "rule")} open={tools.value(["adjust"]) !== undefined}>
            <Adjust />
          </Part>
          <Part title="Sweep" digest="" open={tools.value(["sweep"]) !== undefined}>
            <Sweep />
          </Part>
          <SectionPart section={FILL} />
          <Part title="Costs" digest={digestOf(tools, ["costs"])}>
            <FieldView base={[]} field={COSTS} />
          </Part>
          <SectionPart section={SAMPLING} />
        </fieldset>
        <p class="builder-help muted small">{tools.help() ?? "Every control says here what it is for."}</p>
      </div>
    </BuilderContext.Provider>
  );
}

function SectionPart(props: { readonly section: Section; readonly open?: boolean }) {
  const tools = useBuilder();
  return (
    <Part title={props.section.title} digest={digestOf(tools, [props.section.key])} open={props.open}>
      <Fields base={[props.section.key]} fields={props.section.fields} name={props.section.title.toLowerCase()} />
    </Part>
  );
}

function Part(props: { readonly title: string; readonly digest: string; readonly open?: boolean; readonly children: JSX.Element }) {
  let part!: HTMLDetailsElement;
  // Opens by itself, and is closed by hand only.
  createEffect(() => props.open && (part.open = true));
  return (
    <details ref={part} class="part">
      <summary>
        <h3>{props.title}</h3>
        <span class="digest">{props.digest}</span>
      </summary>
      {props.children}
    </details>
  );
}

/** What a closed section says, `model touch · latency 2`. */
function digestOf(tools: BuilderTools, path: readonly string[]): string {
  const value = tools.value(path);
  if (!isKeys(value) || Object.keys(value).length === 0) return "defaults";
  return Object.entries(value).map(([key, inside]) => `${key.replaceAll("_", " ")} ${isKeys(inside) || Array.isArray(inside) ? JSON.stringify(inside).replace(/[{}"[\]]/g, "").replaceAll(",", ", ") : String(inside)}`).join(" · ");
}

function countWords(tools: BuilderTools, key: string, word: string): string {
  const list = tools.value([key]);
  const length = Array.isArray(list) ? list.length : 0;
  return length === 0 ? "none" : `${length} ${length === 1 ? word : `${word}s`}`;
}
