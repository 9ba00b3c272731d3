import { Show } from "solid-js";
import { useSession } from "../session/session.ts";
import { ErrorNotice } from "../ui/ErrorNotice.tsx";
import { RulesTroubleNotice } from "./RulesTrouble.tsx";

/** What has happened to what the user granted: a permission that is gone, a disk taken out, own market rules that no longer fit. */
export function DataTrouble() {
  const session = useSession();
  const { data, rules } = session;
  return (
    <>
      <RulesTroubleNotice trouble={rules.lost()} />
      <Show when={data.trouble()}>
        {(trouble) => (
          <ErrorNotice title="The folder needs your attention">
            <p>{trouble().message}</p>
            <Show when={trouble().reconnect}>
              <button type="button" onClick={() => void session.reconnect()}>
                Reconnect folder
              </button>
            </Show>
          </ErrorNotice>
        )}
      </Show>
    </>
  );
}
