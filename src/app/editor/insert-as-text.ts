import type { EditorView } from "@codemirror/view";

/** These are put around what is selected. */
const BRACKETS = "([{'\"";

/** Several lines at once, or in place of others: the browser's own way would make styled elements of them, which the page's policy forbids. */
export function insertAsText(event: InputEvent, view: EditorView): boolean {
  if (event.inputType !== "insertText" || event.data === null) return false;
  const { from, to } = replacedBy(event, view);
  if (!event.data.includes("\n") && (from === to || (event.data.length === 1 && BRACKETS.includes(event.data)))) return false;
  event.preventDefault();
  view.dispatch({ changes: { from, to, insert: event.data }, selection: { anchor: from + event.data.length }, userEvent: "input.type", scrollIntoView: true });
  return true;
}

/** What the browser is about to replace: it can be ahead of what CodeMirror knows to be selected. */
function replacedBy(event: InputEvent, view: EditorView): { readonly from: number; readonly to: number } {
  const selection = document.getSelection();
  const ranges = [...event.getTargetRanges(), ...(selection && selection.rangeCount > 0 ? [selection.getRangeAt(0)] : [])];
  const range = ranges.find(({ startContainer, endContainer }) => view.contentDOM.contains(startContainer) && view.contentDOM.contains(endContainer));
  return range ? { from: view.posAtDOM(range.startContainer, range.startOffset), to: view.posAtDOM(range.endContainer, range.endOffset) } : view.state.selection.main;
}
