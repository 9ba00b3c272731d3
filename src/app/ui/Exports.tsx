import { createSignal, Show } from "solid-js";
import { saveAs } from "../session/downloads.ts";
import { errorText } from "../session/errors.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";

export interface ExportsProps {
  /** Names the buttons: `Chart PNG`, `Chart CSV`. */
  readonly name: string;
  /** Names the files, without their ending. */
  readonly file: string;
  readonly disabled: boolean;
  readonly png: () => Promise<Blob> | undefined;
  readonly csv: () => string;
}

/** What is drawn as a picture and as a table, for the downloads. */
export function Exports(props: ExportsProps) {
  const [failure, setFailure] = createSignal<string>();

  function savePicture() {
    setFailure(undefined);
    props.png()?.then((blob) => saveAs(blob, `${props.file}.png`), (error: unknown) => setFailure(errorText(error)));
  }

  return (
    <>
      <button type="button" class="quiet" disabled={props.disabled} aria-label={`${props.name} PNG`} title="Download as a picture" onClick={savePicture}>
        PNG
      </button>
      <button
        type="button"
        class="quiet"
        disabled={props.disabled}
        aria-label={`${props.name} CSV`}
        title="Download as a table"
        onClick={() => saveAs(new Blob([props.csv()], { type: "text/csv" }), `${props.file}.csv`)}
      >
        CSV
      </button>
      <Show when={failure()}>
        {(message) => <ErrorNotice title="The picture could not be made">{message()}</ErrorNotice>}
      </Show>
    </>
  );
}
