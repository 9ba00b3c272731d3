/** The look of the YAML text, from the page's own colours. */
import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const underline = (color: string) => ({ backgroundImage: "none", textDecoration: `underline wavy ${color}`, textDecorationSkipInk: "none", textUnderlineOffset: "3px" });

export const editorTheme = EditorView.theme({
  "&": { height: "100%", color: "var(--text)", backgroundColor: "var(--surface)", font: "12px / 18px var(--mono)" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "18px" },
  ".cm-content": { padding: "8px 0", caretColor: "var(--text)" },
  ".cm-line": { padding: "0 8px" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  ".cm-gutters": { backgroundColor: "var(--raised)", color: "var(--muted)", border: "0" },
  ".cm-activeLine": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--hover) 60%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--text)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--accent-soft)" },
  ".cm-content ::selection": { backgroundColor: "var(--accent-soft)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--accent-soft)" },
  ".cm-tooltip": { maxWidth: "360px", border: "1px solid var(--line-strong)", borderRadius: "var(--radius)", backgroundColor: "var(--surface)", color: "var(--text)", boxShadow: "var(--shadow)" },
  ".cm-tooltip.cm-tooltip-hover > *, .cm-completionInfo": { padding: "4px 8px", font: "12px / 17px var(--sans)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { font: "12px / 20px var(--mono)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0 8px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--on-accent)" },
  ".cm-completionIcon": { display: "none" },
  ".cm-diagnostic": { padding: "4px 8px", font: "12px / 17px var(--sans)", borderLeft: "3px solid var(--loss)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--warn)" },
  ".cm-lintRange-error": underline("var(--loss)"),
  ".cm-lintRange-warning": underline("var(--warn)"),
  ".cm-lintPoint-error::after": { borderBottomColor: "var(--loss)" },
  ".cm-meaning b": { marginRight: "6px", font: "600 12px / 17px var(--mono)" },
});

export const highlight = HighlightStyle.define([
  { tag: tags.comment, color: "var(--muted)", fontStyle: "italic" },
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--accent)" },
  { tag: tags.string, color: "var(--gain)" },
  { tag: tags.content, color: "var(--text)" },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: "var(--muted)" },
]);
