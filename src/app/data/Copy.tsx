import { Match, Show, Switch } from "solid-js";
import { createCopySession } from "../session/copy-session.ts";
import { useSession } from "../session/session.ts";
import { progressText } from "../shell/Welcome.tsx";
import { count } from "../ui/format.ts";
import { CopyForm } from "./CopyForm.tsx";

/** A copy of the data in another layout, or of less: one line until it is wanted. */
export function Copy() {
  const copy = createCopySession(useSession().copied);
  const copying = () => {
    const state = copy.state();
    return state.kind === "copying" ? state : undefined;
  };
  const preparing = () => {
    const state = copy.state();
    return state.kind === "preparing" ? state : undefined;
  };
  return (
    <section class="copy" aria-label="Copy of the data">
      <div class="section-head">
        <h2>Copy of the data</h2>
        <span class="muted" role="status">
          <Switch fallback={copy.canPick ? "In another layout, or of less; the data itself stays as it is" : undefined}>
            <Match when={copying()}>{(state) => <>{count(state().done)} of {count(state().total)} parts copied</>}</Match>
            <Match when={preparing()}>{(state) => <>Looking at what there is to copy: {progressText(state().progress)}</>}</Match>
          </Switch>
          <Show when={!copy.canPick}>
            This browser lets no page write into a folder; those of the Chromium family do. On the command line: <code>straddle reshape --data DIR --out DIR</code>
          </Show>
        </span>
        <Show when={copy.canPick}>
          <div class="actions">
            <button type="button" aria-expanded={copy.isWanted()} onClick={() => copy.setWanted(!copy.isWanted())}>
              {copy.isWanted() ? "Hide the copy" : "Make a copy"}
            </button>
          </div>
        </Show>
      </div>
      <Show when={copy.canPick && copy.isWanted()}>
        <CopyForm copy={copy} />
      </Show>
    </section>
  );
}
