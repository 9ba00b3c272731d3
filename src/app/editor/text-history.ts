/** Undo and redo of a text, whichever face of the editor changed it. Pure: every change gives another history. */
export interface TextHistory {
  /** Earlier texts, the latest last. */
  readonly past: readonly string[];
  /** Texts that were taken back, the next to come last. */
  readonly future: readonly string[];
  /** The change that the next one may go on with. */
  readonly last?: { readonly group: string; readonly at: number };
}

export const NO_HISTORY: TextHistory = { past: [], future: [] };

const MOST_KEPT = 200;
/** Changes of one group that follow each other as fast as this, in milliseconds, are taken back together. */
const PAUSE = 700;

/** @param before the text that is about to be replaced; `group` names the control that replaces it, `at` in milliseconds */
export function noted(history: TextHistory, before: string, group: string, at: number): TextHistory {
  const goesOn = history.last !== undefined && history.last.group === group && at - history.last.at < PAUSE && history.future.length === 0;
  const past = goesOn ? history.past : [...history.past, before].slice(-MOST_KEPT);
  return { past, future: [], last: { group, at } };
}

/** The text before the latest change, and the history from there; undefined when there is none. */
export function undone({ past, future }: TextHistory, now: string): { readonly text: string; readonly history: TextHistory } | undefined {
  if (past.length === 0) return undefined;
  return { text: past[past.length - 1], history: { past: past.slice(0, -1), future: [...future, now] } };
}

export function redone({ past, future }: TextHistory, now: string): { readonly text: string; readonly history: TextHistory } | undefined {
  if (future.length === 0) return undefined;
  return { text: future[future.length - 1], history: { past: [...past, now], future: future.slice(0, -1) } };
}
