import { batch, createEffect, createSignal, on } from "solid-js";
import type { RulesOverride } from "../../core/market/override.ts";
import type { CatalogueSummary, DataSettings, Progress } from "../../data/catalogue/types.ts";
import type { Backend, GrantedSource, OpenCatalogue } from "./backend.ts";
import type { Dropped } from "./dropped.ts";
import { errorText } from "./errors.ts";
import type { FolderAccess, FolderMemory } from "./folder-access.ts";
import type { RulesSession } from "./rules-session.ts";

export type DataState =
  | { readonly kind: "none" }
  /** The folder of the last visit: a click brings it back. `refused`: the user was asked and said no. */
  | { readonly kind: "remembered"; readonly handle: FileSystemDirectoryHandle; readonly refused: boolean }
  | { readonly kind: "opening"; readonly name: string; readonly source: GrantedSource; readonly progress: Progress | undefined }
  /** `rules`: the user's own rows that it was opened with. */
  | { readonly kind: "open"; readonly source: GrantedSource; readonly catalogue: OpenCatalogue; readonly rules: RulesOverride | undefined }
  | { readonly kind: "failed"; readonly name: string; readonly message: string; readonly handle?: FileSystemDirectoryHandle };

/** The granted data: how it is opened, remembered and lost. */
export function createDataSession(backend: Backend, access: FolderAccess, memory: FolderMemory, own: Pick<RulesSession, "own" | "ready">) {
  const [state, setState] = createSignal<DataState>({ kind: "none" });
  const [summary, setSummary] = createSignal<CatalogueSummary>();
  /** Grows whenever the files or the choices about them may have changed: what was worked out from them is out of date. */
  const [version, setVersion] = createSignal(0);
  const [settings, setSettings] = createSignal<DataSettings>({});
  /** Something about the granted data that the user has to know while it stays open. */
  const [trouble, setTrouble] = createSignal<{ readonly message: string; readonly reconnect: boolean }>();
  const [refreshing, setRefreshing] = createSignal<Progress | "starting">();
  let opening = new AbortController();

  async function open(source: GrantedSource): Promise<boolean> {
    opening.abort();
    opening = new AbortController();
    const { signal } = opening;
    closeCatalogue();
    setTrouble(undefined);
    setSummary(undefined);
    setState({ kind: "opening", name: source.name, source, progress: undefined });
    const handle = source.kind === "handle" ? source.handle : undefined;
    try {
      // Progress comes over a port of its own, and its last word may come after the answer.
      const onProgress = (progress: Progress) => !signal.aborted && state().kind === "opening" && setState({ kind: "opening", name: source.name, source, progress });
      await own.ready;
      if (signal.aborted) return false;
      const rules = own.own()?.override;
      const catalogue = await backend.open(source, settings(), onProgress, signal, rules);
      if (signal.aborted) {
        catalogue.close();
        return false;
      }
      if (catalogue.summary.files === 0) {
        catalogue.close();
        setState({ kind: "failed", name: source.name, handle, message: `There is no Parquet file in “${source.name}” or below it. Open the folder that holds files such as banknifty24aug50500ce.parquet.` });
        return false;
      }
      batch(() => {
        setSummary(catalogue.summary);
        setState({ kind: "open", source, catalogue, rules });
        setVersion((n) => n + 1);
      });
      return true;
    } catch (error) {
      if (!signal.aborted) setState({ kind: "failed", name: source.name, handle, message: errorText(error) });
      return false;
    }
  }

  // Names, dates and days are read by the rules: with others, everything is worked out anew.
  let rulesKnown = false;
  void own.ready.then(() => (rulesKnown = true));
  createEffect(
    on(
      own.own,
      () => {
        const current = state();
        if (rulesKnown && (current.kind === "open" || current.kind === "opening")) void open(current.source);
      },
      { defer: true },
    ),
  );

  function closeCatalogue() {
    const current = state();
    if (current.kind === "open") current.catalogue.close();
  }

  async function openHandle(handle: FileSystemDirectoryHandle): Promise<boolean> {
    const opened = await open({ kind: "handle", name: handle.name, handle });
    if (opened) await remember(handle);
    return opened;
  }

  async function remember(handle: FileSystemDirectoryHandle): Promise<void> {
    try {
      await memory.save(handle);
    } catch (error) {
      setTrouble({ message: `The folder is open, but the browser will not remember it for the next visit: ${errorText(error)}`, reconnect: false });
    }
  }

  /** Replaces the open catalogue's summary by what a worker call gives, and says so where the call fails. */
  async function update(call: (catalogue: OpenCatalogue) => Promise<CatalogueSummary>): Promise<boolean> {
    const current = state();
    if (current.kind !== "open") return false;
    try {
      const next = await call(current.catalogue);
      if (state() !== current) return false;
      setSummary(next);
      return true;
    } catch (error) {
      if (state() === current) setTrouble({ message: errorText(error), reconnect: true });
      return false;
    }
  }

  async function change(call: (catalogue: OpenCatalogue) => Promise<CatalogueSummary>): Promise<void> {
    if (!(await update(call))) return;
    setTrouble(undefined);
    setVersion((n) => n + 1);
  }

  return {
    state,
    summary,
    version,
    /** Brings in what plans, runs and coverage have found out about the files since. */
    learn: () => update((catalogue) => catalogue.current()),
    settings,
    trouble,
    refreshing,
    canPick: access.canPick,
    open,
    openSample: () => open({ kind: "sample", name: "sample data" }),

    /** Looks for the folder of the last visit; opens it at once where the permission still stands. */
    async restore(): Promise<void> {
      try {
        const handle = await memory.load();
        if (!handle || state().kind !== "none") return;
        if ((await access.permission(handle)) === "granted") await openHandle(handle);
        else setState({ kind: "remembered", handle, refused: false });
      } catch (error) {
        setState({ kind: "failed", name: "the folder of your last visit", message: errorText(error) });
      }
    },

    async pick(): Promise<boolean> {
      try {
        const handle = await access.pick();
        return handle ? await openHandle(handle) : false;
      } catch (error) {
        setState({ kind: "failed", name: "the folder", message: errorText(error) });
        return false;
      }
    },

    async take(dropped: Dropped): Promise<boolean> {
      if (dropped.kind === "handle") return openHandle(dropped.handle);
      if (dropped.kind === "files") return open({ kind: "files", name: dropped.name, files: dropped.files });
      return false;
    },

    /** Opens what is open anew; asks for the permission of a folder that is remembered, failed, or was lost while it was open. */
    async reconnect(): Promise<boolean> {
      const current = state();
      if (current.kind === "open" && current.source.kind !== "handle") return open(current.source);
      const handle =
        current.kind === "remembered" || current.kind === "failed" ? current.handle : current.kind === "open" && current.source.kind === "handle" ? current.source.handle : undefined;
      if (!handle) return false;
      try {
        if ((await access.request(handle)) === "granted") return await openHandle(handle);
        setTrouble(undefined);
        closeCatalogue();
        setState({ kind: "remembered", handle, refused: true });
      } catch (error) {
        setState({ kind: "failed", name: handle.name, handle, message: errorText(error) });
      }
      return false;
    },

    /** Applies the user's decisions about zones, layouts and bars. */
    async configure(choices: DataSettings): Promise<void> {
      const next = { ...settings(), ...choices };
      setSettings(next);
      await change((catalogue) => catalogue.configure(next));
    },

    async refresh(): Promise<void> {
      setRefreshing("starting");
      await change((catalogue) => catalogue.refresh((progress) => refreshing() !== undefined && setRefreshing(progress)));
      setRefreshing(undefined);
    },

    /** Called when a run could not read files: tells a lost permission from a bad file. */
    async checkAccess(): Promise<void> {
      const current = state();
      if (current.kind !== "open" || current.source.kind !== "handle") return;
      if ((await access.permission(current.source.handle)) !== "granted") {
        setTrouble({ message: `The browser may no longer read “${current.source.name}”. The days done before are kept.`, reconnect: true });
        return;
      }
      try {
        for await (const _ of current.source.handle.keys()) break;
      } catch (error) {
        setTrouble({ message: `“${current.source.name}”: ${errorText(error)} The days done before are kept.`, reconnect: true });
      }
    },
  };
}

export type DataSession = ReturnType<typeof createDataSession>;
