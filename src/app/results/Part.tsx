import { Show, type Accessor, type JSX } from "solid-js";
import type { TradeLabels } from "../../core/results/labels.ts";
import type { ResultsSnapshot } from "../../pool/protocol.ts";
import { useSession } from "../session/session.ts";
import { createLater, createTurn } from "../ui/later.ts";

export interface Shown {
  readonly results: ResultsSnapshot | undefined;
  readonly labels: TradeLabels;
}

export const NO_LABELS: TradeLabels = { variants: ["v1"], symbols: [""] };

/** A part of the results, drawn and drawn anew after those before it. */
export function Part(props: { children: (shown: Accessor<Shown>) => JSX.Element }) {
  const { run } = useSession();
  const turn = createTurn();
  const shown = createLater((): Shown => ({ results: run.results(), labels: run.shown()?.labels ?? NO_LABELS }));
  return <Show when={turn()}>{props.children(shown)}</Show>;
}
