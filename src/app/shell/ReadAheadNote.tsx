import { Show } from "solid-js";
import { useSession } from "../session/session.ts";
import { count, counted } from "../ui/format.ts";

/** How far reading ahead has come, and a way to do without it. */
export function ReadAheadNote() {
  const { readAhead } = useSession();
  const reading = () => {
    const state = readAhead.state();
    return state.kind === "reading" ? state : undefined;
  };
  return (
    <Show when={reading()}>
      {(state) => (
        <span class="read-ahead" role="group" aria-label="Reading ahead" title="Rows that the strategy needs are read while nothing else is done, so that Run finds them">
          <progress aria-label="Days read ahead" max={state().total} value={state().done} />
          <span class="muted nowrap">
            reading ahead {count(state().done)} of {counted(state().total, "day")}
          </span>
          <button type="button" class="link" onClick={readAhead.stop}>
            Leave it
          </button>
        </span>
      )}
    </Show>
  );
}
