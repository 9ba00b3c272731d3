import { createEffect, For } from "solid-js";

export const KEYS: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ["R"], does: "Run the strategy" },
  { keys: ["Esc"], does: "Stop the run, or leave the day" },
  { keys: ["J", "K"], does: "Next and previous trade" },
  { keys: ["[", "]"], does: "One second back or on in the day of a trade" },
  { keys: ["/"], does: "Filter the trades" },
  { keys: ["↑", "↓", "Page", "Home", "End"], does: "Move in a table, a chart or the calendar that has the focus" },
  { keys: ["+", "−", "0"], does: "Zoom in, zoom out and reset a chart that has the focus" },
  { keys: ["?"], does: "This list" },
];

export function KeyList(props: { open: boolean; onClose(): void }) {
  let dialog!: HTMLDialogElement;
  createEffect(() => {
    if (props.open && !dialog.open) dialog.showModal();
    if (!props.open && dialog.open) dialog.close();
  });
  return (
    <dialog ref={dialog} aria-label="Keyboard shortcuts" onClose={() => props.onClose()}>
      <h2>Keyboard shortcuts</h2>
      <dl class="keys">
        <For each={KEYS}>
          {(entry) => (
            <>
              <dt>
                <For each={entry.keys}>{(key) => <kbd>{key}</kbd>}</For>
              </dt>
              <dd>{entry.does}</dd>
            </>
          )}
        </For>
      </dl>
      <button type="button" onClick={() => props.onClose()}>
        Close
      </button>
    </dialog>
  );
}
