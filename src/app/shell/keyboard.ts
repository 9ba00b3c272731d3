import type { Session } from "../session/session.ts";

/**
 * The trade before or after the chosen one among those that are shown; the chosen one where there is none.
 * @param kept rows that are shown, ascending; undefined: all
 * @param chosen row; −1: none
 */
export function tradeBeside(trades: number, kept: Uint32Array | undefined, chosen: number, step: 1 | -1): number | undefined {
  if (kept) return (step === 1 ? kept.find((row) => row > chosen) : kept.findLast((row) => row < chosen)) ?? kept.at(step === 1 ? -1 : 0);
  return trades === 0 ? undefined : Math.min(trades - 1, Math.max(0, chosen + step));
}

/** What the single-key shortcuts do outside fields. Returns a listener for `keydown`. */
export function createKeyboard(session: Session, focusFilter: () => void) {
  function moveTrade(step: 1 | -1) {
    const row = tradeBeside(session.run.results()?.trades.length ?? 0, session.keptTrades(), session.chosenTrade() ?? -1, step);
    if (row === undefined) return;
    session.setView("results");
    if (session.replay.state().kind === "closed") session.setChosenTrade(row);
    else session.openTrade(row);
  }
  const shortcuts: Readonly<Record<string, () => void>> = {
    r: () => void session.start(),
    l: () => session.live.setOn(!session.live.isOn()),
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
