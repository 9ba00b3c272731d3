import { autocompletion, closeBrackets, closeBracketsKeymap, closeCompletion, completionKeymap, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { keywordCompletionSource, PostgreSQL, sql } from "@codemirror/lang-sql";
import { bracketMatching, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { setDiagnostics } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { createEffect, on, onCleanup, onMount } from "solid-js";
import { editorTheme, highlight } from "../editor/editor-theme.ts";
import { insertAsText } from "../editor/insert-as-text.ts";
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

/** The query as text, in a shadow tree, whose style sheets the page's policy lets in. */
export default function SqlEditor(props: SqlEditorProps) {
  let host!: HTMLDivElement;
  onMount(() => {
    const root = host.attachShadow({ mode: "open" });
    const view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: props.text,
        extensions: [
          Prec.highest(keymap.of([{ key: "Mod-Enter", run: (view) => (closeCompletion(view), props.onRun(), true), preventDefault: true }])),
          lineNumbers(), highlightActiveLine(), drawSelection(), bracketMatching(), closeBrackets(), history(),
          sql({ dialect: PostgreSQL, upperCaseKeywords: true }), syntaxHighlighting(highlight), syntaxHighlighting(words), editorTheme,
          autocompletion({ override: [complete, keywordCompletionSource(PostgreSQL, true)], icons: false, activateOnTyping: true }),
          // A list that was still being looked for would open over what took the focus.
          EditorView.domEventHandlers({ beforeinput: insertAsText, blur: (_, view) => void closeCompletion(view) }),
          // Escape and then Tab leaves the editor: CodeMirror's own way out.
          keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab]),
          EditorView.contentAttributes.of({ "aria-label": "Query", spellcheck: "false", autocapitalize: "off", autocorrect: "off", tabindex: "0" }),
          EditorView.updateListener.of((update) => update.docChanged && props.onEdit(update.state.doc.toString())),
        ],
      }),
    });
    onCleanup(() => view.destroy());

    // An example or a query of the history takes the place of the text.
    createEffect(() => {
      const text = props.text.replace(/\r\n?/g, "\n");
      if (text !== view.state.doc.toString()) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    });
    createEffect(
      on(
        () => props.problem,
        (problem) => {
          const end = view.state.doc.length;
          const marks = problem ? [{ from: Math.min(problem.place.from, end), to: Math.min(problem.place.to, end), severity: "error" as const, message: problem.message }] : [];
          view.dispatch(setDiagnostics(view.state, marks));
          view.contentDOM.setAttribute("aria-invalid", String(problem !== undefined));
          if (problem) view.dispatch({ effects: EditorView.scrollIntoView(marks[0].from) });
        },
      ),
    );
  });
  return <div ref={host} class="sql-host" />;
}
