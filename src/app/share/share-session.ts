/** Links that carry a strategy: how they are made, and what is asked before one is opened. */
import { createSignal, type Accessor } from "solid-js";
import { isWhole } from "../../core/results/selection.ts";
import { errorText } from "../session/errors.ts";
import type { ResultsView } from "../session/results-view.ts";
import type { RunSession } from "../session/run-session.ts";
import type { View } from "../session/session.ts";
import type { StrategySession } from "../session/strategy-session.ts";
import { isShareFragment } from "./share-fragment.ts";
import type { Shared } from "./share-link.ts";

export type Incoming = { readonly kind: "link"; readonly shared: Shared } | { readonly kind: "refused"; readonly message: string };

export function createShareSession(strategy: StrategySession, run: RunSession, results: ResultsView, view: Accessor<View>, setView: (view: View) => void) {
  const [incoming, setIncoming] = createSignal<Incoming>();
  /** The strategy of the link that was opened last, with the result that its maker got. */
  const [expected, setExpected] = createSignal<{ readonly text: string; readonly hash: string }>();

  return {
    incoming,
    dismiss: () => setIncoming(undefined),

    /** Looks at the address of the page. Nothing is run and nothing is kept until the user says so. */
    async look(): Promise<void> {
      const fragment = location.hash;
      if (!isShareFragment(fragment)) return;
      // A reload must not ask again.
      history.replaceState(null, "", location.pathname + location.search);
      try {
        const { readShareFragment } = await import("./share-link.ts");
        setIncoming({ kind: "link", shared: await readShareFragment(fragment) });
      } catch (error) {
        setIncoming({ kind: "refused", message: errorText(error) });
      }
    },

    /** Takes the strategy of a link up as the one that is edited. */
    open({ text, hash, selection, view: seen, cut }: Shared): void {
      strategy.take(text);
      if (selection) results.select(selection);
      if (seen) setView(seen);
      if (cut) results.setCut(cut);
      setExpected(hash === undefined ? undefined : { text, hash });
      setIncoming(undefined);
    },

    /** The address of this page with the strategy, and with the result where it is on screen. Never data. */
    async link(): Promise<string> {
      const { shareFragment } = await import("./share-link.ts");
      const text = strategy.text();
      const shown = run.shown();
      const hash = shown?.text === text && shown === run.identity() ? run.resultHash() : undefined;
      const selection = results.selection();
      const narrowed = !isWhole(selection) || results.oneVariant();
      const fragment = await shareFragment({ text, view: view(), cut: results.cut(), ...(hash !== undefined && { hash }), ...(narrowed && { selection }) });
      return `${location.origin}${location.pathname}${location.search}${fragment}`;
    },

    /** Whether the run on screen gave what the maker of the link got; undefined where that cannot be said. */
    agrees(): boolean | undefined {
      const wanted = expected();
      const shown = run.shown();
      const hash = run.resultHash();
      if (!wanted || !shown || hash === undefined || shown !== run.identity() || shown.text !== wanted.text) return undefined;
      return hash === wanted.hash;
    },
  };
}

export type ShareSession = ReturnType<typeof createShareSession>;
