import { EditorView } from "@codemirror/view";
import { createEffect, on, onMount } from "solid-js";
import type { StrategyProblem } from "../../core/strategy/types.ts";
import type { z } from "../../core/zod.ts";
import { diagnosticsOf } from "./diagnostics.ts";
import { markProblems, openEditor, replaceText } from "./open-editor.ts";
import { yamlLanguage } from "./yaml-language.ts";

export interface YamlEditorProps {
  /** What is not looked at is not kept up to date either. */
  readonly shown: boolean;
  /** What it is called; default "Strategy text". */
  readonly label?: string;
  /** Of the file, for completion and help; default a strategy's. */
  readonly schema?: z.ZodType;
  readonly text: string;
  readonly problems: readonly StrategyProblem[];
  readonly warnings: readonly StrategyProblem[];
  /** Where the cursor is wanted; every object is a wish of its own. */
  readonly place: { readonly line: number; readonly column: number } | undefined;
  onEdit(text: string): void;
  onUndo(): void;
  onRedo(): void;
}

/** The strategy as text, with completion, help and what is wrong at its place. */
export default function YamlEditor(props: YamlEditorProps) {
  let host!: HTMLDivElement;
  onMount(() => {
    const view = openEditor({
      host,
      label: props.label ?? "Strategy text",
      text: props.text,
      language: yamlLanguage({ undo: () => props.onUndo(), redo: () => props.onRedo() }, props.schema),
      onEdit: (text) => props.onEdit(text),
    });

    createEffect(() => props.shown && replaceText(view, props.text));
    createEffect(() => {
      if (!props.shown) return;
      const found = [...diagnosticsOf(view.state.doc, props.problems, "error"), ...diagnosticsOf(view.state.doc, props.warnings, "warning")];
      markProblems(view, found, props.problems.length > 0);
    });
    createEffect(
      on(
        () => props.place,
        (place) => {
          if (!place) return;
          const line = view.state.doc.line(Math.min(place.line, view.state.doc.lines));
          const at = Math.min(line.to, line.from + place.column - 1);
          view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
          view.focus();
        },
      ),
    );
  });
  return <div ref={host} class="yaml-host" />;
}
