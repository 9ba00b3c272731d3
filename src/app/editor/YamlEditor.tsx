import { setDiagnostics } from "@codemirror/lint";
import { Annotation, EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { createEffect, on, onCleanup, onMount } from "solid-js";
import type { StrategyProblem } from "../../core/strategy/types.ts";
import type { z } from "../../core/zod.ts";
import { diagnosticsOf } from "./diagnostics.ts";
import { editorExtensions } from "./editor-extensions.ts";

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

/** Changes that come from outside and are not told again. */
const fromOutside = Annotation.define<true>();

/** The strategy as text: CodeMirror in a shadow tree, whose style sheets the page's policy lets in. */
export default function YamlEditor(props: YamlEditorProps) {
  let host!: HTMLDivElement;
  onMount(() => {
    const root = host.attachShadow({ mode: "open" });
    const view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: props.text,
        extensions: [
          editorExtensions({ undo: () => props.onUndo(), redo: () => props.onRedo() }, props.schema),
          EditorView.contentAttributes.of({ "aria-label": props.label ?? "Strategy text", spellcheck: "false", autocapitalize: "off", autocorrect: "off", tabindex: "0" }),
          EditorView.updateListener.of((update) => {
            const told = update.transactions.every((transaction) => transaction.annotation(fromOutside));
            if (update.docChanged && !told) props.onEdit(update.state.doc.toString());
          }),
        ],
      }),
    });
    onCleanup(() => view.destroy());

    createEffect(() => {
      if (!props.shown) return;
      const change = changeBetween(view.state.doc.toString(), props.text.replace(/\r\n?/g, "\n"));
      if (change) view.dispatch({ changes: change, annotations: fromOutside.of(true) });
    });
    createEffect(() => {
      if (!props.shown) return;
      const found = [...diagnosticsOf(view.state.doc, props.problems, "error"), ...diagnosticsOf(view.state.doc, props.warnings, "warning")];
      view.dispatch(setDiagnostics(view.state, found));
      view.contentDOM.setAttribute("aria-invalid", String(props.problems.length > 0));
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

/** The one stretch in which two texts differ, as a change of the first. */
function changeBetween(before: string, after: string): { readonly from: number; readonly to: number; readonly insert: string } | undefined {
  if (before === after) return undefined;
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < Math.min(before.length, after.length) - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}
