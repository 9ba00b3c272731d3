/** A copy of the open data into a folder that the user has granted for it: what is wanted, how far it is, what it has come to. */
import { createEffect, createMemo, createSignal, on, onCleanup } from "solid-js";
import { createStore } from "solid-js/store";
import { COPY_KINDS, DEFAULT_ROW_GROUP, ROW_GROUPS, type CopyKind, type CopyOptions } from "../../core/reshape/options.ts";
import type { SymbolName } from "../../core/market/types.ts";
import type { DayNumber } from "../../core/time.ts";
import type { ReadingSpeeds } from "../../core/reshape/reading-speeds.ts";
import type { Progress } from "../../data/catalogue/types.ts";
import type { CopyOutcome, PreparedCopy } from "../../pool/copy-job.ts";
import type { Backend, CopyDesk, GrantedSource } from "./backend.ts";
import type { DataSession, DataState } from "./data-session.ts";
import { errorText } from "./errors.ts";
import type { FolderAccess } from "./folder-access.ts";

/** What the form says; the rest of the options follows from the data. */
export interface CopyChoice extends Pick<CopyOptions, "columns" | "layout" | "sort" | "rowGroup"> {
  /** Left out of the copy. */
  readonly without: readonly SymbolName[];
  readonly kinds: readonly CopyKind[];
  readonly from: DayNumber | undefined;
  readonly to: DayNumber | undefined;
}

export type CopyState =
  | { readonly kind: "idle" }
  | { readonly kind: "preparing"; readonly progress: Progress | undefined }
  | { readonly kind: "ready"; readonly desk: CopyDesk; readonly prepared: PreparedCopy }
  | { readonly kind: "copying"; readonly done: number; readonly total: number }
  /** `before`: parts that were complete when it began. */
  | { readonly kind: "ended"; readonly outcome: CopyOutcome; readonly before: number; readonly reading: CopyReading }
  | { readonly kind: "failed"; readonly message: string };

/** How fast it reads beside its source; `none`: it holds no day of options, or is not whole. */
export type CopyReading = { readonly kind: "none" | "measuring" } | { readonly kind: "measured"; readonly speeds: ReadingSpeeds } | { readonly kind: "failed"; readonly message: string };

interface CopyPorts {
  readonly backend: Backend;
  readonly access: FolderAccess;
  readonly data: DataSession;
  readonly workers: () => number;
}

type OpenData = Extract<DataState, { kind: "open" }>;

const WHOLE: CopyChoice = { without: [], kinds: COPY_KINDS, from: undefined, to: undefined, columns: "all", layout: "days", sort: "contract", rowGroup: DEFAULT_ROW_GROUP };

/** For as long as the data is open that it is made with. */
export function createCopySession({ backend, access, data, workers }: CopyPorts) {
  const [isWanted, setWanted] = createSignal(false);
  const [choice, setChoice] = createStore<CopyChoice>(WHOLE);
  const [folder, setFolder] = createSignal<FileSystemDirectoryHandle>();
  const [state, setState] = createSignal<CopyState>({ kind: "idle" });
  /** Of the attempt that may still say something. */
  let stop = new AbortController();

  const openData = (): OpenData | undefined => {
    const current = data.state();
    return current.kind === "open" ? current : undefined;
  };
  const symbols = createMemo(() => data.summary()?.symbols.map(({ symbol }) => symbol) ?? []);
  const isBusy = () => state().kind === "preparing" || state().kind === "copying";

  /** What of the form cannot be, in words. */
  const wrong = createMemo((): string | undefined => {
    const { from, to, rowGroup, kinds, without } = choice;
    if (symbols().every((symbol) => without.includes(symbol))) return "Tick at least one symbol.";
    if (kinds.length === 0) return "Tick at least one kind of data.";
    if (from !== undefined && to !== undefined && from > to) return "The first date lies after the last. Exchange them, or leave one empty.";
    if (!Number.isInteger(rowGroup) || rowGroup < ROW_GROUPS.least || rowGroup > ROW_GROUPS.most) return `Rows per row group: a whole number from ${ROW_GROUPS.least} to ${ROW_GROUPS.most}.`;
    return undefined;
  });

  function options(): CopyOptions {
    const { without, from, to, kinds, columns, layout, sort, rowGroup } = choice;
    return {
      ...(without.length > 0 && { symbols: symbols().filter((symbol) => !without.includes(symbol)) }), ...(from !== undefined && { from }), ...(to !== undefined && { to }),
      kinds: COPY_KINDS.filter((kind) => kinds.includes(kind)), columns, layout, sort, rowGroup,
    };
  }

  /** What was under way says nothing more. */
  function drop(): void {
    stop.abort();
    stop = new AbortController();
    setState({ kind: "idle" });
  }

  // Of other data, there is another.
  onCleanup(drop);
  // What was found out about files that may have changed is out of date. What is being copied goes on: every part is proved.
  createEffect(on(data.version, () => !isBusy() && drop(), { defer: true }));

  /** Takes the state on as far as it comes, unless something else has begun since. */
  async function attempt(work: (open: OpenData, target: FileSystemDirectoryHandle, say: (next: CopyState) => void, signal: AbortSignal) => Promise<void>): Promise<void> {
    const [open, target] = [openData(), folder()];
    if (!open || !target || isBusy() || wrong() !== undefined) return;
    // What is being measured has been overtaken.
    stop.abort();
    const mine = (stop = new AbortController());
    const say = (next: CopyState): void => void (stop === mine && setState(next));
    try {
      await work(open, target, say, mine.signal);
    } catch (error) {
      say({ kind: "failed", message: errorText(error) });
    }
  }

  async function prepare({ source, rules, catalogue }: OpenData, target: FileSystemDirectoryHandle, say: (next: CopyState) => void, signal: AbortSignal): Promise<Extract<CopyState, { kind: "ready" }>> {
    say({ kind: "preparing", progress: undefined });
    const desk = await backend.copyDesk({ source, rules, catalogue, target, options: options(), workers: workers() });
    // Progress comes over a port of its own, and its last word may come after the answer.
    const prepared = await desk.prepare((progress) => !signal.aborted && state().kind === "preparing" && say({ kind: "preparing", progress }));
    return { kind: "ready", desk, prepared };
  }

  return {
    canPick: access.canPick,
    isWanted,
    setWanted,
    choice,
    symbols,
    wrong,
    folder,
    state,
    isBusy,
    /** A change of the form: what was prepared by it is forgotten. */
    choose(change: Partial<CopyChoice>): void {
      if (isBusy()) return;
      setChoice(change);
      drop();
    },

    /** Lets the user pick the folder, and looks at what the copy would be. Needs a click. */
    async pick(): Promise<void> {
      const open = openData();
      if (!open || isBusy()) return;
      drop();
      try {
        const picked = await access.pick();
        if (!picked) return;
        setFolder(undefined);
        const refusal = await refusalOf(picked, open.source);
        if (refusal !== undefined) {
          setState({ kind: "failed", message: refusal });
          return;
        }
        setFolder(picked);
      } catch (error) {
        setState({ kind: "failed", message: errorText(error) });
        return;
      }
      await attempt(async (...given) => given[2](await prepare(...given)));
    },

    /** Copies what is not complete yet. Needs a click. */
    start: () =>
      attempt(async (open, target, say, signal) => {
        const before = state();
        say({ kind: "preparing", progress: undefined });
        if ((await access.request(target)) !== "granted") throw new Error(`The browser may not write into “${target.name}”. Press “Start copy” again and allow it, or choose another folder.`);
        const ready = before.kind === "ready" ? before : await prepare(open, target, say, signal);
        const { desk, prepared } = ready;
        if (signal.aborted) return;
        if (prepared.refusal !== undefined) {
          say(ready);
          return;
        }
        const parts = prepared.left.reduce((sum, { work }) => sum + work.units.length, 0);
        say({ kind: "copying", done: 0, total: parts });
        const outcome = await desk.make(prepared, { signal, onProgress: (done, total) => say({ kind: "copying", done, total }) });
        const told = (reading: CopyReading): void => say({ kind: "ended", outcome, before: prepared.finished.length, reading });
        if (outcome.ended !== "done" || outcome.failures.length > 0) {
          told({ kind: "none" });
          return;
        }
        told({ kind: "measuring" });
        try {
          const speeds = await desk.measure(prepared, outcome, signal);
          told(speeds ? { kind: "measured", speeds } : { kind: "none" });
        } catch (error) {
          told({ kind: "failed", message: errorText(error) });
        }
      }),

    stop(): void {
      if (state().kind === "copying") stop.abort();
      else drop();
    },
  };
}

export type CopySession = ReturnType<typeof createCopySession>;

/** Why nothing may be written into a folder, in words: it is the data, lies in it, or stands around it. Chosen files do not tell where they lie. */
async function refusalOf(picked: FileSystemDirectoryHandle, source: GrantedSource): Promise<string | undefined> {
  if (source.kind !== "handle") return undefined;
  if (await picked.isSameEntry(source.handle)) return `“${picked.name}” is the data itself, to which nothing is ever written. Choose a folder elsewhere.`;
  if (await source.handle.resolve(picked)) return `“${picked.name}” lies in the data folder “${source.name}”, to which nothing is ever written. Choose a folder elsewhere.`;
  if (await picked.resolve(source.handle)) return `The data folder “${source.name}” lies in “${picked.name}”: the copy would stand around its own source. Choose a folder elsewhere.`;
  return undefined;
}
