import { autocompletion, closeCompletion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { history, historyKeymap } from "@codemirror/commands";
import { keywordCompletionSource, PostgreSQL, sql } from "@codemirror/lang-sql";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { createEffect, on, onMount } from "solid-js";
import { markProblems, openEditor, replaceText } from "../editor/open-editor.ts";
import { suggestSql } from "./suggest-sql.ts";

export interface SqlEditorProps {
  readonly text: string;
  /** What is wrong, where the place is known; every object is marked anew. */
  readonly problem: { readonly message: string; readonly place: { readonly from: number; readonly to: number } } | undefined;
  onEdit(text: string): void;
  onRun(): void;
}

function complete({ state, pos, explicit }: CompletionContext): CompletionResult | null {
  const found = suggestSql(state.doc.toString(), pos);
  if (!found || (!explicit && found.from === pos && state.sliceDoc(pos - 1, pos) !== ".")) return null;
  const options = found.list.map(({ label, kind, detail, help }) => ({ label, type: kind, detail, boost: 1, ...(help !== undefined && { info: help }) }));
  return { from: found.from, options, validFor: /^\w*$/ };
}

const words = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--warn)" },
  { tag: [tags.typeName, tags.standard(tags.name)], color: "var(--text)", fontStyle: "italic" },
]);

/** The query as text, with completion and what is wrong at its place. */
export default function SqlEditor(props: SqlEditorProps) {
  let host!: HTMLDivElement;
  onMount(() => {
    const view = openEditor({
      host,
      label: "Query",
      text: props.text,
      language: [
        Prec.highest(keymap.of([{ key: "Mod-Enter", run: (view) => (closeCompletion(view), props.onRun(), true), preventDefault: true }])),
        history(), keymap.of(historyKeymap), sql({ dialect: PostgreSQL, upperCaseKeywords: true }), syntaxHighlighting(words),
        autocompletion({ override: [complete, keywordCompletionSource(PostgreSQL, true)], icons: false, activateOnTyping: true }),
        // A list that was still being looked for would open over what took the focus.
        EditorView.domEventHandlers({ blur: (_, view) => void closeCompletion(view) }),
      ],
      onEdit: (text) => props.onEdit(text),
    });

    // An example or a query of the history takes the place of the text.
    createEffect(() => replaceText(view, props.text));
    createEffect(
      on(
        () => props.problem,
        (problem) => {
          const end = view.state.doc.length;
          const marks = problem ? [{ from: Math.min(problem.place.from, end), to: Math.min(problem.place.to, end), severity: "error" as const, message: problem.message }] : [];
          markProblems(view, marks, problem !== undefined);
          if (problem) view.dispatch({ effects: EditorView.scrollIntoView(marks[0].from) });
        },
      ),
    );
  });
  return <div ref={host} class="sql-host" />;
}
