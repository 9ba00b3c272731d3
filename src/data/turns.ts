import { inNextTask } from "../core/next-task.ts";

let last: Promise<void> = Promise.resolve();

/**
 * Resolves once it is the caller's turn to work for long: what storage has answered in the meantime is heard between two turns, so that
 * the next files are fetched while one is decoded.
 */
export function nextTurn(): Promise<void> {
  last = last.then(() => new Promise((resolve) => inNextTask(resolve)));
  return last;
}
