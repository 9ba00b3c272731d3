import { createMemo, For, Show } from "solid-js";
import { parseStrategy } from "../../core/strategy/parse.ts";
import { problemText, StrategyError } from "../../core/strategy/types.ts";
import { nameIn } from "../session/templates.ts";
import { useSession } from "../session/session.ts";
import { Dialog } from "../ui/Dialog.tsx";
import type { Shared } from "./share-link.ts";

/** What a link brought, shown as text. Nothing of it runs before the user says so. */
export function IncomingDialog() {
  const { share } = useSession();
  const refused = () => {
    const found = share.incoming();
    return found?.kind === "refused" ? found : undefined;
  };
  const link = () => {
    const found = share.incoming();
    return found?.kind === "link" ? found.shared : undefined;
  };
  return (
    <>
      <Show when={refused()}>
        {(found) => (
          <Dialog title="This link cannot be opened" onClose={share.dismiss}>
            <p>{found().message}</p>
            <div class="actions">
              <button type="button" onClick={share.dismiss}>
                Close
              </button>
            </div>
          </Dialog>
        )}
      </Show>
      <Show when={link()}>{(shared) => <SharedStrategy shared={shared()} />}</Show>
    </>
  );
}

function SharedStrategy(props: { shared: Shared }) {
  const session = useSession();
  const { share } = session;
  const problems = createMemo(() => problemsOf(props.shared.text));
  return (
    <Dialog title="Somebody shared a strategy with you" wide onClose={share.dismiss}>
      <p>
        <strong>{nameIn(props.shared.text) ?? "A strategy without a name"}</strong>. It is opened beside your own ones, and runs on your data only when you say so.
        <Show when={props.shared.hash}> With the link came the hash of its maker's result: who has the same data gets the same.</Show>
      </p>
      <pre class="shared-text" tabindex="0" role="group" aria-label="The shared strategy">
        {props.shared.text}
      </pre>
      <Show when={problems().length > 0}>
        <div class="notice warn">
          <strong>It has mistakes and cannot run as it is</strong>
          <For each={problems().slice(0, 3)}>{(problem) => <p>{problem}</p>}</For>
        </div>
      </Show>
      <div class="actions">
        <button type="button" class="primary" onClick={() => share.open(props.shared)}>
          Open strategy
        </button>
        <button
          type="button"
          disabled={problems().length > 0 || session.data.state().kind !== "open" || session.run.busy()}
          title={session.data.state().kind === "open" ? undefined : "Open data first"}
          onClick={() => {
            share.open(props.shared);
            void session.start();
          }}
        >
          Open and run
        </button>
        <button type="button" onClick={share.dismiss}>
          Leave it
        </button>
      </div>
    </Dialog>
  );
}

function problemsOf(text: string): readonly string[] {
  try {
    parseStrategy(text);
    return [];
  } catch (error) {
    if (error instanceof StrategyError) return error.problems.map(problemText);
    throw error;
  }
}
