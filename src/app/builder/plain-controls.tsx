/** Controls of single values, of amounts with a unit, and of lists. */
import { Index, Show } from "solid-js";
import type { ControlProps } from "./FieldView.tsx";
import { isKeys, isName, isNone, listOf, unitOf } from "./forms.ts";
import { Box, choice, NumberBox, Pick, Tool, type Choice } from "./inputs.tsx";
import { useBuilder } from "./tools.ts";

/** A text, a number, a time or a date. */
export function Plain(props: ControlProps) {
  const tools = useBuilder();
  const value = () => tools.value(props.path);
  return (
    <Show
      when={props.field.kind === "number"}
      fallback={
        <Box
          path={props.path}
          label={props.label}
          value={isNone(value()) ? undefined : value()}
          placeholder={props.field.kind === "clock" ? "none" : undefined}
          date={props.field.kind === "date"}
          invalid={props.invalid}
          onSet={(next) => (next !== undefined ? tools.set(props.path, next) : props.field.needed ? tools.set(props.path, "") : tools.remove(props.path))}
        />
      }
    >
      <NumberBox path={props.path} label={props.label} unit={props.field.unit} needed={props.field.needed} invalid={props.invalid} />
    </Show>
  );
}

/** One of the words that the schema knows here. */
export function Word(props: ControlProps) {
  const tools = useBuilder();
  const facts = () => tools.facts(props.path);
  const shown = () => String(tools.value(props.path) ?? facts().standard ?? "");
  return <Pick path={props.path} label={props.label} invalid={props.invalid} value={shown()} choices={facts().words.map(choice)} onPick={(word) => tools.set(props.path, word)} />;
}

const UNIT_WORDS: Readonly<Record<string, string>> = { none: "none", pct: "%", points: "points", rupees: "₹" };
const START = 30;

/** `{pct: 30}` and the like. */
export function Amount(props: ControlProps & { readonly units: readonly string[] }) {
  const tools = useBuilder();
  const unit = () => unitOf(tools.value(props.path), props.units) ?? "none";
  const choices = (): Choice[] => [...(props.field.needed ? [] : ["none"]), ...props.units].map((id) => ({ id, label: UNIT_WORDS[id] }));
  function pick(next: string) {
    const value = tools.value(props.path);
    const amount = isKeys(value) ? Object.values(value)[0] : undefined;
    if (next === "none") tools.remove(props.path);
    else tools.set(props.path, { [next]: amount ?? START });
  }
  return (
    <span class="pair">
      <Pick path={props.path} label={`${props.label} unit`} invalid={props.invalid} value={unit()} choices={choices()} onPick={pick} />
      <Show when={unit() !== "none"}>
        <NumberBox path={[...props.path, unit()]} label={`${props.label} amount`} needed invalid={props.invalid} />
      </Show>
    </span>
  );
}

interface ListWords {
  readonly one: string;
  start(values: readonly unknown[]): string;
}

const LISTS: Readonly<Record<string, ListWords>> = {
  windows: { one: "window", start: (values) => `${/-\s*([\d:]+)/.exec(String(values.at(-1)))?.[1] ?? "09:15"}-15:25` },
  clocks: { one: "time", start: () => "09:20" },
  dates: { one: "date", start: () => new Date().toISOString().slice(0, 10) },
};

/** A box for every entry; a single value counts as a list of one. */
export function ListBoxes(props: ControlProps) {
  const tools = useBuilder();
  const words = () => LISTS[props.field.kind];
  const value = () => tools.value(props.path);
  const standing = () => listOf(value());
  const shown = () => (standing().length > 0 ? standing() : listOf(tools.facts(props.path).standard));
  const isList = () => Array.isArray(value());
  const put = (index: number, next: unknown) => tools.set(isList() ? [...props.path, index] : props.path, next);
  const takeOut = (index: number) => tools.remove(isList() ? [...props.path, index] : props.path);
  function add() {
    const next = words().start(shown());
    if (shown().length === 0) tools.set(props.path, props.field.kind === "dates" ? [next] : next);
    else if (standing().length === 0) tools.set(props.path, [...shown(), next]);
    else tools.insert(props.path, standing().length, next);
  }
  return (
    <span class="chips">
      <Index each={shown()}>
        {(item, i) => (
          <span class="chip-box">
            <Box
              path={isList() ? [...props.path, i] : props.path}
              label={`${props.label} ${i + 1}`}
              value={item()}
              date={props.field.kind === "dates" && !isName(item())}
              invalid={props.invalid}
              onSet={(next) => put(i, next ?? "")}
            />
            <Show when={standing().length > 0}>
              <Tool sign="✕" label={`Remove ${words().one} ${i + 1}`} onClick={() => takeOut(i)} />
            </Show>
          </span>
        )}
      </Index>
      <button type="button" class="add" onClick={add}>
        + {words().one}
      </button>
    </span>
  );
}
