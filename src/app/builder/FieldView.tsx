import { For, Match, Show, Switch, type Component } from "solid-js";
import { Dynamic } from "solid-js/web";
import type { Path } from "../../core/strategy/text.ts";
import { Costs, Days, Expiry, Lots, Range, Rebalance, Strike, SymbolPick, Wait, Words } from "./controls.tsx";
import type { Field, FieldKind } from "./fields.ts";
import { isNone, isShown, MOVE_UNITS, UNITS } from "./forms.ts";
import { Amount, ListBoxes, Plain, Word } from "./plain-controls.tsx";
import { Problems, Verbatim } from "./remarks.tsx";
import { RuleEditor } from "./Rule.tsx";
import { Tool } from "./inputs.tsx";
import { useBuilder } from "./tools.ts";

export interface ControlProps {
  readonly path: Path;
  readonly field: Field;
  readonly label: string;
  readonly invalid: boolean;
}

const CONTROLS: Readonly<Record<Exclude<FieldKind, "group">, Component<ControlProps>>> = {
  text: Plain,
  number: Plain,
  date: Plain,
  clock: Plain,
  word: Word,
  symbol: SymbolPick,
  expiry: Expiry,
  range: Range,
  words: Words,
  days: Days,
  dates: ListBoxes,
  clocks: ListBoxes,
  windows: ListBoxes,
  lots: Lots,
  threshold: (props) => <Amount {...props} units={UNITS} />,
  activation: (props) => <Amount {...props} units={UNITS} />,
  move: (props) => <Amount {...props} units={MOVE_UNITS} />,
  strike: Strike,
  wait: Wait,
  rebalance: Rebalance,
  costs: Costs,
  condition: RuleEditor,
};

/** One key of the strategy: its label, its control, and what is wrong with it. */
export function FieldView(props: { readonly base: Path; readonly field: Field }) {
  const tools = useBuilder();
  const path = () => [...props.base, props.field.key];
  const value = () => tools.value(path());
  const help = () => helpText(props.field.label, tools.facts(path()));
  const problems = () => (props.field.kind === "group" || props.field.kind === "condition" ? tools.problemsAt(path()) : tools.problemsIn(path()));
  return (
    <div class="field" classList={{ wide: props.field.wide ?? false }} role="group" aria-label={props.field.label} onFocusIn={() => tools.setHelp(help())} onPointerEnter={() => tools.setHelp(help())}>
      <Switch>
        <Match when={!isShown(props.field.kind, value())}>
          <span class="field-label">{props.field.label}</span>
          <Verbatim path={path()} label={props.field.label} value={value()} />
        </Match>
        <Match when={props.field.kind === "group"}>
          <Group path={path()} field={props.field} on={!isNone(value())} />
        </Match>
        <Match when={props.field.kind !== "group"}>
          <span class="field-label">{props.field.label}</span>
          <Dynamic component={CONTROLS[props.field.kind as Exclude<FieldKind, "group">]} path={path()} field={props.field} label={props.field.label} invalid={problems().length > 0} />
        </Match>
      </Switch>
      <Problems of={problems()} />
    </div>
  );
}

/** Several keys that come and go together. */
function Group(props: { readonly path: Path; readonly field: Field; readonly on: boolean }) {
  const tools = useBuilder();
  return (
    <Show
      when={props.on}
      fallback={
        <button type="button" class="add" onClick={() => tools.set(props.path, props.field.start)}>
          + {props.field.label}
        </button>
      }
    >
      <div class="group">
        <div class="group-head">
          <span class="field-label">{props.field.label}</span>
          <Tool sign="✕" label={`Remove ${props.field.label}`} onClick={() => tools.remove(props.path)} />
        </div>
        <div class="fields">
          <For each={props.field.fields}>{(field) => <FieldView base={props.path} field={field} />}</For>
        </div>
      </div>
    </Show>
  );
}

function helpText(label: string, { help, standard }: { readonly help: string | undefined; readonly standard: unknown }): string {
  const shown = standard === undefined ? undefined : standard === null ? "none" : typeof standard === "object" ? JSON.stringify(standard) : String(standard);
  return `${label}: ${help ?? ""}${shown === undefined || shown === "{}" ? "" : ` (default ${shown})`}`;
}
