import { createMemo, createSignal } from "solid-js";
import { produce, type SetStoreFunction } from "solid-js/store";
import type { parseStrategy } from "../../core/strategy/parse.ts";
import { problemText, StrategyError, type ParsedStrategy, type StrategyProblem } from "../../core/strategy/types.ts";
import { NO_HISTORY, noted, redone, undone, type TextHistory } from "../editor/text-history.ts";
import { errorText } from "./errors.ts";
import type { Preferences } from "./preferences.ts";
import type { Selected } from "./run-session.ts";
import { nameIn, TEMPLATES, type Template } from "./templates.ts";

/** Without problems and yet not ok: the language itself is still being loaded. */
export type ParsedText = { readonly ok: true; readonly strategy: ParsedStrategy } | { readonly ok: false; readonly problems: readonly StrategyProblem[] };

/** The strategy that is being edited: a ready-made one and the user's changes to it. */
export function createStrategySession(preferences: Preferences, setPreferences: SetStoreFunction<Preferences>) {
  const own = createMemo((): readonly Template[] => Object.entries(preferences.own).map(([id, text]) => ({ id, name: nameIn(text) ?? id, text })));
  const library = createMemo(() => [...own(), ...TEMPLATES]);
  const template = createMemo(() => library().find((known) => known.id === preferences.strategy) ?? TEMPLATES[0]);
  const textOf = ({ id, text: unchanged }: Template): string => preferences.edits[id] ?? unchanged;
  const text = createMemo(() => textOf(template()));
  const [parser, setParser] = createSignal<typeof parseStrategy>();
  const [loadFailure, setLoadFailure] = createSignal<string>();
  // Apart from the first script, so that the page shows before the language is there.
  const ready = import("../../core/strategy/parse.ts").then(
    (module) => setParser(() => module.parseStrategy),
    (error: unknown) => setLoadFailure(`The strategy language could not be loaded (${errorText(error)}). Reload the page.`),
  );
  /** The last reading of each text: strategies that run together are read once, not at every keystroke in one of them. */
  const read = new Map<string, { readonly text: string; readonly parsed: ParsedText }>();
  function parsedOf(template: Template): ParsedText {
    const failure = loadFailure();
    if (failure !== undefined) return { ok: false, problems: [{ path: "", message: failure }] };
    const language = parser();
    if (!language) return { ok: false, problems: [] };
    const written = textOf(template);
    const known = read.get(template.id);
    if (known?.text === written) return known.parsed;
    const made = parse(language, written);
    read.set(template.id, { text: written, parsed: made });
    return made;
  }
  const parsed = createMemo((): ParsedText => parsedOf(template()));
  const ticked = createMemo(() => library().filter(({ id }) => preferences.ticked.includes(id)));
  /** What Run takes: the strategies that are ticked, else the one in the editor. */
  const selection = createMemo((): readonly Selected[] =>
    (ticked().length === 0 ? [template()] : ticked()).map((one) => {
      const found = parsedOf(one);
      return found.ok ? { name: one.name, strategy: found.strategy, text: textOf(one) } : { name: one.name, problem: found.problems.map(problemText).join("\n") };
    }),
  );
  /** Of each strategy that was changed since the page was opened. */
  const [histories, setHistories] = createSignal<Readonly<Record<string, TextHistory>>>({});
  const history = () => histories()[template().id] ?? NO_HISTORY;
  const setHistory = (next: TextHistory) => setHistories((all) => ({ ...all, [template().id]: next }));
  function put(next: string): void {
    const { id, text: unchanged } = template();
    if (isOwn(id)) setPreferences("own", id, next);
    else if (next === unchanged) setPreferences("edits", produce((edits) => void delete edits[id]));
    else setPreferences("edits", id, next);
  }
  function edit(next: string, group: string): void {
    if (next === text()) return;
    setHistory(noted(history(), text(), group, Date.now()));
    put(next);
  }
  function step(move: typeof undone): void {
    const moved = move(history(), text());
    if (!moved) return;
    setHistory(moved.history);
    put(moved.text);
  }
  const choose = (id: string) => setPreferences("strategy", id);
  const isOwn = (id: string) => preferences.own[id] !== undefined;
  function add(next: string): string {
    const id = `own-${crypto.randomUUID().slice(0, 8)}`;
    setPreferences("own", id, next);
    return id;
  }
  return {
    templates: TEMPLATES,
    /** The user's own strategies, in the order in which they were taken up. */
    own,
    isOwn,
    /** Makes a text one of the user's own strategies and chooses it; a text that is known already is chosen only. */
    take(next: string) {
      choose(library().find((one) => textOf(one) === next)?.id ?? add(next));
    },
    /** Makes a text one of the user's own strategies; answers its id. */
    add,
    /** Gives one of the user's own strategies another text, as its file has it. Undo takes it back. */
    replace(id: string, next: string) {
      setHistories((all) => ({ ...all, [id]: noted(all[id] ?? NO_HISTORY, preferences.own[id], "file", Date.now()) }));
      setPreferences("own", id, next);
    },
    remove(id: string) {
      setPreferences("own", produce((texts) => void delete texts[id]));
    },
    chosen: () => template().id,
    edited: (id: string) => preferences.edits[id] !== undefined,
    text,
    parsed,
    selection,
    ticked: () => ticked().map(({ id }) => id),
    tick: (id: string, on: boolean) => setPreferences("ticked", (before) => (on ? [...before.filter((one) => one !== id), id] : before.filter((one) => one !== id))),
    tickAll: (on: boolean) => setPreferences("ticked", on ? library().map(({ id }) => id) : []),
    /** Resolves when the language is there to parse with, or has failed to load. */
    ready,
    choose,
    /** @param group names what makes the change: what it makes without a pause is undone together */
    edit,
    undo: () => step(undone),
    redo: () => step(redone),
    canUndo: () => history().past.length > 0,
    canRedo: () => history().future.length > 0,
    /** Back to the ready-made strategy as it came. */
    revert: () => edit(TEMPLATES.find(({ id }) => id === template().id)?.text ?? text(), "revert"),
  };
}

export type StrategySession = ReturnType<typeof createStrategySession>;

function parse(language: typeof parseStrategy, text: string): ParsedText {
  try {
    return { ok: true, strategy: language(text) };
  } catch (error) {
    if (error instanceof StrategyError) return { ok: false, problems: error.problems };
    throw error;
  }
}
