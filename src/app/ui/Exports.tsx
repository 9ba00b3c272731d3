import { createSaving } from "./saving.tsx";

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
  const { save, Failure } = createSaving();

  function savePicture() {
    const picture = props.png();
    if (picture) void save(() => picture, `${props.file}.png`);
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
        onClick={() => void save(() => new Blob([props.csv()], { type: "text/csv" }), `${props.file}.csv`)}
      >
        CSV
      </button>
      <Failure />
    </>
  );
}
