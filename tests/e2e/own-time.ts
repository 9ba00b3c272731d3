import type { CDPSession, Page } from "playwright-core";

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
  const session = await page.context().browser()!.newBrowserCDPSession();
  const longest = new Map<string, number>();
  let own: string | undefined;
  // Minutes of it are more than fit into one text.
  session.on("Tracing.dataCollected", ({ value }) => {
    for (const { name, pid, tid, tdur = 0 } of value as unknown as readonly TraceEvent[]) {
      const thread = `${pid} ${tid}`;
      if (name === MARK) own = thread;
      else if (TASKS.includes(name)) longest.set(thread, Math.max(longest.get(thread) ?? 0, tdur / 1000));
    }
  });
  await session.send("Tracing.start", { traceConfig: { includedCategories: ["toplevel", "blink.user_timing"], excludedCategories: ["*"] }, transferMode: "ReportEvents" });
  await page.evaluate((mark) => performance.mark(mark), MARK);
  try {
    await act();
    // A task is in the trace once it has ended: what answered last may not have.
    await page.evaluate(() => new Promise((next) => setTimeout(next)));
  } finally {
    await endOf(session);
  }
  if (own === undefined) throw new Error("the trace does not show which thread is the page's");
  return longest.get(own) ?? 0;
}

/** Throws an Error where the browser had no room for all of it. */
async function endOf(session: CDPSession): Promise<void> {
  const complete = new Promise<{ dataLossOccurred: boolean }>((resolve) => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.end");
  const { dataLossOccurred } = await complete;
  await session.detach();
  if (dataLossOccurred) throw new Error("the trace is not whole: more happened than the browser keeps");
}

/** A virtual machine is slow for seconds at a time; a task that is too long in itself is so every time. */
export async function leastOf(attempts: number, measure: () => Promise<number>): Promise<number> {
  let least = Infinity;
  for (let attempt = 0; attempt < attempts && least >= MOST_TASK; attempt++) least = Math.min(least, await measure());
  return least;
}
