/** Keeps the user's own strategies and the files of a granted folder the same, and asks where both have changed. */
import { createEffect, createSignal, on } from "solid-js";
import { errorText } from "../session/errors.ts";
import type { FolderAccess } from "../session/folder-access.ts";
import type { StrategySession } from "../session/strategy-session.ts";
import type { KeptFolder, LibraryFolderMemory } from "./folder-memory.ts";
import { FileMoved, readStrategyFolder, removeStrategyFile, writeStrategyFile } from "./strategy-folder.ts";
import { planSync, type SyncLink, type SyncQuestion } from "./sync-plan.ts";

export type FolderState =
  | { readonly kind: "none" }
  /** The folder of the last visit, which the browser wants to ask about; `refused`: it was asked. */
  | { readonly kind: "remembered"; readonly handle: FileSystemDirectoryHandle; readonly refused: boolean }
  /** `at`: when both were the same last, milliseconds since 1970. */
  | { readonly kind: "linked"; readonly handle: FileSystemDirectoryHandle; readonly at: number | undefined; readonly leftOut: readonly string[] };

/** A change rests so long before it is written, milliseconds. */
const REST = 800;

export function createLibraryFolder(access: FolderAccess, memory: LibraryFolderMemory, strategy: Pick<StrategySession, "own" | "add" | "replace" | "remove">) {
  const [state, setState] = createSignal<FolderState>({ kind: "none" });
  const [questions, setQuestions] = createSignal<readonly SyncQuestion[]>([]);
  const [failure, setFailure] = createSignal<string>();
  let links: readonly SyncLink[] = [];
  /** One after another: two that read and write at once would take each other's work for the user's. */
  let queue = Promise.resolve();

  const inTurn = (work: () => Promise<void>) => (queue = queue.then(work).catch((error: unknown) => void setFailure(errorText(error))));
  const linked = () => {
    const current = state();
    return current.kind === "linked" ? current.handle : undefined;
  };

  async function keep(handle: FileSystemDirectoryHandle, next: readonly SyncLink[]): Promise<void> {
    links = next;
    await memory.save({ handle, links });
  }

  const withLink = (link: SyncLink) => [...links.filter(({ id, file }) => id !== link.id && file !== link.file), link];

  async function sync(): Promise<void> {
    const handle = linked();
    if (!handle) return;
    const { files, leftOut } = await readStrategyFolder(handle);
    const plan = planSync(files, strategy.own(), links);
    const open = new Set([...plan.questions.map(({ link }) => link.id), ...[...plan.take, ...plan.write].map(({ own }) => own?.id)]);
    await keep(handle, [...plan.same, ...links.filter(({ id }) => open.has(id))]);
    for (const { file, own } of plan.take) {
      // What has been typed meanwhile is not overwritten: the comparison that follows it asks.
      if (own && strategy.own().find(({ id }) => id === own.id)?.text !== own.text) continue;
      if (own) strategy.replace(own.id, file.text);
      await keep(handle, withLink({ id: own?.id ?? strategy.add(file.text), file: file.name, text: file.text }));
    }
    for (const { own, file, before } of plan.write) {
      await writeStrategyFile(handle, file, own.text, before);
      await keep(handle, withLink({ id: own.id, file, text: own.text }));
    }
    setQuestions(plan.questions);
    setFailure(undefined);
    setState({ kind: "linked", handle, at: Date.now(), leftOut });
  }

  const syncNow = () =>
    inTurn(async () => {
      try {
        await sync();
      } catch (error) {
        // Somebody saved the file in this very moment: what it holds now decides.
        if (error instanceof FileMoved) await sync();
        else throw error;
      }
    });

  function link({ handle, links: known }: KeptFolder): Promise<void> {
    links = known;
    setQuestions([]);
    setState({ kind: "linked", handle, at: undefined, leftOut: [] });
    return syncNow();
  }

  let rest: ReturnType<typeof setTimeout> | undefined;
  createEffect(
    on(
      () => strategy.own().map(({ id, text }) => `${id} ${text}`).join(),
      () => {
        if (!linked()) return;
        clearTimeout(rest);
        rest = setTimeout(() => void syncNow(), REST);
      },
      { defer: true },
    ),
  );

  /** Carries out what the user has decided; `mine`: what the page has counts, else what the folder has. */
  async function settle(question: SyncQuestion, mine: boolean): Promise<void> {
    const handle = linked();
    if (!handle) return;
    const { link: pair } = question;
    if (question.kind === "both_changed") {
      if (mine) await writeStrategyFile(handle, pair.file, question.own.text, question.file.text);
      else strategy.replace(pair.id, question.file.text);
      await keep(handle, withLink({ ...pair, text: mine ? question.own.text : question.file.text }));
    } else if (question.kind === "file_gone") {
      if (mine) await writeStrategyFile(handle, pair.file, question.own.text, undefined);
      else strategy.remove(pair.id);
      await keep(handle, mine ? withLink({ ...pair, text: question.own.text }) : links.filter(({ id }) => id !== pair.id));
    } else {
      if (mine) await removeStrategyFile(handle, pair.file, question.file.text);
      await keep(handle, mine ? links.filter(({ id }) => id !== pair.id) : withLink({ id: strategy.add(question.file.text), file: pair.file, text: question.file.text }));
    }
  }

  return {
    state,
    questions,
    failure,
    canPick: access.canPick,
    syncNow,
    /** Looks for the folder of the last visit, and takes it up at once where the permission still stands. */
    restore: () =>
      inTurn(async () => {
        const kept = await memory.load();
        if (!kept || state().kind !== "none") return;
        if ((await access.permission(kept.handle)) === "granted") void link(kept);
        else setState({ kind: "remembered", handle: kept.handle, refused: false });
      }),
    /** Needs a click. */
    pick: () =>
      inTurn(async () => {
        const handle = await access.pick();
        if (!handle) return;
        await memory.save({ handle, links: [] });
        void link({ handle, links: [] });
      }),
    /** Asks for the permission of the folder of the last visit. Needs a click. */
    reconnect: () =>
      inTurn(async () => {
        const kept = await memory.load();
        if (!kept) return;
        if ((await access.request(kept.handle)) === "granted") void link(kept);
        else setState({ kind: "remembered", handle: kept.handle, refused: true });
      }),
    /** Leaves strategies and files as they are. */
    disconnect: () =>
      inTurn(async () => {
        await memory.remove();
        links = [];
        setQuestions([]);
        setFailure(undefined);
        setState({ kind: "none" });
      }),
    answer: (question: SyncQuestion, mine: boolean) => inTurn(() => settle(question, mine)).then(syncNow),
  };
}

export type LibraryFolder = ReturnType<typeof createLibraryFolder>;
