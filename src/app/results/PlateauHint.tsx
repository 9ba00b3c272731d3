import { Show } from "solid-js";
import type { Plateau } from "../../core/results/variant-grid.ts";
import { count, counted } from "../ui/format.ts";

/** The best variant beside how many were tried, and whether its neighbours bear it out: luck has no neighbours. */
export function PlateauHint(props: { plateau: Plateau | undefined; tried: number; name(variant: number): string; value(variant: number): string; text(value: number | null): string }) {
  return (
    <p class="plateau" role="status">
      <Show when={props.plateau}>
        {(found) => (
          <>
            <strong>
              Best of {count(props.tried)} tried: {props.name(found().best)} {props.value(found().best)}.
            </strong>{" "}
            <Show when={found().neighbourMean !== null} fallback="It has no neighbours to compare it with.">
              Its {counted(found().neighbours, "neighbour")} average <span class="whole">{props.text(found().neighbourMean)}</span>:{" "}
              {found().holds ? "a plateau, small changes keep most of it." : "a lone peak, more likely luck than a setting to trade."}
            </Show>
            <Show when={found().steadiest !== found().best}>
              {" "}
              Steadiest around {props.name(found().steadiest)}: <span class="whole">{props.text(found().steadiestMean)}</span> with its neighbours.
            </Show>
          </>
        )}
      </Show>
    </p>
  );
}
