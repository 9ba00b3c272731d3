import { Index, Match, Show, Switch, type JSX } from "solid-js";
import { pathText, type Path } from "../../core/strategy/text.ts";
import type { ControlProps } from "./FieldView.tsx";
import { isNone } from "./forms.ts";
import { ItemTools, Pick, Tool } from "./inputs.tsx";
import { Operand } from "./Operand.tsx";
import { Problems, Verbatim } from "./remarks.tsx";
import { argsOf, arithmeticOf, metricName, NEW_CONDITION, OPERATOR_WORDS, OPERATORS, ruleKey, withOperator, type Operator } from "./rule.ts";
import { axesIn, sentenceOf } from "./sentence.ts";
import { useBuilder } from "./tools.ts";

const GROUP_CHOICES = [
  { id: "all", label: "All of" },
  { id: "any", label: "Any of" },
];
const OPERATOR_CHOICES = OPERATORS.map((id) => ({ id, label: OPERATOR_WORDS[id] }));

/** A whole rule: nested cards of All, Any and Not over comparisons, and what they say in plain English. */
export function RuleEditor(props: ControlProps) {
  const tools = useBuilder();
  const value = () => tools.value(props.path);
  const words = () => sentenceOf(value(), tools.data());
  const axes = () => axesIn(value(), tools.data());
  const isGroup = () => ["all", "any"].includes(ruleKey(value()) ?? "");
  const add = () => (isNone(value()) ? tools.set(props.path, NEW_CONDITION) : tools.set(props.path, { all: [value(), NEW_CONDITION] }));
  return (
    <div class="rule">
      <Show when={!isNone(value())}>
        <Node path={props.path} name={props.label} onRemove={() => tools.remove(props.path)} />
        <p class="rule-words" aria-label={`${props.label} in words`}>
          <Show when={words()} fallback={<span class="muted">Not finished: see what is marked.</span>}>
            {(sentence) => (
              <>
                {sentence()}
                <Show when={axes().length > 0}>
                  <span class="muted"> (first values of {axes().map((name) => `$${name}`).join(", ")})</span>
                </Show>
              </>
            )}
          </Show>
        </p>
      </Show>
      <Show when={!isGroup()}>
        <button type="button" class="add" onClick={add}>
          {(isNone(value()) && ADD_WORDS[props.path.join(".")]) || "Add condition"}
        </button>
      </Show>
    </div>
  );
}

/** Where no rule stands yet, its button says which one it begins; the entry's is plain. */
const ADD_WORDS: Readonly<Record<string, string>> = { "entry.filter": "Add filter", "exit.when": "Add exit condition" };

interface NodeProps {
  readonly path: Path;
  readonly name: string;
  /** In a list of conditions. */
  readonly item?: { readonly list: Path; readonly index: number; readonly count: number };
  onRemove(): void;
}

function Node(props: NodeProps) {
  const tools = useBuilder();
  const value = () => tools.value(props.path);
  const key = () => ruleKey(value());
  const group = () => {
    const found = key();
    return found === "all" || found === "any" ? found : undefined;
  };
  const operator = () => {
    const found = key();
    return found === undefined || found === "all" || found === "any" || found === "not" ? undefined : found;
  };
  const not = () => tools.set(props.path, { not: value() });
  const tail = () => (
    <>
      <Show when={key() !== "not"}>
        <Tool sign="not" label={`Turn ${props.name} round with not`} onClick={not} />
      </Show>
      <Show when={props.item} fallback={<Tool sign="✕" label={`Delete ${props.name}`} onClick={props.onRemove} />}>
        {(item) => <ItemTools path={item().list} index={item().index} count={item().count} name={props.name} />}
      </Show>
    </>
  );
  return (
    <div class="rule-node" classList={{ group: operator() === undefined }} role="group" aria-label={props.name} data-item={props.item ? "" : undefined}>
      <Switch fallback={<Verbatim path={props.path} label={props.name} value={value()} />}>
        <Match when={group()}>{(kind) => <GroupCard path={props.path} kind={kind()} name={props.name} tail={tail()} />}</Match>
        <Match when={key() === "not"}>
          <div class="rule-head">
            <strong>Not</strong>
            <span class="grow" />
            <Tool sign="↩" label={`Take the not off ${props.name}`} onClick={() => tools.set(props.path, tools.value([...props.path, "not"]))} />
            {tail()}
          </div>
          <div class="rule-items">
            <Node path={[...props.path, "not"]} name={props.name} onRemove={props.onRemove} />
          </div>
        </Match>
        <Match when={operator()}>{(kind) => <Comparison path={props.path} operator={kind()} name={props.name} tail={tail()} />}</Match>
      </Switch>
      <Problems of={tools.problemsAt(props.path)} />
    </div>
  );
}

function GroupCard(props: { readonly path: Path; readonly kind: "all" | "any"; readonly name: string; readonly tail: JSX.Element }) {
  const tools = useBuilder();
  const list = () => [...props.path, props.kind];
  const items = () => tools.value(list()) as readonly unknown[];
  const add = (value: unknown) => tools.insert(list(), items().length, value);
  return (
    <>
      <div class="rule-head">
        <Pick path={props.path} label={`${props.name}: all or any`} value={props.kind} choices={GROUP_CHOICES} onPick={(kind) => tools.set(props.path, { [kind]: items() })} />
        <span class="grow" />
        {props.tail}
      </div>
      <div class="rule-items">
        <Index each={items()}>
          {(_, i) => <Node path={[...list(), i]} name={partName(props.name, i)} item={{ list: list(), index: i, count: items().length }} onRemove={() => tools.remove([...list(), i])} />}
        </Index>
      </div>
      <div class="rule-foot">
        <button type="button" class="add" onClick={() => add(NEW_CONDITION)}>
          Add condition
        </button>
        <button type="button" class="add" onClick={() => add({ [props.kind === "all" ? "any" : "all"]: [NEW_CONDITION] })}>
          Add group
        </button>
      </div>
    </>
  );
}

/** `Condition 2`, and inside it `Condition 2.1` */
function partName(group: string, index: number): string {
  return group.startsWith("Condition ") ? `${group}.${index + 1}` : `Condition ${index + 1}`;
}

function Comparison(props: { readonly path: Path; readonly operator: Operator; readonly name: string; readonly tail: JSX.Element }) {
  const tools = useBuilder();
  const at = (index: number) => [...props.path, props.operator, index];
  const deep = () => (tools.value([...props.path, props.operator]) as readonly unknown[]).some(takesRoom);
  return (
    <div class="comparison" classList={{ deep: deep() }} data-path={pathText(props.path)} tabindex="-1">
      <Operand path={at(0)} name={`${props.name}, left`} />
      <Pick class="operator-pick" path={[...props.path, props.operator]} label={`${props.name}, operator`} value={props.operator} choices={OPERATOR_CHOICES} onPick={(next) => tools.set(props.path, withOperator(tools.value(props.path), next as Operator))} />
      <Show when={deep()}>
        <span class="comparison-tools">{props.tail}</span>
      </Show>
      <Operand path={at(1)} name={`${props.name}, right`} />
      <Show when={!deep()}>
        <span class="comparison-tools">{props.tail}</span>
      </Show>
      <Show when={props.operator === "between"}>
        <Operand path={at(2)} name={`${props.name}, upper`} />
      </Show>
    </div>
  );
}

/** A calculation, or a metric with several arguments. */
function takesRoom(operand: unknown): boolean {
  const name = metricName(operand);
  return arithmeticOf(operand) !== undefined || (name !== undefined && argsOf(name).length > 1);
}
