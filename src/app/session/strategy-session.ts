import { createMemo, createSignal } from "solid-js";
import { produce, type SetStoreFunction } from "solid-js/store";
import type { parseStrategy } from "../../core/strategy/parse.ts";
import { StrategyError, type ParsedStrategy, type StrategyProblem } from "../../core/strategy/types.ts";
import { errorText } from "./errors.ts";
import type { Preferences } from "./preferences.ts";
import { nameIn, TEMPLATES, type Template } from "./templates.ts";

/** Without problems and yet not ok: the language itself is still being loaded. */
export type ParsedText = { readonly ok: true; readonly strategy: ParsedStrategy } | { readonly ok: false; readonly problems: readonly StrategyProblem[] };

/** The strategy that is being edited: a ready-made one and the user's changes to it. */
export function createStrategySession(preferences: Preferences, setPreferences: SetStoreFunction<Preferences>) {
  const own = createMemo((): readonly Template[] => Object.entries(preferences.own).map(([id, text]) => ({ id, name: nameIn(text) ?? id, text })));
  const template = createMemo(() => [...TEMPLATES, ...own()].find((known) => known.id === preferences.strategy) ?? TEMPLATES[0]);
  const text = createMemo(() => preferences.edits[template().id] ?? template().text);
  const [parser, setParser] = createSignal<typeof parseStrategy>();
  const [loadFailure, setLoadFailure] = createSignal<string>();
  // Apart from the first script, so that the page shows before the language is there.
  const ready = import("../../core/strategy/parse.ts").then(
    (module) => setParser(() => module.parseStrategy),
    (error: unknown) => setLoadFailure(`The strategy language could not be loaded (${errorText(error)}). Reload the page.`),
  );
  const parsed = createMemo((): ParsedText => {
    const failure = loadFailure();
    if (failure !== undefined) return { ok: false, problems: [{ path: "", message: failure }] };
    const language = parser();
    return language ? parse(language, text()) : { ok: false, problems: [] };
  });
  const revert = () => setPreferences("edits", produce((edits) => void delete edits[template().id]));
  const choose = (id: string) => setPreferences("strategy", id);
  const isOwn = (id: string) => preferences.own[id] !== undefined;
  return {
    templates: TEMPLATES,
    /** The user's own strategies, in the order in which they were taken up. */
    own,
    isOwn,
    /** Makes a text one of the user's own strategies and chooses it; a text that is known already is chosen only. */
    take(next: string) {
      const known = [...own(), ...TEMPLATES].find((one) => (preferences.edits[one.id] ?? one.text) === next);
      const id = known?.id ?? `own-${crypto.randomUUID().slice(0, 8)}`;
      if (!known) setPreferences("own", id, next);
      choose(id);
    },
    remove(id: string) {
      setPreferences("own", produce((texts) => void delete texts[id]));
    },
    chosen: () => template().id,
    edited: (id: string) => preferences.edits[id] !== undefined,
    text,
    parsed,
    /** Resolves when the language is there to parse with, or has failed to load. */
    ready,
    choose,
    edit(next: string) {
      if (isOwn(template().id)) setPreferences("own", template().id, next);
      else if (next === template().text) revert();
      else setPreferences("edits", template().id, next);
    },
    revert,
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
