import type { Session } from "../session/session.ts";

/** What the single-key shortcuts do outside fields. Returns a listener for `keydown`. */
export function createKeyboard(session: Session, actions: { showKeys(): void; focusFilter(): void }) {
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
      actions.focusFilter();
    },
    "?": actions.showKeys,
  };

  return (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") {
      if (session.run.busy()) session.stop();
      else session.replay.close();
      return;
    }
    if (event.target instanceof HTMLElement && event.target.matches("input, textarea, select")) return;
    const shortcut = shortcuts[event.key.toLowerCase()];
    if (!shortcut) return;
    event.preventDefault();
    shortcut();
  };
}
