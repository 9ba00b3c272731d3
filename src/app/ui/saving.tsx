import { createSignal, Show } from "solid-js";
import { saveAs } from "../session/downloads.ts";
import { errorText } from "../session/errors.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";

/** Files that are made when they are asked for. */
export function createSaving() {
  const [failure, setFailure] = createSignal<string>();
  return {
    /** Hands what is made to the browser's downloads. */
    async save(make: () => Blob | Promise<Blob>, name: string): Promise<void> {
      setFailure(undefined);
      try {
        saveAs(await make(), name);
      } catch (error) {
        setFailure(errorText(error));
      }
    },
    /** Why the last file could not be made. */
    Failure: () => <Show when={failure()}>{(message) => <ErrorNotice title="The file could not be made">{message()}</ErrorNotice>}</Show>,
  };
}
