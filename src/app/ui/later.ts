/** Drawing in tasks of its own, so that many parts that change together never hold the page up together. */
import { createComputed, createSignal, on, onCleanup, untrack, type Accessor } from "solid-js";
import { inNextTask } from "../../core/next-task.ts";

const waiting = new Set<() => void>();

function doOne(): void {
  const [work] = waiting;
  if (work === undefined) return;
  waiting.delete(work);
  if (waiting.size > 0) inNextTask(doOne);
  work();
}

/** Works come in the order asked for, a task each. Answers how to do without. */
export function inTaskOfItsOwn(work: () => void): () => void {
  if (waiting.size === 0) inNextTask(doOne);
  waiting.add(work);
  return () => waiting.delete(work);
}

/** When the page has nothing else to do; Safari cannot tell. */
export const whenIdle: (work: () => void) => void = "requestIdleCallback" in globalThis ? (work) => void requestIdleCallback(work) : (work) => void setTimeout(work, 200);

/** Resolves when everything that has been put off until now is drawn. */
export function drawn(): Promise<void> {
  return new Promise((resolve) => inTaskOfItsOwn(resolve));
}

/** Whether it is time to draw what is asked for now. */
export function createTurn(): Accessor<boolean> {
  const [come, setCome] = createSignal(false);
  onCleanup(inTaskOfItsOwn(() => setCome(true)));
  return come;
}

/** Follows a source, each change in a task of its own; of changes that come before it only the last is seen. */
export function createLater<T>(source: Accessor<T>): Accessor<T> {
  const [seen, setSeen] = createSignal(untrack(source));
  let cancel: (() => void) | undefined;
  createComputed(
    on(
      source,
      () => {
        cancel ??= inTaskOfItsOwn(() => {
          cancel = undefined;
          setSeen(() => untrack(source));
        });
      },
      { defer: true },
    ),
  );
  onCleanup(() => cancel?.());
  return seen;
}
