import { For } from "solid-js";
import { Dialog } from "../ui/Dialog.tsx";

export const KEYS: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ["Ctrl K", "⌘ K"], does: "Everything the page can do" },
  { keys: ["R"], does: "Run the strategy" },
  { keys: ["L"], does: "Live: run the strategy anew whenever it changes" },
  { keys: ["Esc"], does: "Stop the run, or leave the day" },
  { keys: ["S"], does: "Share the strategy" },
  { keys: ["J", "K"], does: "Next and previous trade of those that are shown" },
  { keys: ["[", "]"], does: "One second back or on in the day that is drawn" },
  { keys: ["/"], does: "Filter the trades" },
  { keys: ["↑", "↓", "Page", "Home", "End"], does: "Move in a table, a chart or the calendar that has the focus" },
  { keys: ["+", "−", "0"], does: "Zoom in, zoom out and reset a chart that has the focus" },
  { keys: ["↵"], does: "Go to the second under the crosshair of the day's chart" },
  { keys: ["Ctrl Z", "Ctrl ⇧ Z"], does: "Undo and redo what was changed in the strategy" },
  { keys: ["Alt ↑", "Alt ↓"], does: "Move the leg, the condition or the rule that has the focus" },
  { keys: ["Ctrl Space"], does: "Complete a key or a word of the YAML; Esc and then Tab leaves the text" },
  { keys: ["?"], does: "This list" },
];

export function KeyList(props: { onClose(): void }) {
  return (
    <Dialog title="Keyboard shortcuts" onClose={() => props.onClose()}>
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
      <div class="actions">
        <button type="button" onClick={() => props.onClose()}>
          Close
        </button>
      </div>
    </Dialog>
  );
}
