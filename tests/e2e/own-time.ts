import type { Page } from "playwright-core";

/** No task of the page's thread takes as long, milliseconds. */
export const MOST_TASK = 100;

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Of the thread's own time, microseconds; absent where nothing is measured. */
  readonly tdur?: number;
}

const TASKS: readonly string[] = ["RunTask", "ThreadControllerImpl::RunTask"];
/** Left by the page in its own thread: the browser draws pages too (a new tab), and theirs are not the product's. */
const MARK = "watched-page";

/**
 * The longest task of the page's thread while something is done, in milliseconds of its own time: how long it held a processor. By the
 * clock on the wall the same task takes up to five times as long on two processors that workers and the browser want too. What a task
 * waits for without working it does not show.
 */
export async function longestOwnTime(page: Page, act: () => Promise<unknown>): Promise<number> {
  const browser = page.context().browser()!;
  await browser.startTracing(undefined, { categories: ["toplevel", "blink.user_timing"] });
  await page.evaluate((mark) => performance.mark(mark), MARK);
  let trace: Buffer | undefined;
  try {
    await act();
    // A task is in the trace once it has ended: what answered last may not have.
    await page.evaluate(() => new Promise((next) => setTimeout(next)));
  } finally {
    trace = await browser.stopTracing();
  }
  const { traceEvents } = JSON.parse(trace.toString("utf8")) as { readonly traceEvents: readonly TraceEvent[] };
  const own = traceEvents.find(({ name }) => name === MARK);
  if (own === undefined) throw new Error("the trace does not show which thread is the page's");
  return traceEvents
    .filter(({ name, pid, tid }) => TASKS.includes(name) && pid === own.pid && tid === own.tid)
    .reduce((longest, { tdur = 0 }) => Math.max(longest, tdur / 1000), 0);
}

/** A virtual machine is slow for seconds at a time; a task that is too long in itself is so every time. */
export async function leastOf(attempts: number, measure: () => Promise<number>): Promise<number> {
  let least = Infinity;
  for (let attempt = 0; attempt < attempts && least >= MOST_TASK; attempt++) least = Math.min(least, await measure());
  return least;
}
