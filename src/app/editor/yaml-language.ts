/** What the YAML text can do: the language, its help, and the keys. */
import { autocompletion, startCompletion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { yaml } from "@codemirror/lang-yaml";
import { indentOnInput } from "@codemirror/language";
import { EditorState, type Extension } from "@codemirror/state";
import { type EditorView, hoverTooltip, keymap, type KeyBinding } from "@codemirror/view";
import type { z } from "../../core/zod.ts";
import { meaningAt, suggestAt } from "./suggest.ts";

export interface YamlActs {
  undo(): void;
  redo(): void;
}

/** @param schema of the file; default a strategy's */
export function yamlLanguage(acts: YamlActs, schema?: z.ZodType): Extension {
  const own: readonly KeyBinding[] = [
    { key: "Mod-z", run: () => (acts.undo(), true), preventDefault: true },
    { key: "Mod-Shift-z", run: () => (acts.redo(), true), preventDefault: true },
    { key: "Mod-y", run: () => (acts.redo(), true), preventDefault: true },
  ];
  return [
    indentOnInput(), EditorState.tabSize.of(2), yaml(),
    autocompletion({ override: [(context) => complete(context, schema)], icons: false, activateOnTyping: true }),
    hoverTooltip((view, pos) => meaning(view, pos, schema)),
    keymap.of(own),
  ];
}

function complete({ state, pos, explicit }: CompletionContext, schema: z.ZodType | undefined): CompletionResult | null {
  const found = suggestAt(state.doc.toString(), pos, schema);
  if (!found || found.list.length === 0 || (!explicit && found.from === pos)) return null;
  const options = found.list.map(({ label, insert, kind, help }) => ({
    label,
    apply: (view: EditorView, _completion: unknown, from: number, to: number) => {
      view.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length }, userEvent: "input.complete" });
      if (kind === "key") startCompletion(view);
    },
    type: kind,
    ...(help !== undefined && { info: help }),
  }));
  return { from: found.from, options, validFor: /^[\w$@.-]*$/ };
}

function meaning(view: EditorView, pos: number, schema: z.ZodType | undefined) {
  const found = meaningAt(view.state.doc.toString(), pos, schema);
  if (!found) return null;
  return {
    pos: found.from,
    end: found.to,
    above: true,
    create() {
      const dom = document.createElement("div");
      dom.className = "cm-meaning";
      const word = document.createElement("b");
      word.textContent = found.word;
      const help = document.createElement("span");
      help.textContent = found.help;
      dom.append(word, help);
      return { dom };
    },
  };
}
