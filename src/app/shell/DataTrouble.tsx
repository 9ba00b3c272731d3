import { Show } from "solid-js";
import { useSession } from "../session/session.ts";

/** What has happened to the open folder: a permission that is gone, a disk taken out. */
export function DataTrouble() {
  const session = useSession();
  const { data } = session;
  return (
    <Show when={data.trouble()}>
      {(trouble) => (
        <div class="notice error" role="alert">
          <strong>The folder needs your attention</strong>
          <p>{trouble().message}</p>
          <Show when={trouble().reconnect}>
            <button type="button" onClick={() => void session.reconnect()}>
              Reconnect folder
            </button>
          </Show>
        </div>
      )}
    </Show>
  );
}
