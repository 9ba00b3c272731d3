import { For, Index, Match, Show, Switch } from "solid-js";
import { pathText, type Path } from "../../core/strategy/text.ts";
import { ALIAS_NAMES, METRIC_NAMES, type AliasName, type MetricName } from "../../core/strategy/metrics.ts";
import { isKeys } from "./forms.ts";
import { Box, NumberBox, Tool } from "./inputs.tsx";
import { MetricArgs } from "./MetricArgs.tsx";
import { Problems, Verbatim } from "./remarks.tsx";
import { arithmeticOf, isOperand, MATHS, MATHS_WORDS, metricName, newMetric, operandForm, type Maths } from "./rule.ts";
import { useBuilder } from "./tools.ts";

/** A number, a time, a name of the sweep, a metric with its arguments, or a calculation with operands of its own. */
export function Operand(props: { readonly path: Path; readonly name: string; readonly metricOnly?: boolean }) {
  const tools = useBuilder();
  const value = () => tools.value(props.path);
  const form = () => (isOperand(value()) ? operandForm(value()) : undefined);
  const maths = () => arithmeticOf(value());
  const names = () => ["params", "sweep"].flatMap((section) => Object.keys((tools.value([section]) as object | null) ?? {})).map((name) => `$${name}`);
  /** The option that is chosen: a metric, `+add`, or one of the plain forms. */
  const chosen = () => {
    const kind = form();
    if (kind === "metric") return metricName(value()) ?? "";
    if (kind === "arithmetic") return `+${maths()}`;
    return kind === "name" ? String(value()) : `:${kind}`;
  };
  function pick(next: string) {
    if (next === ":number") tools.set(props.path, 0);
    else if (next === ":time") tools.set(props.path, "09:30");
    else if (next.startsWith("$")) tools.set(props.path, next);
    else if (next.startsWith("+")) tools.set(props.path, calculated(next.slice(1) as Maths, value()));
    else tools.set(props.path, newMetric(next as MetricName | AliasName));
  }
  const option = (id: string, label: string) => (
    <option value={id} selected={chosen() === id}>
      {label}
    </option>
  );
  return (
    <div class="operand" role="group" aria-label={props.name}>
      <Show when={form()} fallback={<Verbatim path={props.path} label={props.name} value={value()} />}>
        <div class="operand-head">
          <select aria-label={`${props.name}: kind`} data-path={pathText(props.path)} aria-invalid={tools.problemsIn(props.path).length > 0 || undefined} title={tools.facts(props.path).help} onChange={(event) => pick(event.currentTarget.value)}>
            <Show when={!props.metricOnly}>
              {option(":number", "number")}
              {option(":time", "time")}
              <For each={names()}>{(name) => option(name, name)}</For>
            </Show>
            <optgroup label="Metrics">
              <For each={METRIC_NAMES}>{(name) => option(name, name)}</For>
            </optgroup>
            <optgroup label="Short names">
              <For each={ALIAS_NAMES}>{(name) => option(name, name)}</For>
            </optgroup>
            <Show when={!props.metricOnly}>
              <optgroup label="Calculations">
                <For each={MATHS}>{(op) => option(`+${op}`, MATHS_WORDS[op])}</For>
              </optgroup>
            </Show>
          </select>
          <Switch>
            <Match when={form() === "number"}>
              <NumberBox path={props.path} label={`${props.name}: number`} needed invalid={tools.problemsIn(props.path).length > 0} />
            </Match>
            <Match when={form() === "time"}>
              <Box path={props.path} label={`${props.name}: time`} value={value()} onSet={(next) => tools.set(props.path, next ?? "")} />
            </Match>
          </Switch>
        </div>
        <Show when={form() === "metric" && metricName(value())} keyed>
          {(name) => <MetricArgs path={props.path} name={name} of={props.name} inner={(path, label) => <Operand path={path} name={label} metricOnly />} />}
        </Show>
        <Show when={maths()}>{(op) => <Calculation path={props.path} op={op()} name={props.name} />}</Show>
      </Show>
      <Problems of={form() === "arithmetic" ? tools.problemsAt(props.path) : tools.problemsIn(props.path)} />
    </div>
  );
}

/** What stood there becomes the first of what is calculated with. */
function calculated(op: Maths, before: unknown): object {
  const first = before ?? 0;
  const kept = isKeys(first) && arithmeticOf(first) ? (Object.values(first)[0] as unknown) : [first];
  const operands = Array.isArray(kept) ? kept : [kept];
  if (op === "abs") return { abs: operands[0] };
  return { [op]: operands.length > 1 ? operands : [operands[0], 1] };
}

function Calculation(props: { readonly path: Path; readonly op: Maths; readonly name: string }) {
  const tools = useBuilder();
  const list = () => [...props.path, props.op];
  const operands = () => {
    const found = tools.value(list());
    return Array.isArray(found) ? found : undefined;
  };
  return (
    <div class="calculation">
      <Show when={operands()} fallback={<Operand path={list()} name={`${props.name}, part 1`} />}>
        {(parts) => (
          <>
            <Index each={parts()}>
              {(_, i) => (
                <div class="part">
                  <Operand path={[...list(), i]} name={`${props.name}, part ${i + 1}`} />
                  <Show when={parts().length > 2}>
                    <Tool sign="✕" label={`Delete part ${i + 1} of ${props.name}`} onClick={() => tools.remove([...list(), i])} />
                  </Show>
                </div>
              )}
            </Index>
            <Show when={props.op !== "abs"}>
              <button type="button" class="add" onClick={() => tools.insert(list(), parts().length, 1)}>
                + part
              </button>
            </Show>
          </>
        )}
      </Show>
    </div>
  );
}
