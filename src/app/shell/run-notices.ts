/** What tells of a run to those who look elsewhere: the title of the tab, and a notification when a long run ends. */
import { createEffect, on } from "solid-js";
import type { Session } from "../session/session.ts";
import { counted, wholePnl } from "../ui/format.ts";

const TITLE = "Straddle";
/** Runs shorter than this are not worth a notification, milliseconds. */
const LONG = 20_000;

export function createRunNotices({ run, preferences }: Session): void {
  createEffect(() => {
    document.title = run.status() === "running" && run.planned() > 0 ? `${Math.floor((100 * run.done()) / run.planned())} % · ${TITLE}` : TITLE;
  });
  createEffect(
    on(run.finished, (finished) => {
      const started = run.identity()?.started;
      if (!finished || !started || finished.getTime() - started.getTime() < LONG || !document.hidden || !preferences.notify || Notification.permission !== "granted") return;
      new Notification("The backtest has ended", { body: `${run.identity()?.strategy.name}: ${counted(run.done(), "day")}, net P&L ${wholePnl(run.results()?.summary.total ?? null)}`, tag: "straddle-run" });
    }),
  );
}

/** Asks the browser where it has to be asked; answers whether notifications will come. Needs a click. */
export async function allowNotifications(): Promise<boolean> {
  return "Notification" in globalThis && (await Notification.requestPermission()) === "granted";
}
