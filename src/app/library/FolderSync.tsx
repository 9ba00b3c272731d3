import { For, Match, Show, Switch } from "solid-js";
import { useSession } from "../session/session.ts";
import { ErrorNotice } from "../ui/ErrorNotice.tsx";
import { counted, istMoment } from "../ui/format.ts";
import type { FolderState } from "./folder-session.ts";
import type { SyncQuestion } from "./sync-plan.ts";

/** The folder that the user's own strategies live in, where there is one. */
export function FolderSync() {
  const { libraryFolder: folder, strategy } = useSession();
  const of = <Kind extends FolderState["kind"]>(kind: Kind) => {
    const current = folder.state();
    return current.kind === kind ? (current as Extract<FolderState, { kind: Kind }>) : undefined;
  };
  return (
    <>
      <Switch>
        <Match when={!folder.canPick}>
          <p class="muted">This browser lets no page write into a folder. Use “Import files” and “Export your own” to bring strategies to and from your files, or open this page in Chromium, Chrome, Edge or Brave.</p>
        </Match>
        <Match when={of("none")}>
          <p class="muted">Let your own strategies live as .yaml files in a folder, such as a git repository: what changes here is written there, and the other way round. Nothing else in the folder is touched.</p>
          <div class="actions">
            <button type="button" onClick={() => void folder.pick()}>
              Choose a folder of strategies
            </button>
          </div>
        </Match>
        <Match when={of("remembered")}>
          {(state) => (
            <>
              <p>
                Your strategies live in “{state().handle.name}”. {state().refused ? "The browser was not allowed to use it: press the button again and choose “Allow”." : "The browser asks once per visit whether the page may go on using it."}
              </p>
              <div class="actions">
                <button type="button" onClick={() => void folder.reconnect()}>
                  Reconnect “{state().handle.name}”
                </button>
                <button type="button" onClick={() => void folder.disconnect()}>
                  Disconnect
                </button>
              </div>
            </>
          )}
        </Match>
        <Match when={of("linked")}>
          {(state) => (
            <>
              <p role="status" aria-label="Folder of strategies">
                “{state().handle.name}”: {counted(strategy.own().length, "strategy", "strategies")}
                {folder.questions().length > 0 ? `, ${folder.questions().length} to decide about` : ""}
                {state().at === undefined ? ", being read" : `, compared ${istMoment(state().at ?? 0).slice(11)}`}
              </p>
              <For each={state().leftOut}>{(words) => <p class="muted">{words}.</p>}</For>
              <ul class="sync-questions" aria-label="To decide">
                <For each={folder.questions()}>{(question) => <Question question={question} />}</For>
              </ul>
              <div class="actions">
                <button type="button" onClick={() => void folder.syncNow()}>
                  Compare now
                </button>
                <button type="button" title="Leaves strategies and files as they are" onClick={() => void folder.disconnect()}>
                  Disconnect
                </button>
              </div>
            </>
          )}
        </Match>
      </Switch>
      <Show when={folder.failure()}>
        {(message) => <ErrorNotice title="The folder of strategies could not be used">{message()} Strategies and files are as they were; “Compare now” tries again.</ErrorNotice>}
      </Show>
    </>
  );
}

const ANSWERS: Readonly<Record<SyncQuestion["kind"], { readonly mine: string; readonly folder: string }>> = {
  both_changed: { mine: "Keep mine", folder: "Take the file's" },
  file_gone: { mine: "Write it again", folder: "Delete it here too" },
  own_gone: { mine: "Delete the file too", folder: "Take it up again" },
};

function words(question: SyncQuestion): string {
  switch (question.kind) {
    case "both_changed":
      return `“${question.own.name}” was changed here and in ${question.file.name}, which was saved ${istMoment(question.file.saved)}. The file now says:`;
    case "file_gone":
      return `${question.link.file} is no longer in the folder; “${question.own.name}” is still here.`;
    case "own_gone":
      return `The strategy of ${question.file.name} was deleted here; the file is still in the folder.`;
  }
}

function Question(props: { readonly question: SyncQuestion }) {
  const { libraryFolder: folder } = useSession();
  const answer = (mine: boolean) => void folder.answer(props.question, mine);
  return (
    <li class="notice warn">
      {words(props.question)}
      <Show when={props.question.kind === "both_changed" && props.question}>{(question) => <pre tabindex="0" aria-label={`Text of ${question().file.name}`}>{question().file.text}</pre>}</Show>
      <div class="actions">
        <button type="button" onClick={() => answer(false)}>{ANSWERS[props.question.kind].folder}</button>
        <button type="button" onClick={() => answer(true)}>{ANSWERS[props.question.kind].mine}</button>
      </div>
    </li>
  );
}
