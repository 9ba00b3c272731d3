import { For, Show } from "solid-js";
import type { Template } from "../session/templates.ts";
import { useSession } from "../session/session.ts";
import { Dialog } from "../ui/Dialog.tsx";

/** All strategies, of which those that are ticked run together. */
export function StrategyPicker(props: { onClose(): void }) {
  const { strategy } = useSession();
  return (
    <Dialog title="Select strategies" onClose={() => props.onClose()}>
      <p class="muted">Those that are ticked run together, over the same days. Without a tick, the strategy in the editor runs alone.</p>
      <div class="picker">
        <Show when={strategy.own().length > 0}>
          <h3>Your own</h3>
          <Ticks of={strategy.own()} />
          <h3>Ready-made</h3>
        </Show>
        <Ticks of={strategy.templates} />
      </div>
      <div class="actions">
        <button type="button" onClick={() => strategy.tickAll(true)}>
          All
        </button>
        <button type="button" onClick={() => strategy.tickAll(false)}>
          None
        </button>
        <button type="button" class="primary" onClick={() => props.onClose()}>
          Done
        </button>
      </div>
    </Dialog>
  );
}

function Ticks(props: { of: readonly Template[] }) {
  const { strategy } = useSession();
  return (
    <ul>
      <For each={props.of}>
        {(one) => (
          <li>
            <label>
              <input type="checkbox" checked={strategy.ticked().includes(one.id)} onChange={(event) => strategy.tick(one.id, event.currentTarget.checked)} />
              {one.name}
              {strategy.edited(one.id) ? " *" : ""}
            </label>
          </li>
        )}
      </For>
    </ul>
  );
}
