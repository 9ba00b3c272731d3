import { count } from "../words.ts";

/** So many files are named. */
const NAMED = 5;

/** What the user is told of files that changed between two reads of a run; undefined where none did. */
export function changedFilesWords(paths: readonly string[]): string | undefined {
  if (paths.length === 0) return undefined;
  const named = paths.slice(0, NAMED).join(", ") + (paths.length > NAMED ? ` and ${paths.length - NAMED} more` : "");
  return `${count(paths.length, "file")} changed while the run read ${paths.length === 1 ? "it" : "them"}: ${named}. Some days were worked out on what stood there before, others on what stands there now. Run again, and all days are of one state.`;
}
