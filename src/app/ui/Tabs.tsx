import { createMemo, For, Show, type JSX } from "solid-js";

export interface Tab<Id extends string> {
  readonly id: Id;
  readonly label: string;
  /** A figure beside the label, e.g. how many problems there are. */
  count?(): string | undefined;
  body(): JSX.Element;
}

export interface TabsProps<Id extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<Id>[];
  readonly chosen: Id;
  onChoose(id: Id): void;
  /** What stands at the end of the row of tabs. */
  readonly tools?: JSX.Element;
}

/** Tabs whose panels are regions named after them. Arrow keys move between tabs. */
export function Tabs<Id extends string>(props: TabsProps<Id>) {
  /** A panel is made when it is first chosen and then kept. */
  const seen = createMemo<readonly Id[]>((before) => (before.includes(props.chosen) ? before : [...before, props.chosen]), []);
  const buttons = new Map<Id, HTMLButtonElement>();

  function onKeyDown(event: KeyboardEvent) {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    const at = props.tabs.findIndex((tab) => tab.id === props.chosen);
    const next = props.tabs[(at + step + props.tabs.length) % props.tabs.length].id;
    props.onChoose(next);
    buttons.get(next)?.focus();
  }

  return (
    <>
      <div class="tabs">
        <div role="tablist" aria-label={props.label} onKeyDown={onKeyDown}>
          <For each={props.tabs}>
            {(tab) => (
              <button
                type="button"
                role="tab"
                id={`tab-${tab.id}`}
                aria-controls={`panel-${tab.id}`}
                aria-selected={props.chosen === tab.id}
                tabindex={props.chosen === tab.id ? 0 : -1}
                ref={(element) => buttons.set(tab.id, element)}
                onClick={() => props.onChoose(tab.id)}
              >
                {tab.label}{" "}
                <span class="count">{tab.count?.()}</span>
              </button>
            )}
          </For>
        </div>
        {props.tools}
      </div>
      <For each={props.tabs}>
        {(tab) => (
          <section class="panel" role="region" aria-label={tab.label} id={`panel-${tab.id}`} tabindex="-1" hidden={props.chosen !== tab.id}>
            <Show when={seen().includes(tab.id)}>{tab.body()}</Show>
          </section>
        )}
      </For>
    </>
  );
}
