import { Match, Show, Switch } from "solid-js";
import type { Progress } from "../../data/catalogue/types.ts";
import { readFileList } from "../session/dropped.ts";
import { useSession } from "../session/session.ts";
import { count } from "../ui/format.ts";

/** What stands in place of results until data is open: one thing to do. */
export function Welcome() {
  const session = useSession();
  const state = session.data.state;
  const remembered = () => {
    const current = state();
    return current.kind === "remembered" ? current : undefined;
  };
  const failed = () => {
    const current = state();
    return current.kind === "failed" ? current : undefined;
  };
  const opening = () => {
    const current = state();
    return current.kind === "opening" ? current : undefined;
  };
  return (
    <div class="welcome">
      <Switch>
        <Match when={opening()}>
          {(current) => (
            <>
              <h2>Opening “{current().name}”</h2>
              <p role="status">{progressText(current().progress)}</p>
            </>
          )}
        </Match>
        <Match when={remembered()}>
          {(current) => (
            <>
              <h2>Welcome back</h2>
              <Show when={current().refused}>
                <div class="notice warn" role="alert">
                  <strong>The browser may not read “{current().handle.name}”</strong>
                  The permission was refused. Reconnect the folder and choose “Allow”, or open another one.
                </div>
              </Show>
              <p>The browser asks once per visit before this page may read “{current().handle.name}” again.</p>
              <div class="actions">
                <button type="button" class="primary" onClick={() => void session.reconnect()}>
                  Reconnect folder
                </button>
                <OpenFolder />
                <TrySample />
              </div>
            </>
          )}
        </Match>
        <Match when={true}>
          <h2>Backtest options on your own data, in this tab</h2>
          <Show when={failed()}>
            {(current) => (
              <div class="notice error" role="alert">
                <strong>“{current().name}” could not be opened</strong>
                {current().message}
              </div>
            )}
          </Show>
          <p>Straddle reads the Parquet files of one folder, in place and read-only. Nothing is uploaded: the page talks to no other machine.</p>
          <div class="actions">
            <Show when={failed()?.handle}>
              <button type="button" onClick={() => void session.reconnect()}>
                Reconnect folder
              </button>
            </Show>
            <OpenFolder primary />
            <TrySample />
          </div>
          <p class="muted small">You can also drop the folder anywhere on this page.</p>
        </Match>
      </Switch>
    </div>
  );
}

/** The picker where the browser has one, else a file input that takes a folder for this visit. */
export function OpenFolder(props: { primary?: boolean }) {
  const session = useSession();
  let input: HTMLInputElement | undefined;
  return (
    <>
      <button
        type="button"
        classList={{ primary: props.primary }}
        onClick={() => {
          if (session.data.canPick) void session.openFolder();
          else input?.click();
        }}
      >
        Open data folder
      </button>
      <input
        ref={(element) => {
          input = element;
          element.webkitdirectory = true;
        }}
        class="hidden"
        type="file"
        aria-label="Data folder"
        tabindex="-1"
        onChange={(event) => {
          const { files } = event.currentTarget;
          if (files) void session.openDropped(readFileList(files));
          event.currentTarget.value = "";
        }}
      />
    </>
  );
}

export function TrySample() {
  const session = useSession();
  return (
    <button type="button" disabled={session.run.busy()} onClick={() => void session.trySample()}>
      Try sample data
    </button>
  );
}

export function progressText(progress: Progress | undefined): string {
  if (!progress) return "Starting…";
  const { done, total } = progress;
  switch (progress.phase) {
    case "listing":
      return `Listing files: ${count(done)} found`;
    case "names":
      return `Reading names: ${count(done)} of ${count(total)}`;
    case "footers":
      return `Reading file footers: ${count(done)} of ${count(total)}`;
    case "clocks":
      return `Reading clocks: ${count(done)} of ${count(total)}`;
  }
}
