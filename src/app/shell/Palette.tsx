import { createEffect, createMemo, createSignal, For, on, onMount, Show } from "solid-js";
import { useSession } from "../session/session.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { commands, matching, type Command } from "./commands.ts";

/** Everything that the page can do, found by typing. */
export function Palette(props: { onClose(): void }) {
  const session = useSession();
  const [typed, setTyped] = createSignal("");
  const [at, setAt] = createSignal(0);
  const all = createMemo(() => commands(session));
  const found = createMemo(() => matching(all(), typed()));
  let input!: HTMLInputElement;
  let list!: HTMLUListElement;

  onMount(() => input.focus());
  createEffect(on(typed, () => setAt(0)));
  createEffect(() => list.children[at()]?.scrollIntoView({ block: "nearest" }));

  function choose(command: Command | undefined) {
    if (!command) return;
    props.onClose();
    command.run();
  }

  function onKeyDown(event: KeyboardEvent) {
    const last = found().length - 1;
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => setAt((i) => (i >= last ? 0 : i + 1)),
      ArrowUp: () => setAt((i) => (i <= 0 ? Math.max(0, last) : i - 1)),
      Enter: () => choose(found()[at()]),
    };
    if (!moves[event.key]) return;
    event.preventDefault();
    moves[event.key]();
  }

  return (
    <Dialog title="Commands" hideTitle onClose={() => props.onClose()}>
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label="Command"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={found()[at()] && `command-${at()}`}
        aria-autocomplete="list"
        placeholder="Type what you want to do"
        value={typed()}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <ul ref={list} class="palette" id="palette-list" role="listbox" aria-label="Commands">
        <For each={found()}>
          {(command, i) => (
            <li role="option" id={`command-${i()}`} aria-selected={i() === at()} onPointerMove={() => setAt(i())} onClick={() => choose(command)}>
              {command.title}
              <Show when={command.key}>
                <kbd>{command.key}</kbd>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={found().length === 0}>
        <p class="muted">Nothing that can be done now matches.</p>
      </Show>
    </Dialog>
  );
}
