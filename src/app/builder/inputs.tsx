/** The small inputs of which the builder's controls are made. */
import { createEffect, createSignal, For, on, Show, type JSX } from "solid-js";
import { pathText, type Path } from "../../core/strategy/text.ts";
import { scalarOf } from "./axes.ts";
import { isName, isScalar, type Scalar } from "./forms.ts";
import { useBuilder, type BuilderTools } from "./tools.ts";

export interface BoxProps {
  readonly path: Path;
  readonly label: string;
  readonly value: unknown;
  /** Stands in an empty box. */
  readonly placeholder?: string;
  readonly numeric?: boolean;
  readonly date?: boolean;
  readonly unit?: string;
  readonly invalid?: boolean;
  readonly disabled?: boolean;
  /** undefined: the box has been emptied. */
  onSet(value: Scalar | undefined): void;
}

/** A box for one value. What is being written stays as it is written; the strategy changes with every letter. */
export function Box(props: BoxProps) {
  const tools = useBuilder();
  const [draft, setDraft] = createSignal<string>();
  const meant = (typed: string): Scalar | undefined => (typed.trim() === "" ? undefined : props.numeric ? scalarOf(typed) : typed);
  createEffect(on(() => props.value, (value) => draft() !== undefined && meant(draft() ?? "") !== (value ?? undefined) && setDraft(undefined), { defer: true }));
  const shown = () => draft() ?? (isScalar(props.value) ? String(props.value) : "");
  const take = (typed: string) => {
    setDraft(typed);
    props.onSet(meant(typed));
  };
  function onKeyDown(event: KeyboardEvent) {
    const step = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
    const now = Number(shown() || props.placeholder);
    if (!props.numeric || step === 0 || event.altKey || !Number.isFinite(now)) return;
    event.preventDefault();
    const by = (Number.isInteger(now) ? 1 : 0.1) * (event.shiftKey ? 10 : 1);
    take(String(Number((now + step * by).toPrecision(12))));
  }
  return (
    <span class="box" classList={{ named: isName(props.value) }}>
      <input
        type={props.date && !isName(props.value) ? "date" : "text"}
        inputmode={props.numeric ? "decimal" : "text"}
        aria-label={props.label}
        aria-invalid={props.invalid || undefined}
        data-path={pathText(props.path)}
        title={tools.facts(props.path).help}
        placeholder={props.placeholder}
        disabled={props.disabled}
        spellcheck={false}
        autocomplete="off"
        value={shown()}
        onInput={(event) => take(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={() => setDraft(undefined)}
      />
      <Show when={props.unit}>
        <span class="unit">{props.unit}</span>
      </Show>
    </span>
  );
}

/** A number of the strategy, which can become an axis of the sweep. */
export function NumberBox(props: Omit<BoxProps, "numeric" | "value" | "onSet"> & { readonly needed?: boolean }) {
  const tools = useBuilder();
  const value = () => tools.value(props.path);
  const standard = () => tools.facts(props.path).standard;
  const sweepable = () => [value(), standard()].find((one) => typeof one === "number");
  return (
    <span class="number-box">
      <Box
        {...props}
        numeric
        value={value()}
        placeholder={props.placeholder ?? (standard() === undefined || standard() === null ? undefined : String(standard()))}
        onSet={(next) => (next !== undefined ? tools.set(props.path, next) : props.needed ? tools.set(props.path, null) : tools.remove(props.path))}
      />
      <Show when={sweepable() !== undefined}>
        <button type="button" class="axis-button" aria-label={`Sweep ${props.label}`} title="Make an axis of the sweep of it" onClick={() => tools.makeAxis(props.path, sweepable() as number)}>
          ⋯
        </button>
      </Show>
    </span>
  );
}

export interface Choice {
  readonly id: string;
  readonly label: string;
}

/** A word of the language as people read it. */
export const choice = (word: string): Choice => ({ id: word, label: word.replaceAll("_", " ") });

export interface PickProps {
  readonly path: Path;
  readonly label: string;
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly invalid?: boolean;
  readonly class?: string;
  onPick(id: string): void;
}

/** A select whose value is one of the choices, or a word of the text that is none of them. */
export function Pick(props: PickProps) {
  const tools = useBuilder();
  return (
    <select class={props.class} aria-label={props.label} aria-invalid={props.invalid || undefined} data-path={pathText(props.path)} title={tools.facts(props.path).help} onChange={(event) => props.onPick(event.currentTarget.value)}>
      <Show when={!props.choices.some(({ id }) => id === props.value)}>
        <option value={props.value} selected>
          {props.value}
        </option>
      </Show>
      <For each={props.choices}>
        {({ id, label }) => (
          <option value={id} selected={id === props.value}>
            {label}
          </option>
        )}
      </For>
    </select>
  );
}

/** A small button with a sign for a face. */
export function Tool(props: { readonly sign: JSX.Element; readonly label: string; readonly act?: string; readonly disabled?: boolean; onClick(): void }) {
  return (
    <button type="button" class="tool" aria-label={props.label} title={props.label} data-act={props.act} disabled={props.disabled} onClick={() => props.onClick()}>
      {props.sign}
    </button>
  );
}

function CopyIcon() {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      <path d="M4 4h7v7H4zM8 4V1H1v7h3" />
    </svg>
  );
}

/** Up, down and out of a list, and where the focus goes after it. */
export function ItemTools(props: { readonly path: Path; readonly index: number; readonly count: number; readonly name: string; readonly copy?: boolean }) {
  const tools = useBuilder();
  const move = (step: number, from: HTMLElement) => moveItem(tools, props.path, props.index, step, from);
  return (
    <span class="item-tools">
      <span class="grip" draggable="true" data-grip="" aria-hidden="true" title={`Drag to move ${props.name}`} ref={(element) => tools.drag.grip(element, () => ({ list: props.path, index: props.index }))}>
        ⠿
      </span>
      <button type="button" class="tool" data-act="up" aria-label={`Move ${props.name} up`} title="Move up (Alt ↑)" disabled={props.index === 0} onClick={(event) => move(-1, event.currentTarget)}>
        ↑
      </button>
      <button type="button" class="tool" data-act="down" aria-label={`Move ${props.name} down`} title="Move down (Alt ↓)" disabled={props.index === props.count - 1} onClick={(event) => move(1, event.currentTarget)}>
        ↓
      </button>
      <Show when={props.copy}>
        <Tool sign={<CopyIcon />} label={`Duplicate ${props.name}`} onClick={() => tools.copy(props.path, props.index)} />
      </Show>
      <Tool sign="✕" label={`Delete ${props.name}`} onClick={() => tools.remove([...props.path, props.index])} />
    </span>
  );
}

/** Moves an entry of a list; the focus goes with it, to the same button or, where that is off now, to the first control. */
function moveItem(tools: BuilderTools, path: Path, index: number, step: number, button: HTMLElement): void {
  const item = button.closest<HTMLElement>("[data-item]");
  const next = (step < 0 ? item?.previousElementSibling : item?.nextElementSibling) as HTMLElement | null | undefined;
  tools.move(path, index, index + step);
  const same = next?.querySelector<HTMLElement>(`[data-act="${button.dataset.act}"]:not(:disabled)`);
  (same ?? next?.querySelector<HTMLElement>("input, select"))?.focus();
}
