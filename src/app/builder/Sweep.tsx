import { createMemo, createSignal, For, Index, Show } from "solid-js";
import { secondsOf } from "../session/pace.ts";
import { useSession } from "../session/session.ts";
import { count, counted, waiting } from "../ui/format.ts";
import { nameFor, nameProblem, scalarOf, sizeOfAxis, sweepables, usesOf, withoutAxis, withRenamed } from "./axes.ts";
import { isKeys } from "./forms.ts";
import { Box, Pick, Tool } from "./inputs.tsx";
import { Problems } from "./remarks.tsx";
import { useBuilder, type BuilderTools } from "./tools.ts";

type Part = "params" | "sweep";

/** An axis that is not used yet: its name can be chosen where a number stands. */
export function addAxis(tools: BuilderTools): void {
  tools.set(["sweep", nameFor(["x"], tools.data())], [1]);
}

/** The axes of the sweep: what is varied, over which values, and how many variants that makes. */
export function Sweep() {
  const tools = useBuilder();
  const { run, plan, scan, workers } = useSession();
  const namesIn = (part: Part) => {
    const found = tools.value([part]);
    return isKeys(found) ? Object.keys(found) : [];
  };
  const sizes = () => namesIn("sweep").map((name) => sizeOfAxis(tools.value(["sweep", name])));
  const total = () => sizes().reduce((product, size) => product * size, 1);
  const dates = () => {
    const state = plan.state();
    return state.kind === "ready" ? state.plan.dates : [];
  };
  /** The pace of the last run, else that of the machine as it was measured. */
  const estimate = () => {
    const pace = run.pace() ?? scan.pace(dates());
    return pace && total() > 0 && dates().length > 0 ? secondsOf(pace, dates().length, total(), workers()) : undefined;
  };
  const offered = createMemo(() => sweepables(tools.data()));
  return (
    <div class="field wide sweep">
      <div class="items">
        <For each={namesIn("sweep")}>{(name) => <Axis name={name} />}</For>
        <For each={namesIn("params")}>{(name) => <Fixed name={name} />}</For>
      </div>
      <Problems of={[...tools.problemsAt(["sweep"]), ...tools.problemsAt(["params"])]} />
      <div class="rule-foot">
        <select
          aria-label="Add axis of"
          onChange={(event) => {
            const chosen = offered()[Number(event.currentTarget.value)];
            event.currentTarget.value = "";
            if (chosen) tools.makeAxis(chosen.path, chosen.value);
          }}
        >
          <option value="">Add axis of …</option>
          <For each={offered()}>
            {({ words, value }, i) => (
              <option value={i()}>
                {words} ({value})
              </option>
            )}
          </For>
        </select>
        <button type="button" class="add" onClick={() => addAxis(tools)}>
          Add axis
        </button>
        <output class="grid-size" aria-label="Grid size">
          <Show when={sizes().length > 0} fallback="one variant">
            {sizes().length > 1 ? `${sizes().join(" × ")} = ` : ""}
            {count(total())} {total() === 1 ? "variant" : "variants"}
          </Show>
        </output>
        <Show when={estimate()}>
          {(seconds) => (
            <output class="muted small" aria-label="Estimate of the grid" title={`Reading as ${run.pace() ? "in the last run" : "the machine was measured"}, and simulating each variant as long as one took then; variants that share work take less`}>
              about {waiting(seconds())} on {counted(dates().length, "day")}
            </output>
          )}
        </Show>
      </div>
    </div>
  );
}

const RANGE_KEYS = ["from", "to", "step"] as const;
const SHAPES = [
  { id: "values", label: "values" },
  { id: "range", label: "from, to, step" },
];

function Axis(props: { readonly name: string }) {
  const tools = useBuilder();
  const path = () => ["sweep", props.name];
  const axis = () => tools.value(path());
  const values = () => {
    const found = axis();
    return Array.isArray(found) ? found : [];
  };
  const isRange = () => isKeys(axis());
  const uses = () => usesOf(props.name, tools.data());
  function shape(next: string) {
    const found = axis();
    const numbers = values().filter((value) => typeof value === "number");
    if (next === "range") tools.set(path(), { from: Math.min(...numbers, Infinity) === Infinity ? 1 : Math.min(...numbers), to: Math.max(...numbers, -Infinity) === -Infinity ? 5 : Math.max(...numbers), step: 1 });
    else if (isKeys(found)) tools.set(path(), [found.from, found.to].filter((value, i, all) => all.indexOf(value) === i));
  }
  function add() {
    const last = values().at(-1);
    const before = values().at(-2);
    const step = typeof last === "number" && typeof before === "number" ? last - before : 1;
    tools.insert(path(), values().length, typeof last === "number" ? Number((last + step).toPrecision(12)) : (last ?? 1));
  }
  return (
    <div class="item" role="group" aria-label={`Axis ${props.name}`}>
      <div class="item-head">
        <AxisName section="sweep" name={props.name} />
        <span class="muted small">{uses() === 0 ? "used nowhere: choose it where a number stands" : uses() === 1 ? "used once" : `used ${uses()} times`}</span>
        <span class="grow" />
        <span class="muted small">{sizeOfAxis(axis())}</span>
        <Pick path={path()} label={`${props.name}: shape`} value={isRange() ? "range" : "values"} choices={SHAPES} onPick={shape} />
        <Tool sign="✕" label={`Remove axis ${props.name}`} onClick={() => tools.change((text) => withoutAxis(text, "sweep", props.name, tools.data()), ["sweep"])} />
      </div>
      <Show
        when={isRange()}
        fallback={
          <span class="chips">
            <Index each={values()}>
              {(value, i) => (
                <span class="chip-box short">
                  <Box path={[...path(), i]} label={`${props.name} value ${i + 1}`} value={value()} onSet={(next) => tools.set([...path(), i], next === undefined ? null : scalarOf(String(next)))} />
                  <Show when={values().length > 1}>
                    <Tool sign="✕" label={`Remove value ${i + 1} of ${props.name}`} onClick={() => tools.remove([...path(), i])} />
                  </Show>
                </span>
              )}
            </Index>
            <button type="button" class="add" aria-label={`Add value to ${props.name}`} onClick={add}>
              + value
            </button>
          </span>
        }
      >
        <span class="pair">
          <For each={RANGE_KEYS}>
            {(key) => (
              <>
                <span class="unit">{key}</span>
                <Box path={[...path(), key]} label={`${props.name} ${key}`} numeric value={tools.value([...path(), key])} onSet={(next) => tools.set([...path(), key], next ?? null)} />
              </>
            )}
          </For>
        </span>
      </Show>
      <Problems of={tools.problemsIn(path())} />
    </div>
  );
}

/** The name, which can be written over: once that is done, it is another wherever it is used. */
function AxisName(props: { readonly section: Part; readonly name: string }) {
  const tools = useBuilder();
  const [problem, setProblem] = createSignal<string>();
  function rename(box: HTMLInputElement) {
    const next = box.value.trim().replace(/^\$/, "");
    if (next === props.name) return setProblem(undefined);
    const wrong = nameProblem(next, tools.data());
    setProblem(wrong);
    if (wrong === undefined) tools.change((text) => withRenamed(text, props.name, next), [props.section, props.name]);
  }
  return (
    <>
      <input type="text" class="axis-name mono" spellcheck={false} aria-label={`Name of ${props.name}`} aria-invalid={problem() !== undefined || undefined} title="Written over, the axis has another name wherever it is used" value={props.name} onChange={(event) => rename(event.currentTarget)} />
      <Problems of={problem() === undefined ? [] : [problem() ?? ""]} />
    </>
  );
}

/** A name that has one value. */
function Fixed(props: { readonly name: string }) {
  const tools = useBuilder();
  const path = () => ["params", props.name];
  return (
    <div class="item" role="group" aria-label={`Param ${props.name}`}>
      <div class="item-head">
        <AxisName section="params" name={props.name} />
        <span class="muted small">fixed</span>
        <span class="grow" />
        <Box path={path()} label={`${props.name} value`} value={tools.value(path())} onSet={(next) => tools.set(path(), next === undefined ? null : scalarOf(String(next)))} />
        <Tool sign="✕" label={`Remove param ${props.name}`} onClick={() => tools.change((text) => withoutAxis(text, "params", props.name, tools.data()), ["params"])} />
      </div>
      <Problems of={tools.problemsIn(path())} />
    </div>
  );
}
