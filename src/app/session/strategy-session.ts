import { createMemo } from "solid-js";
import { produce, type SetStoreFunction } from "solid-js/store";
import { parseStrategy } from "../../core/strategy/parse.ts";
import { StrategyError, type ParsedStrategy, type StrategyProblem } from "../../core/strategy/types.ts";
import type { Preferences } from "./preferences.ts";
import { TEMPLATES } from "./templates.ts";

export type ParsedText = { readonly ok: true; readonly strategy: ParsedStrategy } | { readonly ok: false; readonly problems: readonly StrategyProblem[] };

/** The strategy that is being edited: a ready-made one and the user's changes to it. */
export function createStrategySession(preferences: Preferences, setPreferences: SetStoreFunction<Preferences>) {
  const template = createMemo(() => TEMPLATES.find((known) => known.id === preferences.strategy) ?? TEMPLATES[0]);
  const text = createMemo(() => preferences.edits[template().id] ?? template().text);
  const parsed = createMemo(() => parse(text()));
  const revert = () => setPreferences("edits", produce((edits) => void delete edits[template().id]));
  return {
    templates: TEMPLATES,
    chosen: () => template().id,
    edited: (id: string) => preferences.edits[id] !== undefined,
    text,
    parsed,
    choose: (id: string) => setPreferences("strategy", id),
    edit(next: string) {
      if (next === template().text) revert();
      else setPreferences("edits", template().id, next);
    },
    revert,
  };
}

export type StrategySession = ReturnType<typeof createStrategySession>;

function parse(text: string): ParsedText {
  try {
    return { ok: true, strategy: parseStrategy(text) };
  } catch (error) {
    if (error instanceof StrategyError) return { ok: false, problems: error.problems };
    throw error;
  }
}
