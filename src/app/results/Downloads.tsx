import { For, Show } from "solid-js";
import type { DownloadName } from "../session/downloads.ts";
import { useSession } from "../session/session.ts";

const FILES: readonly { readonly name: DownloadName; readonly label: string }[] = [
  { name: "trades.csv", label: "Download CSV" },
  { name: "trades.parquet", label: "Download Parquet" },
  { name: "positions.csv", label: "Positions CSV" },
  { name: "positions.parquet", label: "Positions Parquet" },
  { name: "run.json", label: "Download run.json" },
];

export function Downloads() {
  const session = useSession();
  /** The worker holds the run that began last: only when that is the one on screen do the files match it. */
  const ready = () => !session.run.busy() && session.run.shown() !== undefined && session.run.shown() === session.run.identity();
  const underWay = () => session.download() !== undefined && session.download()?.error === undefined;
  return (
    <div class="actions">
      <For each={FILES}>
        {(file) => (
          <button type="button" disabled={!ready() || underWay()} onClick={() => void session.save(file.name)}>
            {file.label}
          </button>
        )}
      </For>
      <Show when={session.download()?.error}>
        {(error) => (
          <div class="notice error" role="alert">
            <strong>{session.download()?.name} could not be made</strong>
            {error()}
          </div>
        )}
      </Show>
    </div>
  );
}
