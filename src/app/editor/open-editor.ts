/** What every text of the page is written in: CodeMirror in a shadow tree, whose style sheets the page's policy lets in. */
import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { Annotation, EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { onCleanup } from "solid-js";
import { editorTheme, highlight } from "./editor-theme.ts";
import { insertAsText } from "./insert-as-text.ts";

export interface EditorOptions {
  readonly host: HTMLElement;
  /** What the text is called. */
  readonly label: string;
  readonly text: string;
  /** The language and its keys, which come before those that every editor has. */
  readonly language: Extension;
  /** Told of what the user changes, not of `replaceText`. */
  onEdit(text: string): void;
}

/** Changes that come from outside and are not told again. */
const fromOutside = Annotation.define<true>();

/** Must be called within a component, with which the editor goes. */
export function openEditor({ host, label, text, language, onEdit }: EditorOptions): EditorView {
  const root = host.attachShadow({ mode: "open" });
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        language,
        lineNumbers(), highlightActiveLineGutter(), highlightActiveLine(), drawSelection(), bracketMatching(), closeBrackets(), syntaxHighlighting(highlight), editorTheme,
        EditorView.domEventHandlers({ beforeinput: insertAsText }),
        // Escape and then Tab leaves the editor: CodeMirror's own way out.
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, indentWithTab]),
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", autocapitalize: "off", autocorrect: "off", tabindex: "0" }),
        EditorView.updateListener.of((update) => {
          const told = update.transactions.every((transaction) => transaction.annotation(fromOutside));
          if (update.docChanged && !told) onEdit(update.state.doc.toString());
        }),
      ],
    }),
  });
  onCleanup(() => view.destroy());
  return view;
}

/** Puts a text in the place of the one that is there; the cursor stays where nothing changes. */
export function replaceText(view: EditorView, text: string): void {
  const change = changeBetween(view.state.doc.toString(), text.replace(/\r\n?/g, "\n"));
  if (change) view.dispatch({ changes: change, annotations: fromOutside.of(true) });
}

/** Underlines what is wrong. @param invalid whether the text cannot be used as it is */
export function markProblems(view: EditorView, found: readonly Diagnostic[], invalid: boolean): void {
  view.dispatch(setDiagnostics(view.state, found));
  view.contentDOM.setAttribute("aria-invalid", String(invalid));
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
