import { createResource, createSignal, Show } from "solid-js";
import { errorText } from "../session/errors.ts";
import { saveAs } from "../session/downloads.ts";
import { useSession } from "../session/session.ts";
import { Dialog } from "../ui/Dialog.tsx";

/** A link with the strategy in it, and the strategy as text. */
export function ShareDialog(props: { onClose(): void }) {
  const { share, strategy, run } = useSession();
  const [link] = createResource(() => share.link());
  const [said, setSaid] = createSignal("");
  const withHash = () => run.resultHash() !== undefined && run.shown()?.text === strategy.text();

  async function copy(text: string, what: string) {
    try {
      await navigator.clipboard.writeText(text);
      setSaid(`${what} copied.`);
    } catch (error) {
      setSaid(`The browser did not let it be copied (${errorText(error)}). Select it and copy it by hand.`);
    }
  }

  return (
    <Dialog title="Share this strategy" onClose={() => props.onClose()}>
      <p>The link holds the strategy{withHash() ? ", what is selected, and the hash of the result" : " and what is selected"}. It never holds data, and no server sees it.</p>
      <Show when={!link.error} fallback={<p class="notice error" role="alert">{errorText(link.error)}</p>}>
        <input type="text" readonly aria-label="Link" value={link() ?? ""} onFocus={(event) => event.currentTarget.select()} />
      </Show>
      <div class="actions">
        <button type="button" class="primary" disabled={!link()} onClick={() => void copy(link() ?? "", "Link")}>
          Copy link
        </button>
        <button type="button" onClick={() => void copy(strategy.text(), "YAML")}>
          Copy as YAML
        </button>
        <button type="button" onClick={() => saveAs(new Blob([strategy.text()], { type: "text/yaml" }), `${strategy.chosen()}.yaml`)}>
          Save as file
        </button>
        <button type="button" onClick={() => props.onClose()}>
          Close
        </button>
      </div>
      <p role="status" class="muted">
        {said()}
      </p>
    </Dialog>
  );
}
