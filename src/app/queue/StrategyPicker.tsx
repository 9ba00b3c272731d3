import { createEffect, createSignal, For } from "solid-js";
import { useSession } from "../session/session.ts";
import { counted } from "../ui/format.ts";

/** Opens a list of the strategies, of which those that are ticked run together. */
export function StrategyPicker() {
  const { strategy, run } = useSession();
  const [open, setOpen] = createSignal(false);
  let dialog!: HTMLDialogElement;
  createEffect(() => {
    if (open() && !dialog.open) dialog.showModal();
    if (!open() && dialog.open) dialog.close();
  });
  const ticked = () => strategy.ticked().length;
  return (
    <>
      <button type="button" aria-haspopup="dialog" disabled={run.busy()} onClick={() => setOpen(true)}>
        {ticked() === 0 ? "Select strategies" : `${counted(ticked(), "strategy", "strategies")} selected`}
      </button>
      <dialog ref={dialog} class="picker" aria-label="Select strategies" onClose={() => setOpen(false)}>
        <h2>Select strategies</h2>
        <p class="muted">Those that are ticked run together, over the same days. Without a tick, the strategy in the editor runs alone.</p>
        <ul>
          <For each={strategy.templates}>
            {(template) => (
              <li>
                <label>
                  <input type="checkbox" checked={strategy.ticked().includes(template.id)} onChange={(event) => strategy.tick(template.id, event.currentTarget.checked)} />
                  {template.name}
                  {strategy.edited(template.id) ? " *" : ""}
                </label>
              </li>
            )}
          </For>
        </ul>
        <div class="actions">
          <button type="button" onClick={() => strategy.tickAll(true)}>
            All
          </button>
          <button type="button" onClick={() => strategy.tickAll(false)}>
            None
          </button>
          <button type="button" class="primary" onClick={() => setOpen(false)}>
            Done
          </button>
        </div>
      </dialog>
    </>
  );
}
