import { createMemo, createSignal } from "solid-js";
import { produce, type SetStoreFunction } from "solid-js/store";
import type { parseStrategy } from "../../core/strategy/parse.ts";
import { problemText, StrategyError, type ParsedStrategy, type StrategyProblem } from "../../core/strategy/types.ts";
import { errorText } from "./errors.ts";
import type { Preferences } from "./preferences.ts";
import type { Selected } from "./run-session.ts";
import { TEMPLATES, type Template } from "./templates.ts";

/** Without problems and yet not ok: the language itself is still being loaded. */
export type ParsedText = { readonly ok: true; readonly strategy: ParsedStrategy } | { readonly ok: false; readonly problems: readonly StrategyProblem[] };

/** The strategy that is being edited: a ready-made one and the user's changes to it. */
export function createStrategySession(preferences: Preferences, setPreferences: SetStoreFunction<Preferences>) {
  const template = createMemo(() => TEMPLATES.find((known) => known.id === preferences.strategy) ?? TEMPLATES[0]);
  const textOf = ({ id, text: own }: Template): string => preferences.edits[id] ?? own;
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
  const ticked = createMemo(() => TEMPLATES.filter(({ id }) => preferences.ticked.includes(id)));
  /** What Run takes: the strategies that are ticked, else the one in the editor. */
  const selection = createMemo((): readonly Selected[] =>
    (ticked().length === 0 ? [template()] : ticked()).map((one) => {
      const found = parsedOf(one);
      return found.ok ? { name: one.name, strategy: found.strategy } : { name: one.name, problem: found.problems.map(problemText).join("\n") };
    }),
  );
  const revert = () => setPreferences("edits", produce((edits) => void delete edits[template().id]));
  return {
    templates: TEMPLATES,
    chosen: () => template().id,
    edited: (id: string) => preferences.edits[id] !== undefined,
    text,
    parsed,
    selection,
    ticked: () => ticked().map(({ id }) => id),
    tick: (id: string, on: boolean) => setPreferences("ticked", (before) => (on ? [...before.filter((one) => one !== id), id] : before.filter((one) => one !== id))),
    tickAll: (on: boolean) => setPreferences("ticked", on ? TEMPLATES.map(({ id }) => id) : []),
    /** Resolves when the language is there to parse with, or has failed to load. */
    ready,
    choose: (id: string) => setPreferences("strategy", id),
    edit(next: string) {
      if (next === template().text) revert();
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
