import type { Session } from "../session/session.ts";

/** What the single-key shortcuts do outside fields. Returns a listener for `keydown`. */
export function createKeyboard(session: Session, focusFilter: () => void) {
  function moveTrade(step: number) {
    const trades = session.run.results()?.trades.length ?? 0;
    if (trades === 0) return;
    session.setView("results");
    const row = Math.min(trades - 1, Math.max(0, (session.chosenTrade() ?? -1) + step));
    if (session.replay.state().kind === "closed") session.setChosenTrade(row);
    else session.openTrade(row);
  }
  const shortcuts: Readonly<Record<string, () => void>> = {
    r: () => void session.start(),
    j: () => moveTrade(1),
    k: () => moveTrade(-1),
    "[": () => session.replay.step(-1),
    "]": () => session.replay.step(1),
    "/": () => {
      session.setView("results");
      focusFilter();
    },
    s: () => session.setDialog("share"),
    "?": () => session.setDialog("keys"),
  };

  return (event: KeyboardEvent) => {
    if (event.defaultPrevented || document.querySelector('[role="dialog"]')) return;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      session.setDialog("palette");
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      if (session.run.busy()) session.stop();
      else session.replay.close();
      return;
    }
    // The text of the strategy lies in a shadow tree, in front of which the event seems to come from its host.
    const target = event.composedPath()[0];
    if (target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"))) return;
    const shortcut = shortcuts[event.key.toLowerCase()];
    if (!shortcut) return;
    event.preventDefault();
    shortcut();
  };
}
