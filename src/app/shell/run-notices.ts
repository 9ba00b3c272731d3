/** What tells of a run to those who look elsewhere: the title of the tab, and a notification when a long run ends. */
import { createEffect, on } from "solid-js";
import type { Session } from "../session/session.ts";
import { counted, wholePnl } from "../ui/format.ts";

const TITLE = "Straddle";
/** Runs shorter than this are not worth a notification, seconds. */
const LONG = 20;

export function createRunNotices({ run, preferences }: Session): void {
  createEffect(() => {
    document.title = run.status() === "running" && run.planned() > 0 ? `${Math.floor((100 * run.done()) / run.planned())} % · ${TITLE}` : TITLE;
  });
  createEffect(
    on(run.finished, (finished) => {
      const started = run.identity()?.started;
      if (!finished || !started || finished.getTime() - started.getTime() < LONG * 1000 || !document.hidden || !preferences.notify || Notification.permission !== "granted") return;
      new Notification("The backtest has ended", { body: `${run.identity()?.strategy.name}: ${counted(run.done(), "day")}, net P&L ${wholePnl(run.results()?.summary.total ?? null)}`, tag: "straddle-run" });
    }),
  );
}

/** Whether the run that is under way is long enough to be told of, and the user could be but has not said so. */
export function offersNotice({ run, preferences }: Session): boolean {
  return run.status() === "running" && (run.secondsLeft() ?? 0) >= LONG && !preferences.notify && "Notification" in globalThis && Notification.permission !== "denied";
}

/** Tells of long runs from now on, or no more. Asks the browser where it has to be asked, which needs a click or a key. */
export async function toggleNotices({ preferences, setPreferences }: Session): Promise<void> {
  setPreferences("notify", !preferences.notify && "Notification" in globalThis && (await Notification.requestPermission()) === "granted");
}
