import { Match, Switch } from "solid-js";
import { useSession } from "../session/session.ts";

/** Whether the page works without a network, and that a new version has come. */
export function OfflineNote() {
  const { offline } = useSession();
  const failed = () => {
    const state = offline?.state();
    return state?.kind === "failed" ? state : undefined;
  };
  return (
    <Switch>
      <Match when={offline?.state().kind === "preparing"}>
        <span class="muted">getting ready for offline…</span>
      </Match>
      <Match when={offline?.state().kind === "ready"}>
        <span class="muted">offline ready</span>
      </Match>
      <Match when={failed()}>
        {(state) => (
          <span class="muted" title={state().message}>
            needs the network
          </span>
        )}
      </Match>
      <Match when={offline?.state().kind === "update"}>
        <span>{offline?.waitsFor() ?? "A new version is here."}</span>
        <button type="button" class="link" onClick={() => void offline?.update()}>
          Update now
        </button>
      </Match>
      <Match when={offline?.state().kind === "replaced"}>
        <span>Another tab has brought in a new version.</span>
        <button type="button" class="link" onClick={() => location.reload()}>
          Reload
        </button>
      </Match>
    </Switch>
  );
}
