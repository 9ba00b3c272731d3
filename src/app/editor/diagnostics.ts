/** The parser's problems as underlines in the text. */
import type { Diagnostic } from "@codemirror/lint";
import type { Text } from "@codemirror/state";
import type { StrategyProblem } from "../../core/strategy/types.ts";

/** A problem without a place is the file's: it stands in the list below the text only. */
export function diagnosticsOf(text: Text, problems: readonly StrategyProblem[], severity: "error" | "warning"): Diagnostic[] {
  return problems.flatMap(({ line, column, message }) => {
    if (line === undefined || line > text.lines) return [];
    const row = text.line(line);
    const from = Math.min(row.to, row.from + Math.max(0, (column ?? 1) - 1));
    return [{ from, to: wordEnd(row.text, from - row.from) + row.from, severity, message }];
  });
}

/** End of the key or value that begins at an offset of the line, without the comment behind it. */
function wordEnd(row: string, from: number): number {
  const word = /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s,\]}:#]+)/.exec(row.slice(from))?.[0] ?? "";
  return Math.min(row.length, from + Math.max(1, word.length));
}
